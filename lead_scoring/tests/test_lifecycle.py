from datetime import timedelta

from odoo import fields
from odoo.tests.common import tagged

from .common import NOW, LeadScoringCase


@tagged("post_install", "-at_install")
class TestLifecycle(LeadScoringCase):
    def test_threshold_qualifies_and_keeps_why(self):
        lead, near_miss = self._make_leads(2)

        self._log(lead + near_miss, "reply", "meeting")  # 35
        self._answer(lead, timeframe="6_12m")  # 42
        self._answer(near_miss, budget="lt10k")  # 39

        self.assertEqual((lead.lifecycle, lead.mql_at), ("mql", NOW))
        self.assertEqual((near_miss.lifecycle, near_miss.mql_at), ("inquiry", False))
        event = lead.event_ids.filtered(lambda event: event.kind == "lifecycle")
        self.assertEqual((event.score, event.occurred_at), (42, NOW))
        self.assertEqual(sum(line["points"] for line in event.snapshot), 42)
        self.assertEqual(event.note, "Inquiry → Qualified by marketing")

    def test_request_takes_the_fast_lane(self):
        lead = self._make_lead()

        self._log(lead, "request_quote")

        self.assertEqual((lead.lifecycle, lead.score_total), ("mql", 0))

    def test_neither_disqualified_nor_no_buyer_qualifies(self):
        disqualified = self._make_lead(lifecycle="disqualified")
        student = self._make_lead(not_a_buyer="student")

        self._log(disqualified + student, "request_quote", "reply", "meeting", "web_form")

        self.assertEqual(disqualified.lifecycle, "disqualified")
        self.assertEqual(student.lifecycle, "disqualified")

    def test_faded_score_does_not_pull_a_lead_back(self):
        lead = self._make_qualified()

        self._travel(days=300)
        lead._update_scores()

        self.assertEqual((lead.temperature, lead.lifecycle), ("cold", "mql"))

    def test_nurtured_lead_qualifies_for_something_new_only(self):
        lead = self._make_qualified()
        lead.lifecycle = "nurture"

        lead._update_scores()
        self.assertEqual(lead.lifecycle, "nurture")

        self._travel(days=3)
        lead._update_scores()
        self.assertEqual(lead.lifecycle, "nurture")

        self._log(lead, "reply")
        self.assertEqual(lead.lifecycle, "mql")
        self.assertEqual(lead.mql_at, NOW + timedelta(days=3))

    def test_won_lead_is_a_customer_on_any_road(self):
        stage = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        by_button, by_stage = self._make_leads(2, type="opportunity")

        by_button.action_set_won()
        by_stage.stage_id = stage
        born_won = self._make_lead(type="opportunity", stage_id=stage.id)

        for lead in by_button + by_stage + born_won:
            with self.subTest(lead=lead):
                self.assertEqual(lead.lifecycle, "customer")
                self.assertTrue(lead.event_ids.filtered(lambda event: event.kind == "lifecycle"))

    def test_leads_from_before_wait_for_a_person(self):
        self.company.lead_offer_start_at = self.env.cr.now() + timedelta(seconds=1)
        lead = self._make_qualified()
        self._make_qualified(not_a_buyer="press")
        self._make_lead()
        self.assertEqual((lead.temperature, lead.lifecycle), ("warm", "inquiry"))

        wizard = self.env["lead.offer.start"].with_user(self.manager).create({})
        self.assertEqual(wizard.lead_count, 1)
        wizard.action_start()
        self._run_cron("lead_scoring.ir_cron_score_leads")

        self.assertEqual(lead.lifecycle, "mql")

    def test_rule_change_is_scored_in_the_background(self):
        lead = self._make_lead()
        self._log(lead, "reply")
        cron = self.env.ref("lead_scoring.ir_cron_score_leads")

        with self.capture_triggers(cron.id) as captured:
            self.env.ref("lead_scoring.lead_score_rule_reply").points = 40

        self.assertTrue(captured.records)
        self.assertScore(lead, 15)
        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertScore(lead, 40)
        self.assertEqual(lead.lifecycle, "mql")

    def test_switched_off_company_qualifies_nobody(self):
        self.company.lead_scoring_enabled = False

        lead = self._make_qualified()

        self.assertEqual((lead.temperature, lead.lifecycle), ("warm", "inquiry"))

    def test_dates_follow_whoever_writes_the_lifecycle(self):
        first, second = self._make_leads(2)
        second.lifecycle = "nurture"
        self._travel(hours=1)

        (first + second).write({"lifecycle": "nurture"})

        self.assertEqual(first.lifecycle_at, fields.Datetime.now())
        self.assertEqual(second.lifecycle_at, NOW)
        self.assertEqual(len(second.event_ids), 1)

    def test_lead_made_qualified_is_dated_and_noted_once(self):
        lead = self._make_lead(lifecycle="mql")

        self.assertEqual((lead.mql_at, lead.lifecycle_at), (NOW, NOW))
        self.assertEqual(lead.event_ids.mapped("note"), ["– → Qualified by marketing"])
        self.assertFalse(self._make_lead().event_ids)

    def test_visitor_who_may_buy_after_all_goes_back_where_he_stood(self):
        made, written = self._make_lead(not_a_buyer="press"), self._make_lead()
        self._log(written, "reply", "meeting")
        self._answer(written, budget="10k_50k")
        written.not_a_buyer = "student"
        self.assertEqual((made.lifecycle, written.lifecycle), ("disqualified", "disqualified"))

        (made + written).not_a_buyer = False

        self.assertEqual((made.lifecycle, written.lifecycle), ("inquiry", "mql"))

    def test_salesperson_does_not_write_the_temperature(self):
        lead = self._make_lead(user_id=self.user_ann.id)
        lead.with_user(self.user_ann).write({"temperature": "hot", "function": "Head"})
        self.assertEqual((lead.temperature, lead.function), ("cold", "Head"))
