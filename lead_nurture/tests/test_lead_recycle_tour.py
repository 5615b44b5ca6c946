from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestLeadRecycleTour(HttpCase):
    """Recycling a batch, following a lead that came back, and the figures by reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        admin = cls.env.ref("base.user_admin")
        admin.email = "admin@seller.example.com"
        admin.group_ids = [(4, cls.env.ref("crm.group_use_lead").id)]
        cls.reason = cls.env.ref("crm.lost_reason_1")
        cls.env["crm.lead"].with_context(active_test=False).search([]).unlink()
        names = ("Tour lost 1", "Tour lost 2", "Tour lost refused", "Tour back")
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "contact_name": name,
                    "email_from": f"tour{number}@ample.example",
                    "country_id": cls.env.ref("base.us").id,
                    "user_id": admin.id,
                    "type": "lead",
                }
                for number, name in enumerate(names)
            ]
        )
        cls.leads.action_set_lost(lost_reason_id=cls.reason.id)
        cls.leads[:3].recycle_ids.unlink()
        cls.leads[2].do_not_contact = True
        cls.leads[3]._revive("Wrote to us.")
        cls.filter = cls.env["ir.filters"].create(
            {
                "name": "All of the tour",
                "model_id": "crm.lead",
                "domain": "[('active', 'in', (True, False))]",
                "is_default": True,
                "user_ids": [(6, 0, admin.ids)],
            }
        )

    def test_recycle_a_batch_and_follow_one_that_came_back(self):
        self.start_tour(
            "/odoo/action-crm.crm_lead_all_leads",
            "lead_nurture_recycle",
            login="admin",
            timeout=120,
        )

        self.assertEqual(self.leads[:2].recycle_ids.mapped("state"), ["resting"] * 2)
        self.assertFalse(self.leads[2].recycle_ids)

    def test_the_figures_by_reason_open_their_leads(self):
        self.start_tour(
            "/odoo/action-lead_nurture.lead_recycle_report_action",
            "lead_nurture_recycle_report",
            login="admin",
            timeout=120,
        )
