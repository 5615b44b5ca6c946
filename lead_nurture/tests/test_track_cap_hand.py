from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import Form, tagged

from odoo.addons.lead_followup.tests.sending_common import SendingMixin

from .engagement_common import EngagementCase

_DAY = 24 * 60
_ABOVE = "By then it has had as many mailings as the settings allow"


@tagged("post_install", "-at_install")
class TestTrackCapHand(SendingMixin, EngagementCase):
    """Who moves a track's e-mail to a day below the cap is told, and obeyed."""

    def setUp(self):
        super().setUp()
        self.company.lead_marketing_user_id = self.user_marketing
        self.track = self.env.ref("lead_nurture.lead_cadence_stay_in_touch")

    def _start(self, **vals):
        lead = self._make_lead(**vals)
        self.track._enroll(lead)
        return lead

    def _move(self, leads, moment):
        action = leads.enrollment_id.action_ask_move()
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        form.moment = moment
        return form.save()

    def test_who_moves_it_below_the_cap_is_told_and_obeyed(self):
        lead = self._make_lead()
        self._trace(lead, minutes_ago=2 * _DAY)  # Wednesday 18 March, 12:00
        self.track._enroll(lead)
        self.assertEqual(lead.touch_ids.put_off_reason, "over_cap")

        wizard = self._move(lead, "2026-03-24 13:00:00")
        self.assertIn(_ABOVE, wizard.warning)
        wizard.action_move()

        self.assertEqual(
            lead.touch_ids.reason_text,
            "By hand, although it has had as many mailings as the settings allow",
        )
        self.assertEqual(len(self._run_queue("2026-03-24 13:00:00")), 1)
        self.assertEqual(lead.touch_ids.state, "done")
        self.assertIn("By hand, although", lead.touch_ids.reason_text)

    def test_a_day_that_the_cap_allows_is_no_fault(self):
        lead = self._make_lead()
        self._trace(lead, minutes_ago=2 * _DAY)
        self.track._enroll(lead)

        # seven days after the mailing, to the second
        wizard = self._move(lead, "2026-03-25 13:00:00")
        self.assertNotIn(_ABOVE, wizard.warning)
        wizard.action_move()

        self.assertFalse(lead.touch_ids.is_cap_overruled)
        self.assertFalse(lead.touch_ids.reason_text)

    def test_moved_away_from_there_again_it_overrules_nothing(self):
        lead = self._make_lead()
        self._trace(lead, minutes_ago=2 * _DAY)
        self.track._enroll(lead)
        self._move(lead, "2026-03-24 13:00:00").action_move()
        self.assertTrue(lead.touch_ids.is_cap_overruled)

        self._move(lead, "2026-03-26 13:00:00").action_move()

        self.assertFalse(lead.touch_ids.is_cap_overruled)

    def test_a_mailing_that_comes_in_between_moves_no_choice_of_a_person(self):
        lead, other = self._start(), self._start(email_from="bob@best.example")
        self._move(lead, "2026-03-24 13:00:00").action_move()
        with freeze_time("2026-03-23 13:00:00"):
            self._trace(lead, minutes_ago=0)
            self._trace(other, minutes_ago=0)
        other.touch_ids.write({"planned_at": "2026-03-24 13:00:00"})
        other.touch_ids._schedule_mails()

        [message] = self._run_queue("2026-03-24 13:00:00")

        self.assertIn("ann@ample.example", message["To"])
        self.assertTrue(lead.touch_ids.is_cap_overruled)
        self.assertEqual(other.touch_ids.put_off_reason, "over_cap")

    def test_a_salespersons_cadence_at_the_address_is_told_and_goes_first(self):
        lead = self._start()
        new = self._make_lead(user_id=self.user_rep.id)
        self.cadence._enroll(new)

        wizard = self._move(lead, "2026-03-24 13:00:00")
        self.assertIn("A salesperson's cadence writes to this address", wizard.warning)
        wizard.action_move()
        self._run_queue("2026-03-20 13:00:00")
        self.assertFalse(self._run_queue("2026-03-24 13:00:00"))

        self.assertEqual(lead.touch_ids.put_off_reason, "followups_first")

    def test_a_salespersons_own_e_mail_has_no_such_fault(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        self._trace(lead, minutes_ago=5)
        self.cadence._enroll(lead)

        warning = self._move(lead, "2026-03-24 13:00:00").warning

        self.assertEqual(warning, "It misses the deadline of the first contact.")

    def test_of_many_it_is_counted_at_the_cost_of_one(self):
        def cost(count):
            leads = self.env["crm.lead"]
            for number in range(count):
                lead = self._start(email_from=f"m{count}.{number}@ample.example")
                self._trace(lead, minutes_ago=_DAY)
                leads |= lead
            moment = fields.Datetime.to_datetime("2026-03-24 13:00:00")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            over = leads.touch_ids._filter_over_cap_at(moment)
            self.assertEqual(len(over), count)
            return self.env.cr.sql_log_count - before

        cost(1)
        self.assertEqual(cost(8), cost(2))


@tagged("post_install", "-at_install")
class TestTrackLeftOut(SendingMixin, EngagementCase):
    """What waits for more than five weeks is left out, however late the mail queue is."""

    def setUp(self):
        super().setUp()
        self.company.lead_marketing_user_id = self.user_marketing
        self.track = self.env.ref("lead_nurture.lead_cadence_stay_in_touch")

    def _send_news(self, lead, first, weeks):
        """A newsletter goes out each week, just before the e-mail would; the queue is late."""
        news = fields.Datetime.to_datetime(first)
        for _week in range(weeks):
            with freeze_time(news):
                self._trace(lead, minutes_ago=0)
            for touch in lead.touch_ids.filtered(lambda touch: touch.state == "queued"):
                late = max(touch.planned_at, news) + timedelta(hours=2)
                self.assertFalse(self._run_queue(late))
            news += timedelta(days=7)

    def test_a_late_mail_queue_keeps_count_and_gives_up_after_five_weeks(self):
        lead = self._make_lead()
        lead.action_start_nurture()
        touch = lead.touch_ids

        self._send_news(lead, "2026-03-20 12:30:00", 5)
        # put off on 20 and 27 March, 3, 10 and 17 April
        self.assertEqual((touch.state, touch.put_off_count), ("queued", 5))
        self.assertEqual(str(touch.put_off_since), "2026-03-20 15:00:00")
        self._send_news(lead, "2026-04-24 12:30:00", 1)

        self.assertEqual((touch.state, touch.reason), ("skipped", "over_cap"))
        self.assertEqual(touch.mail_id.state, "cancel")
        self.assertIn("Left out after five weeks of waiting", touch.reason_text)

    def test_what_was_put_off_once_begins_to_wait_anew(self):
        lead = self._make_lead()
        lead.action_start_nurture()
        touch = lead.touch_ids
        self._send_news(lead, "2026-03-20 12:30:00", 1)
        self.assertEqual((touch.put_off_reason, touch.put_off_count), ("over_cap", 1))

        night = touch.planned_at + timedelta(hours=12)
        self.assertFalse(self._run_queue(night))
        self.assertEqual((touch.put_off_reason, touch.put_off_count), (False, 0))
        self.assertFalse(touch.put_off_since)
        with freeze_time("2026-05-01 12:30:00"):
            self._trace(lead, minutes_ago=0)
        self.assertFalse(self._run_queue("2026-05-01 15:00:00"))

        self.assertEqual((touch.state, touch.put_off_count), ("queued", 1))
        self.assertEqual(str(touch.put_off_since), "2026-05-01 15:00:00")

    def test_without_a_newsletter_the_sixth_week_it_is_sent(self):
        lead = self._make_lead()
        lead.action_start_nurture()

        self._send_news(lead, "2026-03-20 12:30:00", 5)
        moment = lead.touch_ids.planned_at

        self.assertEqual(len(self._run_queue(moment)), 1)

    def test_a_track_of_one_round_is_tried_once_more_where_all_of_it_was_left_out(self):
        self.track.is_endless = False
        self._check_next_round()

    def test_a_track_that_was_skipped_by_hand_ends_as_ever(self):
        self.track.is_endless = False
        lead = self._make_lead()
        lead.action_start_nurture()

        lead.enrollment_id.action_skip()

        self.assertEqual(lead.enrollment_ids.state, "done")
        self.assertEqual(lead.enrollment_ids.stop_reason, "no_channel")

    def test_a_track_goes_on_with_the_next_round_after_one_of_which_all_was_left_out(self):
        self._check_next_round()

    def _check_next_round(self):
        self.track.step_ids.copy({"name": "Second", "sequence": 99, "wait_days": 7})
        lead = self._make_lead()
        lead.action_start_nurture()
        news = fields.Datetime.to_datetime("2026-03-20 12:30:00")
        for _week in range(14):
            self._send_news(lead, news, 1)
            news += timedelta(days=7)
            with freeze_time(news - timedelta(hours=12)):
                self._run_cadences()
        first_round = lead.touch_ids.filtered(lambda touch: touch.round == 1)
        self.assertEqual(first_round.mapped("reason"), ["over_cap", "over_cap"])
        enrollment = lead.enrollment_id
        self.assertEqual((enrollment.state, enrollment.stop_reason), ("active", False))

        with freeze_time(enrollment.next_round_at + timedelta(minutes=5)):
            self._run_cadences()
        self.assertEqual(enrollment.round, 2)
        self.assertEqual(lead.touch_ids.filtered(lambda t: t.round == 2).state, "queued")
