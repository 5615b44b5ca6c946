from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestLeadFunnelTour(HttpCase):
    def test_numbers_open_their_leads_and_small_samples_are_marked(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        leads.search([]).unlink()
        medium = self.env["utm.medium"].create({"name": "Tour channel"})
        asked, lost, won = leads.create(
            [
                {"name": name, "type": "opportunity", "medium_id": medium.id}
                for name in ("Tour asked", "Tour lost", "Tour won")
            ]
        )
        (lost | won).lifecycle = "mql"
        lost.action_set_lost()
        won.action_set_won()
        self.assertEqual(asked.lifecycle, "inquiry")

        self.start_tour("/odoo/lead-funnel", "lead_nurture_funnel", login="admin")
