from odoo import models


class LeadImport(models.Model):
    """How far an import is, told to every open screen after each chunk."""

    _name = "lead.import"
    _inherit = ["lead.import", "bus.listener.mixin"]

    def _send_progress(self):
        """Tell who has this import open how far it is, once the transaction is kept."""
        for job in self:
            job._bus_send("lead_import.progress", job._get_progress())

    def _get_progress(self):
        """Return how far this import is: ``{id, state, phase, done, total, forecast_state,
        preview_state}``.
        """
        self.ensure_one()
        self.invalidate_recordset(["done_count"])
        done, total = self.done_count, self.row_count
        if self.phase == "enroll":
            enrollments = self.env["lead.cadence.enrollment"]
            done = enrollments.sudo().search_count([("import_id", "=", self.id)])
            total = self.new_count + self.enriched_count
        return {
            "id": self.id,
            "state": self.state,
            "phase": self.phase,
            "done": done,
            "total": total,
            "forecast_state": self.forecast_state,
            "preview_state": self.preview_state,
        }

    def get_progress(self):
        """Return how far this import is, for a screen whose connection to the bus is down."""
        self.ensure_one()
        self.check_access("read")
        return self._get_progress()
