from odoo.fields import Command
from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestLeadCadenceVersionsTour(HttpCase):
    """In Chromium: whoever saves changed steps is asked what those inside get."""

    def test_a_change_of_steps_asks_about_those_inside(self):
        template = self.env.ref("lead_followup.mail_template_general_next")
        sender = self.env.ref("base.user_admin")
        sender.email = "admin@seller.example.com"
        self.env.company.lead_marketing_user_id = sender
        cadence = self.env["lead.cadence"].create(
            {
                "name": "Rolling",
                "step_ids": [
                    Command.create({"name": name, "sequence": number, "template_id": template.id})
                    for number, name in enumerate(("One", "Two"))
                ],
            }
        )
        leads = self.env["crm.lead"].create(
            [
                {"name": name, "email_from": f"{name}@ample.example", "user_id": False}
                for name in ("ann", "bob")
            ]
        )
        cadence._enroll(leads)

        self.start_tour(
            f"/odoo/action-lead_followup.lead_cadence_action/{cadence.id}",
            "lead_cadence_versions",
            login="admin",
        )

        old = leads.cadence_id
        self.assertEqual((old.version_of_id, old.active), (cadence, False))
        self.assertEqual(old.step_ids.mapped("wait_days"), [0, 4])
        self.assertEqual(cadence.step_ids.mapped("wait_days"), [0, 8])
