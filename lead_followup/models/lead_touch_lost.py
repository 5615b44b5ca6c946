from odoo import api, models
from odoo.fields import Domain


class LeadTouch(models.Model):
    """Whoever cancels or deletes a cadence's e-mail in Odoo's own list stops no cadence by it."""

    _inherit = "lead.touch"

    @api.model
    def _get_lost_domain(self):
        """Return which touches wait for an e-mail that nothing will send any more."""
        lost = Domain("mail_id", "=", False) | Domain(
            "mail_id.state", "in", ("cancel", "exception")
        )
        return (
            Domain("channel", "=", "email") & Domain("state", "in", ("approval", "queued")) & lost
        )

    @api.model
    def _give_up_lost(self):
        """Close touches whose e-mail is lost, in sight; their cadences go on."""
        lost = self._get_lost_domain()
        touches = self.search(lost).try_lock_for_update().filtered_domain(lost)
        for mail_state, group in touches.grouped(lambda touch: touch.mail_id.state).items():
            if mail_state == "exception":
                for failure, failed in group.grouped(
                    lambda touch: touch.mail_id.failure_type
                ).items():
                    failed._mark_failed(failure or "unknown")
            else:
                group._block("mail_cancelled" if mail_state else "mail_missing")
