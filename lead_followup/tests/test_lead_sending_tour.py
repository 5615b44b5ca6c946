from odoo.tests import HttpCase, tagged

from ..models.lead_touch_stop import HELD_UNTIL


@tagged("post_install", "-at_install")
class TestLeadSendingTour(HttpCase):
    """Everything stopped by the switch, seen, and let go, in Chromium."""

    def test_stop_see_and_release(self):
        admin = self.env.ref("base.user_admin")
        admin.email = "admin@seller.example"
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": f"Pumps {number}",
                    "email_from": f"lead{number}@ample.example",
                    "user_id": admin.id,
                    "country_id": self.env.ref("base.us").id,
                }
                for number in (1, 2)
            ]
        )
        self.env.ref("lead_followup.lead_cadence_general")._enroll(leads)
        mails = leads.touch_ids.mail_id
        self.assertEqual(len(mails), 2)

        self.start_tour("/odoo/settings", "lead_followup_stop_sending", login="admin")

        self.assertFalse(self.env.company.lead_sending_stopped)
        self.assertEqual(set(mails.mapped("scheduled_date")), {HELD_UNTIL})
        with self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_release_held_emails").method_direct_trigger()
        self.assertEqual(mails.mapped("scheduled_date"), leads.touch_ids.mapped("planned_at"))
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
