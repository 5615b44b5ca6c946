from odoo import api, models
from odoo.fields import Domain

from ..tools import friends, intake


class LeadReferral(models.Model):
    """Who is meant where somebody at the booth typed “referred by”."""

    _inherit = "lead.referral"

    @api.model
    def _match_referrers(self, texts, company):
        """Return ``{text: contact}`` for texts that fit one contact alone; one search.

        By e-mail, by phone, or by exactly the name and the company, in one spelling.
        """
        country = company.country_id.code or None
        meant = {text: friends.read_referrer(text, country) for text in texts if text}
        emails = {one.email for one in meant.values()} - {None}
        numbers = {one.number for one in meant.values()} - {None}
        names = {word for one in meant.values() if one.names for word in one.words[:1]}
        domain = Domain.OR(
            [
                Domain("email_normalized", "in", list(emails)),
                Domain("phone_sanitized", "in", list(numbers)),
                *(Domain("name", "=ilike", name) for name in sorted(names)),
            ]
        )
        if not (emails or numbers or names):
            return {}
        # sudo: whoever stands at the booth need not see the customers he hears of
        contacts = (
            self.env["res.partner"]
            .sudo()
            .search(domain & Domain("company_id", "in", [False, *company.ids]))
        )
        found = {text: self._filter_meant(contacts, one) for text, one in meant.items()}
        return {text: fitting for text, fitting in found.items() if len(fitting) == 1}

    @api.model
    def _filter_meant(self, contacts, meant):
        """Return those of ``contacts`` that ``meant``, a ``friends.Referrer``, fits."""
        if meant.email:
            return contacts.filtered(lambda one: one.email_normalized == meant.email)
        if meant.number:
            return contacts.filtered(lambda one: one.phone_sanitized == meant.number)
        return contacts.filtered(
            lambda one: (
                (
                    intake.fold_compact(one.name or ""),
                    intake.fold_compact(one.commercial_company_name or ""),
                )
                in meant.names
            )
        )
