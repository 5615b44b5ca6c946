from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests.common import tagged

from .common import NOW, LeadScoringCase


@tagged("post_install", "-at_install")
class TestLifecycleReturns(LeadScoringCase):
    """What makes a lead qualified again, or takes a step back."""

    def test_old_request_does_not_qualify(self):
        old, recent, taken_up = self._make_leads(3)

        self._log(old, "request_quote", days_ago=91)
        self._log(recent, "request_quote", days_ago=89)
        taken_up.lifecycle = "nurture"
        self._log(taken_up, "request_quote", days_ago=1)

        self.assertEqual(
            [lead.lifecycle for lead in old + recent + taken_up], ["inquiry", "mql", "nurture"]
        )

    def test_old_request_does_not_come_back_with_other_news(self):
        lead = self._make_lead()
        self._log(lead, "request_call")
        lead.lifecycle = "nurture"
        self._travel(days=3)

        self._log(lead, "click")
        self.assertEqual(lead.lifecycle, "nurture")
        self._log(lead, "request_call")
        self.assertEqual(lead.lifecycle, "mql")

    def test_opened_message_and_future_event_are_no_news(self):
        lead = self._make_qualified()
        lead.lifecycle = "nurture"
        self._travel(days=1)

        self._log(lead, "open")
        self._log(lead, "meeting", occurred_at=fields.Datetime.now() + timedelta(hours=5))
        self.assertEqual(lead.lifecycle, "nurture")
        self._log(lead, "click")
        self.assertEqual(lead.lifecycle, "mql")

    def test_earlier_lead_that_shows_up_again_qualifies(self):
        leads = self._make_leads(2)
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id IN %s",
            [NOW - timedelta(days=50), leads._ids],
        )
        self.company.lead_offer_start_at = NOW - timedelta(days=10)
        back, quiet = leads
        self._log(quiet, "request_quote", days_ago=11)
        self._log(back, "request_quote", days_ago=9)

        self.assertEqual((back.lifecycle, quiet.lifecycle), ("mql", "inquiry"))

    def test_wizard_counts_what_will_be_promoted(self):
        self.company.lead_offer_start_at = self.env.cr.now() + timedelta(seconds=1)
        free = self._make_qualified()
        owned = self._make_qualified(user_id=self.user_ann.id)
        asked = self._make_lead()
        self._log(asked, "request_trial")
        resting = self._make_qualified(lifecycle="nurture")
        wizard = self.env["lead.offer.start"].with_user(self.manager).create({})
        before = self.env["crm.lead"].search([("lifecycle", "=", "mql")])
        counted = (wizard.lead_count, wizard.owned_count)

        wizard.action_start()
        self._run_cron("lead_scoring.ir_cron_score_leads")

        promoted = self.env["crm.lead"].search([("lifecycle", "=", "mql")]) - before
        self.assertEqual(counted, (2, 1))
        self.assertEqual(promoted, free + owned + asked)
        self.assertEqual(resting.lifecycle, "nurture")

    def test_earlier_leads_of_another_company_are_not_let_in(self):
        other = self.env["res.company"].create({"name": "Other"})
        other.lead_offer_start_at = NOW
        Wizard = self.env["lead.offer.start"].with_user(self.manager)

        with self.assertRaises(AccessError):
            Wizard.create({"company_id": other.id}).action_start()
        self.assertEqual(other.lead_offer_start_at, NOW)
        Wizard.create({"company_id": self.company.id}).action_start()

    def test_reopened_deal_stands_where_it_stood(self):
        lead, unknown = self._make_leads(2, type="opportunity")
        lead.lifecycle = "sql"
        stage = lead.stage_id
        self._travel(days=2)
        (lead + unknown).action_set_won()
        self.assertEqual(lead.lifecycle, "customer")

        self._travel(days=3)
        (lead + unknown).write({"stage_id": stage.id})

        self.assertEqual((lead.lifecycle, lead.lifecycle_at, lead.sql_at), ("sql", NOW, NOW))
        self.assertEqual((unknown.lifecycle, unknown.lifecycle_at), ("inquiry", False))

    def test_fact_that_goes_away_is_scored_again(self):
        pumps, valves = self.env["lead.interest"].create([{"name": "P"}, {"name": "V"}])
        lead = self._make_lead(interest_ids=pumps.ids)
        other = self._make_lead(interest_ids=valves.ids)
        self.assertScore(lead, 8)

        pumps.unlink()

        self.assertTrue(lead.score_id.is_stale)
        self.assertFalse(other.score_id.is_stale)
        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertScore(lead, 0)

    def test_new_implied_answer_and_its_end_are_scored(self):
        budget = self.env.ref("lead_scoring.lead_qualifier_budget")
        lead = self._make_lead(interest_ids=self.env["lead.interest"].create({"name": "P"}).ids)
        vals = {"name": "Some", "code": "some", "points": 3, "qualifier_id": budget.id}

        plain = self.env["lead.qualifier.answer"].create({**vals, "code": "plain"})
        self.assertFalse(lead.score_id.is_stale)
        answer = self.env["lead.qualifier.answer"].create({**vals, "is_implied_by_interest": True})
        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertScore(lead, 11)
        plain.unlink()
        answer.unlink()
        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertScore(lead, 8)

    def test_restored_lead_is_scored(self):
        lead = self._make_lead()
        self._log(lead, "meeting")
        lead.action_set_lost()
        self._travel(days=30)

        lead.action_restore()

        self.assertTrue(lead.score_id.is_stale)
        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertScore(lead, 10)

    def test_line_says_being_scored_again_only_if_so(self):
        lead = self._make_lead()
        self._log(lead, "reply")
        lead.action_set_lost()

        self.env.cr.execute("UPDATE lead_event SET kind = 'meeting' WHERE lead_id = %s", [lead.id])
        lead.invalidate_recordset()
        self.assertLines(lead, {"Had a meeting": 20, "As last scored": -5})
        self.env["lead.score"]._mark_stale_leads(lead)
        lead.invalidate_recordset()
        self.assertLines(lead, {"Had a meeting": 20, "Changed since, being scored again": -5})

    def test_used_return_reason_is_archived_not_deleted(self):
        lead = self._make_lead()
        used, unused = self.env["lead.return.reason"].create([{"name": "Used"}, {"name": "Free"}])
        self.env["lead.handover"].create(
            {
                "lead_id": lead.id,
                "user_id": self.user_ann.id,
                "state": "returned",
                "reason_id": used.id,
            }
        )

        unused.unlink()
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            used.unlink()

    def test_salesperson_notes_no_event_and_moves_no_answer(self):
        mine, other = self._make_leads(2, user_id=self.user_ann.id)
        self._answer(mine, budget="lt10k")

        with self.assertRaises(AccessError):
            self.env["lead.event"].with_user(self.user_ann).create(
                {"lead_id": mine.id, "kind": "meeting"}
            )
        given = mine.qualification_ids.with_user(self.user_ann)
        with self.assertRaises(UserError):
            given.lead_id = other
        given.source = "Call"
        given.sudo().lead_id = other
        self.assertScore(other, 4)
