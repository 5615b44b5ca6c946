from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.lead_followup.tests.common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestTrack(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.lead_marketing_user_id = cls.user_marketing
        cls.track = cls.env.ref("lead_nurture.lead_cadence_stay_in_touch")

    def _make_a_month_pass(self, lead, sent_at, planned_at):
        """The queued mail goes out at ``sent_at``; the scheduler plans at ``planned_at``."""
        touch = lead.touch_ids.filtered(lambda touch: touch.state == "queued")
        with freeze_time(sent_at):
            touch._mark_done(sent_at, is_human=False)
        with freeze_time(planned_at):
            self._run_cadences()

    def test_a_nurtured_lead_is_written_to_month_after_month(self):
        lead = self._make_lead()

        lead.action_start_nurture()
        self.assertEqual(lead.lifecycle, "nurture")
        # Friday 20 March, before the 24 hours are over: 09:00 in New York
        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")

        self._make_a_month_pass(lead, "2026-03-20 13:00:00", "2026-03-20 14:00:00")

        # 30 days later is Sunday 19 April; the e-mail window opens on Tuesday the 21st, 09:00
        self.assertPlanned(lead, "email", "2026-04-21 13:00:00")
        self.assertEqual(lead.enrollment_id.round, 2)
        with freeze_time("2026-04-15 13:00:00"):
            self._run_cadences()
        self._make_a_month_pass(lead, "2026-04-21 13:00:00", "2026-04-21 14:00:00")

        # 30 days on: Thursday 21 May, 09:00 itself
        self.assertPlanned(lead, "email", "2026-05-21 13:00:00")
        self.assertEqual(lead.enrollment_id.round, 3)

    def test_a_track_that_does_not_begin_again_ends(self):
        self.track.is_endless = False
        lead = self._make_lead()
        lead.action_start_nurture()
        enrollment = lead.enrollment_id

        self._make_a_month_pass(lead, "2026-03-20 13:00:00", "2026-03-20 14:00:00")

        self.assertEqual(enrollment.state, "done")

    def test_an_endless_track_without_any_channel_ends(self):
        lead = self._make_lead(email_from=False, phone="+12025550155")

        lead.action_start_nurture()

        self.assertEqual(lead.enrollment_ids.state, "done")
        self.assertEqual(lead.enrollment_ids.stop_reason, "no_channel")

    def test_who_buys_is_nurtured_no_more(self):
        lead = self._make_lead()
        lead.action_start_nurture()
        enrollment = lead.enrollment_id

        lead.action_set_won()

        self.assertEqual((enrollment.state, enrollment.stop_reason), ("stopped", "won"))

    def test_none_to_nurture_is_said(self):
        lead = self._make_lead(do_not_contact=True)

        with self.assertRaisesRegex(UserError, "None of these leads can be nurtured"):
            lead.action_start_nurture()
        self.assertEqual(lead.lifecycle, "inquiry")

    def test_a_step_with_a_mailing_leaves_a_trace_there(self):
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": "Monthly",
                "mailing_model_id": self.env.ref("crm.model_crm_lead").id,
            }
        )
        self.track.step_ids.mailing_id = mailing
        lead = self._make_lead()

        lead.action_start_nurture()

        self.assertEqual(lead.touch_ids.state, "queued")
        self.assertEqual(mailing.mailing_trace_ids.res_id, lead.id)

    def test_a_click_traced_by_the_mailing_counts_for_the_next_step(self):
        self.env.company.lead_mailing_cap = 0  # two e-mails in a week
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": "Monthly",
                "mailing_model_id": self.env.ref("crm.model_crm_lead").id,
            }
        )
        first = self.track.step_ids
        first.mailing_id = mailing
        first.copy(
            {
                "name": "For who clicked",
                "sequence": 99,
                "mailing_id": False,
                "wait_days": 1,
                "wait_unit": "working",
                "branch_of": "email",
                "branch_word": "clicked",
            }
        )
        clicked, silent = self._make_lead(), self._make_lead(email_from="bob@best.example")
        (clicked | silent).action_start_nurture()
        touches = (clicked | silent).touch_ids
        with freeze_time("2026-03-20 13:00:00"):
            touches._mark_done("2026-03-20 13:00:00", is_human=False)
            self._run_cadences()

        clicked.touch_ids.mail_id.mailing_trace_ids.set_clicked()
        # one working day after Friday is Monday; on Tuesday the window opens at 13:00 UTC, and
        # the second e-mail stands in its middle, at 14:30
        with freeze_time("2026-03-24 13:30:00"):
            self._run_cadences()

        states = [
            lead.touch_ids.filtered(lambda touch: touch.step_id.branch_of).state
            for lead in (clicked, silent)
        ]
        self.assertEqual(states, ["queued", "skipped"])
