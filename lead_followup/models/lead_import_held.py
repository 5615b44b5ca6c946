from odoo import models


class LeadImport(models.Model):
    """The forecast says where first e-mails wait for somebody's word."""

    _inherit = "lead.import"

    def _get_forecast_notes(self):
        notes = super()._get_forecast_notes()
        cadence = self.env["lead.cadence"].browse(self.forecast["cadence_id"]).exists()
        if cadence.is_first_email_approved:
            text = self.env._(
                "Each first e-mail waits until its sender has approved it, and goes out then or "
                "on the day shown here, whichever is later."
            )
            notes.append(("warning", text))
        return notes
