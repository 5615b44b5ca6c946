from odoo import models
from odoo.exceptions import UserError


class LeadImport(models.Model):
    """Taking an import back, as long as nobody has worked on its leads."""

    _inherit = "lead.import"

    def action_undo(self):
        """Delete the leads this import made and take back what it added to known ones.

        :raises UserError: a lead was contacted, accepted, won, lost or written to since; says
            how many, and nothing is undone.
        """
        for job in self:
            if job.state not in ("done", "failed", "paused"):
                raise UserError(
                    self.env._("“%(job)s” was not imported; nothing to undo.", job=job.name)
                )
            rows = job.row_ids.with_context(active_test=False)
            new_leads = rows.filtered(lambda row: row.verdict == "new").lead_id
            touched = new_leads._filter_touched()
            if touched:
                raise UserError(
                    self.env._(
                        "%(count)s leads of “%(job)s” were worked on since, the first is "
                        "“%(lead)s”.\nAn import can be undone only while its leads are untouched.",
                        count=len(touched),
                        job=job.name,
                        lead=touched[0].name,
                    )
                )
            job._take_back_enrichment(rows.filtered(lambda row: row.verdict == "enriched"))
            self.env["lead.show.visit"].search([("import_id", "=", job.id)]).unlink()
            new_leads.enrollment_ids._stop("undone")
            new_leads.unlink()
            rows.write({"is_done": False})
            job.state = "undone"

    def _take_back_enrichment(self, rows):
        """Empty the fields that ``rows`` filled, unless somebody changed them since."""
        for row in rows:
            vals = {
                name: before
                for name, (before, after) in (row.undo_values or {}).items()
                if _plain(row.lead_id[name]) == after
            }
            if vals:
                row.lead_id.write(vals)


def _plain(value):
    return value.id if isinstance(value, models.BaseModel) else value
