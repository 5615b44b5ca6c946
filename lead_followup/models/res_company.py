from odoo import fields, models


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

    _lead_email_cap_not_negative = models.Constraint(
        "CHECK(lead_email_cap >= 0)", "The cap of e-mails a day is zero (none) or more."
    )

    def _get_lead_tz(self):
        """Return the time zone in which this company works."""
        self.ensure_one()
        return self.resource_calendar_id.tz or self.partner_id.tz or "UTC"
