from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_sending_stopped = fields.Boolean(related="company_id.lead_sending_stopped", readonly=False)
    lead_letter_window = fields.Selection(related="company_id.lead_letter_window", readonly=False)
    lead_letter_days_domestic = fields.Integer(
        related="company_id.lead_letter_days_domestic", readonly=False
    )
    lead_letter_days_abroad = fields.Integer(
        related="company_id.lead_letter_days_abroad", readonly=False
    )
    lead_email_cap = fields.Integer(related="company_id.lead_email_cap", readonly=False)
    lead_match_records = fields.Boolean(related="company_id.lead_match_records", readonly=False)
    lead_match_incoming = fields.Boolean(related="company_id.lead_match_incoming", readonly=False)
    lead_auto_cadence_id = fields.Many2one(
        related="company_id.lead_auto_cadence_id",
        readonly=False,
        domain="[('company_id', 'in', (False, company_id))]",
    )
    lead_import_max_mb = fields.Integer(related="company_id.lead_import_max_mb", readonly=False)
    lead_import_max_unpacked_mb = fields.Integer(
        related="company_id.lead_import_max_unpacked_mb", readonly=False
    )
    lead_import_max_rows = fields.Integer(related="company_id.lead_import_max_rows", readonly=False)
    lead_import_max_columns = fields.Integer(
        related="company_id.lead_import_max_columns", readonly=False
    )
    lead_import_max_cell_chars = fields.Integer(
        related="company_id.lead_import_max_cell_chars", readonly=False
    )
