from odoo import api, models

from ..tools import answered, replies


class MailThread(models.AbstractModel):
    """Odoo's mail gateway: the one place that knows both the headers and the leads."""

    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        routes = super().message_route(message, message_dict, model, thread_id, custom_values)
        if any(route[0] == "crm.lead" and not route[1] for route in routes or ()):
            # sudo: the gateway is no user
            leads = self.env["crm.lead"].sudo()
            routes = leads._route_fresh_mail(message, message_dict, routes)
        return routes

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Notify nobody under ``lead_forecast``: what is told is about to be taken back.

        Odoo sends a push to a browser at once, before any commit.
        """
        if self.env.context.get("lead_forecast"):
            return []
        return super()._notify_thread(message, msg_vals=msg_vals, **kwargs)

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        leads = self.env["crm.lead"].sudo()  # sudo: the gateway is no user
        subject = message_dict.get("subject") or ""
        # sudo: the gateway is no user
        parent = self.env["mail.message"].sudo().browse(message_dict.get("parent_id") or [])
        answered_subject = parent.exists().subject or ""
        writer = leads._get_writer(message_dict)
        note = {
            "sender": writer.email if writer else "",
            "subject": subject,
            "message_id": message_dict.get("message_id"),
            "is_automatic": bool(message_dict.get("is_bounce"))
            or replies.is_automatic(dict(message.items()), subject, answered_subject),
            "lead_ids": [
                thread_id for model, thread_id, *_rest in routes or () if model == "crm.lead"
            ],
            "is_fresh": not message_dict.get("parent_id"),
            "answers": answered.answered_ids(dict(message.items())),
            "letters": leads._find_letters_in(message_dict),
        }
        result = super()._message_route_process(message, message_dict, routes)
        leads._note_incoming_mail(**note)
        return result
