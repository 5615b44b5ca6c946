from odoo import api, models


class LeadSegment(models.Model):
    """A segment that a cadence asks for stays, and the cadence hears of who enters it."""

    _inherit = "lead.segment"

    @api.model
    def _get_rule_models(self):
        return [*super()._get_rule_models(), "lead.cadence"]

    @api.model
    def _forget_members(self, lead_ids):
        result = super()._forget_members(lead_ids)
        if lead_ids:
            self.env["lead.cadence"]._note_changes({"segment_ids"})
        return result
