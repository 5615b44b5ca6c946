from odoo import api, models
from odoo.fields import Domain


class LeadTouch(models.Model):
    """Whoever cancels or deletes a cadence's e-mail in Odoo's own list stops no cadence by it."""

    _inherit = "lead.touch"

    @api.model
    def _get_lost_domain(self):
        """Return which touches wait for an e-mail that nothing will send any more.

        A run that sends keeps its e-mail outgoing until it keeps what came of it.
        """
        lost = Domain("mail_id", "=", False) | Domain(
            "mail_id.state", "in", ("cancel", "exception")
        )
        return (
            Domain("channel", "=", "email")
            & Domain("state", "in", ("approval", "queued", "sending"))
            & lost
        )

    @api.model
    def _give_up_lost(self):
        """Close touches whose e-mail is lost, in sight; their cadences go on."""
        lost = self._get_lost_domain()
        touches = self.search(lost).try_lock_for_update().filtered_domain(lost)
        broken_off = touches.filtered(lambda touch: touch.state == "sending")
        broken_off._mark_broken_off()
        for mail_state, group in (
            (touches - broken_off).grouped(lambda touch: touch.mail_id.state).items()
        ):
            if mail_state == "exception":
                for failure, failed in group.grouped(
                    lambda touch: touch.mail_id.failure_type
                ).items():
                    failed._mark_failed(failure or "unknown")
            else:
                group._block("mail_cancelled" if mail_state else "mail_missing")
