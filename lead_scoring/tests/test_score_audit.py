import random
from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user, tagged

from .common import NOW, LeadScoringCase

TRAITS = ("useful", "useless", "backward", "warning")


class ScoreAuditCase(LeadScoringCase):
    """Few points qualify a lead here, and only the rules of the tests give any."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["lead.score.rule"].search([]).active = False
        cls.company.write(
            {"lead_mql_threshold": 1, "lead_warm_threshold": 25, "lead_hot_threshold": 35}
        )
        cls.won_stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)

    @classmethod
    def _make_rule(cls, name, points, **vals):
        domain = f"[('function', 'like', '{name}')]"
        return cls.env["lead.score.rule"].create(
            {"name": name, "points": points, "domain": domain, **vals}
        )

    @classmethod
    def _win(cls, leads):
        leads.write({"stage_id": cls.won_stage.id})

    def _close(self, leads, won):
        """Win the first ``won`` of the leads, lose the others."""
        self._win(leads[:won])
        leads[won:].action_set_lost()

    def _audit(self, period="12", team=None, companies=None):
        audit = self.env["lead.score.audit"].with_user(self.manager)
        companies = companies or self.company
        return audit.with_context(allowed_company_ids=companies.ids).get_audit(
            period, team.id if team else False
        )

    def _effect(self, name, **options):
        effects = self._audit(**options)["effects"]
        return next((effect for effect in effects if effect["name"] == name), None)

    def assertCounts(self, tally, leads, won):
        self.assertEqual((tally["leads"], tally["won"]), (leads, won))


@tagged("post_install", "-at_install")
class TestScoreAuditOfAHistory(ScoreAuditCase):
    """600 leads by chance, with what wins and what loses planted in them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = {
            "base": cls._make_rule("base", 20),
            "useful": cls._make_rule("useful", 15),
            "useless": cls._make_rule("useless", 10),
            "backward": cls._make_rule("backward", 2),
            "warning": cls._make_rule("warning", -10),
        }
        chance = random.Random(31)
        cls.plan = []  # (traits, is won) a lead
        for _lead in range(600):
            traits = {trait for trait in TRAITS if chance.random() < 0.5}
            rate = 0.35
            rate *= 1.8 if "useful" in traits else 1
            rate *= 0.5 if "backward" in traits else 1
            rate *= 0.5 if "warning" in traits else 1
            cls.plan.append((traits, chance.random() < rate))
        with freeze_time(NOW - timedelta(days=90)):
            cls.leads = cls.env["crm.lead"].create(
                [
                    {
                        "name": f"Lead {number}",
                        "function": " ".join(["base", *sorted(traits)]),
                        "type": "lead",
                        "user_id": False,
                        # the first 40 in the team
                        "team_id": cls.team.id if number < 40 else False,
                    }
                    for number, (traits, _won) in enumerate(cls.plan)
                ]
            )
        with freeze_time(NOW - timedelta(days=30)):
            numbers = range(600)
            cls._win(cls.leads.browse(cls.leads[n].id for n in numbers if cls.plan[n][1]))
            cls.leads.filtered(lambda lead: lead.won_status == "pending").action_set_lost()

    def _count(self, condition):
        rows = [won for traits, won in self.plan if condition(traits)]
        return len(rows), sum(rows)

    def test_it_finds_what_was_planted(self):
        verdict_by_name = {row["name"]: row["verdict"] for row in self._audit()["effects"]}

        self.assertEqual(
            verdict_by_name,
            {
                "base": "too_little",  # everyone has it: nobody to compare with
                "useful": "works",
                "useless": "no_effect",
                "backward": "reversed",
                "warning": "works",
            },
        )

    def test_a_warning_that_is_no_warning_is_the_wrong_way_round(self):
        self.rules["useful"].points = -15
        self.rules["backward"].points = -10
        self.rules["warning"].points = 0

        self.assertEqual(self._effect("useful")["verdict"], "reversed")
        self.assertEqual(self._effect("backward")["verdict"], "works")
        self.assertEqual(self._effect("warning")["verdict"], "less")

    def test_it_counts_what_was_planted(self):
        audit = self._audit()

        self.assertCounts(audit["qualified"], *self._count(lambda traits: True))
        self.assertCounts(audit["unqualified"], 0, 0)
        for trait in TRAITS:
            with self.subTest(trait=trait):
                row = self._effect(trait)
                self.assertCounts(
                    row["had"], *self._count(lambda traits, trait=trait: trait in traits)
                )
                self.assertCounts(
                    row["had_not"], *self._count(lambda traits, trait=trait: trait not in traits)
                )

    def test_bands_and_the_hot_ones(self):
        points = {"useful": 15, "useless": 10, "backward": 2, "warning": -10}

        def score(traits):
            return 20 + sum(points[trait] for trait in traits)

        audit = self._audit()

        # from 20 - 10 to 20 + 15 + 10 + 2
        self.assertEqual([band["from"] for band in audit["bands"]], [10, 20, 30, 40])
        for band in audit["bands"]:
            with self.subTest(band=band["from"]):
                self.assertCounts(
                    band,
                    *self._count(lambda traits, low=band["from"]: low <= score(traits) < low + 10),
                )
        self.assertCounts(audit["hot"], *self._count(lambda traits: score(traits) >= 35))
        self.assertEqual(audit["hot"]["threshold"], 35)
        self.assertEqual(audit["hot"]["verdict"], "works")
        self.assertGreater(audit["hot"]["lift"]["low"], 1)

    def test_with_few_leads_it_says_nothing(self):
        audit = self._audit(team=self.team)

        won = sum(won for _traits, won in self.plan[:40])
        self.assertCounts(audit["qualified"], 40, won)
        self.assertEqual({row["verdict"] for row in audit["effects"]}, {"too_little"})
        self.assertEqual({row["lift"] for row in audit["effects"]}, {False})
        self.assertEqual((audit["hot"]["verdict"], audit["hot"]["lift"]), ("too_little", False))

    def test_todays_score_does_not_matter(self):
        before = self._audit()

        self.leads.write({"function": "base useless"})
        self.rules["base"].points = 40
        self.leads._update_scores()
        after = self._audit()

        self.assertEqual(self.leads[0].score_total, 50)
        base = next(row for row in after["effects"] if row["name"] == "base")
        self.assertEqual(base.pop("points"), 40)
        next(row for row in before["effects"] if row["name"] == "base").pop("points")
        self.assertEqual(after, before)

    def test_as_many_queries_for_few_as_for_many(self):
        counts = []
        for team in (self.team, None, self.team, None):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._audit(team=team)
            counts.append(self.env.cr.sql_log_count - before)

        self.assertEqual(counts[2], counts[3])
        self.assertLess(counts[3], 30)


