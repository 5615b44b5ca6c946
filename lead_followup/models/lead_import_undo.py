from odoo import models
from odoo.exceptions import UserError

from .crm_lead_known import NEVER_FILLED


class LeadImport(models.Model):
    """Taking an import back, as long as nobody has worked on its leads."""

    _inherit = "lead.import"

    def action_undo(self):
        """Delete the leads this import made and take back what it added to known ones.

        :raises UserError: a lead was contacted, accepted, won, lost, written to or imported again
            since; says how many, and nothing is undone.
        """
        self.check_access("write")
        for job in self:
            if job.state not in ("done", "failed", "paused") or not job.row_count:
                raise UserError(
                    self.env._("“%(job)s” was not imported; nothing to undo.", job=job.name)
                )
            # sudo: whoever may import may take it back; touches and visits are the engine's
            job.sudo()._undo()

    def _undo(self):
        rows = self.row_ids.with_context(active_test=False).filtered("is_done")
        new_leads = rows.filtered(lambda row: row.verdict == "new").lead_id
        self._refuse_undo_of(new_leads._filter_touched() | self._filter_imported_again(new_leads))
        enrollments = self.env["lead.cadence.enrollment"].search([("import_id", "=", self.id)])
        enrollments._stop("undone")
        visits = self.env["lead.show.visit"].search([("import_id", "=", self.id)])
        visits._take_back_events()
        visits.unlink()
        enriched = rows.filtered(lambda row: row.verdict == "enriched")
        self._take_back_enrichment(enriched)
        new_leads.unlink()
        enriched.lead_id._update_scores()
        rows.write({"is_done": False})
        self.state = "undone"

    def _refuse_undo_of(self, leads):
        if leads:
            raise UserError(
                self.env._(
                    "%(count)s leads of “%(job)s” were worked on since, the first is “%(lead)s”.\n"
                    "An import can be undone only while its leads are untouched.",
                    count=len(leads),
                    job=self.name,
                    lead=leads[0].name,
                )
            )

    def _filter_imported_again(self, leads):
        """Return those of ``leads`` to which another import has added something since."""
        rows = self.env["lead.import.row"].search(
            [
                ("lead_id", "in", leads.ids),
                ("import_id", "!=", self.id),
                ("verdict", "=", "enriched"),
                ("is_done", "=", True),
            ]
        )
        return rows.lead_id

    def _take_back_enrichment(self, rows):
        """Take back what ``rows`` added, unless somebody changed it since."""
        answers = self.env["lead.qualification"].search(
            [("lead_id", "in", rows.lead_id.ids), ("source", "=", self._get_source())]
        )
        answers.unlink()
        for row in rows:
            lead, added = row.lead_id, dict(row.undo_values or {})
            interest_ids = added.pop("interest_ids", [])
            lost = added.pop("lost_reason_id", None)
            vals = {
                name: before
                for name, (before, after) in added.items()
                if name in lead._fields.keys() - NEVER_FILLED and _plain(lead[name]) == after
            }
            if interest_ids:
                vals["interest_ids"] = [(3, interest_id) for interest_id in interest_ids]
            if vals:
                lead.write(vals)
            if lost:
                lead.rotation -= 1
                lead.action_set_lost(lost_reason_id=lost[0])


def _plain(value):
    return value.id if isinstance(value, models.BaseModel) else value
