from odoo import fields, models
from odoo.fields import Domain


class CrmLead(models.Model):
    """A lead's row in the funnel: the same id, so that what the funnel counts can be searched."""

    _inherit = "crm.lead"

    funnel_id = fields.Many2one(
        "lead.funnel.report",
        compute="_compute_funnel_id",
        search="_search_funnel_id",
        export_string_translation=False,
    )

    def _compute_funnel_id(self):
        for lead in self:
            lead.funnel_id = lead._origin.id

    def _search_funnel_id(self, operator, value):
        if operator in ("any", "any!"):
            rows = self.env["lead.funnel.report"].sudo(self.env.su or operator == "any!")
            return Domain("id", "in", rows._search(value))
        if operator == "in":
            return Domain("id", "in", [row_id for row_id in value if row_id])
        return NotImplemented
