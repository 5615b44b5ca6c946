from odoo import models


class LeadCadenceEnrollment(models.Model):
    """After an e-mail came back, what comes next may be due earlier than it was planned.

    It was no contact: the deadline of the first one is open again, and the best hours no longer
    come first. The wait still counts from the e-mail. Nothing gets later by it, and what a person
    has moved, or what is on paper, stays.
    """

    _inherit = "lead.cadence.enrollment"

    def _pull_forward(self):
        """Make the next step of each of these active enrollments earlier where it can be."""
        coming = self.touch_ids.filtered(
            lambda touch: (
                touch.enrollment_id.state == "active"
                and touch.step_id
                and touch.channel != "email"
                and touch.state in ("planned", "queued")
                and touch.slot_rule != "by_hand"
                and not touch.letter_batch_id
            )
        )
        coming.sorted("planned_at")._get_first_of_each()._move_forward()
