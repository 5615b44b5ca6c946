from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests.common import tagged, users
from odoo.tools import mute_logger

from .common import NOW, LeadScoringCase


@tagged("post_install", "-at_install")
class TestLeadSegment(LeadScoringCase):
    """Leads enter and leave segments by themselves, and rules may ask for them."""

    @classmethod
    def _make_segment(cls, domain, **vals):
        return cls.env["lead.segment"].create({"name": "Plants", "domain": str(domain), **vals})

    def assertMembers(self, segment, leads):
        segment.invalidate_recordset()
        leads.invalidate_recordset(["segment_ids"])
        self.assertEqual(segment.lead_ids, leads)
        self.assertEqual(segment.lead_count, len(leads))
        for lead in leads:
            self.assertIn(segment, lead.segment_ids)

    def test_leads_that_are_there_enter_when_it_is_made(self):
        plant, plan = self._make_lead(function="Plant Head"), self._make_lead(function="Plan Head")

        segment = self._make_segment([("function", "ilike", "plant")])

        self.assertMembers(segment, plant)
        self.assertFalse(plan.segment_ids)

    def test_lead_enters_and_leaves_with_what_it_is(self):
        segment = self._make_segment([("function", "ilike", "plant")])
        lead, other = self._make_lead(function="Plant Head"), self._make_lead()
        self.assertMembers(segment, lead)

        other.function = "Head of plants"
        self.assertMembers(segment, lead + other)

        lead.function = "Planner"
        self.assertMembers(segment, other)

    def test_lead_enters_and_leaves_with_its_score(self):
        hot = self._make_segment([("temperature", "=", "hot")], name="Hot")
        some = self._make_segment([("score_total", ">=", 15)], name="Some")
        lead = self._make_lead()

        self._answer(lead, budget="gt250k")
        self.assertMembers(some, lead)
        self.assertMembers(hot, lead.browse())

        self._answer(lead, authority="decision_maker", timeframe="0_3m", need="pressing")
        self._log(lead, "reply")
        self.assertMembers(hot, lead)  # 60 + 15

        self._travel(days=60)
        self._run_cron("lead_scoring.ir_cron_fade_scores")
        self.assertMembers(hot, lead.browse())  # 60 + 4
        self.assertMembers(some, lead)

    def test_lead_enters_as_it_qualifies(self):
        segment = self._make_segment([("lifecycle", "=", "mql")])
        lead = self._make_lead()
        self.assertMembers(segment, lead.browse())

        self._log(lead, "request_quote")

        self.assertMembers(segment, lead)

    def test_lead_enters_by_answer_and_event(self):
        rich = self._make_segment([("qualification_ids.answer_id.code", "=", "gt250k")], name="R")
        replied = self._make_segment([("event_ids.kind", "=", "reply")], name="S")
        lead, near_miss = self._make_leads(2)

        self._answer(lead, budget="gt250k")
        self._answer(near_miss, budget="50k_250k")
        self._log(lead, "reply")
        self._log(near_miss, "click")

        self.assertMembers(rich, lead)
        self.assertMembers(replied, lead)

    def test_days_that_go_by_are_seen_at_night(self):
        segment = self._make_segment([("date_deadline", "<", "today")])
        lead = self._make_lead(date_deadline=(NOW + timedelta(days=1)).date())
        self.assertMembers(segment, lead.browse())

        self._travel(days=1)
        self._run_cron("lead_scoring.ir_cron_refresh_segments")
        self.assertMembers(segment, lead.browse())

        self._travel(days=2)
        self._run_cron("lead_scoring.ir_cron_refresh_segments")
        self.assertMembers(segment, lead)
        self._run_cron("lead_scoring.ir_cron_refresh_segments")
        self.assertMembers(segment, lead)

    def test_archived_leads_belong_only_where_the_filter_says_so(self):
        lead = self._make_lead(function="Plant Head")
        lead.active = False

        plants = self._make_segment([("function", "ilike", "plant")])
        archived = self._make_segment(
            [("function", "ilike", "plant"), ("active", "=", False)], name="Archived"
        )

        self.assertMembers(plants, lead.browse())
        self.assertMembers(archived, lead)
        lead.active = True
        self.assertMembers(plants, lead)
        self.assertMembers(archived, lead.browse())
        lead.action_set_lost()
        self.assertMembers(plants, lead.browse())
        self.assertMembers(archived, lead)

    def test_score_rule_asks_for_a_segment(self):
        segment = self._make_segment([("function", "ilike", "plant")])
        self.env["lead.score.rule"].create(
            {"name": "Plants", "points": 7, "domain": f"[('segment_ids', 'in', {segment.ids})]"}
        )
        lead, near_miss = self._make_lead(function="Plant Head"), self._make_lead(function="Plan")

        self.assertScore(lead, 7)
        self.assertScore(near_miss, 0)
        near_miss.function = "Plants"
        self.assertScore(near_miss, 7)

        segment.domain = "[('function', 'ilike', 'head')]"
        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertScore(lead, 7)
        self.assertScore(near_miss, 0)

        segment.active = False
        self.assertMembers(segment, lead.browse())
        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertScore(lead, 0)

    def test_assignment_rule_asks_for_a_segment(self):
        segment = self._make_segment([("function", "ilike", "plant")])
        lead, near_miss = self._make_qualified(), self._make_qualified()
        lead.function = "Plant Head"
        self.env["lead.assignment.rule"].create(
            {
                "name": "Plants",
                "team_id": self.team.id,
                "domain": f"[('segment_ids', 'in', {segment.ids})]",
            }
        )

        (lead + near_miss)._offer_qualified()

        self.assertIn(lead.user_id, self.reps)
        self.assertFalse(near_miss.user_id)

    def test_score_does_not_follow_from_itself_by_way_of_a_segment(self):
        hot = self._make_segment([("temperature", "=", "hot")], name="Hot")
        plants = self._make_segment([("function", "ilike", "plant")])
        Rule = self.env["lead.score.rule"]
        for domain in (f"[('segment_ids', 'in', {hot.ids})]", "[('segment_ids.name', '=', 'Hot')]"):
            with (
                self.subTest(domain=domain),
                self.assertRaisesRegex(ValidationError, "follows from the score"),
            ):
                Rule.create({"name": "Circle", "domain": domain})

        Rule.create({"name": "Plants", "domain": f"[('segment_ids', 'in', {plants.ids})]"})
        with self.assertRaisesRegex(ValidationError, "follows from the score"):
            plants.domain = "[('score_total', '>', 3)]"

    def test_segment_does_not_ask_for_a_segment(self):
        segment = self._make_segment([("function", "ilike", "plant")])
        for domain in (
            [("segment_ids", "in", segment.ids)],
            [("partner_id.opportunity_ids.segment_ids", "!=", False)],
        ):
            with (
                self.subTest(domain=domain),
                self.assertRaisesRegex(ValidationError, "another segment"),
            ):
                self._make_segment(domain, name="Circle")

    def test_bad_filters_are_refused(self):
        for domain in ("[('nope', '=', 1)]", "[((", "uid"):
            with self.subTest(domain=domain), self.assertRaises(ValidationError):
                self._make_segment(domain, name="Bad")

    @mute_logger("odoo.addons.lead_scoring.models.lead_segment_members")
    def test_broken_segment_is_switched_off_and_the_others_go_on(self):
        broken = self._make_segment([], name="Broken")
        kept = self._make_segment([("function", "ilike", "plant")])
        self.env.cr.execute(
            "UPDATE lead_segment SET domain = %s WHERE id = %s",
            ["[('x_removed', '=', 1)]", broken.id],
        )
        broken.invalidate_recordset()
        self.env.registry.clear_cache()

        lead = self._make_lead(function="Plant Head")
        self._run_cron("lead_scoring.ir_cron_refresh_segments")

        self.assertFalse(broken.active)
        self.assertIn("x_removed", broken.error)
        self.assertMembers(kept, lead)

    def test_segment_a_rule_names_is_not_deleted(self):
        segment = self._make_segment([])
        lead = self._make_lead()
        rule = self.env["lead.assignment.rule"].create(
            {
                "name": "Plants",
                "team_id": self.team.id,
                "domain": f"[('segment_ids', 'in', {segment.ids})]",
            }
        )
        with self.assertRaisesRegex(UserError, "is asked for by “Plants”"):
            segment.unlink()

        rule.domain = "[('segment_ids.name', '=', 'Plants')]"
        with self.assertRaisesRegex(UserError, "is asked for by “Plants”"):
            segment.unlink()
        rule.domain = "[]"
        segment.unlink()
        self.assertFalse(lead.segment_ids)

    def test_segment_of_a_company_takes_its_leads_and_the_first_those_of_none(self):
        other = self.env["res.company"].create({"name": "Other"})
        nobodys, theirs = self._make_leads(2)
        nobodys.company_id, theirs.company_id = False, other

        all_of_them = self._make_segment([("id", "in", (nobodys + theirs).ids)], name="All")
        of_other = self._make_segment(
            [("id", "in", (nobodys + theirs).ids)], name="Theirs", company_id=other.id
        )

        self.assertMembers(all_of_them, nobodys + theirs)
        self.assertMembers(of_other, theirs)

    def test_merged_lead_is_looked_at_again(self):
        segment = self._make_segment([("event_ids.kind", "=", "reply")])
        head, tail = self._make_leads(2)
        self._answer(head, budget="gt250k")
        self._log(tail, "reply")

        merged = (head + tail)._merge_opportunity()

        self.assertMembers(segment, merged)

    @users("sc_ann")
    def test_salesperson_sees_segments_and_changes_none(self):
        segment = self._make_segment([], name="Seen")
        mine = segment.with_user(self.env.user)

        self.assertEqual(mine.name, "Seen")
        for change in (
            lambda: mine.write({"name": "Mine"}),
            lambda: mine.copy({"name": "Mine"}),
            lambda: mine.unlink(),
        ):
            with self.assertRaises(AccessError):
                change()

    @users("sc_ann")
    def test_salespersons_write_moves_his_lead(self):
        segment = self._make_segment([("function", "ilike", "plant")])
        lead = self._make_lead(user_id=self.env.user.id)

        lead.with_user(self.env.user).function = "Plant Head"

        self.assertMembers(segment, lead)
        others = self._make_lead(user_id=self.user_ben.id, function="Plant")
        self.assertMembers(segment, lead + others)
        self.assertEqual(segment.with_user(self.env.user).lead_count, 1)

    def test_manager_makes_and_deletes_segments(self):
        lead = self._make_lead()
        segments = self.env["lead.segment"].with_user(self.manager)

        segment = segments.create({"name": "Mine", "domain": f"[('id', '=', {lead.id})]"})
        self.assertMembers(segment.sudo(), lead)

        segment.unlink()
        self.assertFalse(segment.exists())
        self.assertFalse(lead.segment_ids)

    def test_costs_the_same_for_10_and_100_leads(self):
        self._make_segment([("function", "ilike", "plant")])
        self._make_segment([("score_total", ">=", 15)], name="Some")

        def cost(count):
            leads = self._make_leads(count, function="Plant")
            self.env["crm.lead"]._record_answers({lead: {"budget": "gt250k"} for lead in leads}, "")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads._update_scores()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(30)
        self.assertEqual(cost(30), cost(100))

    def test_without_segments_nothing_is_asked(self):
        lead = self._make_lead()
        self.env["lead.segment"].search([]).unlink()
        self.assertFalse(self.env["lead.segment"]._get_watched_fields())
        before = self.env.cr.sql_log_count
        self.env["lead.segment"]._refresh_leads(lead.ids, after_score=False)
        self.env["lead.segment"]._refresh_leads(lead.ids, after_score=True)
        self.assertEqual(self.env.cr.sql_log_count, before)

    def test_broken_segment_does_not_hold_up_the_night(self):
        first, second = self._make_segment([], name="A"), self._make_segment([], name="B")
        lead = self._make_lead()
        refresh = type(first)._refresh

        def fail_once(segment):
            if segment == first:
                raise ValueError("something else")
            return refresh(segment)

        self.env.cr.execute("DELETE FROM crm_lead_lead_segment_rel")
        self.patch(type(first), "_refresh", fail_once)
        with mute_logger("odoo.addons.lead_scoring.models.lead_segment_members"):
            self._run_cron("lead_scoring.ir_cron_refresh_segments")

        lead.invalidate_recordset()
        self.assertEqual(lead.segment_ids, second)
        self.assertTrue(first.active)
