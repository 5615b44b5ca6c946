from odoo.tests import tagged

from .common import LeadFollowupCase
from .sending_common import SendingMixin


@tagged("post_install", "-at_install")
class TestLeadMailThread(SendingMixin, LeadFollowupCase):
    """An answer as a mail program writes it to the e-mail that the mail server really got."""

    def setUp(self):
        super().setUp()
        domain = self.env["mail.alias.domain"].create(
            {"name": "seller.example", "catchall_alias": "catchall", "bounce_alias": "bounce"}
        )
        self.company.alias_domain_id = domain
        self.touch = self._enroll()
        self.lead = self.touch.lead_id
        [self.message] = self._run_queue("2026-03-20 13:00:00")

    def _answer(self, with_references=True, **headers):
        """Answer ``self.message``: to its Reply-To, with its Message-Id."""
        sent = self.message
        headers = {
            "From": "ann@ample.example",
            "To": sent["Reply-To"] or sent["From"],
            "Subject": f"Re: {sent['Subject']}",
            "Message-ID": "<answer@ample.example>",
            **(
                {"In-Reply-To": sent["Message-Id"], "References": sent["Message-Id"]}
                if with_references
                else {}
            ),
            **headers,
        }
        lines = [f"{name}: {value}" for name, value in headers.items()]
        self.env["mail.thread"].message_process(None, "\n".join([*lines, "", "Yes, a quote."]))

    def test_the_mail_asks_for_answers_where_the_gateway_reads_them(self):
        self.assertIn("catchall@seller.example", self.message["Reply-To"])
        self.assertIn(self.user_rep.name, self.message["From"])
        self.assertEqual(self.message["Message-Id"], self.touch.mail_id.message_id)

    def test_an_answer_lands_on_the_lead_and_stops_the_cadence(self):
        self._answer()

        self.assertIn("Yes, a quote.", self.lead.message_ids[0].body)
        self.assertEqual(self.lead.enrollment_ids.stop_reason, "replied")
        self.assertEqual(self.touch.outcome, "replied")

    def test_an_answer_from_a_private_address_lands_there_by_its_references(self):
        self._answer(From="ann.private@mail.example")

        self.assertEqual(self.lead.enrollment_ids.stop_reason, "replied")

    def test_an_answer_that_lost_its_references_lands_there_by_its_sender(self):
        self._answer(with_references=False, To="catchall@seller.example")

        self.assertEqual(self.lead.enrollment_ids.stop_reason, "replied")

    def test_a_stranger_without_references_stops_nothing(self):
        self._answer(with_references=False, From="stranger@mail.example")

        self.assertEqual(self.lead.enrollment_ids.state, "active")
