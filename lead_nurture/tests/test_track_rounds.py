from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.lead_followup.tests.common import LeadFollowupCase

from ..hooks import uninstall_hook


@tagged("post_install", "-at_install")
class TestTrackRounds(LeadFollowupCase):
    """An endless track goes on after a month in which nothing was made, once a month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.lead_marketing_user_id = cls.user_marketing
        cls.track = cls.env.ref("lead_nurture.lead_cadence_stay_in_touch")

    def _run_at(self, *moments):
        for moment in moments:
            with freeze_time(moment):
                self._run_cadences()

    def _get_rounds(self, lead):
        return [(touch.round, touch.state) for touch in lead.touch_ids.sorted("id")]

    def test_a_skipped_month_is_followed_by_the_next(self):
        lead = self._make_lead()
        lead.action_start_nurture()

        lead.enrollment_id.action_skip()
        # it stood at 13:00 on 20 March; the next round begins 30 days later
        self._run_at("2026-03-21 13:00:00", "2026-04-19 12:00:00")
        self.assertEqual(self._get_rounds(lead), [(1, "skipped")])
        self.assertEqual(lead.enrollment_id.state, "active")

        self._run_at("2026-04-19 13:30:00")
        self.assertEqual(self._get_rounds(lead), [(1, "skipped"), (2, "queued")])

    def test_a_failed_month_is_followed_by_the_next(self):
        lead = self._make_lead()
        lead.action_start_nurture()

        lead.touch_ids._mark_failed("mail_smtp")
        self._run_at("2026-03-21 13:00:00", "2026-04-20 13:00:00", "2026-04-20 14:00:00")

        self.assertEqual(self._get_rounds(lead), [(1, "failed"), (2, "queued")])

    def test_a_block_for_now_makes_one_round_a_month(self):
        self._make_lead().action_start_nurture()
        second = self._make_lead()

        second.action_start_nurture()
        self._run_at("2026-03-20 13:00:00", "2026-04-19 11:00:00")
        self.assertEqual(self._get_rounds(second), [(1, "blocked")])

        self._run_at("2026-04-19 12:00:00", "2026-04-19 12:05:00", "2026-05-19 11:00:00")
        self.assertEqual(self._get_rounds(second), [(1, "blocked"), (2, "blocked")])
        self.assertEqual(second.touch_ids.mapped("reason"), ["same_address", "same_address"])

    def test_a_track_without_waits_goes_on_the_next_day(self):
        self.track.step_ids.wait_days = 0
        self._make_lead().action_start_nurture()
        second = self._make_lead()
        second.action_start_nurture()

        self._run_at("2026-03-20 13:00:00", "2026-03-21 11:00:00")
        self.assertEqual(len(second.touch_ids), 1)
        self._run_at("2026-03-21 12:00:00", "2026-03-21 12:05:00")
        self.assertEqual(len(second.touch_ids), 2)

    def test_one_waiting_call_stays_of_many_rounds(self):
        call = {"channel": "call", "sequence": 99, "template_id": False, "wait_days": 0}
        self.track.step_ids.copy(call)
        lead = self._make_lead(phone="+12025550155")
        lead.action_start_nurture()

        for moment in ("2026-03-20 13:00:00", "2026-04-21 13:00:00", "2026-05-21 13:00:00"):
            with freeze_time(moment):
                self._run_cadences()
                emails = lead.touch_ids.filtered(lambda touch: touch.channel == "email")
                emails.filtered(lambda touch: touch.state == "queued")._mark_done(moment, False)
                self._run_cadences()

        calls = lead.touch_ids.filtered(lambda touch: touch.channel == "call").sorted("round")
        self.assertEqual(calls.mapped("state"), ["skipped", "skipped", "waiting"])
        self.assertIn("next round", calls[0].reason_text)

        with freeze_time("2026-05-22 13:00:00"):
            lead.user_id = self.user_rep
            self._run_cadences()
        self.assertEqual(calls.mapped("state"), ["skipped", "skipped", "queued"])

    def test_who_comes_back_is_written_to_without_the_mailing(self):
        mailing = self.env["mailing.mailing"].create(
            {"subject": "Monthly", "mailing_model_id": self.env.ref("crm.model_crm_lead").id}
        )
        self.track.step_ids.mailing_id = mailing
        lead, other = self._make_lead(), self._make_lead(email_from="bob@best.example")
        lead.action_start_nurture()
        lead.touch_ids._mark_done("2026-03-20 13:00:00", is_human=False)
        lead.enrollment_id._stop("manual")

        with freeze_time("2026-04-20 13:00:00"):
            (lead | other).action_start_nurture()
            again = lead.enrollment_id.touch_ids
            self.assertEqual((again.state, again.round), ("queued", 1))
            self.assertFalse(again.mail_id.mailing_trace_ids)
        self.assertEqual(other.touch_ids.mail_id.mailing_id, mailing)
        self.assertEqual(mailing.mailing_trace_ids.mapped("res_id"), [lead.id, other.id])

    def test_who_may_not_enter_keeps_its_lifecycle(self):
        self.track.entry_domain = "[('city', '=', 'Graz')]"
        inside = self._make_lead(city="Graz")
        outside = self._make_lead(email_from="bob@best.example")

        message = (inside | outside).action_start_nurture()["params"]["message"]

        self.assertEqual((inside.lifecycle, outside.lifecycle), ("nurture", "inquiry"))
        self.assertIn("1 of 2 leads are nurtured now", message)
        self.assertIn("Doesn't meet the entry condition of the cadence: 1", message)
        with self.assertRaisesRegex(UserError, "entry condition of the cadence: 1"):
            outside.action_start_nurture()

    def test_a_deleted_track_is_said(self):
        self.track.unlink()

        with self.assertRaisesRegex(UserError, "“Stay in touch” was deleted"):
            self._make_lead().action_start_nurture()

    def test_uninstalling_ends_what_goes_on_and_keeps_the_history(self):
        lead = self._make_lead()
        lead.action_start_nurture()
        mail = lead.touch_ids.mail_id

        uninstall_hook(self.env)

        self.assertEqual(lead.enrollment_ids.state, "stopped")
        self.assertEqual(mail.state, "cancel")
        xmlid = "lead_nurture.lead_cadence_stay_in_touch"
        self.assertFalse(self.env.ref(xmlid, raise_if_not_found=False))
        self.assertFalse(self.track.active)

    def test_uninstalling_leaves_an_unused_track_to_the_uninstaller(self):
        uninstall_hook(self.env)

        self.assertTrue(self.track.active)
        self.assertTrue(self.env.ref("lead_nurture.lead_cadence_stay_in_touch"))
