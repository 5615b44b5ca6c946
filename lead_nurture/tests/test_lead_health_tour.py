from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..tools import trend


@tagged("post_install", "-at_install")
class TestLeadHealthTour(HttpCase):
    """A manager goes from a number to its leads, from the page and from the e-mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead"].with_context(active_test=False).search([]).unlink()
        cls.env["lead.health.count"].search([]).unlink()
        now = fields.Datetime.now()
        cls.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "user_id": False,
                    "first_touch_deadline": now + timedelta(hours=hours),
                }
                for name, hours in (("Tour late 1", -2), ("Tour late 2", -1), ("Tour in time", 5))
            ]
        )
        cls.check = cls.env.ref("lead_nurture.lead_health_check_late")
        cls.env["lead.health.count"].create(
            {
                "check_id": cls.check.id,
                "company_id": cls.env.ref("base.main_company").id,
                "week": trend.weeks_back(fields.Date.today(), 1),
                "count": 1,
            }
        )

    def test_from_the_page_to_the_leads_and_to_the_check(self):
        self.start_tour("/odoo/process-health", "lead_nurture_health", login="admin", timeout=120)

    def test_from_the_email_to_the_leads(self):
        self.start_tour(
            f"/odoo/process-health/{self.check.id}/process-leak",
            "lead_nurture_health_mail",
            login="admin",
            timeout=120,
        )
