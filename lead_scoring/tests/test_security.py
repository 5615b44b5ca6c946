from odoo.exceptions import AccessError
from odoo.tests.common import new_test_user, tagged

from .common import LeadScoringCase

CONFIGURATION = (
    "lead.qualifier",
    "lead.qualifier.answer",
    "lead.score.rule",
    "lead.assignment.rule",
    "lead.return.reason",
)
PARTS = ("lead.qualification", "lead.event", "lead.handover")


@tagged("post_install", "-at_install")
class TestSecurity(LeadScoringCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.all_leads = new_test_user(
            cls.env, "sc_all", groups="sales_team.group_sale_salesman_all_leads"
        )
        cls.other_company = cls.env["res.company"].create({"name": "Other"})
        cls.foreigner = new_test_user(
            cls.env,
            "sc_foreign",
            groups="sales_team.group_sale_salesman_all_leads",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )
        cls.env["lead.assignment.rule"].create(
            {"name": "All", "team_id": cls.team.id, "method": "round_robin"}
        )

    def _make_parts(self, **vals):
        lead = self._make_qualified(**vals)
        lead._offer_qualified()
        return lead

    def _see(self, user, lead):
        return [
            bool(self.env[model].with_user(user).search_count([("lead_id", "=", lead.id)]))
            for model in PARTS
        ]

    def test_parts_are_seen_by_who_sees_the_lead(self):
        lead = self._make_parts()
        lost = self._make_parts()
        owner, lost_owner = lead.user_id, lost.user_id
        other = self.reps - owner - lost_owner
        lost.action_set_lost()

        self.assertEqual(self._see(owner, lead), [True] * 3)
        self.assertEqual(self._see(other, lead), [False] * 3)
        self.assertEqual(self._see(self.all_leads, lead), [True] * 3)
        self.assertEqual(self._see(self.manager, lead), [True] * 3)
        self.assertEqual(self._see(lost_owner, lost), [True] * 3)
        self.assertEqual(self._see(other, lost), [False] * 3)

    def test_unassigned_leads_parts_are_everyones(self):
        lead = self._make_qualified()
        self.assertEqual(self._see(self.user_ann, lead), [True, True, False])

    def test_companies_are_apart(self):
        lead = self._make_parts()
        self.assertEqual(lead.company_id, self.company)
        self.assertEqual(self._see(self.foreigner, lead), [False] * 3)

    def test_salesperson_reads_configuration_and_changes_none(self):
        for model in CONFIGURATION:
            with self.subTest(model=model):
                records = self.env[model].with_user(self.user_ann)
                records.search([]).read(["display_name"])
                with self.assertRaises(AccessError):
                    records.check_access("write")
                self.env[model].with_user(self.manager).check_access("write")

    def test_salesperson_answers_for_own_leads_only(self):
        lead = self._make_parts()
        other = (self.reps - lead.user_id)[0]
        answer = self.env.ref("lead_scoring.lead_qualifier_answer_authority_end_user")
        before = lead.score_total

        lead.with_user(lead.user_id).action_answer(answer.id)

        self.assertScore(lead, before + 4)
        given = lead.qualification_ids.filtered(lambda given: given.answer_id == answer)
        self.assertEqual(given.user_id, lead.user_id)
        with self.assertRaises(AccessError):
            lead.with_user(other).action_answer(answer.id)
        lead.with_user(lead.user_id).action_answer(answer.id)  # two who both give it mean it
        self.assertScore(lead, before + 4)
        lead.with_user(lead.user_id).action_answer(answer.id, given=True)
        self.assertScore(lead, before)

    def test_salesperson_reads_the_score_but_not_its_table(self):
        lead = self._make_parts()
        mine = lead.with_user(lead.user_id)

        self.assertEqual(mine.score_total, lead.score_total)
        self.assertTrue(mine.score_breakdown)
        self.assertEqual(
            mine.search([("score_total", ">", 0), ("id", "=", lead.id)], order="score_total"), lead
        )
        with self.assertRaises(AccessError):
            self.env["lead.score"].with_user(lead.user_id).search([])
        with self.assertRaises(AccessError):
            lead.handover_ids.with_user(lead.user_id).write({"state": "accepted"})

    def test_settings_need_no_more_than_a_sales_manager_for_the_earlier_leads(self):
        with self.assertRaises(AccessError):
            self.env["lead.offer.start"].with_user(self.user_ann).create({})
