from odoo.tests import tagged

from odoo.addons.lead_followup.tests.common import LeadFollowupCase
from odoo.addons.lead_followup.tests.sending_common import SendingMixin

SENT = "2026-03-20 13:00:00"


@tagged("post_install", "-at_install")
class TestTrackMailing(SendingMixin, LeadFollowupCase):
    """E-mails of a step with a mailing, as the mail server gets them."""

    def setUp(self):
        super().setUp()
        self.company.lead_marketing_user_id = self.user_marketing
        self.mailing = self.env["mailing.mailing"].create(
            {
                "subject": "Monthly",
                "mailing_model_id": self.env.ref("crm.model_crm_lead").id,
            }
        )
        self.step = self.env.ref("lead_nurture.lead_cadence_stay_in_touch").step_ids
        self.step.mailing_id = self.mailing

    def _start(self):
        lead = self._make_lead()
        lead.action_start_nurture()
        return lead

    def test_the_headers_are_the_mailings_and_not_doubled(self):
        self._start()

        [message] = self._run_queue(SENT)

        [header] = message.get_all("List-Unsubscribe")
        self.assertIn(f"/mailing/{self.mailing.id}/unsubscribe_oneclick", header)
        self.assertEqual(len(message.get_all("List-Unsubscribe-Post")), 1)
        html = message.get_body(("html",)).get_content()
        self.assertIn("/lead/opt-out/", html)
        self.assertNotIn("&lt;", html)

    def test_a_text_with_the_mailings_own_link_gets_no_second_one(self):
        self.step.template_id.body_html = '<p>Hi. <a href="/unsubscribe_from_list">Stop</a></p>'
        self._start()

        [message] = self._run_queue(SENT)

        html = message.get_body(("html",)).get_content()
        self.assertNotIn("/lead/opt-out/", html)
        self.assertIn(f"/mailing/{self.mailing.id}/confirm_unsubscribe", html)

    def test_a_test_tells_the_mailing_nothing(self):
        self.company.write({"lead_test_email": "tester@seller.example", "lead_test_mode": True})
        lead = self._start()

        [message] = self._run_queue(SENT)

        self.assertEqual(message["To"], "tester@seller.example")
        [header] = message.get_all("List-Unsubscribe")
        self.assertIn("email=tester%40seller.example", header)
        self.assertNotIn("ann%40ample.example", message.as_string())
        html = message.get_body(("html",)).get_content()
        self.assertNotIn("/mail/track/", html)
        self.assertNotIn("&lt;", html)
        self.assertEqual(self.mailing.mailing_trace_ids.trace_status, "outgoing")

        self.company.lead_test_mode = False
        self._release("2026-03-20 13:05:00")
        [message] = self._run_queue("2026-03-20 13:10:00")
        self.assertEqual(message["To"], "ann@ample.example")
        self.assertIn("/mail/track/", message.get_body(("html",)).get_content())
        self.assertEqual(self.mailing.mailing_trace_ids.trace_status, "sent")
        self.assertEqual(lead.touch_ids.filtered("done_at").state, "done")
