from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import LeadScoringCase


class TestFirstStep(LeadScoringCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["lead.assignment.rule"].search([]).active = False
        cls.other_company = cls.env["res.company"].create({"name": "Elsewhere"})

    def _get_step(self, code, company=None):
        steps = self.env["lead.first.step"].with_user(self.manager)
        return steps.with_company(company or self.company).search([("code", "=", code)])

    def _make_rule(self, **vals):
        return self.env["lead.assignment.rule"].create(
            {"name": "All to the team", "team_id": self.team.id, **vals}
        )

    def test_questions_that_ship_are_asked(self):
        self.env["lead.qualifier"].search([("code", "not in", ("budget", "need"))]).active = False

        step = self._get_step("qualifiers")

        self.assertEqual(step.state, "done")
        self.assertEqual(step.now_text, "Asked about each lead: Budget, Need.")

    def test_a_question_without_answers_is_to_do(self):
        self.env["lead.qualifier"].create({"name": "Fleet", "code": "fleet"})

        step = self._get_step("qualifiers")

        self.assertEqual(step.state, "todo")
        self.assertIn("Without an answer to choose: Fleet.", step.now_text)

    def test_another_companys_question_is_not_ours(self):
        self.env["lead.qualifier"].create(
            {"name": "Fleet", "code": "fleet", "company_id": self.other_company.id}
        )

        self.assertEqual(self._get_step("qualifiers").state, "done")

    def test_no_question_at_all_is_to_do(self):
        self.env["lead.qualifier"].search([]).active = False

        step = self._get_step("qualifiers")

        self.assertEqual(
            (step.state, step.now_text), ("todo", "No question is asked about a lead.")
        )

    def test_score_rules_and_the_threshold_are_told(self):
        rules = self.env["lead.score.rule"].search([])
        rules[2:].active = False
        self.company.lead_mql_threshold = 45

        step = self._get_step("score_rules")

        self.assertEqual(step.state, "done")
        self.assertEqual(
            step.now_text,
            "Score rules that are on: 2. Leads qualify by themselves from 45 points on.",
        )

    def test_rules_of_another_company_alone_are_to_do(self):
        rules = self.env["lead.score.rule"].search([])
        rules[1:].active = False
        rules[0].company_id = self.other_company

        self.assertEqual(self._get_step("score_rules").state, "todo")
        self.assertEqual(self._get_step("score_rules").now_text, "No rule gives a lead points.")

    def test_qualifying_switched_off_is_no_step_to_do(self):
        self.company.lead_scoring_enabled = False

        self.assertEqual(self._get_step("score_rules").state, "off")

    def test_nobody_takes_leads_until_a_rule_names_somebody(self):
        self.assertEqual(self._get_step("assignment").state, "todo")

        self._make_rule(team_id=False, member_ids=[(6, 0, [self.user_ann.id])])
        self.env.invalidate_all()

        step = self._get_step("assignment")
        self.assertEqual(step.state, "done")
        self.assertEqual(step.now_text, "Leads are offered to: Ann.")

    def test_a_rule_whose_only_member_left_is_to_do(self):
        self._make_rule(team_id=False, member_ids=[(6, 0, [self.user_ann.id])])
        self.user_ann.active = False

        self.assertEqual(self._get_step("assignment").state, "todo")

    def test_a_member_who_works_elsewhere_takes_nothing_here(self):
        away = new_test_user(
            self.env,
            "sc_elsewhere",
            groups="sales_team.group_sale_salesman",
            company_id=self.other_company.id,
            company_ids=[(6, 0, [self.other_company.id])],
        )
        self._make_rule(team_id=False, member_ids=[(6, 0, [away.id])])

        self.assertEqual(self._get_step("assignment").state, "todo")

    def test_experts_take_leads_where_a_rule_asks_for_them(self):
        interest = self.env["lead.interest"].create(
            {"name": "Seals", "expert_id": self.user_ben.id}
        )
        self._make_rule(team_id=False, method="expert", interest_ids=[(6, 0, interest.ids)])

        self.assertEqual(self._get_step("assignment").now_text, "Leads are offered to: Ben.")

    def test_offers_switched_off_are_no_step_to_do(self):
        self.company.lead_offer_enabled = False

        self.assertEqual(self._get_step("assignment").state, "off")

    def test_leads_that_wait_for_somebody_are_counted(self):
        self._make_leads(2, lifecycle="mql", company_id=self.company.id)
        self._make_lead(lifecycle="mql", company_id=self.other_company.id)
        self._make_lead(lifecycle="inquiry", company_id=self.company.id)
        elsewhere = self.env["crm.lead"].search_count(
            [
                ("lifecycle", "=", "mql"),
                ("user_id", "=", False),
                ("won_status", "=", "pending"),
                ("company_id", "=", self.other_company.id),
            ]
        )

        self.assertEqual(elsewhere, 1)
        self.assertIn(
            "Qualified leads that wait for somebody: 2.", self._get_step("assignment").now_text
        )


class TestFirstStepPage(LeadScoringCase):
    def _get_steps(self, user=None):
        return self.env["lead.first.step"].with_user(user or self.manager).search([])

    def _get_assignment(self):
        return self._get_steps().filtered(lambda step: step.code == "assignment")

    def _make_held_back(self):
        """One lead of nobody and one of Ann's reach the threshold; a third does not."""
        leads = self._make_leads(3)
        leads[1].user_id = self.user_ann
        self._answer(leads[:2], budget="gt250k", authority="decision_maker", timeframe="0_3m")
        leads._update_scores()
        return leads

    def test_what_a_confirmation_would_start_is_stated(self):
        self.company.lead_offer_start_at = "2100-01-01"
        self._make_held_back()

        step = self._get_assignment()

        # 15 + 15 + 15 = 45 points, above 40; the third lead has 0
        self.assertIn("Once you confirm, 1 are offered, and 1 more qualify", step.starts_text)
        self.assertEqual(step.action_confirm()["res_model"], "lead.offer.start")

    def test_without_held_back_leads_nothing_is_to_confirm(self):
        self.company.lead_offer_start_at = "2100-01-01"

        step = self._get_assignment()

        self.assertFalse(step.confirm_xmlid)
        self.assertEqual(step.action_confirm()["res_model"], "lead.assignment.rule")

    def test_each_step_opens_a_screen_its_reader_may_see(self):
        for step in self._get_steps():
            with self.subTest(step.code):
                action = step.action_open()
                self.env[action["res_model"]].with_user(self.manager).check_access("read")

    def test_each_step_is_known_to_the_program(self):
        codes = set(self._get_steps().mapped("code"))

        self.assertEqual(codes, set(self.env["lead.first.step"]._get_findings(self.company)))

    def test_all_steps_cost_the_queries_of_one(self):
        steps = self._get_steps()
        counts = []
        for some in (steps, steps[:1], steps):  # the first reads what is kept in memory for good
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("state")
            counts.append(self.cr.sql_log_count - before)

        self.assertEqual(counts[1], counts[2])

    def test_the_settings_count_what_is_to_do(self):
        steps = self._get_steps()
        left = steps.filtered(lambda step: step.state == "todo")
        self.manager.group_ids += self.env.ref("base.group_system")

        text = self.env["res.config.settings"].with_user(self.manager).create({})

        self.assertTrue(left)
        self.assertEqual(text.lead_first_step_text, f"To do: {len(left)} of {len(steps)}.")

    def test_an_administrator_without_sales_rights_still_opens_the_settings(self):
        admin = new_test_user(self.env, "sc_admin", groups="base.group_user,base.group_system")

        settings = self.env["res.config.settings"].with_user(admin).create({})

        self.assertFalse(settings.lead_first_step_text)

    def test_salespeople_have_no_first_steps(self):
        with self.assertRaises(AccessError):
            self._get_steps(self.user_ann)

    def test_managers_cannot_tick_a_step_off(self):
        with self.assertRaises(AccessError):
            self._get_steps()[0].write({"name": "Done"})
