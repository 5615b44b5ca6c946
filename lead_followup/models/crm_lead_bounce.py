from odoo import models


class CrmLead(models.Model):
    """Mail that comes back: e-mail is closed for the address, calls and letters go on."""

    _inherit = "crm.lead"

    def _note_hard_bounces(self, addresses, message):
        """Mark ``addresses`` as wrong on their leads, and the touch whose mail came back.

        :param addresses: normalized, of reports of a failure for good.
        :param message: the ``mail.message`` that came back, as far as it is known.
        """
        if not addresses:
            return
        leads = self.with_context(active_test=False).search(
            [("email_normalized", "in", list(addresses))]
        )
        for address, mine in leads.grouped("email_normalized").items():
            mine._mark_email_wrong(address)
        returned = message and message.mail_ids
        if returned:
            touches = self.env["lead.touch"].search([("mail_id", "in", returned.ids)])
            bounced = touches.filtered(lambda touch: touch.state == "done")
            news = bounced.filtered(lambda touch: touch.outcome != "bounced")
            bounced.write({"outcome": "bounced"})
            news.enrollment_id._pull_forward()
