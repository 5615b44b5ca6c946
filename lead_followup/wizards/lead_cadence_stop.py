from odoo import api, fields, models
from odoo.exceptions import UserError


class LeadCadenceStop(models.TransientModel):
    """Asks why leads leave their cadence; the reason stays with them."""

    _name = "lead.cadence.stop"
    _description = "Stop a Cadence"

    enrollment_ids = fields.Many2many("lead.cadence.enrollment", readonly=True)
    reason = fields.Selection(selection="_get_reasons", required=True, default="manual")
    note = fields.Char("In Your Words", size=200)

    @api.model
    def _get_reasons(self):
        reasons = self.env["lead.cadence.enrollment"]._get_hand_reasons()
        return [*reasons, ("other", self.env._("Another reason"))]

    def action_stop(self):
        """End the chosen enrollments; say how many.

        :raises UserError: another reason without a word, or none of them is live.
        """
        self.ensure_one()
        note = (self.note or "").strip()
        if self.reason == "other" and not note:
            raise UserError(self.env._("Say in a few words why the cadence ends."))
        ended = self.enrollment_ids._stop_by_hand(note if self.reason == "other" else self.reason)
        if not ended:
            raise UserError(self.env._("None of the chosen leads is in a cadence any more."))
        count = len(self.enrollment_ids)
        text = self.env._("Stopped for %(done)s of %(all)s.", done=len(ended), all=count)
        return self.enrollment_ids._tell(text, is_all=len(ended) == count)
