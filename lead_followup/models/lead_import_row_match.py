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

    def _hold_people(self):
        """Have nobody else write down these rows' people before this transaction is kept."""
        self.env["lead.person.guard"]._hold(self._merge_further_rows().values())

    def _match_known_leads(self, head_by_lead=None):
        """Set verdict, reason and lead of the rows that are the first of their person.

        A person is known by any key that one of his rows in the file has.

        :param head_by_lead: ``{lead: the first row that is it}`` of the rows of a file that were
            matched before these; those of these rows are added.
        """
        head_by_lead = {} if head_by_lead is None else head_by_lead
        heads = self.filtered(lambda row: row.verdict != "rejected" and not row.match_number)
        # sudo: whose lead it is does not matter for whether somebody is known
        merged = heads.sudo()._merge_further_rows()
        candidates = Candidates(
            self.env["crm.lead"]
            .sudo()
            ._search_candidates(merged.values(), self.import_id.company_id)
        )
        partner_by_email = heads.sudo()._search_contacts(merged)
        contacts = self.env["res.partner"].sudo().union(*partner_by_email.values())
        customers = contacts._filter_lead_customers()
        found_by_row = {row: candidates.find(values) for row, values in merged.items()}
        additions = heads.sudo()._find_additions(
            merged,
            {
                row: lead
                for row, (lead, _rule) in found_by_row.items()
                if lead and lead.won_status != "won"
            },
        )
        first_by_row, no_contact = {}, contacts.browse()
        for row, (lead, rule) in found_by_row.items():
            partner = partner_by_email.get(intake.email_key(merged[row]), no_contact)
            vals = row.with_env(self.env)._prepare_match_vals(
                lead, rule, partner, bool(partner & customers), additions.get(row)
            )
            first = vals["lead_id"] and head_by_lead.setdefault(lead, row)
            if first and first != row:  # two rows that are one and the same known lead
                vals.update(verdict="duplicate", match_number=first.number, reason=rule)
                first_by_row[row] = first
            known = row._read_format(list(vals), load=None)[0]
            if any(known[name] != value for name, value in vals.items()):
                row.sudo().write(vals)  # sudo: rows are the program's
        self.sudo()._move_further_rows(first_by_row)

    def _move_further_rows(self, first_by_row):
        """Have the further rows of each of these follow it to the row that is the same lead."""
        number_by_key = {
            (row.import_id.id, row.number): first.number for row, first in first_by_row.items()
        }
        if not number_by_key:
            return
        moved = self.search(
            [
                ("import_id", "in", self.import_id.ids),
                ("match_number", "in", [number for _import_id, number in number_by_key]),
            ]
        )
        for row in moved:
            row.match_number = number_by_key.get(
                (row.import_id.id, row.match_number), row.match_number
            )

    def _prepare_match_vals(self, lead, rule, partner, is_customer, addition):
        """Return what meeting ``lead`` by ``rule``, or the contact ``partner``, means for the row.

        A won lead is a customer: a new lead is made beside it. An opportunity that a rep has
        accepted is an open deal: it gets the visit, but no cold cadence. A lost or archived one
        is taken up again.
        """
        vals = {"verdict": "new", "reason": False, "lead_id": False, "won_lead_id": False}
        vals.update(is_known_customer=False, is_revived=False)
        vals["partner_id"] = partner.id
        if not lead:
            vals["is_known_customer"] = bool(partner) and is_customer
            return vals
        vals["partner_id"] = lead.partner_id.id or vals["partner_id"]
        if lead.won_status == "won":
            vals.update(is_known_customer=True, won_lead_id=lead.id)
            return vals
        vals.update(reason=rule, lead_id=lead.id)
        vals["is_known_customer"] = lead._is_open_deal() and not lead._is_put_away()
        vals["is_revived"] = bool(lead._filter_revivable()) and not addition.closes
        adds = addition.has_value or vals["is_revived"]
        vals["verdict"] = "enriched" if adds else "duplicate"
        return vals

    def _search_contacts(self, merged):
        """Return ``{normalised e-mail: res.partner}`` for the addresses in ``{row: values}``."""
        emails = {intake.email_key(values) for values in merged.values()} - {None, ""}
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
