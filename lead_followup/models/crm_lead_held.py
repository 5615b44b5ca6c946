from odoo import api, models
from odoo.tools import SQL


class CrmLead(models.Model):
    """A first contact that waits for somebody's word is at risk, however early it is planned."""

    _inherit = "crm.lead"

    @api.depends("touch_ids.state")
    def _compute_clock_state(self):
        result = super()._compute_clock_state()
        in_time = self.filtered(lambda lead: lead.clock_state == "in_time")
        if in_time:
            held = self.env["lead.touch"]._read_group(
                [("lead_id", "in", in_time.ids), ("state", "=", "approval")], ["lead_id"]
            )
            held_ids = {lead.id for (lead,) in held}
            in_time.filtered(lambda lead: lead._origin.id in held_ids).clock_state = "at_risk"
        return result

    def _planned_in_time_sql(self, alias):
        self.env["lead.touch"].flush_model(["enrollment_id", "state"])
        return SQL(
            """(%s AND NOT EXISTS (SELECT 1 FROM lead_touch held
                                    WHERE held.enrollment_id = %s AND held.state = 'approval'))""",
            super()._planned_in_time_sql(alias),
            SQL.identifier(alias, "enrollment_id"),
        )
