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

    _lead_email_cap_not_negative = models.Constraint(
        "CHECK(lead_email_cap >= 0)", "The cap of e-mails a day is zero (none) or more."
    )

    def _get_lead_tz(self):
        """Return the time zone in which this company works."""
        self.ensure_one()
        return self.resource_calendar_id.tz or self.partner_id.tz or "UTC"
