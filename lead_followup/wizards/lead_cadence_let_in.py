from odoo import fields, models
from odoo.exceptions import UserError


class LeadCadenceLetIn(models.TransientModel):
    """States how many leads match the rule of a cadence already, and lets a person enroll them."""

    _name = "lead.cadence.let.in"
    _description = "Enroll Leads That Match Already"

    cadence_id = fields.Many2one("lead.cadence", required=True, readonly=True, ondelete="cascade")
    lead_count = fields.Integer(readonly=True, help="As stated to whoever confirms.")

    def action_let_in(self):
        """Let the stated leads enter in the background, the best first.

        :raises UserError: more match by now than was stated.
        """
        self.ensure_one()
        cadence = self.cadence_id
        cadence.check_access("write")
        leads = cadence._find_passed()
        if len(leads) > self.lead_count:
            raise UserError(
                self.env._(
                    "By now %(count)s leads match “%(cadence)s”, not %(stated)s.\n"
                    "Close this and open it again to confirm the new number.",
                    count=len(leads),
                    cadence=cadence.name,
                    stated=self.lead_count,
                )
            )
        cadence.sudo()._let_in(leads)  # sudo: the scheduler's trigger, whose run does the rest
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s leads enter “%(cadence)s” in the next minutes.",
                    count=len(leads),
                    cadence=cadence.name,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
