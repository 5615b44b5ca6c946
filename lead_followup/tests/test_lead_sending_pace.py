from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common import LeadFollowupCase
from .sending_common import SendingMixin


@tagged("post_install", "-at_install")
class TestLeadSendingPace(SendingMixin, CronMixinCase, LeadFollowupCase):
    """E-mails in one name keep their distance: in the plan, and at the door of the mail server."""

    def _enroll_many(self, count, **vals):
        return self.env["lead.touch"].union(
            *(self._enroll(email_from=f"lead{n}@ample.example", **vals) for n in range(count))
        )

    def test_the_plan_keeps_the_pace_of_the_hour(self):
        self.company.lead_email_hourly = 1
        touches = self._enroll_many(4)

        # spread over Friday's working day and paced
        moments = sorted(touches.mapped("planned_at"))
        self.assertEqual(len(set(moments)), 4)
        for earlier, later in zip(moments, moments[1:], strict=False):
            self.assertGreaterEqual(later - earlier, timedelta(hours=1))

    def test_what_stands_already_is_kept_at_a_distance(self):
        self.company.lead_email_hourly = 6  # ten minutes
        first = self._enroll(email_from="a@ample.example")
        self.company.lead_email_cap = 1000
        with freeze_time(first.planned_at + timedelta(minutes=-2)):
            second = self._enroll(email_from="b@ample.example")
        self.assertGreaterEqual(abs(second.planned_at - first.planned_at), timedelta(minutes=10))

    def test_another_sender_has_a_pace_of_his_own(self):
        self.company.lead_email_hourly = 1
        first = self._enroll()
        lead = self._make_lead(email_from="b@best.example", user_id=self.user_marketing.id)
        self.cadence._enroll(lead)

        self.assertEqual(lead.touch_ids.planned_at, first.planned_at)

    def test_no_limit_is_none(self):
        self.company.lead_email_hourly = 0

        self.assertEqual(self.company._get_lead_pace_seconds(), 0)
        self.assertFalse(self.env["lead.touch"]._get_room_by_sender())
        touches = self._enroll_many(3)
        self.assertFalse(touches._get_room_by_sender())

    def _make_due(self, touches, moment):
        """Plan the e-mails of ``touches`` for ``moment``, as if the pace had not been kept."""
        touches.planned_at = moment
        touches.mail_id.scheduled_date = moment

    def test_no_more_than_the_limit_leave_within_an_hour(self):
        touches = self._enroll_many(3)
        self._make_due(touches, "2026-03-20 13:00:00")
        self.company.lead_email_hourly = 2

        sent = self._run_queue("2026-03-20 13:01:00")

        self.assertEqual(len(sent), 2)
        third = touches.filtered(lambda touch: touch.state == "queued")
        self.assertEqual(len(third), 1)
        self.assertGreater(str(third.planned_at), "2026-03-20 13:01:00")
        self.assertEqual(third.mail_id.scheduled_date, third.planned_at)

    def test_an_hour_later_there_is_room_again(self):
        touches = self._enroll_many(3)
        self._make_due(touches, "2026-03-20 13:00:00")
        self.company.lead_email_hourly = 2
        self._run_queue("2026-03-20 13:01:00")
        third = touches.filtered(lambda touch: touch.state == "queued")

        self._make_due(third, "2026-03-20 14:00:00")
        self.assertFalse(self._run_queue("2026-03-20 14:00:30"))
        self._make_due(third, "2026-03-20 14:01:00")
        self.assertEqual(len(self._run_queue("2026-03-20 14:01:30")), 1)

    def test_who_moves_mails_forward_by_hand_is_obeyed(self):
        touches = self._enroll_many(3)
        touches.planned_at = "2026-03-20 15:00:00"
        touches.mail_id.scheduled_date = "2026-03-20 13:00:00"
        self.company.lead_email_hourly = 2

        self.assertEqual(len(self._run_queue("2026-03-20 13:01:00")), 3)

    def test_after_a_night_without_a_server_nothing_leaves_in_a_burst(self):
        touches = self._enroll_many(3)

        sent = self._run_queue("2026-03-22 20:00:00")  # Sunday; they were for Friday

        self.assertFalse(sent)
        # Monday's daytime in New York, 13:00 to 21:00 UTC, at 0, 1/2, 1/4
        self.assertEqual(
            [str(touch.planned_at) for touch in touches],
            ["2026-03-23 13:00:00", "2026-03-23 17:00:00", "2026-03-23 15:00:00"],
        )
        self.assertEqual(len(self._run_queue("2026-03-23 13:05:00")), 1)

    @mute_logger("odoo.addons.lead_followup.models.lead_touch_turn")
    def test_one_that_cannot_be_planned_anew_holds_up_no_other_mail(self):
        touches = self._enroll_many(3)
        bad = touches[1]
        plan_anew = type(bad)._plan_anew

        def fail(batch):
            if bad in batch:
                raise ValueError("broken")
            return plan_anew(batch)

        other = self.env["mail.mail"].create(
            {"email_to": "client@buyer.example", "body_html": "<p>Invoice</p>"}
        )
        with patch.object(type(bad), "_plan_anew", fail):
            sent = self._run_queue("2026-03-22 20:00:00")

        self.assertEqual([message["To"] for message in sent], [other.email_to])
        self.assertEqual((bad.state, bad.reason, bad.mail_id.state), ("failed", "broken", "cancel"))
        self.assertEqual(set((touches - bad).mapped("state")), {"queued"})

    def test_a_mail_that_is_a_little_late_goes_out(self):
        touch = self._enroll()
        self.assertEqual(str(touch.planned_at), "2026-03-20 13:00:00")

        sent = self._run_queue("2026-03-20 14:00:00")

        self.assertEqual(len(sent), 1)

    def test_a_mail_somebody_sends_by_hand_goes_out_at_any_hour(self):
        touch = self._enroll()
        with freeze_time("2026-03-22 20:00:00"), self.mock_smtplib_connection():
            touch.mail_id.send()

        self.assertEqual(touch.state, "done")

    def test_the_mail_queue_is_woken_within_a_minute_and_once_for_many(self):
        with self.capture_triggers("mail.ir_cron_mail_scheduler_action") as captured:
            touches = self._enroll_many(1)
            touches |= self._enroll(email_from="z@ample.example")
        # 13:00 and half of the eight hours later, 17:00
        self.assertEqual(
            [str(trigger.call_at) for trigger in captured.records],
            ["2026-03-20 13:00:00", "2026-03-20 17:00:00"],
        )

        touches[0].planned_at = "2026-03-20 13:00:01"
        touches[1].planned_at = "2026-03-20 13:00:59"
        with self.capture_triggers("mail.ir_cron_mail_scheduler_action") as captured:
            touches._wake_mail_queue()
            touches._wake_mail_queue()

        moments = [str(trigger.call_at) for trigger in captured.records]
        self.assertEqual(moments, ["2026-03-20 13:01:00"])
