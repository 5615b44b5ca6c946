import datetime as dt

from freezegun import freeze_time

from odoo.tests import tagged

from .recycle_common import LeadRecycleCase


@tagged("post_install", "-at_install")
class TestLeadRecycleWays(LeadRecycleCase):
    """Those who were never lost: returned, silent, not qualified; each behind its switch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.stay_in_touch = cls.env.ref("lead_nurture.lead_cadence_stay_in_touch")
        cls.reason_budget = cls.env.ref("lead_scoring.lead_return_reason_no_budget")

    def _make_offered(self, **vals):
        lead = self._make_lead(**{"user_id": self.user_rep.id, **vals})
        lead.lifecycle = "mql"
        self.env["lead.handover"].create({"lead_id": lead.id, "user_id": self.user_rep.id})
        return lead

    def test_a_returned_lead_enters_the_track_of_its_reason(self):
        self.company.lead_recycle_returned = True
        self.env.ref("lead_nurture.lead_recycle_rule_returned").copy(
            {
                "sequence": 1,
                "rest_months": 2,
                "return_reason_ids": [(6, 0, self.reason_budget.ids)],
            }
        )
        budget, other = self._make_offered(), self._make_offered(email_from="b@best.example")

        budget.with_user(self.user_rep)._return_handover(self.reason_budget)
        other.with_user(self.user_rep)._return_handover(
            self.env.ref("lead_scoring.lead_return_reason_not_now")
        )
        self._run_recycling("2026-03-20 13:00:00")

        self.assertRecycling(budget, "resting")
        self.assertEqual(budget.recycle_id.rest_until, dt.date(2026, 5, 20))
        self.assertEqual(budget.recycle_id.return_reason_id, self.reason_budget)
        self.assertRecycling(other, "track")
        self.assertEqual(other.cadence_id, self.stay_in_touch)
        self.assertTrue(other.active)

    def test_switched_off_or_sent_elsewhere_it_is_not_nurtured(self):
        off = self._make_offered()
        off._return_handover(self.reason_budget)
        self.company.lead_recycle_returned = True
        elsewhere = self._make_offered(email_from="b@best.example")
        elsewhere._return_handover(self.env.ref("lead_scoring.lead_return_reason_no_fit"))

        self.assertFalse((off | elsewhere).recycle_ids)

    def _run_through(self, lead):
        """Enroll ``lead`` in a cadence of one e-mail, and let that go out without an answer."""
        cadence = self.env["lead.cadence"].create(
            {
                "name": "One e-mail",
                "step_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Only",
                            "channel": "email",
                            "template_id": self.track.step_ids[:1].template_id.id,
                        },
                    )
                ],
            }
        )
        cadence._enroll(lead)
        self._send(lead, "2026-03-20 13:00:00")
        self.assertEqual(lead.enrollment_ids.state, "done")

    def test_who_never_answered_goes_on_to_nurture(self):
        self.company.lead_recycle_silent = True
        lead = self._make_lead()

        self._run_through(lead)

        self.assertRecycling(lead, "resting")
        self.assertEqual(
            (lead.recycle_id.way, lead.recycle_id.rest_until), ("silent", dt.date(2026, 4, 20))
        )
        self._run_recycling("2026-04-20 12:00:00")
        self.assertEqual(lead.cadence_id, self.stay_in_touch)
        self.assertEqual(lead.lifecycle, "nurture")

    def test_silence_is_nobody_s_business_while_switched_off_or_with_a_salesperson(self):
        off = self._make_lead()
        self._run_through(off)
        self.company.lead_recycle_silent = True
        worked = self._make_lead(email_from="b@best.example", user_id=self.user_rep.id)
        worked.lifecycle = "sql"
        self._run_through(worked)

        self.assertFalse((off | worked).recycle_ids)

    def test_a_salesperson_s_cadence_comes_first(self):
        self.company.lead_recycle_silent = True
        lead = self._make_lead()
        self._run_through(lead)
        with freeze_time("2026-04-19 12:00:00"):
            self.env.ref("lead_followup.lead_cadence_general")._enroll(lead)

        self._run_recycling("2026-04-20 12:00:00")
        self.assertRecycling(lead, "due", "in_cadence")
        lead.enrollment_id.action_stop()
        self._run_recycling("2026-04-21 12:00:00")

        self.assertRecycling(lead, "track")

    def test_who_is_in_a_track_already_stays_there(self):
        self.company.lead_recycle_silent = True
        lead = self._make_lead()
        self._run_through(lead)
        lead.action_start_nurture()
        enrollment = lead.enrollment_id

        self._run_recycling("2026-04-20 12:00:00")

        self.assertEqual(lead.recycle_id.enrollment_id, enrollment)
        self.assertRecycling(lead, "track")

    def test_who_qualifies_while_he_waits_is_not_nurtured(self):
        self.company.lead_recycle_silent = True
        lead = self._make_lead()
        self._run_through(lead)
        lead.lifecycle = "mql"

        self._run_recycling("2026-04-20 12:00:00")

        self.assertRecycling(lead, "over", "qualified")

    def test_an_answer_to_the_nurture_brings_an_open_lead_back(self):
        self.company.lead_recycle_silent = True
        lead = self._make_lead()
        self._run_through(lead)
        self._run_recycling("2026-04-20 12:00:00")

        with freeze_time("2026-04-25 12:00:00"):
            lead._note_incoming_mail("ann@ample.example", "Hi", "<3@x>", False, lead.ids)

        self.assertEqual((lead.recycle_id.state, lead.recycle_id.came_back_kind), ("back", "reply"))
        self.assertEqual(lead.rotation, 0)
        self.assertFalse(lead.enrollment_id)

    def _make_inquiry(self, created, **vals):
        lead = self._make_lead(**vals)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id = %s", [created, lead.id]
        )
        lead.invalidate_recordset()
        return lead

    def test_inquiries_that_stay_inquiries_enter_after_their_days(self):
        with freeze_time("2026-03-01 12:00:00"):
            self.company.lead_recycle_unqualified = True
        before = self._make_inquiry("2026-03-01 11:59:59", email_from="a@best.example")
        ripe = self._make_inquiry("2026-03-01 12:00:00", email_from="b@best.example")
        young = self._make_inquiry("2026-03-02 12:00:00", email_from="c@best.example")
        owned = self._make_inquiry(
            "2026-03-01 12:00:00", email_from="d@best.example", user_id=self.user_rep.id
        )

        # 30 days from 1 March 12:00
        self._run_recycling("2026-03-31 12:00:00")

        self.assertRecycling(ripe, "track")
        self.assertFalse((before | young | owned).recycle_ids)

    def test_the_switch_is_dated_when_it_is_set_and_not_again(self):
        with freeze_time("2026-03-01 12:00:00"):
            self.company.lead_recycle_unqualified = True
        self.company.write({"lead_recycle_unqualified": True})

        self.assertEqual(str(self.company.lead_recycle_unqualified_since), "2026-03-01 12:00:00")

    def test_settings_write_the_switches(self):
        settings = self.env["res.config.settings"].create(
            {"lead_recycle_silent": True, "lead_recycle_lost": False}
        )

        settings.execute()

        self.assertTrue(self.company.lead_recycle_silent)
        self.assertFalse(self.company.lead_recycle_lost or self.company.lead_recycle_returned)
