from odoo import api, fields, models, modules

_COUNTED = 1000  # more than that is no different from that


class ResUsers(models.Model):
    """E-mails to approve stand among a person's activities: one line, however many there are."""

    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            # sudo: who archives a colleague need not see his leads
            held = self.env["lead.touch"].sudo()
            held = held.search([("state", "=", "approval"), ("user_id", "in", self.ids)])
            held._pass_on_held()
        return result

    @api.model
    def _get_activity_groups(self):
        groups = super()._get_activity_groups()
        held = self._get_emails_to_approve()
        if held:
            late = held.filtered(lambda touch: touch.planned_at < fields.Datetime.now())
            groups.append(
                {
                    "id": "lead_followup_emails",
                    "name": self.env._("E-mails to Approve"),
                    "model": "lead.touch",
                    "type": "activity",
                    "icon": modules.module.get_module_icon("lead_followup"),
                    "domain": [],
                    "total_count": len(held),
                    "today_count": len(held - late),
                    "overdue_count": len(late),
                    "planned_count": 0,
                    "view_type": "list",
                }
            )
        return groups

    def _get_emails_to_approve(self):
        """Return the first e-mails that wait for the word of whoever is logged in."""
        touches = self.env["lead.touch"]
        if not touches.has_access("read"):
            return touches
        return touches.search_fetch(
            [("state", "=", "approval"), ("user_id", "=", self.env.uid)],
            ["planned_at"],
            limit=_COUNTED,
        )
