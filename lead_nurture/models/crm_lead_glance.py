from odoo import api, models
from odoo.tools import SQL


class CrmLead(models.Model):
    """A lead's last recycling and its other sales, among what its form looks up in one query."""

    _inherit = "crm.lead"

    @api.depends("recycle_ids", "repeat_of_id", "repeat_ids")
    def _compute_glance(self):
        return super()._compute_glance()

    @api.model
    def _prepare_glance_columns(self):
        return {
            **super()._prepare_glance_columns(),
            "recycle_id": SQL(
                "(SELECT MAX(id) FROM lead_recycle WHERE lead_id = lead.id)",
                to_flush=self.env["lead.recycle"]._fields["lead_id"],
            ),
            "is_repeated": SQL(
                "EXISTS (SELECT FROM crm_lead WHERE repeat_of_id = lead.id)",
                to_flush=self._fields["repeat_of_id"],
            ),
        }

    def _take_glances(self, glance_by_id):
        """Count the other sales of a lead only where there are some."""
        result = super()._take_glances(glance_by_id)
        chained = self.browse()
        for lead in self:
            glance = glance_by_id.get(lead._origin.id, {})
            lead.recycle_id = glance.get("recycle_id")
            lead.sale_chain_count = 0
            if lead.repeat_of_id or glance.get("is_repeated"):
                chained += lead
        if chained:
            chained._count_sale_chain()
        return result
