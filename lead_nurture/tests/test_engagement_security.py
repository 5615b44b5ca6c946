from odoo.exceptions import AccessError
from odoo.tests import tagged

from .engagement_common import EngagementCase


@tagged("post_install", "-at_install")
class TestEngagementSecurity(EngagementCase):
    """Who asked for which link is the program's own; its events are the lead's."""

    def test_hits_are_read_by_administrators_alone(self):
        self._trace(self._make_lead()).set_opened()
        hits = self.env["lead.mail.hit"]

        for user in (self.user_rep, self.user_marketing):
            with self.subTest(user.login), self.assertRaises(AccessError):
                hits.with_user(user).search([]).mapped("agent")
        self.assertTrue(hits.with_user(self.env.ref("base.user_admin")).search([]))

    def test_whoever_sends_mailings_and_sees_no_leads_notes_events_all_the_same(self):
        mailer = self._make_user("mia", "mass_mailing.group_mass_mailing_user")
        lead = self._make_lead()
        trace = self._trace(lead)

        trace.with_user(mailer).set_replied()
        trace.with_user(mailer).set_bounced()

        self.assertEqual(set(lead.event_ids.mapped("kind")), {"reply", "bounce"})

    def test_a_rep_sees_the_events_of_his_leads_and_not_of_others(self):
        own = self._make_lead(user_id=self.user_rep.id)
        others = self._make_lead(user_id=self.user_marketing.id, email_from="bob@best.example")
        for lead in (own, others):
            self._trace(lead).set_opened()

        seen = self.env["lead.event"].with_user(self.user_rep).search([("kind", "=", "open")])

        self.assertIn(own, seen.lead_id)
        self.assertNotIn(others, seen.lead_id)
        self.assertEqual(own.with_user(self.user_rep).event_ids.mapped("worth"), [1])

    def test_a_nurture_mailings_numbers_are_shown_to_who_sees_no_leads(self):
        mailer = self._make_user("max", "mass_mailing.group_mass_mailing_user")
        lead = self._make_lead(user_id=self.user_rep.id)
        self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(lead)
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": "News",
                "mailing_model_id": self.env.ref("base.model_res_partner").id,
                "mailing_domain": "[('email', '=', 'ann@ample.example')]",
                "is_lead_nurture": True,
            }
        )
        self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})

        mailing.with_user(mailer).action_count_lead_left_out()
        self.assertEqual(mailing.with_user(mailer).lead_with_sales_count, 1)
