from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestLeadTrackBuildTour(HttpCase):
    """In Chromium: two pieces of content, a track with a step from the library, a lead in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = (
            "base.group_user",
            "sales_team.group_sale_manager",
            "mass_mailing.group_mass_mailing_user",
        )
        cls.user_marketing = cls.env["res.users"].create(
            {
                "name": "Mara",
                "login": "mara_track",
                "password": "mara_track",
                "email": "mara@seller.example.com",
                "group_ids": [(6, 0, [cls.env.ref(group).id for group in groups])],
            }
        )
        cls.env.company.lead_marketing_user_id = cls.user_marketing
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Tour lead",
                "type": "opportunity",
                "contact_name": "Ann Ample",
                "email_from": "ann@ample.example",
                "country_id": cls.env.ref("base.us").id,
                "user_id": cls.user_marketing.id,
            }
        )

    def test_a_marketing_manager_builds_a_track(self):
        self.start_tour(
            "/odoo/action-lead_nurture.lead_content_action",
            "lead_nurture_build_track",
            login="mara_track",
            timeout=180,
        )

        pieces = self.env["mailing.mailing"].search([("is_lead_content", "=", True)], order="id")
        self.assertEqual(pieces.mapped("subject"), ["Choosing a pump", "Saving power"])
        self.assertEqual(pieces.mapped("is_lead_content_ready"), [True, True])
        self.assertIn("o_layout", pieces[0].body_html)
        touch = self.lead.touch_ids
        self.assertEqual((touch.cadence_id.name, touch.content_id), ("Tour track", pieces[0]))
        self.assertIn("unsubscribe_from_list", touch.mail_id.body_html)
        self.assertIn("/r/", touch.mail_id.body_html)
