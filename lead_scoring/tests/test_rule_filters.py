from unittest.mock import patch

import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.tests.common import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.lead_scoring.models import lead_score_rule

from .common import LeadScoringCase


@tagged("post_install", "-at_install")
class TestRuleFilters(LeadScoringCase):
    """What the filters of rules may ask, and whom assignment rules may choose."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pumps, cls.valves = cls.env["lead.interest"].create(
            [
                {"name": "Pumps", "expert_id": cls.user_ben.id},
                {"name": "Valves", "expert_id": cls.user_cat.id},
            ]
        )

    def _make_score_rule(self, **vals):
        return self.env["lead.score.rule"].create({"name": "Rule", "points": 5, **vals})

    def _offer_by_rule(self, lead, **vals):
        self.env["lead.assignment.rule"].create(
            {"name": "Rule", "team_id": self.team.id, "method": "fixed", **vals}
        )
        lead._offer_qualified()
        return lead.user_id

    def test_score_does_not_follow_from_itself(self):
        for domain in (
            "[('temperature', '=', 'hot')]",
            "['!', ('score_total', '>', 5)]",
            "[('score_id.fit', '>', 5)]",
            "[('partner_id.opportunity_ids.temperature', '=', 'hot')]",
            "[('partner_id', 'any', [('opportunity_ids', 'any', [('score_fit', '>', 5)])])]",
            "['|', ('function', '=', 'x'), ('scored_at', '!=', False)]",
            "[('lifecycle', '=', 'mql')]",
        ):
            with (
                self.subTest(domain=domain),
                self.assertRaisesRegex(ValidationError, "follows from the score"),
            ):
                self._make_score_rule(domain=domain)
        self._make_score_rule(domain="[('partner_id.opportunity_ids.function', '=', 'x')]")
        self._make_score_rule(event_kind="reply", domain="[('temperature', '=', 'hot')]")

    def test_scorers_own_writes_score_nothing(self):
        rule = self._make_score_rule(points=50)
        self.env.cr.execute(
            "UPDATE lead_score_rule SET domain = %s WHERE id = %s",
            ["[('temperature', '=', 'cold')]", rule.id],
        )
        rule.invalidate_recordset()
        self.env.registry.clear_cache()

        lead = self._make_lead()

        self.assertEqual((lead.score_total, lead.temperature), (50, "warm"))

    def test_lost_connection_is_no_broken_filter(self):
        score_rule = self._make_score_rule()
        rule = self.env["lead.assignment.rule"].create({"name": "Rule", "team_id": self.team.id})
        leads = self._make_qualified()

        def fail(*args, **kwargs):
            raise psycopg2.errors.SerializationFailure

        with patch.object(type(leads), "search", fail):
            with self.assertRaises(psycopg2.OperationalError):
                score_rule._get_domain_error()
            with self.assertRaises(psycopg2.OperationalError):
                rule._get_domain_error()
            with self.assertRaises(psycopg2.OperationalError):
                rule._get_matching_leads(leads)
        with (
            patch.object(type(leads), "_search", fail),
            self.assertRaises(psycopg2.OperationalError),
        ):
            self.env["lead.score.rule"]._get_fit_parts(SQL("%s::int[]", leads.ids))
        self.assertTrue(score_rule.active and rule.active)

    @mute_logger("odoo.addons.lead_scoring.models.lead_assignment_rule", "odoo.sql_db")
    def test_filter_that_fails_in_the_database_leaves_the_rest_working(self):
        rule = self.env["lead.assignment.rule"].create({"name": "Rule", "team_id": self.team.id})
        lead = self._make_qualified()

        def fail(leads, *args, **kwargs):
            leads.env.cr.execute("SELECT 1 / 0")

        with patch.object(type(lead), "search", fail):
            matching = rule._get_matching_leads(lead)

        self.assertFalse(matching)
        self.assertFalse(rule.active)
        self.assertTrue(lead.search_count([("id", "=", lead.id)]))

    def test_who_is_no_salesperson_gets_no_lead(self):
        clerk = new_test_user(self.env, "sc_clerk", groups="base.group_user", name="Clerk")
        members = (clerk | self.user_ben).ids
        self.assertEqual(
            self._offer_by_rule(self._make_qualified(), member_ids=members), self.user_ben
        )

    def test_archived_expert_gets_no_lead(self):
        gone, there = (self._make_qualified(interest_ids=i.ids) for i in self.pumps | self.valves)
        self.user_ben.active = False

        self.assertFalse(self._offer_by_rule(gone, method="expert", team_id=False))
        self.assertEqual(self._offer_by_rule(there, method="expert", team_id=False), self.user_cat)

    def test_expert_is_that_of_the_rules_interest(self):
        both = (self.pumps + self.valves).ids
        lead = self._make_qualified(interest_ids=both)
        expert = {"method": "expert", "team_id": False}

        chosen = self._offer_by_rule(lead, interest_ids=self.valves.ids, **expert)

        self.assertEqual(chosen, self.user_cat)

    def test_mark_on_a_stale_score_changes_its_row(self):
        lead = self._make_lead()
        lead.score_id.flush_recordset()
        self.env["lead.score"]._mark_stale_leads(lead)

        def version():
            self.env.cr.execute("SELECT ctid FROM lead_score WHERE id = %s", [lead.id])
            return self.env.cr.fetchone()

        before = version()
        cron = self.env.ref("lead_scoring.ir_cron_score_leads")
        with self.capture_triggers(cron.id) as captured:
            self.env["lead.score"]._mark_stale_leads(lead)

        self.assertNotEqual(version(), before)
        self.assertFalse(captured.records)

    def test_lines_of_leads_scored_at_different_times_cost_one_statement(self):
        leads = self._make_leads(4)
        for days, lead in enumerate(leads):
            self._travel(days=days * 30)
            self._log(lead, "reply")
        leads._get_score_lines()
        self.env.invalidate_all()

        with patch.object(
            type(leads), "_execute_batch", autospec=True, side_effect=type(leads)._execute_batch
        ) as executed:
            lines_by_lead = leads._get_score_lines()

        self.assertEqual(executed.call_count, 1)
        self.assertEqual(
            [[line["points"] for line in lines_by_lead[lead.id]] for lead in leads], [[15]] * 4
        )

    def test_preview_is_of_the_rules_company_and_says_where_it_stops(self):
        other = self.env["res.company"].create({"name": "Other"})
        here, there = self._make_lead(function="Z"), self._make_lead(function="Z")
        here.company_id, there.company_id = self.company, other
        Rule = self.env["lead.score.rule"].with_context(
            allowed_company_ids=[self.company.id, other.id]
        )
        vals = {"name": "Z", "points": 5, "domain": "[('function', '=', 'Z')]"}

        self.assertEqual(Rule.new(vals).preview, "Matches 2 open leads.")
        ours = Rule.new({**vals, "company_id": self.company.id})
        self.assertEqual(ours.preview, "Matches 1 open lead.")
        with patch.object(lead_score_rule, "_PREVIEW_LIMIT", 1):
            self.assertEqual(Rule.new(vals).preview, "Matches 2 open leads. Of the newest 1:")

    def test_interest_a_rule_names_is_not_deleted(self):
        rule = self.env["lead.assignment.rule"].create(
            {"name": "Rule", "team_id": self.team.id, "interest_ids": self.pumps.ids}
        )
        with self.assertRaisesRegex(UserError, "is asked for by the assignment rule “Rule”"):
            self.pumps.unlink()
        self.valves.unlink()
        rule.interest_ids = False
        self.pumps.unlink()

    def test_rule_of_another_company_takes_no_lead_of_nobodys(self):
        other = self.env["res.company"].create({"name": "Other"})
        lead = self._make_qualified()
        lead.company_id = False
        rule = self.env["lead.assignment.rule"].create(
            {"name": "Rule", "team_id": self.team.id, "company_id": other.id}
        )
        self.assertFalse(rule._get_matching_leads(lead))
        rule.company_id = self.env["res.company"].search([], order="id", limit=1)
        self.assertEqual(rule._get_matching_leads(lead), lead)
