from odoo import fields, models


class CrmLead(models.Model):
    """A lead's cadence at hand on the lead: what may be done to it, and how the last one ended."""

    _inherit = "crm.lead"

    enrollment_state = fields.Selection(related="enrollment_id.state", string="Cadence Is")
    last_enrollment_id = fields.Many2one(
        "lead.cadence.enrollment", "Last in a Cadence", compute="_compute_glance"
    )
    last_cadence_id = fields.Many2one("lead.cadence", compute="_compute_glance")
    last_enrollment_state = fields.Selection(
        selection=lambda self: self.env["lead.cadence.enrollment"]._fields["state"].selection,
        string="It Is",
        compute="_compute_glance",
    )

    def action_skip_touch(self):
        return self.enrollment_id.action_skip()

    def action_move_touch(self):
        return self.enrollment_id.action_ask_move()

    def action_pause_cadence(self):
        return self.enrollment_id.action_ask_pause()

    def action_resume_cadence(self):
        self.enrollment_id.action_resume()

    def action_stop_cadence(self):
        return self.enrollment_id.action_ask_stop()

    def action_open_enrollments(self):
        """Open the cadences these leads are in, to pause, move, skip or stop them."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_followup.lead_cadence_enrollment_action"
        )
        return {
            **action,
            "domain": [("lead_id", "in", self.ids)],
            "context": {"search_default_live": 1},
        }
