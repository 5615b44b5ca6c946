from odoo import models


class LeadImport(models.Model):
    """An import says beforehand that its e-mails go to the test address."""

    _inherit = "lead.import"

    def _get_forecast_notes(self):
        notes = super()._get_forecast_notes()
        company = self.company_id
        if not company.lead_test_mode:
            return notes
        text = self.env._(
            "Test mode: e-mails go to %(address)s instead of the leads.",
            address=company.lead_test_email,
        )
        return [("warning", text), *notes]
