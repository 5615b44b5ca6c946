from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestLeadCadenceEnrollTour(HttpCase):
    """Enrolling many from the list, and looking at what comes for one, in the browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        admin = cls.env.ref("base.user_admin")
        admin.email = "admin@seller.example.com"
        admin.group_ids = [(4, cls.env.ref("crm.group_use_lead").id)]
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_general")
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "name": f"Tour lead {number}",
                    "contact_name": f"Person {number}",
                    "email_from": f"tour{number}@ample.example",
                    "phone": "+12025550155",
                    "country_id": cls.env.ref("base.us").id,
                    "user_id": admin.id,
                    "type": "lead",
                }
                for number in range(4)
            ]
        )
        cls.lead_near_miss = cls.leads[3].copy({"name": "Somebody else"})
        cls.cadence._enroll(cls.leads[0])
        cls.leads[1].do_not_contact = True

    def test_enroll_from_the_list_after_the_count_and_preview_a_lead(self):
        self.start_tour(
            "/odoo/action-crm.crm_lead_all_leads",
            "lead_followup_enroll",
            login="admin",
            timeout=120,
        )

        self.assertEqual(self.leads[2:].cadence_id, self.cadence)
        self.assertFalse((self.leads[1] | self.lead_near_miss).enrollment_ids)
        self.assertEqual(len(self.leads[0].enrollment_ids), 1)
