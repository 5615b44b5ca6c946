from odoo import api, models


class LeadSegment(models.Model):
    """A segment that a cadence asks for stays, and the cadence hears of who enters it.

    One that ends a cadence ends it for whoever enters.
    """

    _inherit = "lead.segment"

    @api.model
    def _get_rule_models(self):
        return [*super()._get_rule_models(), "lead.cadence"]

    @api.model
    def _forget_members(self, lead_ids):
        result = super()._forget_members(lead_ids)
        if lead_ids:
            cadences = self.env["lead.cadence"]
            cadences._note_changes({"segment_ids"})
            if cadences._has_exits():
                self.env["lead.cadence.enrollment"]._leave_by_segment(lead_ids)
        return result
