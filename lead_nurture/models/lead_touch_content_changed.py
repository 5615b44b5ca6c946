from odoo import models


class LeadTouch(models.Model):
    """Content that has changed since the e-mail was made is looked at as it would go out.

    A new text goes in the place of the old one; for what was withdrawn, archived or deleted
    another piece is chosen. A text that somebody approved stays unless the piece was withdrawn;
    one that somebody rewrote is his own.
    """

    _inherit = "lead.touch"

    def _is_content_stale(self):
        self.ensure_one()
        if not self.content_version or self.is_rewritten or not self._is_from_library():
            return False
        mailing = self.content_id.sudo()  # sudo: a sender need not see mailings
        if not mailing or not mailing._is_in_library():
            return True
        return not self.approved_at and mailing.lead_content_version != self.content_version

    def _make_content_anew(self):
        """Prepare these unsent e-mails anew, each for the moment it has."""
        self._drop_mails()
        self.write({"state": "planned", "approved_at": False, "approved_user_id": False})
        self._queue()

    def _may_send_now(self):
        if self.state == "queued" and self._is_content_stale():
            self._make_content_anew()
            return False
        return super()._may_send_now()

    def _approve(self):
        """Approve none whose piece has changed: whoever approves reads the new one first."""
        stale = self.filtered(lambda touch: touch.state == "approval" and touch._is_content_stale())
        if stale:
            stale._make_content_anew()
        return super(LeadTouch, self - stale)._approve()
