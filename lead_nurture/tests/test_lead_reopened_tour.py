from odoo.tests import HttpCase, tagged

from .engagement_common import EngagementMixin


@tagged("post_install", "-at_install")
class TestLeadReopenedTour(EngagementMixin, HttpCase):
    """Following a lead that was lost and came back by a link in an e-mail of its track."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_mailing()
        cls.company.lead_react_links = "/prices"
        cls.env.ref("lead_nurture.lead_recycle_rule_lost").rest_months = 0
        groups = ("sales_team.group_sale_salesman", "crm.group_use_lead")
        cls.user_rep = cls.env["res.users"].create(
            {
                "name": "Rosa",
                "login": "rosa_reopened",
                "password": "rosa_reopened",
                "email": "rosa@seller.example.com",
                "group_ids": [(6, 0, [cls.env.ref(group).id for group in groups])],
            }
        )
        cls.lead, cls.other = cls.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "email_from": f"{name.split()[-1]}@best.example",
                    "user_id": cls.user_rep.id,
                    "type": "lead",
                }
                for name in ("Tour curious", "Tour never lost")
            ]
        )

    def test_follow_a_reopened_lead(self):
        lead = self.lead
        lead.action_set_lost(lost_reason_id=self.env.ref("crm.lost_reason_1").id)
        with self.enter_registry_test_mode():
            self.env.ref("lead_nurture.ir_cron_recycle").method_direct_trigger()
        self.assertEqual(lead.recycle_id.state, "track")
        self._click(self._trace(lead), self.link_prices)

        self.start_tour(
            "/odoo/action-crm.crm_lead_all_leads",
            "lead_nurture_reopened",
            login="rosa_reopened",
            timeout=120,
        )

        self.assertEqual((lead.lifecycle, lead.user_id), ("sql", self.user_rep))
        self.assertEqual(lead.handover_ids.mapped("state"), ["accepted"])
