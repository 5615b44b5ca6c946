from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmLeadLost(models.TransientModel):
    """Closes leads as lost; silence is a reason only after enough was tried to break it.

    This is a rule for people at this dialog: a manager may overrule it with a reason. Programs
    that mark leads as lost are not held up.
    """

    _inherit = "crm.lead.lost"

    asks_for_perseverance = fields.Boolean(related="lost_reason_id.asks_for_perseverance")
    early_lead_ids = fields.Many2many("crm.lead", compute="_compute_early_lead_ids")
    is_too_early = fields.Boolean(compute="_compute_early_lead_ids")
    touch_summary = fields.Text("Touches So Far", compute="_compute_early_lead_ids")
    can_overrule = fields.Boolean(compute="_compute_can_overrule")
    overrule_reason = fields.Char("Close It All the Same, Because")
    look_again_date = fields.Date(
        "Look Again On", help="Until then these leads rest; then they are taken up again."
    )
    activity_id = fields.Integer(help="The to-do that asked for closing them, done by it.")

    @api.depends("lead_ids", "lost_reason_id")
    def _compute_early_lead_ids(self):
        for wizard in self:
            leads = wizard.lead_ids._origin if wizard.asks_for_perseverance else None
            early = (leads or self.env["crm.lead"])._filter_given_up_early()
            wizard.early_lead_ids = early
            wizard.is_too_early = bool(early)
            texts = (early or leads or early)._describe_touches()
            wizard.touch_summary = "\n".join(texts.values())

    @api.depends_context("uid")
    def _compute_can_overrule(self):
        self.can_overrule = self.env.user.has_group("sales_team.group_sale_manager")

    def action_lost_reason_apply(self):
        """Close the leads, or say which of them were not contacted often enough.

        :raises UserError: silence is the reason, and too little was tried or the day to look
            again is over.
        """
        self.ensure_one()
        self._check_look_again_date()
        if self.is_too_early:
            self._check_overruled()
        if self.look_again_date:
            self.lead_ids.write({"look_again_date": self.look_again_date})
        result = super().action_lost_reason_apply()
        self._finish_activity()
        return result

    def action_go_on(self):
        """Let the leads that were given up early go on with their cadence; close none."""
        self.ensure_one()
        self.early_lead_ids.check_access("write")
        self.early_lead_ids._persevere()
        self._finish_activity()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Leads that go on being contacted: %(count)s. None was closed.",
                    count=len(self.early_lead_ids),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_look_again_date(self):
        if self.look_again_date and self.look_again_date <= fields.Date.context_today(self):
            raise UserError(
                self.env._("The day to look again is over. Choose one ahead, or leave it empty.")
            )

    def _check_overruled(self):
        if not (self.can_overrule and self.overrule_reason):
            raise UserError(
                self.env._(
                    "“%(reason)s” is too early for %(count)s of these leads:\n%(summary)s\n"
                    "Go on with the cadence, choose another reason, or let a manager close them.",
                    reason=self.lost_reason_id.name,
                    count=len(self.early_lead_ids),
                    summary=self.touch_summary,
                )
            )
        bodies = {
            lead: self.env._(
                "Closed early all the same: %(reason)s (%(summary)s)",
                reason=self.overrule_reason,
                summary=text,
            )
            for lead, text in self.early_lead_ids._describe_touches().items()
        }
        self.early_lead_ids._message_log_batch(
            bodies={lead.id: body for lead, body in bodies.items()}
        )

    def _finish_activity(self):
        """Take the to-do that led here off the list; it must be of one of these leads."""
        activity = self.env["mail.activity"].search(
            [
                ("id", "=", self.activity_id),
                ("res_model", "=", "crm.lead"),
                ("res_id", "in", self.lead_ids.ids),
            ]
        )
        activity.unlink()
