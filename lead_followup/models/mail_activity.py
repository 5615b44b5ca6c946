from odoo import fields, models


class MailActivity(models.Model):
    """A finished call or task of a cadence advances it; a deleted one fails in sight."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        touches = self._get_lead_touches()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        touches._mark_done(fields.Datetime.now(), is_human=True)
        return result

    def unlink(self):
        touches = self._get_lead_touches().filtered(lambda touch: touch.state == "queued")
        result = super().unlink()
        touches._mark_failed("activity_deleted")
        return result

    def _get_lead_touches(self):
        """Return the touches behind these activities; nothing is searched for other models'."""
        mine = self.filtered(lambda activity: activity.res_model == "crm.lead")
        if not mine:
            return self.env["lead.touch"]
        # sudo: whoever may finish the activity advances the cadence
        return self.env["lead.touch"].sudo().search([("activity_id", "in", mine.ids)])
