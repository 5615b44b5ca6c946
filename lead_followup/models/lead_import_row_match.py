from odoo import models
from odoo.fields import Domain

from ..tools import intake

_MATCH_FIELDS = (
    "email_normalized",
    "phone_sanitized",
    "mobile",
    "contact_name",
    "partner_name",
    "identity_key",
    "active",
    "type",
    "won_status",
    "lifecycle",
    "partner_id",
    "user_id",
)


class LeadImportRow(models.Model):
    """How the rows of a file find the leads and customers that are there.

    By exactly three keys, in this order: the e-mail address; the same phone number and name
    where one side has no e-mail; the same name and company where one side has neither e-mail
    nor phone. One query a key, whatever the number of rows.
    """

    _inherit = "lead.import.row"

    def _match_known_leads(self):
        """Set verdict, reason and lead of the rows that are the first of their person."""
        heads = self.filtered(lambda row: row.verdict != "rejected" and not row.match_number)
        # sudo: whose lead it is does not matter for whether somebody is known
        candidates = _Candidates(heads.sudo()._search_candidates())
        partner_by_email = heads.sudo()._search_contacts()
        contacts = self.env["res.partner"].sudo().union(*partner_by_email.values())
        customers = contacts._filter_lead_customers()
        head_by_lead, no_contact = {}, contacts.browse()
        for row in heads:
            lead, rule = candidates.find(row.values)
            partner = partner_by_email.get(intake.email_key(row.values), no_contact)
            vals = row._prepare_match_vals(lead, rule, partner, bool(partner & customers))
            first = vals["lead_id"] and head_by_lead.setdefault(lead, row)
            if first and first != row:  # two rows that are one and the same known lead
                vals.update(verdict="duplicate", match_number=first.number, reason=rule)
            known = row._read_format(list(vals), load=None)[0]
            if any(known[name] != value for name, value in vals.items()):
                row.write(vals)

    def _prepare_match_vals(self, lead, rule, partner, is_customer):
        """Return what meeting ``lead`` by ``rule``, or the contact ``partner``, means for the row.

        A won lead is a customer: a new lead is made beside it. An opportunity that a rep has
        accepted is an open deal: it gets the visit, but no cold cadence.
        """
        vals = {"verdict": "new", "reason": False, "lead_id": False, "is_known_customer": False}
        vals["partner_id"] = partner.id
        if not lead:
            vals["is_known_customer"] = bool(partner) and is_customer
            return vals
        vals["partner_id"] = lead.partner_id.id or vals["partner_id"]
        if lead.won_status == "won":
            vals["is_known_customer"] = True
            return vals
        vals.update(reason=rule, lead_id=lead.id)
        vals["is_known_customer"] = lead._is_open_deal()
        vals["verdict"] = "enriched" if self._adds_to(lead) else "duplicate"
        return vals

    def _adds_to(self, lead):
        """Tell whether the row has a value or a visit that ``lead`` lacks."""
        job = self.import_id
        return bool(
            self._prepare_enrichment_vals(lead)
            or (job.trade_show_id and job.trade_show_id not in lead.visit_ids.trade_show_id)
        )

    def _search_candidates(self):
        """Return the leads that share one of the three keys with a row, lost and won ones too."""
        emails, numbers, names = set(), set(), set()
        for row in self:
            emails.add(intake.email_key(row.values))
            numbers.update(number for number, _name in intake.phone_keys(row.values))
            names.add(intake.name_company_key(row.values))
        leads = self.env["crm.lead"].with_context(active_test=False)
        company = Domain("company_id", "in", [False, *self.import_id.company_id.ids])
        found = leads
        for field, keys in (
            ("email_normalized", emails),
            ("phone_sanitized", numbers),
            ("mobile", numbers),
            ("identity_key", {_join_key(key) for key in names if key}),
        ):
            keys = [key for key in keys if key]
            if keys:
                found |= leads.search_fetch(company & Domain(field, "in", keys), _MATCH_FIELDS)
        return found

    def _search_contacts(self):
        """Return ``{normalised e-mail: res.partner}`` for the rows' addresses."""
        emails = {intake.email_key(row.values) for row in self} - {None, ""}
        if not emails:
            return {}
        partners = self.env["res.partner"].search(
            [
                ("email_normalized", "in", list(emails)),
                ("company_id", "in", [False, *self.import_id.company_id.ids]),
            ],
            order="id desc",
        )
        return {partner.email_normalized: partner for partner in partners}


class _Candidates:
    """Leads by each of the three keys, the best of several first."""

    def __init__(self, leads):
        self.by_email, self.by_phone, self.by_name = {}, {}, {}
        # Later ones win: lost before won before open, old before new.
        rank = {"lost": 0, "won": 1, "pending": 2}
        for lead in leads.sorted(lambda lead: (rank.get(lead.won_status, 2), lead.id)):
            values = lead._get_match_values()
            if key := intake.email_key(values):
                self.by_email[key] = lead
            for key in intake.phone_keys(values):
                self.by_phone.setdefault(key, []).append(lead)
            if key := intake.name_company_key(values):
                self.by_name.setdefault(key, []).append(lead)

    def find(self, values):
        """Return ``(lead, rule)`` that a row with ``values`` meets, or ``(None, None)``."""
        if lead := self.by_email.get(intake.email_key(values)):
            return lead, "email"
        for key in intake.phone_keys(values):
            for lead in reversed(self.by_phone.get(key, ())):
                if not (values.get("email") and lead.email_normalized):
                    return lead, "phone"
        for lead in reversed(self.by_name.get(intake.name_company_key(values), ())):
            if _is_unreachable(values) or _is_unreachable(lead._get_match_values()):
                return lead, "name_company"
        return None, None


def _is_unreachable(values):
    return not (values.get("email") or values.get("phone") or values.get("mobile"))


def _join_key(key):
    """Return a name and company key as the one text that crm.lead stores."""
    return key if isinstance(key, str) else "\x1f".join(key)
