from odoo import api, fields, models


class LeadImport(models.Model):
    """An import whose file is erased: its counts stay, it can't be read anew."""

    _inherit = "lead.import"

    forgotten_at = fields.Datetime("File Erased On", readonly=True, copy=False)

    @api.model
    def _get_program_only(self):
        return super()._get_program_only() | {"forgotten_at"}

    def _forget_file(self):
        """Erase the files of these imports and the examples of what they hold; say so there.

        A person can't be cut out of a file, so it goes as a whole; the other rows stay.
        """
        fresh = self.filtered(lambda job: not job.forgotten_at)
        fresh.column_ids.write({"sample": False})
        note = self.env._("The file was erased, for the sake of those it named.")
        with_file = fresh.filtered(lambda job: job.with_context(bin_size=True).file)
        fresh.write({"file": False, "questions": False, "forgotten_at": fields.Datetime.now()})
        with_file._message_log_batch(bodies=dict.fromkeys(with_file.ids, note))

    def _filter_rows_forgotten(self):
        """Return those of these imports of which no row says anything any more."""
        kept = self.env["lead.import.row"]._read_group(
            [("import_id", "in", self.ids), ("forgotten_at", "=", False)], ["import_id"]
        )
        return self.filtered("forgotten_at") - self.browse().union(*(job for (job,) in kept))
