from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestDashboardTour(HttpCase):
    """In the browser: no cell of any sheet is an error, and the filters move the figures."""

    def setUp(self):
        super().setUp()
        self.env["crm.lead"].with_context(active_test=False).search([]).unlink()

    def _start(self, tour):
        self.start_tour("/odoo/lead-dashboard", tour, login="admin", timeout=300)

    def test_a_new_company_sees_the_sample(self):
        self._start("lead_nurture_dashboard_sample")

    def test_figures_follow_the_filters_and_nothing_is_an_error(self):
        show, empty_show = self.env["lead.trade.show"].create(
            [
                {"name": name, "date_begin": "2026-03-17", "date_end": "2026-03-19", "tz": "UTC"}
                for name in ("Tour Expo", "Tour Expo nobody came to")
            ]
        )
        leads = self.env["crm.lead"].create(
            [{"name": f"Tour {number}", "type": "opportunity"} for number in range(3)]
        )
        self.env["lead.show.visit"].create(
            [{"lead_id": lead.id, "trade_show_id": show.id} for lead in leads[:2]]
        )
        leads[0].lifecycle = "mql"
        self.assertFalse(empty_show.visit_ids)

        self._start("lead_nurture_dashboard")
