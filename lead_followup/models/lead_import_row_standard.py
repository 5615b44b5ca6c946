from markupsafe import Markup

from odoo import models
from odoo.tools import html2plaintext

from ..tools import intake

_VISIT_FIELDS = ("trade_show_id", "captured_at", "captured_by", "booth_rating")


class LeadImportRow(models.Model):
    """How rows of Odoo's own “Import records” are written: with all the fields they have."""

    _inherit = "lead.import.row"

    def _write_loaded(self, vals_by_row, create):
        """Make the new leads and enrich the known ones of these rows of one import.

        :param vals_by_row: {row: values of crm.lead}; every field of the lead is welcome.
        :param create: makes leads of a list of values, one each.
        """
        heads = self.filtered(lambda row: not row.match_number)
        vals_by_head = {row: _without_visit(vals_by_row[row]) for row in heads}
        merged = {row: {**row.values, **_note(vals_by_row[row])} for row in heads}
        further = self - heads
        head_by_row = self._get_heads()
        for row in further.sorted("number"):
            head = head_by_row[row]
            vals_by_head[head] = _merge_vals(vals_by_head[head], _without_visit(vals_by_row[row]))
            values = {**row.values, **_note(vals_by_row[row])}
            merged[head] = intake.merge_values(merged[head], values)
        new = heads.filtered(lambda row: not row.lead_id)
        new._create_loaded(vals_by_head, create)
        additions = (heads - new)._enrich_leads(merged, vals_by_head)
        heads._add_visits(new._get_visits(merged, additions))
        for row in further:
            row.lead_id = head_by_row[row].lead_id
        self.is_done = True
        heads.lead_id._update_scores()
        heads._keep_state_after()

    def _get_heads(self):
        """Return ``{row: the first row of the same person}``, also by way of a third row."""
        row_by_number = {row.number: row for row in self}
        head_by_row = {}
        for row in self:
            head = row
            while head.match_number:
                head = row_by_number[head.match_number]
            head_by_row[row] = head
        return head_by_row

    def _create_loaded(self, vals_by_row, create):
        """Make a lead for each of these rows: as the file says, and what follows from that."""
        if not self:
            return
        job = self.import_id
        campaign = job.trade_show_id.campaign_id
        vals_list = []
        for row in self:
            vals = {
                "company_id": job.company_id.id,
                "campaign_id": campaign.id,
                "not_a_buyer": row._get_not_a_buyer(row.values),
                **{name: value for name, value in vals_by_row[row].items() if value},
                **row.won_lead_id._get_closed_ways(),
                "import_id": job.id,
            }
            if row.partner_id and not vals.get("partner_id"):
                vals["partner_id"] = row.partner_id.id
            if row.values.get("mobile") and vals.get("mobile"):
                vals["mobile"] = row.values["mobile"]  # in the form in which others find it
            if vals["not_a_buyer"]:
                vals.setdefault("lifecycle", "disqualified")
            vals_list.append(vals)
        for row, lead in zip(self, create(vals_list), strict=True):
            row.lead_id = lead.id

    def _describe_flag(self, flag):
        if flag == "no_contact":
            return self.env._("no usable e-mail or phone, and not both a person and a company")
        return super()._describe_flag(flag)


def _without_visit(vals):
    return {name: value for name, value in vals.items() if name not in _VISIT_FIELDS}


def _note(vals):
    """Return the note of a row as the visit at the show keeps it."""
    text = html2plaintext(vals.get("description") or "").strip()
    return {"note": text} if text else {}


def _merge_vals(first, later):
    """Return ``first`` with its blanks filled from ``later``, and what its notes lack below them.

    >>> _merge_vals({"name": "A", "city": ""}, {"name": "B", "city": "Reno"})
    {'name': 'A', 'city': 'Reno'}
    """
    merged = dict(first)
    for name, value in later.items():
        if value and (not merged.get(name) or (name, value) == ("email_consent", "no")):
            merged[name] = value
        elif value and name == "description":
            known = html2plaintext(merged[name])
            if intake.new_lines(html2plaintext(value), [known]):
                # both are cleaned as the field is written
                merged[name] = Markup("<br/>").join(map(Markup, (merged[name], value)))
    return merged
