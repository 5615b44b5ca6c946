from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..tools import intake
from .people import People


class CrmLead(models.Model):
    """Which leads are the same person: by what he is known by, never by a firm's switchboard."""

    _inherit = "crm.lead"

    @api.model
    def _find_people(self, leads, partners):
        """Return the ``People`` that these leads and contacts are; a handful of queries.

        The same person is whoever has the same e-mail address; the same number and the same name;
        the same contact, unless that is a firm; the same name and company where one of the two has
        neither e-mail nor number. One step: who is met that way leads to nobody else.
        """
        # sudo: a person is one, whoever may see which lead of his
        leads = leads.sudo().with_context(active_test=False)
        partners = partners.sudo() | leads.partner_id.filtered(lambda one: not one.is_company)
        facts = [lead._get_match_values() for lead in leads]
        facts += [_get_partner_values(partner) for partner in partners]
        own = Domain("partner_id", "in", partners.filtered(lambda one: not one.is_company).ids)
        met = self.sudo()._search_candidates(facts, self.env["res.company"])
        keys = _Keys(facts)
        leads |= met.filtered(lambda lead: keys.has(lead._get_match_values()))
        leads |= leads.search(own)
        emails = {*leads.mapped("email_normalized"), *partners.mapped("email_normalized")} - {False}
        return People(leads, partners, tuple(sorted(emails)), leads._get_own_numbers(partners))

    def _get_own_numbers(self, partners):
        """Return the numbers of these leads and of ``partners`` which nobody else has."""
        numbers = {*self.mapped("phone_sanitized"), *partners.mapped("phone_sanitized")}
        numbers |= {lead._get_number("mobile") for lead in self}
        numbers = list(numbers - {False, ""})
        if not numbers:
            return ()
        names = {intake.name_key({"name": lead.contact_name}) for lead in self}
        names |= {intake.name_key({"name": partner.name}) for partner in partners}
        others = self.search(
            Domain("id", "not in", self.ids)
            & (Domain("phone_sanitized", "in", numbers) | Domain("mobile", "in", numbers))
        )
        contacts = partners.with_context(active_test=False).search(
            Domain("id", "not in", partners.ids) & Domain("phone_sanitized", "in", numbers)
        )
        shared = set()
        for lead in others.filtered(
            lambda lead: intake.name_key({"name": lead.contact_name}) not in names
        ):
            shared |= {lead.phone_sanitized, lead.mobile}
        for contact in contacts.filtered(
            lambda one: intake.name_key({"name": one.name}) not in names
        ):
            shared.add(contact.phone_sanitized)
        return tuple(sorted(set(numbers) - shared))


class _Keys:
    """What some people are known by, and who else has one of it."""

    def __init__(self, facts):
        self.emails = {intake.email_key(values) for values in facts} - {None}
        self.phones = {key for values in facts for key in intake.phone_keys(values)}
        self.names = {}
        for values in facts:
            if key := intake.name_company_key(values):
                self.names[key] = self.names.get(key, False) or _is_unreachable(values)

    def has(self, values):
        if intake.email_key(values) in self.emails:
            return True
        if not self.phones.isdisjoint(intake.phone_keys(values)):
            return True
        key = intake.name_company_key(values)
        return key in self.names and (self.names[key] or _is_unreachable(values))


def _is_unreachable(values):
    return not (values.get("email") or values.get("phone") or values.get("mobile"))


def _get_partner_values(partner):
    """Return a contact's facts under the words by which leads are matched."""
    return {
        "email": partner.email_normalized or email_normalize(partner.email or "") or None,
        "phone": partner.phone_sanitized or None,
        "name": partner.name or None if not partner.is_company else None,
        "company": partner.parent_id.name or partner.company_name or None,
    }
