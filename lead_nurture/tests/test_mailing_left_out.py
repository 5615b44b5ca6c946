from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .engagement_common import EngagementCase


@tagged("post_install", "-at_install")
class TestMailingLeftOut(EngagementCase):
    """Whom a nurture mailing leaves out is counted when somebody asks, not at each look."""

    def setUp(self):
        super().setUp()
        self.busy = self._make_lead(user_id=self.user_rep.id)
        self.env.ref("lead_followup.lead_cadence_general")._enroll(self.busy)
        self.free = self._make_lead(email_from="bob@best.example")
        self.mailing.write(
            {
                "is_lead_nurture": True,
                "body_html": "<p>News</p>",
                "mailing_domain": str([("id", "in", (self.busy | self.free).ids)]),
            }
        )

    def test_opening_a_draft_works_out_no_recipients(self):
        mailings = self.env.registry["mailing.mailing"]

        with patch.object(mailings, "_get_recipients", side_effect=AssertionError("worked out")):
            form = Form(self.mailing)
            self.assertEqual(form.lead_with_sales_count, 0)
            with self.assertRaisesRegex(AssertionError, "worked out"):
                self.mailing.action_count_lead_left_out()

    def test_counting_tells_and_keeps_the_numbers(self):
        told = self.mailing.action_count_lead_left_out()

        self.assertIn("1 with sales, 0 written to lately", told["params"]["message"])
        self.assertEqual(self.mailing.lead_with_sales_count, 1)
        self.assertEqual(self.mailing.copy().lead_with_sales_count, 0)

    def test_whoever_may_not_write_mailings_counts_none(self):
        with self.assertRaises(AccessError):
            self.mailing.with_user(self.user_rep).action_count_lead_left_out()

    def test_nothing_but_the_address_is_read_of_the_leads(self):
        self.env.flush_all()
        self.env.invalidate_all()

        self.mailing._split_left_out((self.busy | self.free).ids)

        cached = self.env.cache.contains
        lead = self.env["crm.lead"].browse(self.free.id)
        self.assertTrue(cached(lead, lead._fields["email_normalized"]))
        self.assertFalse(cached(lead, lead._fields["name"]))
