from odoo.tests.common import tagged

from .common import LeadScoringCase


@tagged("post_install", "-at_install")
class TestQualificationBoard(LeadScoringCase):
    """Which questions a lead's form shows: a company's own instead of the common one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.manager.company_ids += cls.other
        cls.own = cls.env["lead.qualifier"].create(
            {
                "name": "Money",
                "code": "budget",
                "company_id": cls.other.id,
                "answer_ids": [(0, 0, {"name": "Plenty", "code": "plenty", "points": 20})],
            }
        )

    def _get_names(self, lead):
        wide = {"allowed_company_ids": [self.company.id, self.other.id]}
        board = lead.with_user(self.manager).with_context(**wide).qualification_board
        return [row["name"] for row in board]

    def test_own_qualifier_stands_in_for_the_common_one_of_its_code(self):
        here, there = self._make_lead(company_id=self.company.id), self._make_lead()
        there.company_id = self.other
        anywhere = self._make_lead(company_id=False)
        common = ["Budget", "Authority", "Need", "Timeframe"]

        self.assertEqual(self._get_names(here), common)
        self.assertEqual(self._get_names(anywhere), common)
        self.assertCountEqual(self._get_names(there), ["Money", "Authority", "Need", "Timeframe"])

    def test_archived_own_qualifier_gives_the_common_one_back(self):
        lead = self._make_lead(company_id=self.other.id)

        self.own.active = False

        self.assertEqual(self._get_names(lead), ["Budget", "Authority", "Need", "Timeframe"])

    def test_own_qualifier_of_another_code_stands_beside_the_common_ones(self):
        lead = self._make_lead(company_id=self.other.id)

        self.own.code = "money"

        self.assertCountEqual(
            self._get_names(lead), ["Budget", "Money", "Authority", "Need", "Timeframe"]
        )

    def test_board_and_codes_of_imports_agree(self):
        qualifiers = self.env["lead.qualifier"]
        common = self.env.ref("lead_scoring.lead_qualifier_budget")

        there = qualifiers._get_answers_by_code(self.other)["budget"]
        here = qualifiers._get_answers_by_code(self.company)["budget"]

        self.assertEqual(there["plenty"], self.own.answer_ids)
        self.assertNotIn("gt250k", there)
        self.assertEqual(here["gt250k"].qualifier_id, common)

    def test_leads_are_found_by_an_answer_and_only_by_theirs(self):
        decider, influencer, silent = leads = self._make_leads(3)
        self._answer(decider, authority="decision_maker", budget="none")
        self._answer(influencer, authority="influencer", budget="none")
        answer = self.env.ref("lead_scoring.lead_qualifier_answer_authority_decision_maker")
        Lead = self.env["crm.lead"].with_user(self.manager)

        def find(*condition):
            return Lead.search([condition, ("id", "in", leads.ids)], order="id")

        self.assertEqual(find("answer_ids", "=", answer.id), decider)
        self.assertEqual(find("answer_ids", "ilike", "decision"), decider)
        self.assertEqual(find("answer_ids", "ilike", "no budget"), decider + influencer)
        self.assertEqual(find("answer_ids", "!=", answer.id), influencer + silent)
        self.assertEqual(find("answer_ids", "=", False), silent)
        self.assertEqual(leads.filtered_domain([("answer_ids", "in", answer.ids)]), decider)

    def test_filters_name_the_question_of_an_answer(self):
        Lead = self.env["crm.lead"].with_user(self.manager)
        context = Lead.fields_get(["answer_ids"])["answer_ids"]["context"]

        found = self.env["lead.qualifier.answer"].with_context(**context).name_search("decision")

        self.assertEqual([label for _id, label in found], ["Authority: Decision maker"])
