from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .recycle_common import LeadRecycleCase


@tagged("post_install", "-at_install")
class TestTrackMoments(LeadRecycleCase):
    """Calls of a lost lead's track are calls like others; a late approval costs no cap span."""

    def _make_track(self, **step):
        template = self.env.ref("lead_followup.mail_template_general_first")
        step = {"name": "One", "channel": "email", "template_id": template.id, **step}
        return self.env["lead.cadence"].create(
            {"name": "Own track", "is_track": True, "step_ids": [Command.create(step)]}
        )

    def test_a_call_of_a_lost_lead_s_track_is_in_the_queue_and_can_be_noted(self):
        self.rule.track_id = self._make_track(channel="call", template_id=False)
        lead = self._make_lost(phone="+12025550155")
        other = self._make_lost(phone="+12025550156", email_from="bob@best.example")
        other.activity_schedule("mail.mail_activity_data_call", user_id=self.user_rep.id)
        lead.recycle_id.write({"rest_until": "2026-03-20", "state": "due"})
        lead.recycle_id._enter()
        touch = lead.touch_ids
        self.assertEqual((touch.state, lead.active), ("queued", False))

        with freeze_time(touch.planned_at + timedelta(minutes=5)):
            queue = self.env["crm.lead"].with_user(self.user_rep).get_call_queue()
            listed = [line["lead_id"] for line in queue["now"] + queue["later"]]
            lead.with_user(self.user_rep).action_log_call("no_answer")
            with self.assertRaisesRegex(UserError, "lost or archived"):
                other.with_user(self.user_rep).action_log_call("no_answer")

        self.assertEqual(listed, lead.ids)
        self.assertEqual((touch.state, touch.outcome), ("done", "no_answer"))

    def test_a_first_email_approved_late_goes_at_the_next_good_moment(self):
        track = self._make_track()
        track.is_first_email_approved = True
        lead = self._make_lead(user_id=self.user_rep.id)
        track._enroll(lead)
        touch = lead.touch_ids
        self.assertEqual(str(touch.planned_at), "2026-03-20 13:00:00")

        with freeze_time("2026-03-20 18:00:00"):
            touch._approve()

        self.assertEqual(str(touch.planned_at), "2026-03-20 18:00:00")
