from odoo import models
from odoo.tools import split_every

from ..tools import intake

_BATCH = 1000  # rows noted and matched at once; what they need in memory is given back then


class LeadImport(models.Model):
    """How the judged rows of a file are noted and matched: a batch at a time."""

    _inherit = "lead.import"

    def _note_rows(self, table, judged):
        """Make a record for each row of ``table``, as it was judged; a batch at a time."""
        matches = intake.match_rows(judged)
        # sudo: rows are the program's, nobody may forge one: the run and the undo trust them
        rows = self.env["lead.import.row"].sudo()
        for batch in split_every(_BATCH, zip(table.rows, judged, strict=True)):
            rows.create(
                [
                    self._prepare_row_vals(row, judgement, matches.get(judgement.number))
                    for row, judgement in batch
                ]
            )
            self._forget_rows(len(judged))

    def _match_rows(self):
        """Say of each row which known lead it is; a batch at a time."""
        rows = self.env["lead.import.row"].search([("import_id", "=", self.id)])
        head_by_lead = {}
        for batch in split_every(_BATCH, rows.ids, rows.browse):
            batch._match_known_leads(head_by_lead)
            self._forget_rows(len(rows))

    def _forget_rows(self, count):
        """Drop what is remembered of the ``count`` rows of a long file: it would all add up."""
        if count > _BATCH:
            self.env["lead.import.row"].flush_model()
            self.env["lead.import.row"].invalidate_model(flush=False)
            self.env["crm.lead"].invalidate_model()
