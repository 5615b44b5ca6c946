from odoo import Command
from odoo.tests import tagged

from .common import LeadFollowupCase
from .sending_common import SendingMixin


@tagged("post_install", "-at_install")
class TestLeadSameAddress(SendingMixin, LeadFollowupCase):
    """Two leads with one address: who e-mails, and who does not."""

    def _get_emails(self, lead):
        return lead.touch_ids.filtered(lambda touch: touch.channel == "email")

    def assertEmailed(self, *leads):
        for lead in leads:
            self.assertEqual(self._get_emails(lead).mapped("state"), ["queued"])

    def test_the_second_lead_with_an_address_gets_its_calls_and_no_e_mails(self):
        first, second = leads = self._make_lead(user_id=self.user_rep.id) | self._make_lead(
            user_id=self.user_rep.id, email_from="Ann <ANN@ample.example>", phone="+12025550155"
        )

        self.cadence._enroll(leads)

        self.assertEmailed(first)
        emails = self._get_emails(second)
        self.assertEqual(set(emails.mapped("state")), {"blocked"})
        self.assertEqual(set(emails.mapped("reason")), {"same_address"})
        self.assertIn("written to already", emails[0].reason_text)
        self.assertEqual(second.next_channel, "call")

    def test_people_of_one_house_are_all_written_to(self):
        first, second = leads = self._make_lead(
            user_id=self.user_rep.id, phone="+12025550155", partner_name="Ample"
        ) | self._make_lead(
            user_id=self.user_rep.id,
            phone="+12025550155",
            partner_name="Ample",
            email_from="ann.b@ample.example",
        )

        self.cadence._enroll(leads)

        self.assertEmailed(first, second)

    def test_once_the_first_has_ended_the_second_is_written_to(self):
        first = self._enroll().lead_id
        first.enrollment_id._stop("manual")

        second = self._enroll().lead_id

        self.assertEmailed(second)

    def test_a_lead_of_another_company_counts_for_itself(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.user_rep.company_ids = [Command.link(other.id)]
        first = self._make_lead(user_id=self.user_rep.id, company_id=self.company.id, team_id=False)
        second = self._make_lead(user_id=self.user_rep.id, company_id=other.id, team_id=False)

        for lead in (first, second):
            self.cadence._enroll(lead)

        self.assertEmailed(first, second)

    def test_two_that_were_enrolled_at_the_same_time_are_told_apart_before_sending(self):
        # as if neither transaction had seen the other
        first, second = self._enroll(), self._enroll(email_from="bob@ample.example")
        second.lead_id.email_from = first.lead_id.email_from
        second.mail_id.email_to = "ann@ample.example"

        self._run_queue("2026-03-20 13:30:00")
        self._run_queue("2026-03-20 17:30:00")

        self.assertEqual(self._get_recipients(), ["ann@ample.example"])
        self.assertEqual((second.state, second.reason), ("blocked", "same_address"))
        self.assertEqual(first.state, "done")

    def test_an_address_that_is_none_is_told_apart_from_none(self):
        unusable = self._make_lead(user_id=self.user_rep.id, email_from="ann at ample")
        none = self._make_lead(user_id=self.user_rep.id, email_from=False)

        self.cadence._enroll(unusable | none)

        self.assertEqual(set(self._get_emails(unusable).mapped("reason")), {"mail_email_invalid"})
        self.assertEqual(set(self._get_emails(none).mapped("reason")), {"no_email"})

    def test_many_cost_no_more_queries_than_few(self):
        def enroll(count, name):
            leads = self.env["crm.lead"].union(
                *(
                    self._make_lead(user_id=self.user_rep.id, email_from=f"{name}@ample.example")
                    for _number in range(count)
                )
            )
            return self.cadence._enroll(leads)

        few, many = enroll(2, "few"), enroll(20, "many")
        counts = []
        for enrollments in (few, many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(enrollments._filter_same_address()), len(enrollments) - 1)
            counts.append(self.env.cr.sql_log_count - before)

        self.assertEqual(counts[0], counts[1])
