from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTours(HttpCase):
    """The addon in a browser: a manager's rule, a salesperson's answers to offers and leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.env.company.lead_offer_start_at = False  # what the tests make is new
        salesman = "sales_team.group_sale_salesman"
        cls.user_ann = new_test_user(cls.env, "tour_ann", groups=salesman, name="Ann")
        cls.user_ben = new_test_user(cls.env, "tour_ben", groups=salesman, name="Ben")
        cls.manager = new_test_user(
            cls.env, "tour_manager", groups="sales_team.group_sale_manager", name="Mara"
        )

    @classmethod
    def _make_lead(cls, name, **vals):
        return cls.env["crm.lead"].create({"name": name, "type": "lead", "user_id": False, **vals})

    @classmethod
    def _make_offered(cls, name, user):
        """A qualified lead that is offered to ``user``."""
        lead = cls._make_lead(name)
        lead.with_context(lead_offering=True).write({"user_id": user.id, "lifecycle": "mql"})
        cls.env["lead.handover"].create(lead._prepare_handover_vals(user))
        return lead

    def test_manager_sees_what_a_score_rule_does_before_saving_it(self):
        leads = self.env["crm.lead"].union(
            *(self._make_lead(f"Works {i}", function="Works manager") for i in range(3)),
            self._make_lead("Office", function="Clerk"),
        )
        near = leads[0]
        # 12 + 8 of fit, 15 of engagement: 35; warm from 40
        self.env["crm.lead"]._record_answers({near: {"budget": "50k_250k", "need": "some"}}, "Test")
        self.env["lead.event"].create({"lead_id": near.id, "kind": "reply"})
        leads._update_scores()

        self.start_tour("/odoo/crm", "lead_scoring_rule", login="tour_manager")

        rule = self.env["lead.score.rule"].search([("name", "=", "Runs a plant")])
        self.assertEqual(rule.points, 10)
        self.assertEqual(rule.domain, '[("function", "=", "Works manager")]')
        self.assertTrue(all(leads.score_id.mapped("is_stale")))
        leads._update_scores()
        self.assertEqual(leads.mapped("score_total"), [45, 10, 10, 0])
        self.assertEqual(leads.mapped("temperature"), ["warm", "cold", "cold", "cold"])

    def test_salesperson_accepts_one_offer_and_returns_another(self):
        pumps = self._make_offered("Wants pumps", self.user_ann)
        valves = self._make_offered("Wants valves", self.user_ann)
        others = self._make_offered("Offered to Ben", self.user_ben)

        self.start_tour("/odoo/crm", "lead_scoring_handover", login="tour_ann")

        self.assertEqual(pumps.handover_ids.state, "accepted")
        self.assertEqual((pumps.lifecycle, pumps.type), ("sql", "opportunity"))
        self.assertEqual(pumps.user_id, self.user_ann)
        returned = valves.handover_ids
        self.assertEqual(returned.state, "returned")
        self.assertEqual(returned.reason_id.name, "No budget yet")
        self.assertEqual(returned.note, "Money comes in autumn")
        self.assertEqual(valves.lifecycle, "nurture")
        self.assertFalse(valves.user_id)
        self.assertEqual(others.handover_ids.state, "offered")

    def test_salesperson_takes_an_answer_down_and_back(self):
        lead = self._make_lead("Wants pumps", user_id=self.user_ann.id)

        self.start_tour(
            f"/odoo/action-crm.crm_lead_all_leads/{lead.id}",
            "lead_scoring_qualification",
            login="tour_ann",
        )

        self.assertFalse(lead.qualification_ids)
        self.assertEqual(lead.score_total, 0)
