from odoo import models


class MailActivity(models.Model):
    """Thanking a customer, marked as done on somebody's list, is thanking him."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        # sudo: whoever may mark it done need not write the referral
        thanks = self.sudo().filtered(lambda activity: activity.res_model == "lead.referral")
        if thanks:
            referrals = thanks.env["lead.referral"].search(
                [("thanks_activity_id", "in", thanks.ids), ("needs_thanks", "=", True)]
            )
            referrals._note_thanked(self.env.user)
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
