from odoo import models


class LeadImportRow(models.Model):
    """Where a consent comes from that a file or a capture told: its row, by whom it was taken."""

    _inherit = "lead.import.row"

    def _create_leads(self, merged):
        rows = self.with_context(lead_consent_noted=True)
        result = super(LeadImportRow, rows)._create_leads(merged)
        self._note_consent(dict.fromkeys(self.lead_id.ids, {}))
        return result

    def _enrich_leads(self, merged, vals_by_row=None):
        before = self.lead_id._get_consent()
        rows = self.with_context(lead_consent_noted=True)
        additions = super(LeadImportRow, rows)._enrich_leads(merged, vals_by_row)
        self._note_consent(before)
        return {row.with_env(self.env): addition for row, addition in additions.items()}

    def _note_consent(self, before):
        source_by_lead = {row.lead_id: row._get_consent_source() for row in self}
        self.lead_id._note_consent(before, source_by_lead)

    def _get_consent_source(self):
        """Return in words where what this row says was taken down."""
        self.ensure_one()
        job = self.import_id
        if not job.door:
            return self.env._("Row %(number)s of “%(job)s”", number=self.number, job=job.name)
        by = (self.values or {}).get("captured_by")
        if by:
            return self.env._("%(job)s, taken down by %(name)s", job=job.name, name=by)
        return job.name
