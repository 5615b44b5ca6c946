from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestShowScorecardTour(HttpCase):
    def test_numbers_of_a_scorecard_open_their_leads(self):
        show = self.env["lead.trade.show"].create(
            {
                "name": "Tour Fair",
                "date_begin": "2026-03-17",
                "date_end": "2026-03-19",
                "tz": "UTC",
            }
        )
        asked, qualified = self.env["crm.lead"].create(
            [{"name": name, "type": "lead"} for name in ("Tour asked", "Tour qualified")]
        )
        self.env["lead.show.visit"].create(
            [
                {
                    "lead_id": lead.id,
                    "trade_show_id": show.id,
                    "captured_at": "2026-03-18 10:00:00",
                    "captured_by": captured_by,
                }
                for lead, captured_by in ((asked, "Bo Best"), (qualified, False))
            ]
        )
        qualified.lifecycle = "mql"

        self.start_tour(
            f"/odoo/trade-shows/{show.id}", "lead_nurture_show_scorecard", login="admin"
        )
