from odoo import api, models
from odoo.tools import format_date


class LeadTouch(models.Model):
    """What waits because its salesperson is away for long, said in words."""

    _inherit = "lead.touch"

    @api.depends("lead_id.user_id.lead_back_at")
    def _compute_reason_text(self):
        result = super()._compute_reason_text()
        for touch in self.filtered(lambda touch: touch.reason == "rep_away"):
            rep = touch.lead_id.user_id
            touch.reason_text = (
                self.env._(
                    "%(rep)s is away until %(day)s; it waits until then, or for another",
                    rep=rep.name,
                    day=format_date(self.env, rep.lead_back_at),
                )
                if rep.lead_back_at
                else self.env._(
                    "%(rep)s is away until further notice; it waits for him, or for another",
                    rep=rep.name,
                )
            )
        return result

    def _is_of_absent(self, sender):
        """Tell whether this step, not made yet, carries the name of somebody who is not there.

        Not a call for a day on which he is back, nor a letter that may be printed already, nor
        an e-mail that ``sender``, who would send it now, has as well.
        """
        self.ensure_one()
        person = self.user_id
        ahead = ("planned", "approval", "queued")
        if not self.step_id or self.state not in ahead or person._is_there():
            return False
        if self.channel in ("call", "task"):
            back_at = person.active and person.lead_back_at
            return not back_at or self.planned_at < back_at
        is_printed = self.channel == "letter" and self.letter_batch_id
        return sender != person and not is_printed
