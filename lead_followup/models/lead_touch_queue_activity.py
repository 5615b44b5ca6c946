from odoo import models
from odoo.tools import split_every

_ACTIVITY_BATCH = 1000  # activities a create; 10,000 in one are five times slower each


class LeadTouch(models.Model):
    """Calls and tasks are activities on people's lists, made many at once.

    What Odoo does for each activity is done once for a batch where nothing else comes of it: who
    follows the leads, the clean-up of the instructions, the write of the touch.
    """

    _inherit = "lead.touch"

    def _queue_activities(self):
        """Put calls and tasks on people's lists, many at once, without a message each.

        One's own come together: Odoo looks at each person of a batch by itself.
        """
        ordered = self.sorted(lambda touch: (touch.user_id.id, touch.id))
        for batch in split_every(_ACTIVITY_BATCH, ordered.ids, self.browse):
            activities = batch._create_activities()
            tie = self._fields["activity_id"]
            for touch, activity in zip(batch, activities, strict=True):
                tie.write(touch, activity.id)  # goes into the statement of the next line
            batch.write({"state": "queued"})

    def _create_activities(self):
        """Make the activities of these touches, in their order, and give them."""
        type_by_channel = {
            "call": self.env.ref("mail.mail_activity_data_call"),
            "task": self.env.ref("mail.mail_activity_data_todo"),
        }
        lead_model_id = self.env["ir.model"]._get_id("crm.lead")
        pairs = frozenset((touch.lead_id.id, touch.user_id.partner_id.id) for touch in self)
        self.lead_id._subscribe_each(pairs)
        self.lead_id.mapped("display_name")  # Odoo asks for it lead by lead
        activities = (
            self.env["mail.activity"]
            .with_context(mail_activity_quick_update=True, lead_subscribed=pairs)
            .create(
                [
                    {
                        "res_model_id": lead_model_id,
                        "res_id": touch.lead_id.id,
                        "activity_type_id": type_by_channel[touch.channel].id,
                        "user_id": touch.user_id.id,
                        "date_deadline": touch._get_local_date(),
                        "summary": touch._get_activity_summary(),
                    }
                    for touch in self
                ]
            )
            .with_env(self.env)
        )
        ids_by_step = {}
        for touch, activity in zip(self, activities, strict=True):
            ids_by_step.setdefault(touch.step_id, []).append(activity.id)
        for step, ids in ids_by_step.items():
            if step.instructions:  # cleaned once, not once for each
                activities.browse(ids).write({"note": step.instructions})
        return activities
