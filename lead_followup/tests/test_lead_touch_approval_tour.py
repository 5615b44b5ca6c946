from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestLeadTouchApprovalTour(HttpCase):
    """A rep reads four first e-mails: changes and approves one, approves two, rejects the last."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = ("base.group_user", "sales_team.group_sale_salesman")
        cls.user_rep = cls.env["res.users"].create(
            {
                "name": "Rosa",
                "login": "rosa_approval",
                "password": "rosa_approval",
                "email": "rosa@seller.example.com",
                "tz": "UTC",
                "group_ids": [(6, 0, [cls.env.ref(group).id for group in groups])],
            }
        )
        cadence = cls.env.ref("lead_followup.lead_cadence_general").copy(
            {"is_first_email_approved": True}
        )
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "name": f"Pumps {number}",
                    "contact_name": f"Lead {number}",
                    "email_from": f"lead{number}@ample.example",
                    "user_id": cls.user_rep.id,
                }
                for number in range(1, 5)
            ]
        )
        cadence._enroll(cls.leads)

    def test_four_first_emails_in_a_row(self):
        touches = self.leads.touch_ids.sorted(lambda touch: (touch.planned_at, touch.id))
        self.assertEqual(touches.mapped("state"), ["approval"] * 4)
        unread = touches[1].mail_id.body_html

        self.start_tour("/odoo/emails-to-approve", "lead_touch_approval", login="rosa_approval")

        edited, second, third, rejected = touches
        self.assertEqual(touches.mapped("state"), ["queued"] * 3 + ["blocked"])
        self.assertEqual(touches.mail_id.mapped("state"), ["outgoing"] * 3)
        self.assertEqual(edited.mail_id.subject, "Pumps for your new plant")
        self.assertIn("Shall I call at ten?", edited.mail_id.body_html)
        self.assertEqual(second.mail_id.body_html, unread)
        self.assertEqual((second | third).approved_user_id, self.user_rep)
        self.assertEqual(rejected.note, "Spoke to her yesterday")
