from odoo import models


class LeadCadenceEnrollment(models.Model):
    """Nothing is planned for whom no cadence may reach any more: theirs ends, and says why."""

    _inherit = "lead.cadence.enrollment"

    def _plan_next(self):
        self._stop_where_closed()
        return super()._plan_next()

    def _stop_where_closed(self):
        """End the live enrollments of leads that are won, lost, archived or not to be contacted."""
        # sudo: the engine looks at leads, whoever's they are
        for reason, enrollments in self.sudo().grouped(_get_end).items():
            if reason:
                enrollments._stop(reason)


def _get_end(enrollment):
    reason = enrollment.lead_id._get_contact_obstacle()
    return enrollment.lead_id.won_status if reason == "closed" else reason
