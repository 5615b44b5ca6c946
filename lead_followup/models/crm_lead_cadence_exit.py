from odoo import models


class CrmLead(models.Model):
    """A new stage or tag may end the cadence of a lead."""

    _inherit = "crm.lead"

    # a lead's stage follows from its team, which may follow from its salesperson
    _EXIT_GIVERS = frozenset({"stage_id", "tag_ids", "team_id", "user_id", "type"})

    def write(self, vals):
        result = super().write(vals)
        if not self._EXIT_GIVERS.isdisjoint(vals) and self.env["lead.cadence"]._has_exits():
            self.enrollment_id._leave_by_exit()
        return result
