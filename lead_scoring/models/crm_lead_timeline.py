from odoo import fields, models


class CrmLead(models.Model):
    """All that happened to a lead, and all it did, on one page."""

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    event_count = fields.Integer(compute="_compute_glance")

    def action_open_events(self):
        """Open the history of this lead's events, the latest first."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("History of “%s”", self.name),
            "res_model": "lead.event",
            "view_mode": "list,kanban",
            "mobile_view_mode": "kanban",
            "domain": [("lead_id", "=", self.id)],
            "context": {"lead_of_events": self.id},
            "help": self.env._(
                "<p class='o_view_nocontent_smiling_face'>Nothing has happened yet</p>"
                "<p>Scans, replies, clicks, meetings and changes of lifecycle stand here by "
                "themselves.</p>"
            ),
        }
