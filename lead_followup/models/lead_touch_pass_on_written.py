from odoo import models


class LeadTouch(models.Model):
    """E-mails and letters, not sent yet, for whose leads somebody else signs now.

    Each keeps its moment, unless the daily cap of whoever signs now is used up on that day. What is
    rendered already is rendered anew: it says who writes.
    """

    _inherit = "lead.touch"

    def _pass_on_written(self):
        """Let these e-mails and letters go out in the name of whoever signs for their leads now.

        Left alone are letters in a batch, which say what they say, and e-mails being sent.
        """
        moved = self.filtered(
            lambda touch: (
                touch.step_id
                and not touch.letter_batch_id
                and touch.user_id != touch.enrollment_id._get_sender()
            )
        )
        held = moved.filtered(lambda touch: touch.state == "approval")
        queued = moved.filtered(lambda touch: touch.state == "queued" and touch.channel == "email")
        if self.env.context.get("lead_forecast"):
            held = queued = self.browse()  # taken back soon: the name is enough
        held._pass_on_held()
        queued._pass_on_queued()
        (moved - held - queued)._sign_anew()
        moved._keep_sender_cap()

    def _sign_anew(self):
        """Write who signs for these touches now; block those for which nobody can.

        :return: those that somebody signs.
        """
        signed = self.browse()
        for sender, touches in self.grouped(
            lambda touch: touch.enrollment_id._get_sender()
        ).items():
            for channel, group in touches.grouped("channel").items():
                if not sender or (channel == "email" and not sender.email):
                    group._block("no_sender_email" if sender else "no_sender")
                    continue
                group.user_id = sender
                signed |= group
        return signed

    def _pass_on_queued(self):
        """Drop these unsent e-mails and prepare them anew; the first is approved anew."""
        # the mail queue locks what it sends: that is left to it
        unsent = self.try_lock_for_update().filtered(
            lambda touch: touch.state == "queued" and touch.mail_id.state == "outgoing"
        )
        unsent._drop_mails()
        signed = unsent._sign_anew()
        signed.write({"state": "planned", "approved_at": False, "approved_user_id": False})
        signed._queue()
