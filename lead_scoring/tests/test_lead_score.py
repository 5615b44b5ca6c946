from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..tools.decay import faded_points, whole_days
from .common import NOW, LeadScoringCase


@tagged("post_install", "-at_install")
class TestLeadScore(LeadScoringCase):
    def test_worked_example_hot(self):
        lead = self._make_lead()

        self._answer(
            lead, budget="gt250k", authority="decision_maker", timeframe="0_3m", need="some"
        )
        self._log(lead, "scan", "rating_hot")

        self.assertScore(lead, 78)  # 15 + 15 + 15 + 8, and 10 + 15
        self.assertEqual(lead.temperature, "hot")
        self.assertEqual((lead.score_fit, lead.score_engagement), (53, 25))

    def test_worked_example_warm_and_its_fading(self):
        lead = self._make_lead()

        self._answer(lead, budget="10k_50k", authority="influencer", timeframe="6_12m")
        self._log(lead, "scan", "rating_warm")

        self.assertScore(lead, 42)  # 8 + 9 + 7, and 10 + 8
        self.assertEqual((lead.temperature, lead.lifecycle), ("warm", "mql"))

        self._travel(days=30)
        lead._update_scores()

        self.assertScore(lead, 33)  # 24, and 5 + 4
        self.assertEqual((lead.temperature, lead.lifecycle), ("cold", "mql"))

    def test_worked_example_cold(self):
        lead = self._make_lead()

        self._answer(lead, budget="none", authority="end_user", timeframe="gt12m")
        self._log(lead, "scan")

        self.assertScore(lead, 17)  # 0 + 4 + 3, and 10
        self.assertEqual((lead.temperature, lead.lifecycle), ("cold", "inquiry"))

    def test_interest_implies_some_need_until_asked(self):
        pumps = self.env["lead.interest"].create({"name": "Pumps X"})
        lead = self._make_lead(interest_ids=pumps.ids)

        self.assertScore(lead, 8)
        self._answer(lead, need="pressing")
        self.assertScore(lead, 15)
        lead.qualification_ids.answer_id = self.env.ref(
            "lead_scoring.lead_qualifier_answer_need_none"
        )
        self.assertScore(lead, 0)
        lead.qualification_ids.unlink()
        self.assertScore(lead, 8)
        lead.interest_ids = False
        self.assertScore(lead, 0)

    def test_limits_are_lines(self):
        lead = self._make_lead(not_a_buyer="press")

        self._answer(lead, budget="gt250k")
        self._log(lead, "meeting", "reply", "web_form")  # 20 + 15 + 12 = 47

        self.assertScore(lead, 40)
        self.assertLines(
            lead,
            {
                "Budget: Over 250,000": 15,
                "Not a buyer": -60,
                "Fit counts from 0 to 60": 45,
                "Had a meeting": 20,
                "Replied": 15,
                "Filled in a web form": 12,
                "Engagement counts from 0 to 40": -7,
            },
        )
        self.assertEqual(lead.lifecycle, "disqualified", "no buyer is never offered")

    def test_three_clicks_count(self):
        lead = self._make_lead()

        self._log(lead, *["click"] * 4)

        self.assertScore(lead, 15)

    def test_statement_agrees_with_the_decay_law(self):
        for seconds in (0, 86399, 86400, 3 * 86400 + 5, 29 * 86400, 45 * 86400, 400 * 86400):
            with self.subTest(seconds=seconds):
                lead = self._make_lead()
                at = NOW - timedelta(seconds=seconds)
                self._log(lead, "click", "click", "meeting", days_ago=0, occurred_at=at)
                age = whole_days(seconds)

                expected = faded_points([age] * 2, 5, 30, 3) + faded_points([age], 20, 30)

                self.assertScore(lead, expected)

    def test_answer_expires_with_its_last_day(self):
        lead = self._make_lead()
        self._answer(lead, budget="gt250k")

        self._travel(days=364, hours=23)
        lead._update_scores()
        self.assertScore(lead, 15)

        self._travel(days=365)
        lead._update_scores()
        self.assertScore(lead, 0)
        self.assertTrue(lead.qualification_ids.is_expired)

    def test_facts_after_scoring_are_a_line_of_their_own(self):
        lead = self._make_lead()
        self._answer(lead, budget="gt250k")

        self.env["lead.event"]._log([{"lead_id": lead.id, "kind": "reply"}])

        self.assertScore(lead, 15)
        self.assertTrue(lead.score_id.is_stale)
        self.env["crm.lead"]._update_scores()  # nobody: nothing happens
        lead._update_scores()
        self.assertScore(lead, 30)
        self.assertFalse(lead.score_id.is_stale)

    def test_known_occasion_is_noted_once(self):
        lead = self._make_lead()

        self._log(lead, "scan", ref="row 1")
        self._log(lead, "scan", ref="row 1")

        self.assertEqual(len(lead.event_ids), 1)
        self.assertScore(lead, 10)

    def test_events_are_not_rewritten(self):
        lead = self._make_lead()
        self._log(lead, "scan")
        with self.assertRaises(UserError):
            lead.event_ids.write({"kind": "meeting"})
        with self.assertRaises(ValueError):
            self._log(lead, "nonsense")

    def test_engagement_starts_anew(self):
        lead = self._make_lead()
        self._log(lead, "meeting", days_ago=2)
        lead.engagement_since = NOW - timedelta(days=1)
        self.assertScore(lead, 0)
        self._log(lead, "reply")
        self.assertScore(lead, 15)

    def test_search_order_and_group_by_score(self):
        leads = self._make_leads(3)
        self._answer(leads[0], budget="gt250k")
        self._answer(leads[1], budget="lt10k")
        mine = [("id", "in", leads.ids)]
        Lead = self.env["crm.lead"]

        self.assertEqual(Lead.search([*mine, ("score_total", ">=", 15)]), leads[0])
        self.assertEqual(Lead.search([*mine, ("score_total", "<", 4)]), leads[2])
        self.assertEqual(Lead.search([*mine, ("score_total", "!=", 4)]), leads[0] + leads[2])
        self.assertEqual(
            Lead.search([*mine, "|", ("score_total", "=", 4), ("score_fit", "=", 0)]),
            leads[1] + leads[2],
        )
        self.assertEqual(Lead.search(mine, order="score_total desc, id").ids, leads.ids)
        self.assertEqual(
            Lead.search([*mine, ("score_total", ">", 0)], order="score_total").ids,
            (leads[1] + leads[0]).ids,
        )
        self.assertEqual(leads.filtered_domain([("score_total", ">", 3)]), leads[:2])
        groups = Lead.formatted_read_group(mine, ["temperature"], ["score_total:avg"])
        self.assertAlmostEqual(groups[0]["score_total:avg"], 19 / 3)

    def test_rule_by_domain_and_its_near_miss(self):
        rule = self.env["lead.score.rule"].create(
            {"name": "Plant", "domain": "[('function', 'ilike', 'plant')]", "points": 7}
        )
        hit, miss = self._make_lead(function="Plant Manager"), self._make_lead(function="Planner")

        self.assertScore(hit, 7)
        self.assertScore(miss, 0)

        miss.function = "Head of plants"
        self.assertScore(miss, 7)

        rule.active = False
        self.assertTrue(hit.score_id.is_stale)
        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertScore(hit, 0)

    @mute_logger("odoo.addons.lead_scoring.models.lead_score_rule")
    def test_broken_rule_is_switched_off_and_scoring_goes_on(self):
        rule = self.env["lead.score.rule"].create({"name": "Gone", "points": 7})
        self.env.cr.execute(
            "UPDATE lead_score_rule SET domain = %s WHERE id = %s",
            ["[('x_removed', '=', 1)]", rule.id],
        )
        rule.invalidate_recordset()
        self.env.registry.clear_cache()
        lead = self._make_lead()

        self._answer(lead, budget="gt250k")

        self.assertScore(lead, 15)
        self.assertFalse(rule.active)
        self.assertIn("x_removed", rule.error)

    def test_bad_rules_are_refused(self):
        Rule = self.env["lead.score.rule"]
        for vals in ({"domain": "[('nope', '=', 1)]"}, {"domain": "[(("}, {"domain": "uid"}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                Rule.create({"name": "Bad", **vals})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            Rule.create({"name": "Too much", "points": 101})

    def test_settings_are_checked_together(self):
        for vals in (
            {"lead_warm_threshold": 80},
            {"lead_hot_threshold": 101},
            {"lead_mql_threshold": 0},
            {"lead_half_life_days": 0},
            {"lead_fit_max": -1},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.company.write(vals)
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.lead_hot_threshold, 70)
        settings.write({"lead_warm_threshold": 75, "lead_hot_threshold": 90})
        settings.execute()
        self.assertEqual(self.company.lead_warm_threshold, 75)

    def test_used_qualifier_is_not_deleted(self):
        lead = self._make_lead()
        self._answer(lead, budget="gt250k")
        for record in (
            self.env.ref("lead_scoring.lead_qualifier_budget"),
            lead.qualification_ids.answer_id,
        ):
            with self.subTest(record=record), self.assertRaises(UserError):
                record.unlink()
        self.env.ref("lead_scoring.lead_qualifier_answer_budget_lt10k").unlink()

    def test_recorded_answers_fill_blanks_only(self):
        lead = self._make_lead()
        self._answer(lead, budget="lt10k")
        self._answer(lead, budget="gt250k", authority="end_user")
        self.assertScore(lead, 8)

        self.env["crm.lead"]._record_answers({lead: {"budget": "gt250k"}}, "Call", overwrite=True)
        lead._update_scores()
        self.assertScore(lead, 19)
        budget = lead.qualification_ids.filtered(lambda given: given.qualifier_id.code == "budget")
        self.assertEqual((budget.source, budget.user_id), ("Call", self.env.user))

        for codes in ({"budget": "lots"}, {"shoe_size": "45"}):
            with self.subTest(codes=codes), self.assertRaises(ValueError):
                self.env["crm.lead"]._record_answers({lead: codes}, "Call")

    def test_interests_are_found_by_synonym_and_made_once(self):
        Interest = self.env["lead.interest"]
        valve = Interest.create({"name": "Valve V-40", "synonyms": "V40, valve\nVentil"})

        found = Interest._find_or_create(["valve v-40", "VENTIL", "New Thing", " new  thing ", ""])

        self.assertEqual(found["valve v-40"], valve)
        self.assertEqual(found["VENTIL"], valve)
        self.assertEqual(found["New Thing"], found[" new  thing "])
        self.assertEqual(found["New Thing"].name, "New Thing")
        self.assertNotIn("", found)
        self.assertEqual(Interest._find_or_create(["new thing"])["new thing"], found["New Thing"])

    def test_scoring_costs_the_same_for_100_and_1000(self):
        def cost(count):
            leads = self._make_leads(count)
            self.env["crm.lead"]._record_answers(
                {lead: {"budget": "gt250k", "authority": "decision_maker"} for lead in leads}, "T"
            )
            self.env["lead.event"]._log(
                [{"lead_id": lead.id, "kind": kind} for lead in leads for kind in ("scan", "reply")]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads._update_scores()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(100)
        small, big = cost(100), cost(1000)
        self.assertEqual(small, big)

    def test_create_costs_few_queries(self):
        self.assertFewQueriesToScoreFirst(3)

    def test_nightly_fading_touches_what_changed(self):
        kept, faded = self._make_leads(2)
        self._answer(kept, budget="gt250k")
        self._log(faded, "meeting")
        self._travel(days=30)

        self._run_cron("lead_scoring.ir_cron_fade_scores")

        self.assertScore(kept, 15)
        self.assertScore(faded, 10)
        self.assertEqual(kept.scored_at, NOW)
        self.assertEqual(faded.scored_at, NOW + timedelta(days=30))

    def test_preview_says_what_a_rule_would_do(self):
        lead, near_miss = self._make_lead(function="Buyer"), self._make_lead(function="Baker")
        self._log(lead + near_miss, "reply", "meeting")  # 35, cold
        only = f"[('id', 'in', {(lead + near_miss).ids}), ('function', '=', 'Buyer')]"
        rule = self.env["lead.score.rule"].new({"name": "Buyer", "points": 5, "domain": only})

        self.assertEqual(rule.preview, "Matches 1 open lead. 1 goes from cold to warm.")
        rule.points = 4
        self.assertEqual(rule.preview, "Matches 1 open lead.")
        rule.domain = "[('nope', '=', 1)]"
        self.assertIn("does not work", rule.preview)

        saved = self.env["lead.score.rule"].create({"name": "Buyer", "points": 5, "domain": only})
        self.assertEqual(saved.preview, "Matches 1 open lead.")
        lead._update_scores()
        with_less = self.env["lead.score.rule"].new({"points": 1}, origin=saved)
        self.assertEqual(with_less.preview, "Matches 1 open lead. 1 goes from warm to cold.")

    def test_preview_of_an_engagement_rule(self):
        lead, older, near_miss = self._make_leads(3)
        self._answer(lead + older + near_miss, budget="gt250k", authority="decision_maker")  # 30
        self._log(lead, "referral")  # of the shipped rule: 10, 40 in all
        self._log(older, "referral", days_ago=30)  # 5, 35 in all
        self._log(near_miss, "reply", days_ago=300)
        shipped = self.env.ref("lead_scoring.lead_score_rule_referral")
        Rule = self.env["lead.score.rule"]
        self.env["lead.event"].search(
            [("kind", "=", "referral"), ("lead_id", "not in", (lead + older).ids)]
        ).lead_id.active = False

        more = Rule.new({"name": "More", "event_kind": "referral", "points": 5})
        self.assertEqual(more.preview, "2 open leads have such an event.")  # 45, and 35 + 3
        more.points = 10
        self.assertEqual(  # 50, and 35 + 5
            more.preview, "2 open leads have such an event. 1 goes from cold to warm."
        )
        more.half_life_days = 1
        self.assertEqual(more.preview, "2 open leads have such an event.")  # 35 + 0
        weaker = Rule.new({"points": 9}, origin=shipped)
        self.assertEqual(
            weaker.preview, "2 open leads have such an event. 1 goes from warm to cold."
        )
        off = Rule.new({"active": False}, origin=shipped)
        self.assertEqual(off.preview, "2 open leads have such an event. 1 goes from warm to cold.")
        once = Rule.new({"name": "Once", "event_kind": "referral", "points": 40, "repeat_limit": 1})
        self.assertEqual(  # 70, the limit of engagement; 35 + 20
            once.preview,
            "2 open leads have such an event. 1 goes from cold to warm. 1 goes from warm to hot.",
        )

    def test_own_qualifier_of_a_company_takes_the_place_of_the_common_one(self):
        other = self.env["res.company"].create({"name": "Other"})
        ours, theirs = self._make_leads(2)
        ours.company_id, theirs.company_id = self.company, other
        self._answer(ours + theirs, budget="gt250k")
        own = self.env["lead.qualifier"].create(
            {
                "name": "Our Budget",
                "code": "budget",
                "company_id": other.id,
                "answer_ids": [(0, 0, {"name": "Plenty", "code": "plenty", "points": 40})],
            }
        )
        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertScore(ours, 15)
        self.assertScore(theirs, 0)

        self._answer(theirs, budget="plenty")
        self.assertScore(theirs, 40)

        own.active = False
        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertScore(theirs, 15)

    def test_rule_of_a_company_judges_its_leads_and_the_first_those_of_none(self):
        other = self.env["res.company"].create({"name": "Other"})
        first = self.env["res.company"].search([], order="id", limit=1)
        ours, theirs, nobodys = leads = self._make_leads(3)
        ours.company_id, theirs.company_id, nobodys.company_id = first, other, False
        Rule = self.env["lead.score.rule"]
        mine = f"[('id', 'in', {leads.ids})]"
        Rule.create({"name": "F", "points": 3, "domain": mine, "company_id": first.id})
        Rule.create({"name": "O", "points": 5, "domain": mine, "company_id": other.id})
        Rule.create({"name": "FR", "points": 20, "event_kind": "reply", "company_id": first.id})

        self._log(leads, "reply")

        self.assertScore(ours, 38)  # 3, 15 and 20
        self.assertScore(nobodys, 38)
        self.assertScore(theirs, 20)  # 5 and 15

    def test_rule_on_a_field_that_follows_from_another_sees_it_change(self):
        self.env["lead.score.rule"].create(
            {"name": "Won soon", "points": 9, "domain": "[('email_domain_criterion', '!=', False)]"}
        )
        lead = self._make_lead()
        self.assertScore(lead, 0)

        lead.email_from = "a@plant.example"

        self.assertScore(lead, 9)

    def test_lead_that_changes_company_by_its_salesperson_is_scored_anew(self):
        other = self.env["res.company"].create({"name": "Other"})
        seller = self.user_ann
        seller.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.env["lead.score.rule"].create(
            {"name": "O", "points": 5, "domain": "[('name', '!=', False)]", "company_id": other.id}
        )
        lead = self._make_lead(company_id=self.company.id)
        self.assertScore(lead, 0)

        lead.user_id = seller

        self.assertEqual(lead.company_id, other)
        self.assertScore(lead, 5)

    def test_new_lead_is_scored_only_if_a_rule_has_points_for_it(self):
        Rule, Lead = self.env["lead.score.rule"], self.env.registry["crm.lead"]
        scored = []
        batch = Lead._score_batch
        self.patch(
            Lead,
            "_score_batch",
            lambda leads, *args: scored.append(len(leads)) or batch(leads, *args),
        )

        def made(**vals):
            scored.clear()
            lead = self._make_lead(**vals)
            return lead.score_total, sum(scored)

        self.assertEqual(made(), (0, 0))
        self.assertEqual(made(function="Head", phone="+41 44 000 00 00"), (0, 0))
        self.assertEqual(made(not_a_buyer="press"), (0, 1))
        rule = Rule.create({"name": "R", "points": 5, "domain": "[('function', 'ilike', 'head')]"})
        self.assertEqual(made(), (0, 0))
        self.assertEqual(made(function="Head"), (5, 1))
        self.assertEqual(made(function="Hand"), (0, 1))
        for domain, score in (
            ("[('function', '=', False)]", 5),
            ("[('function', 'not ilike', 'head')]", 5),
            ("['!', ('function', 'ilike', 'head')]", 5),
            ("['|', ('function', '=', 'x'), ('phone', 'in', [False, '1'])]", 5),
            ("[('color', '<', 5)]", 5),
            ("[('function', 'in', ['', 'x'])]", 5),
            ("[('country_id.code', '!=', 'DE')]", 0),  # PostgreSQL judges: there is no country
        ):
            with self.subTest(domain=domain):
                rule.domain = domain
                self.assertEqual(made(), (score, 1))
        for domain in (
            "[('function', 'in', ['x', 'y'])]",
            "['!', ('function', '=', False)]",
            "['&', ('function', '=', False), ('phone', 'ilike', '+41')]",
            "[('tag_ids', 'any', [('name', '!=', False)])]",
        ):
            with self.subTest(domain=domain):
                rule.domain = domain
                self.assertEqual(made(), (0, 0))

    def test_rule_that_is_off_gives_nothing_whoever_asks(self):
        rule = self.env["lead.score.rule"].create(
            {"name": "R", "points": 30, "domain": "[('city', '=', 'Oslo')]"}
        )
        lead = self._make_lead()
        rule.active = False
        self.env.registry.clear_cache()

        lead.with_context(active_test=False).city = "Oslo"
        lead.with_context(active_test=False)._update_scores()

        self.assertScore(lead, 0)

    def test_event_of_long_ago_is_worth_nothing(self):
        rule = self.env.ref("lead_scoring.lead_score_rule_reply")
        rule.half_life_days = 1
        lead = self._make_lead()

        self._log(lead, "reply", days_ago=10000)

        self.assertScore(lead, 0)
        rule.half_life_days = 30
        lead._update_scores()
        self.assertScore(lead, 0)

    def test_score_does_not_depend_on_who_writes(self):
        rules = self.env["lead.score.rule"].create(
            [
                {"name": "F", "points": 20, "domain": "[('message_is_follower', '=', True)]"},
                {"name": "T", "points": 7, "domain": "[('create_date', '>=', 'today')]"},
            ]
        )
        lead = self._make_lead(user_id=self.user_ann.id)
        lead.message_subscribe(self.user_ann.partner_id.ids)
        scores = set()
        for user, zone in ((self.user_ann, "Pacific/Auckland"), (self.env.user, "UTC")):
            lead.with_user(user).with_context(tz=zone)._update_scores()
            lead.invalidate_recordset()
            scores.add(lead.score_total)

        self.assertEqual(len(scores), 1)
        self.assertTrue(all(rules.mapped("active")))

    def test_archived_interest_implies_some_need_from_the_start(self):
        gone = self.env["lead.interest"].create({"name": "Gone", "active": False})
        lead = self._make_lead(interest_ids=gone.ids)
        self.assertScore(lead, 8)
        need = next(row for row in lead.qualification_board if row["name"] == "Need")
        self.assertEqual(need["to_win"], 7)  # 15, less what the interest implies
