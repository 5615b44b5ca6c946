from odoo import fields, models
from odoo.exceptions import UserError


class LeadTouchReject(models.TransientModel):
    """Asks why e-mails are not to be sent, and whether their leads are contacted otherwise."""

    _name = "lead.touch.reject"
    _description = "Do Not Send E-mails"

    touch_ids = fields.Many2many("lead.touch", required=True, readonly=True)
    touch_count = fields.Integer("E-mails", compute="_compute_touch_count")
    waiting = fields.Json(help="Ids of the touches that are reviewed after these.")
    note = fields.Char("Why Not", help="Kept with the touch and on the lead.")
    what_next = fields.Selection(
        [
            ("skip", "Skip this e-mail; the cadence goes on with its next step"),
            ("stop", "Stop the cadence"),
        ],
        required=True,
        default="skip",
    )

    def _compute_touch_count(self):
        for wizard in self:
            wizard.touch_count = len(wizard.touch_ids)

    def _open(self, touches, waiting=()):
        """Return an action that asks about ``touches`` and goes on with those ``waiting``."""
        wizard = self.create({"touch_ids": touches.ids, "waiting": list(waiting)})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Don't Send"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }

    def action_confirm(self):
        """Send none of them; go on with what is to be reviewed after them.

        :raises UserError: there is no reason.
        """
        self.ensure_one()
        if not (self.note or "").strip():
            raise UserError(
                self.env._("Nothing was decided: say in a word why not, then press Don't Send.")
            )
        # sudo: nobody writes touches by hand
        self.touch_ids._get_own_held().sudo()._reject(self.note, self.what_next == "stop")
        if self.waiting:
            return self.env["lead.touch.review"]._open(self.waiting)
        return {"type": "ir.actions.act_window_close"}
