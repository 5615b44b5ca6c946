from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """The switches of cadence e-mails: each asks first, and says how many it concerns."""

    _inherit = "res.config.settings"

    lead_sending_stopped = fields.Boolean(readonly=True)
    lead_sending_stopped_at = fields.Datetime(related="company_id.lead_sending_stopped_at")
    lead_sending_stopped_by_id = fields.Many2one(related="company_id.lead_sending_stopped_by_id")
    lead_test_mode = fields.Boolean(related="company_id.lead_test_mode")
    lead_test_email = fields.Char(related="company_id.lead_test_email")
    lead_email_hourly = fields.Integer(related="company_id.lead_email_hourly", readonly=False)
    lead_held_count = fields.Integer(compute="_compute_lead_held_count")
    lead_tested_count = fields.Integer(compute="_compute_lead_held_count")

    @api.depends("company_id")
    def _compute_lead_held_count(self):
        for settings in self:
            counts = settings.company_id._count_held_emails()
            settings.lead_held_count = counts["held"]
            settings.lead_tested_count = counts["tested"]

    def action_ask_stop_lead_emails(self):
        """Ask whether all cadence e-mails are to be stopped."""
        return self._ask_lead_sending("stop", self.env._("Stop all cadence e-mails?"))

    def action_ask_release_lead_emails(self):
        """Ask whether the held e-mails may go."""
        return self._ask_lead_sending("release", self.env._("Let cadence e-mails go?"))

    def action_ask_test_lead_emails(self):
        """Ask to which address all cadence e-mails are to go."""
        return self._ask_lead_sending("test", self.env._("Send cadence e-mails as a test?"))

    def action_ask_live_lead_emails(self):
        """Ask whether the test is over."""
        return self._ask_lead_sending("live", self.env._("End the test?"))

    def _ask_lead_sending(self, kind, title):
        self.ensure_one()
        wizard = self.env["lead.sending.switch"].create(
            {"company_id": self.company_id.id, "kind": kind}
        )
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }
