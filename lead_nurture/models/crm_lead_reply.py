from odoo import models


class CrmLead(models.Model):
    """An answer to a mailing is the reply of the lead it was sent to, wherever it is delivered."""

    _inherit = "crm.lead"

    def _note_incoming_mail(
        self,
        sender,
        subject,
        message_id,
        is_automatic,
        lead_ids,
        is_fresh=False,
        answers=(),
        letters=None,
    ):
        if answers and not is_automatic:
            # sudo: the gateway is no user
            traces = self.env["mailing.trace"].sudo()
            traces = traces.search([("message_id", "in", list(answers))])
            found = self.browse().union(*traces._get_leads().values())
            lead_ids = [*lead_ids, *(set(found.ids) - set(lead_ids))]
        return super()._note_incoming_mail(
            sender, subject, message_id, is_automatic, lead_ids, is_fresh, answers, letters
        )
