from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmLead(models.Model):
    """A first contact that is held back is at risk, however early it is planned.

    It waits for its sender's word, or for the end of a stop or a test.
    """

    _inherit = "crm.lead"

    @api.depends("touch_ids.state")
    def _compute_clock_state(self):
        result = super()._compute_clock_state()
        in_time = self.filtered(lambda lead: lead.clock_state == "in_time")
        if in_time:
            # sudo: whoever sees the lead may know that its e-mail waits
            touches = self.env["lead.touch"].sudo()
            held = touches._read_group(
                Domain("lead_id", "in", in_time.ids)
                & (Domain("state", "=", "approval") | touches._get_held_domain()),
                ["lead_id"],
            )
            held_ids = {lead.id for (lead,) in held}
            in_time.filtered(lambda lead: lead._origin.id in held_ids).clock_state = "at_risk"
        return result

    def _planned_in_time_sql(self, alias):
        self.env["lead.touch"].flush_model(["enrollment_id", "state", "mail_id"])
        self.env["mail.mail"].flush_model(["state", "scheduled_date"])
        return SQL(
            """(%s AND NOT EXISTS (SELECT 1 FROM lead_touch held
                                     LEFT JOIN mail_mail m ON m.id = held.mail_id
                                    WHERE held.enrollment_id = %s
                                      AND (held.state = 'approval'
                                           OR held.state IN ('queued', 'failed')
                                              AND m.state = 'outgoing'
                                              AND m.scheduled_date = %s)))""",
            super()._planned_in_time_sql(alias),
            SQL.identifier(alias, "enrollment_id"),
            self.env["lead.touch"]._HELD_UNTIL,
        )
