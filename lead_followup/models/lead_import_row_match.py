from odoo import models

from ..tools import intake
from .candidates import Candidates


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
        candidates = Candidates(heads.sudo()._search_candidates())
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
                row.sudo().write(vals)  # sudo: rows are the program's

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
        return self.env["crm.lead"]._search_candidates(
            [row.values for row in self], self.import_id.company_id
        )

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
