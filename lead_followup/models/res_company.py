from odoo import fields, models

from ..tools import intake

_MB = 1024 * 1024


class ResCompany(models.Model):
    _inherit = "res.company"

    lead_sending_stopped = fields.Boolean(
        "Stop All Cadence E-mails",
        help="Nothing leaves any more; queued e-mails wait until this is switched off.",
    )
    lead_email_cap = fields.Integer(
        "E-mails a Sender and Day",
        default=200,
        help="Cadence e-mails in one name a day; 0 is no cap. What does not fit goes out later.",
    )

    lead_match_records = fields.Boolean(
        "Recognise Known People in “Import records”",
        default=True,
        help="A row of Odoo's own import that is a lead we know enriches that lead instead of "
        "making a second one. Switched off, each row makes its own lead.",
    )
    lead_match_incoming = fields.Boolean(
        "Recognise Known People in Web Forms and E-mails",
        default=True,
        help="Whoever is an open lead already is noted there. Switched off, each form and each "
        "new e-mail makes its own lead.",
    )
    lead_auto_cadence_id = fields.Many2one(
        "lead.cadence",
        string="Cadence of New Leads",
        domain="[('company_id', 'in', (False, id))]",
        help="New people who come by web form or e-mail enter it by themselves. Left empty, "
        "nobody is enrolled unasked.",
    )
    lead_import_max_mb = fields.Integer("Size of an Imported File (MB)", default=64)
    lead_import_max_unpacked_mb = fields.Integer(
        "Unpacked Size (MB)",
        default=1024,
        help="A workbook is an archive: a small one may unpack to more than the server holds.",
    )
    lead_import_max_rows = fields.Integer("Rows of an Imported File", default=500_000)
    lead_import_max_columns = fields.Integer("Columns of an Imported File", default=512)
    lead_import_max_cell_chars = fields.Integer(
        "Characters in a Cell",
        default=65_536,
        help="A longer cell is mostly a quotation mark that never closes.",
    )

    _lead_import_limits_in_bounds = models.Constraint(
        """CHECK(
            lead_import_max_mb BETWEEN 1 AND 512
            AND lead_import_max_unpacked_mb BETWEEN 1 AND 4096
            AND lead_import_max_rows BETWEEN 1 AND 1000000
            AND lead_import_max_columns BETWEEN 1 AND 16384
            AND lead_import_max_cell_chars BETWEEN 100 AND 1000000
        )""",
        "Limits of an import: 1 to 512 MB, 1 to 4096 MB unpacked, 1 to 1,000,000 rows, "
        "1 to 16,384 columns, 100 to 1,000,000 characters a cell.",
    )
    _lead_email_cap_not_negative = models.Constraint(
        "CHECK(lead_email_cap >= 0)", "The cap of e-mails a day is zero (none) or more."
    )

    def _get_lead_import_limits(self):
        """Return how much an imported file may hold, as ``intake.Limits``."""
        self.ensure_one()
        return intake.Limits(
            max_bytes=self.lead_import_max_mb * _MB,
            max_unpacked_bytes=self.lead_import_max_unpacked_mb * _MB,
            max_rows=self.lead_import_max_rows,
            max_columns=self.lead_import_max_columns,
            max_cell_chars=self.lead_import_max_cell_chars,
        )

    def _get_lead_tz(self):
        """Return the time zone in which this company works."""
        self.ensure_one()
        return self.resource_calendar_id.tz or self.partner_id.tz or "UTC"
