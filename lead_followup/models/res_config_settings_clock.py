from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """The settings of the first-contact clock, written in one go: they are checked together."""

    _inherit = "res.config.settings"

    lead_first_contact_hours = fields.Integer()
    lead_clock_remind = fields.Boolean("Remind the Salesperson")
    lead_clock_remind_pct = fields.Integer()
    lead_clock_leader = fields.Boolean("Tell the Team Leader")
    lead_clock_leader_pct = fields.Integer()
    lead_clock_pass_on = fields.Boolean("Offer to Another Salesperson")
    lead_clock_pass_on_hours = fields.Integer()
    lead_away_mode = fields.Selection(selection=lambda self: self._get_away_modes())
    lead_away_days = fields.Integer()

    @api.model
    def _get_away_modes(self):
        return self.env["res.company"]._fields["lead_away_mode"]._description_selection(self.env)

    @api.model
    def _get_lead_settings(self):
        return (
            *super()._get_lead_settings(),
            "lead_first_contact_hours",
            "lead_clock_remind",
            "lead_clock_remind_pct",
            "lead_clock_leader",
            "lead_clock_leader_pct",
            "lead_clock_pass_on",
            "lead_clock_pass_on_hours",
            "lead_away_mode",
            "lead_away_days",
        )
