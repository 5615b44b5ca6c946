from odoo import models


class MailActivity(models.Model):
    """A call or task that a person puts on another day, or gives to another, is planned so."""

    _inherit = "mail.activity"

    def write(self, vals):
        result = super().write(vals)
        by_program = self.env.context.get("lead_activity_follows")  # the touch was moved first
        if not by_program and not vals.keys().isdisjoint({"date_deadline", "user_id"}):
            touches = self._get_lead_touches().filtered(lambda touch: touch.state == "queued")
            touches._follow_activity()
        return result
