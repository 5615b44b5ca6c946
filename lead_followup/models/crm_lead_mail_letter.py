from odoo import api, models

from ..tools import forwards, letters, replies

_AT_MOST = 50  # codes looked up of one e-mail; what looks like more is no letter
_TEXT_LENGTH = 100_000  # characters of an e-mail that are read for codes


class CrmLead(models.Model):
    """An e-mail that quotes the code of a letter answers that letter, whoever it comes from.

    It is put into the thread of the letter's lead, also where another address than the lead's, or
    a customer, wrote it. An e-mail to another company than the lead's stays with that company.
    """

    _inherit = "crm.lead"

    @api.model
    def _find_letters_in(self, message_dict):
        """Return the letters whose codes stand in the subject or text of a message."""
        body = forwards.plain_lines(str(message_dict.get("body") or "")[:_TEXT_LENGTH])
        codes = letters.find_codes(f"{message_dict.get('subject') or ''}\n{body}")
        return self.env["lead.touch"]._find_letters(codes[:_AT_MOST])

    @api.model
    def _route_fresh_mail(self, message, message_dict, routes):
        subject = message_dict.get("subject") or ""
        writer = self._get_writer(message_dict)
        if (
            not writer
            or self._is_own_address(writer.email)
            or replies.is_automatic(dict(message.items()), subject)
        ):
            return super()._route_fresh_mail(message, message_dict, routes)
        leads = self._find_letters_in(message_dict).lead_id
        if leads:
            routes = [leads._route_to_own(route) for route in routes]
        return super()._route_fresh_mail(message, message_dict, routes)

    def _route_to_own(self, route):
        """Return ``route``, led to the first of these leads where it would make one beside it."""
        model, thread_id, values, user_id, alias = route
        if model != self._name or thread_id:
            return route
        company = self._get_mail_company(values, alias)
        own = self.filtered(
            lambda lead: not company or not lead.company_id or lead.company_id == company
        )
        return (model, own[:1].id or thread_id, values, user_id, alias)
