from odoo import fields, models


class MailMail(models.Model):
    """A cadence's e-mail whose touch is gone goes to nobody, whoever puts it back in the queue.

    Nothing would look at it any more: not the opt-outs, not the stop switch, not what was sent.
    """

    _inherit = "mail.mail"

    is_lead_touch = fields.Boolean("Of a Cadence", readonly=True, copy=False)

    def _send(self, auto_commit=False, post_send_callback=None, **kwargs):
        orphans = self._filter_orphans()
        orphans._give_up()
        if orphans and post_send_callback:
            post_send_callback(orphans.ids)  # the mail queue is done with them
        if orphans and orphans == self:
            return True
        return super(MailMail, self - orphans)._send(
            auto_commit=auto_commit, post_send_callback=post_send_callback, **kwargs
        )

    def _filter_orphans(self):
        """Return those that were made for touches which are not there any more."""
        ours = self.filtered("is_lead_touch")
        if not ours:
            return ours
        # sudo: whoever sends a mail need not see the lead
        touches = self.env["lead.touch"].sudo().search([("mail_id", "in", ours.ids)])
        return ours - ours.browse(touches.mail_id.ids)

    def _give_up(self):
        """Take these out of the queue for good, and say why."""
        self.write(
            {
                "state": "cancel",
                "failure_reason": self.env._(
                    "Its step was taken back from the cadence, so it is not sent. Resume the "
                    "cadence or write to the lead yourself."
                ),
            }
        )
