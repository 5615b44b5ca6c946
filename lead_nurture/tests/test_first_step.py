from odoo.addons.lead_followup.tests.common import LeadFollowupCase


class TestFirstStep(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write(
            {
                "lead_recycle_lost": True,
                "lead_recycle_returned": False,
                "lead_recycle_silent": False,
                "lead_recycle_unqualified": False,
                "lead_marketing_user_id": cls.user_marketing.id,
                "lead_after_sale_track_id": False,
                "lead_repeat_sales": False,
            }
        )

    def _get_step(self, code):
        self.env.invalidate_all()
        steps = self.env["lead.first.step"].with_user(self.user_marketing)
        return steps.search([("code", "=", code)])

    def test_lost_leads_go_on_and_have_an_owner(self):
        step = self._get_step("nurture")

        self.assertEqual(step.state, "done")
        self.assertEqual(step.now_text, "Taken up by themselves: Lost. They belong to Mara.")

    def test_without_an_owner_it_is_to_do(self):
        self.company.lead_marketing_user_id = False

        step = self._get_step("nurture")

        self.assertEqual(step.state, "todo")
        self.assertIn("They belong to nobody", step.now_text)

    def test_a_way_without_a_rule_takes_nobody_up(self):
        self.env["lead.recycle.rule"].search([("way", "=", "lost")]).active = False

        self.assertEqual(self._get_step("nurture").state, "todo")

    def test_all_ways_switched_off_are_no_step_to_do(self):
        self.company.lead_recycle_lost = False

        self.assertEqual(self._get_step("nurture").state, "off")

    def test_leads_lost_before_stay_until_a_rule_is_asked(self):
        self.company.lead_recycle_lost = False
        before = self._make_lead()
        before.action_set_lost()
        self._make_lead()
        self.company.lead_recycle_lost = True

        self.assertIn("stay as they are: 1.", self._get_step("nurture").starts_text)

    def test_customers_are_left_alone_until_a_track_is_chosen(self):
        step = self._get_step("customers")
        self.assertEqual((step.state, step.now_text), ("off", "Nothing is sent after a sale."))

        track = self.env.ref("lead_nurture.lead_cadence_after_sale")
        self.company.lead_after_sale_track_id = track

        step = self._get_step("customers")
        self.assertEqual(step.state, "done")
        self.assertEqual(step.now_text, f"Leads won from now on enter “{track.name}”.")

    def test_a_track_is_no_cadence_of_first_contacts(self):
        self.env["lead.trade.show"].search([]).cadence_id = False
        self.company.lead_auto_cadence_id = False
        self.env["lead.cadence"].search([]).is_self_enrolling = False
        lead = self._make_lead()
        self.env.ref("lead_nurture.lead_cadence_stay_in_touch")._enroll(lead)

        self.assertTrue(lead.enrollment_id)
        self.assertEqual(self._get_step("cadences").state, "todo")
