from odoo import models


class LeadTouch(models.Model):
    """A track's queued e-mail goes to the address its lead has when it leaves, never to an old one.

    It is written anew for the new address and looked at like any other: whether that opted out,
    came back, or is another lead's. One that waits for approval is written anew when it is to be
    approved, and waits for another word. What a person has written or approved was for the old
    address, and is blocked as in other cadences.
    """

    _inherit = "lead.touch"

    def _may_send_now(self):
        if self.state == "queued" and self._filter_moved_house():
            self._write_to_new_address()
            return False
        return super()._may_send_now()

    def _plan_anew(self):
        self._filter_moved_house()._write_to_new_address()
        return super(LeadTouch, self.filtered(lambda touch: touch.state == "queued"))._plan_anew()

    def _approve(self):
        """Approve none that is made out to an old address: its sender reads the new one first."""
        moved = self._filter_moved_house("approval", "approval")
        moved._write_to_new_address()
        return super(LeadTouch, self - moved)._approve()

    def _filter_moved_house(self, state="queued", mail_state="outgoing"):
        """Return the e-mails of live tracks among these, queued or in another ``state``, that are
        made out to an old address."""
        return self.filtered(
            lambda touch: (
                touch.state == state
                and touch.mail_id.state == mail_state
                and touch.enrollment_id.state == "active"
                and touch.enrollment_id.cadence_id.is_track
                and not touch._has_own_text()
                and touch.lead_id.email_normalized not in touch._get_addressees()
            )
        )

    def _write_to_new_address(self):
        """Write these anew, at their moment; block those that may not go to the new address."""
        for reason, touches in self.grouped(
            lambda touch: touch.lead_id._get_email_obstacle() or ""
        ).items():
            if reason:
                touches._block(reason)
                continue
            touches._drop_mails()
            touches.state = "planned"
            touches._queue()
