from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    lead_sender_id = fields.Many2one(
        "res.users",
        string="Sender to Leads",
        help="E-mails go out in this name where there is neither salesperson nor show.",
    )
    lead_email_cap = fields.Integer(
        "E-mails a Sender and Day",
        default=200,
        help="Cadence e-mails in one name a day; 0 is no cap. What does not fit goes out later.",
    )

    def _get_lead_tz(self):
        """Return the time zone in which this company works."""
        self.ensure_one()
        return self.resource_calendar_id.tz or self.partner_id.tz or "UTC"
