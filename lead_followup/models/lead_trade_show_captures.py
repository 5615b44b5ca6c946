from odoo import api, fields, models


class LeadTradeShow(models.Model):
    """What was taken down live at a show, day by day."""

    _inherit = "lead.trade.show"

    capture_count = fields.Integer(
        "Captured",
        compute="_compute_capture_count",
        compute_sudo=True,
        groups="sales_team.group_sale_salesman_all_leads",
        help="Records taken down at the booth, or filled in by the visitors themselves.",
    )

    @api.depends("import_ids.row_ids")
    def _compute_capture_count(self):
        rows = self.env["lead.import.row"]
        count_by_job = dict(
            rows._read_group(
                [
                    ("import_id.trade_show_id", "in", self.ids),
                    ("import_id.door", "!=", False),
                    ("import_id.state", "!=", "undone"),
                ],
                ["import_id"],
                ["__count"],
            )
        )
        for show in self:
            show.capture_count = sum(
                count for job, count in count_by_job.items() if job.trade_show_id == show
            )

    def action_open_captures(self):
        """Open the days' captures of this show, as the imports they are."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("lead_followup.lead_import_action")
        action["name"] = self.env._("Captured at %(show)s", show=self.name)
        action["domain"] = [("trade_show_id", "=", self.id), ("door", "!=", False)]
        action["context"] = {"create": False}
        return action
