from odoo import api, fields, models
from odoo.exceptions import ValidationError

RETENTION_FIELDS = (
    "lead_keep_imports_months",
    "lead_keep_rejected_months",
    "lead_keep_photos_months",
    "lead_keep_disqualified_months",
)


class ResCompany(models.Model):
    """For how many months personal data are kept that nobody needs any more; zero: for good.

    Set by a question that states what would go at once, see ``lead.retention.ask``.
    """

    _inherit = "res.company"

    lead_keep_imports_months = fields.Integer(
        "Keep Imports (months)",
        help="The files, what their rows and captured records say, and forms never let in.",
    )
    lead_keep_rejected_months = fields.Integer(
        "Keep Rejected Rows (months)",
        help="What rejected rows say; the file is kept as long as imports are.",
    )
    lead_keep_photos_months = fields.Integer(
        "Keep Photos of Cards (months)", help="Photos taken at the booth, on leads and imports."
    )
    lead_keep_disqualified_months = fields.Integer(
        "Keep Disqualified Leads (months)",
        help="Who does not buy, and was never contacted nor worked on: the name goes, the lead "
        "stays as a number.",
    )
    lead_forgotten = fields.Json(readonly=True)  # {duty: how many so far}
    lead_forgotten_at = fields.Datetime("Last Forgotten On", readonly=True)

    @api.constrains(*RETENTION_FIELDS)
    def _check_lead_retention(self):
        for company in self:
            if min(company[name] for name in RETENTION_FIELDS) < 0:
                raise ValidationError(
                    self.env._("Data are kept for a number of months; zero keeps them for good.")
                )
