from odoo import api, models

from ..tools import replies


class MailThread(models.AbstractModel):
    """Odoo's mail gateway: the one place that knows both the headers and the leads."""

    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        sender = message_dict.get("email_from") or ""
        subject = message_dict.get("subject") or ""
        note = {
            "sender": sender,
            "subject": subject,
            "message_id": message_dict.get("message_id"),
            "is_automatic": bool(message_dict.get("is_bounce"))
            or replies.is_automatic(dict(message.items()), subject),
            "lead_ids": [
                thread_id for model, thread_id, *_rest in routes or () if model == "crm.lead"
            ],
        }
        result = super()._message_route_process(message, message_dict, routes)
        self.env["crm.lead"].sudo()._note_incoming_mail(**note)  # sudo: the gateway is no user
        return result
