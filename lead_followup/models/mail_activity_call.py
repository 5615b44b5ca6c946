from odoo import models


class MailActivity(models.Model):
    """Each call made is a touch, with who made it; “Done” without a word says so too.

    A call that nobody gave an outcome counts as made: the cadence goes on with its next step.
    """

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        touches = self._get_lead_touches()
        touches |= self._create_call_touches(touches.activity_id)
        touches.write({"done_user_id": self.env.uid})
        touches.filtered(lambda touch: touch.channel == "call" and not touch.outcome).write(
            {"outcome": "unknown"}
        )
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)

    def _create_call_touches(self, known):
        """Make a touch of each call to a lead that no cadence planned; return them."""
        calls = (self - known).filtered(
            lambda activity: (
                activity.res_model == "crm.lead"
                and activity.res_id
                and activity.activity_type_id.category == "phonecall"
            )
        )
        # sudo: whoever may finish the activity leaves a touch
        touches = self.env["lead.touch"].sudo()
        existing = self.env["crm.lead"].sudo().browse(calls.mapped("res_id")).exists()
        return touches.create(
            [
                {**touches._prepare_call_vals(call), "slot_rule": "by_hand"}
                for call in calls
                if call.res_id in existing._ids
            ]
        )
