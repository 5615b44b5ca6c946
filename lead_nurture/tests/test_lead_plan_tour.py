from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestLeadPlanTour(HttpCase):
    def test_a_plan_without_a_past_is_made_started_and_repeated(self):
        self.env["crm.lead"].with_context(active_test=False).search([]).unlink()
        source = self.env["utm.source"].create({"name": "Tour source"})

        self.start_tour("/odoo/lead-plans", "lead_nurture_plan", login="admin")

        plans = self.env["lead.plan"].search([("name", "=", "Tour plan")], order="date_from")
        self.assertEqual(plans.mapped("state"), ["running", "draft"])
        self.assertEqual(plans.line_ids.source_id, source)
