from odoo import api, models
from odoo.tools import SQL


class CrmLead(models.Model):
    """A lead's touches made and its last cadence, among what its form looks up in one query."""

    _inherit = "crm.lead"

    @api.depends("touch_ids.state", "enrollment_ids.state", "enrollment_id")
    def _compute_glance(self):
        return super()._compute_glance()

    @api.model
    def _prepare_glance_columns(self):
        touches = self.env["lead.touch"]._fields
        return {
            **super()._prepare_glance_columns(),
            "touch_count": SQL(
                "(SELECT COUNT(*) FROM lead_touch WHERE lead_id = lead.id AND state = 'done')",
                to_flush=[touches["lead_id"], touches["state"]],
            ),
            "last_enrollment_id": SQL(
                "(SELECT MAX(id) FROM lead_cadence_enrollment WHERE lead_id = lead.id)",
                to_flush=self.env["lead.cadence.enrollment"]._fields["lead_id"],
            ),
        }

    def _take_glances(self, glance_by_id):
        """Take the enrollment that ended last; none while one is live."""
        result = super()._take_glances(glance_by_id)
        enrollments = self.env["lead.cadence.enrollment"]
        for lead in self:
            glance = glance_by_id.get(lead._origin.id, {})
            last_id = not lead.enrollment_id and glance.get("last_enrollment_id")
            lead.touch_count = glance.get("touch_count", 0)
            lead.last_enrollment_id = enrollments.browse(last_id or [])
        for lead in self:
            lead.last_cadence_id = lead.last_enrollment_id.cadence_id
            lead.last_enrollment_state = lead.last_enrollment_id.state
        return result
