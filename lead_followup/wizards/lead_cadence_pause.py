from odoo import fields, models
from odoo.exceptions import UserError


class LeadCadencePause(models.TransientModel):
    """Asks until when leads rest in their cadence."""

    _name = "lead.cadence.pause"
    _description = "Pause a Cadence"

    enrollment_ids = fields.Many2many("lead.cadence.enrollment", readonly=True)
    until = fields.Date("Goes On", help="Empty: until somebody resumes it.")

    def action_pause(self):
        """Hold the chosen enrollments; say how many.

        :raises UserError: the day is not ahead, or none of them can be paused.
        """
        self.ensure_one()
        if self.until and self.until <= fields.Date.context_today(self):
            raise UserError(self.env._("The pause would be over already. Choose a day ahead."))
        held = self.enrollment_ids._pause(self.until)
        if not held:
            raise UserError(
                self.env._(
                    "None of the chosen leads can be paused: they wait for an agreed call, are "
                    "held by a fault, or have ended."
                )
            )
        count = len(self.enrollment_ids)
        text = self.env._("Paused for %(done)s of %(all)s.", done=len(held), all=count)
        return self.enrollment_ids._tell(text, is_all=len(held) == count)
