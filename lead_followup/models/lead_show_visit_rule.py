from odoo import api, models


class LeadShowVisit(models.Model):
    """A visit gives its lead a show: the rules of cadences look at it, soon."""

    _inherit = "lead.show.visit"

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        self.env["lead.cadence"]._note_changes({"visit_ids"})
        return visits

    def write(self, vals):
        result = super().write(vals)
        self.env["lead.cadence"]._note_changes({"visit_ids"})
        return result