@tagged("post_install", "-at_install")
class TestScoreAudit(ScoreAuditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._make_rule("base", 20)
        cls.all_leads = new_test_user(
            cls.env, "sc_all", groups="sales_team.group_sale_salesman_all_leads"
        )
        cls.other_company = cls.env["res.company"].create(
            {"name": "Other", "lead_mql_threshold": 1}
        )
        cls.other_company.lead_offer_start_at = False
        cls.manager.company_ids += cls.other_company

    def _make_base(self, count=1, **vals):
        return self._make_leads(
            count, **{"function": "base", "company_id": self.company.id, **vals}
        )

    def test_only_sales_managers_see_it(self):
        audit = self.env["lead.score.audit"]

        for user in (self.user_ann, self.all_leads):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                audit.with_user(user).get_audit()
        self.assertCounts(audit.with_user(self.manager).get_audit()["qualified"], 0, 0)

    def test_an_unknown_period_is_refused(self):
        with self.assertRaises(UserError):
            self._audit(period="6")

    def test_lost_leads_are_archived_and_counted_and_open_ones_are_not(self):
        won, lost, _still_open = self._make_base(3)
        self._close(won + lost, won=1)

        audit = self._audit()

        self.assertFalse(lost.active)
        self.assertCounts(audit["qualified"], 2, 1)
        self.assertCounts(self._effect("base")["all"], 2, 1)

    def test_who_never_was_qualified_is_counted_beside(self):
        self._close(self._make_base(3), won=2)
        self._close(self._make_leads(4), won=1)

        audit = self._audit()

        self.assertCounts(audit["qualified"], 3, 2)
        self.assertCounts(audit["unqualified"], 4, 1)
        self.assertCounts(self._effect("base")["had_not"], 0, 0)

    def test_the_fast_lane_qualifies_with_whatever_score_there_is(self):
        bare, scored = self._make_leads(2)
        self.company.lead_mql_threshold = 40
        scored.function = "base"
        self._log(bare + scored, "request_call")
        self._close(bare + scored, won=1)

        audit = self._audit()

        self.assertCounts(audit["qualified"], 2, 1)
        self.assertEqual(
            [(band["from"], band["leads"]) for band in audit["bands"] if band["leads"]],
            [(0, 1), (20, 1)],
        )

    def test_a_lead_made_as_qualified_has_its_score(self):
        lead = self._make_base(lifecycle="mql")
        self._close(lead, won=1)

        self.assertEqual([band["from"] for band in self._audit()["bands"]], [20])

    def test_the_last_qualification_before_closing_counts(self):
        self._make_rule("more", 25)
        lead = self._make_base()
        self._travel(days=1)
        lead.write({"lifecycle": "nurture"})
        lead.function = "base more"
        lead._update_scores()
        self.assertEqual(lead.lifecycle, "nurture")
        self._travel(days=2)
        lead.write({"lifecycle": "mql"})
        self._travel(days=3)
        self._close(lead, won=0)
        self._travel(days=4)
        self.env["lead.event"]._log(
            [{"lead_id": lead.id, "kind": "lifecycle", "score": 7, "snapshot": []}]
        )

        self.assertEqual([band["from"] for band in self._audit()["bands"]], [40])

    def test_by_the_time_of_closing(self):
        early, late = self._make_base(2)
        self._close(early, won=1)
        self._travel(days=120)
        self._close(late, won=0)

        self.assertCounts(self._audit(period="3")["qualified"], 1, 0)
        self.assertCounts(self._audit(period="12")["qualified"], 2, 1)
        self._travel(days=500)
        self.assertCounts(self._audit(period="12")["qualified"], 0, 0)
        self.assertCounts(self._audit(period="all")["qualified"], 2, 1)

    def test_leads_of_a_company_not_switched_on_are_not_counted(self):
        self._close(self._make_base(3), won=1)
        theirs = self._make_base(2, company_id=self.other_company.id)
        self._close(theirs, won=2)
        nobodys = self._make_base(1, company_id=False)
        self._close(nobodys, won=0)
        self.assertEqual(theirs.company_id, self.other_company)

        self.assertCounts(self._audit()["qualified"], 4, 1)
        both = self.company | self.other_company
        self.assertCounts(self._audit(companies=both)["qualified"], 6, 3)
        self.assertCounts(self._audit(companies=self.other_company)["qualified"], 3, 2)

    def test_a_companys_own_rule_is_compared_within_its_company(self):
        both = self.company | self.other_company
        self._make_rule("own", 5, company_id=self.company.id)
        ours = self._make_base(2, function="base own") + self._make_base(3)
        self._close(ours, won=2)
        self._close(self._make_base(4, company_id=self.other_company.id), won=4)

        effect = self._effect("own", companies=both)

        self.assertCounts(effect["had"], 2, 2)
        self.assertCounts(effect["had_not"], 3, 0)
        self.assertCounts(self._effect("base", companies=both)["all"], 9, 6)

    def test_like_is_compared_with_like(self):
        """Who was qualified by the rule's own points says nothing of what they are worth."""
        self.company.lead_mql_threshold = 20
        self._make_rule("own", 5)
        self._make_rule("other", 16)
        self._make_rule("sick", -3)
        strong = self._make_leads(2, function="base own")  # 25, and 20 without: counts
        helped = self._make_leads(3, function="other own")  # 21, and 16 without: does not
        plain = self._make_leads(4, function="base")  # 20
        sick = self._make_leads(5, function="base own sick")  # 22, and 17 without: does not
        asked = self._make_leads(6, function="own")  # 5, and yet qualified: counts
        self._log(asked, "request_call")
        for leads, won in ((strong, 2), (helped, 0), (plain, 1), (sick, 1), (asked, 3)):
            self._close(leads, won)

        own, ill = self._effect("own"), self._effect("sick")

        self.assertCounts(own["all"], 16, 6)
        self.assertCounts(own["had"], 8, 5)
        self.assertCounts(own["had_not"], 4, 1)
        self.assertCounts(ill["had"], 5, 1)
        # of those without, they who bear three points less: 25, and who asked
        self.assertCounts(ill["had_not"], 8, 5)

    def test_few_points_beside_more_are_a_warning(self):
        """Three points for “in over a year” where the others got fifteen: less won is right."""
        late, soon, silent = (self._make_base(count) for count in (40, 40, 20))
        self._answer(late, timeframe="gt12m")
        self._answer(soon, timeframe="0_3m")
        for leads in (late, soon, silent):
            leads.write({"lifecycle": "nurture"})
            leads.write({"lifecycle": "mql"})
        self._close(late, won=4)
        self._close(soon, won=24)
        self._close(silent, won=4)
        gt12m = self.env.ref("lead_scoring.lead_qualifier_answer_timeframe_gt12m")

        rows = {row["answer_id"]: row for row in self._audit()["effects"] if row["answer_id"]}

        # the other 60 got 40 * 15 = 600 points: 10 each
        self.assertEqual((rows[gt12m.id]["points"], rows[gt12m.id]["usual"]), (3, 10))
        self.assertEqual(rows[gt12m.id]["expected"], -1)
        self.assertEqual({row["verdict"] for row in rows.values()}, {"works"})
        gt12m.points = 12  # now it claims more than the others have
        self.assertEqual(
            [row["verdict"] for row in self._audit()["effects"] if row["answer_id"] == gt12m.id],
            ["reversed"],
        )

    def test_rules_in_use_that_no_closed_lead_had_are_named(self):
        self._make_rule("unmet", 5)
        self._make_rule("archived", 5).active = False
        self._make_rule("theirs", 5, company_id=self.other_company.id)
        self._close(self._make_base(), won=1)
        self._make_leads(1, function="base unmet")  # open

        unmatched = self._audit()["unmatched"]

        self.assertIn("unmet", unmatched)
        self.assertFalse({"archived", "theirs", "base"} & set(unmatched))

    def test_a_rule_that_is_gone_keeps_its_name_and_says_so(self):
        gone, archived = self._make_rule("gone", 7), self._make_rule("archived", 5)
        self._close(self._make_leads(2, function="base gone archived"), won=1)
        gone.unlink()
        archived.active = False

        effects = {row["name"]: row for row in self._audit()["effects"]}

        self.assertEqual(
            [(name, row["points"], row["in_use"]) for name, row in sorted(effects.items())],
            [("archived", 5, False), ("base", 20, True), ("gone", 7, False)],
        )
        self.assertCounts(effects["gone"]["all"], 2, 1)


@tagged("post_install", "-at_install")
class TestScoreAuditMarks(ScoreAuditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._make_rule("base", 20)
        cls.lead_base, cls.lead_plain = (
            cls._make_lead(function="base"),
            cls._make_lead(function="plain"),
        )

    def _mark(self, lead, direction, word="", user=None):
        lead.with_user(user or self.user_ann).action_mark_score_wrong(direction, word)

    def assertMarks(self, audit, too_high, too_low):
        marks = audit["marks"]
        self.assertEqual((marks["too_high"], marks["too_low"]), (too_high, too_low))

    def test_leads_are_counted_by_each_persons_last_word(self):
        self._mark(self.lead_base, "too_low")
        self._mark(self.lead_base, "too_high")
        self._mark(self.lead_base, "too_high", user=self.user_ben)
        self._mark(self.lead_plain, "too_high")
        self._mark(self.lead_plain, "too_low", user=self.user_ben)

        self.assertMarks(self._audit(), too_high=2, too_low=1)

    def test_marked_leads_are_counted_by_the_rules_they_had_then(self):
        self._mark(self.lead_base, "too_high")
        self._mark(self.lead_base, "too_high", user=self.user_ben)
        self._mark(self.lead_plain, "too_low")
        self.lead_plain.function = "base"

        self.assertEqual(
            self._audit()["marks"]["reasons"], [{"name": "base", "too_high": 1, "too_low": 0}]
        )

    def test_words_of_lost_leads_too_the_latest_first(self):
        self._mark(self.lead_base, "too_high", "a student")
        self._travel(days=1)
        self._mark(self.lead_plain, "too_low", "knows the board", user=self.user_ben)
        self._mark(self.lead_plain, "too_low")
        self.lead_base.action_set_lost()

        words = self._audit()["marks"]["words"]

        self.assertEqual(
            [(row["word"], row["user"], row["lead_id"], row["score"]) for row in words],
            [
                ("knows the board", "Ben", self.lead_plain.id, 0),
                ("a student", "Ann", self.lead_base.id, 20),
            ],
        )

    def test_marks_of_the_period_the_team_and_the_companies(self):
        other_company = self.env["res.company"].create({"name": "Other"})
        self.manager.company_ids += other_company
        theirs = self._make_lead(company_id=other_company.id)
        self._mark(self.lead_base, "too_high", "old")
        self._travel(days=100)
        self.lead_plain.team_id = self.team
        self._mark(self.lead_plain, "too_low", "new")
        theirs.action_mark_score_wrong("too_low", "theirs")

        self.assertMarks(self._audit(), too_high=1, too_low=1)
        self.assertMarks(self._audit(period="3"), too_high=0, too_low=1)
        self.assertMarks(self._audit(team=self.team), too_high=0, too_low=1)
        both = self.company | other_company
        self.assertMarks(self._audit(companies=both), too_high=1, too_low=2)
        self.assertEqual(
            [row["word"] for row in self._audit(period="3")["marks"]["words"]], ["new"]
        )
