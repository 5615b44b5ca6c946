from pathlib import Path

from odoo.tests import tagged

from .common import LeadFollowupCase

REPORTS = Path(__file__).parent / "data" / "bounces"


class LeadBounceCase(LeadFollowupCase):
    """Delivery reports as mail servers write them, through Odoo's real gateway."""

    def setUp(self):
        super().setUp()
        domain = {"name": "seller.example.com", "bounce_alias": "bounce"}
        self.env.company.alias_domain_id = self.env["mail.alias.domain"].create(domain)
        self.lead = self._make_lead(
            user_id=self.user_rep.id, phone="+12025550155", email_from="Ann@ample.example"
        )
        self.twin = self._make_lead(name="Twin", email_from="ann@ample.example")
        self.other = self._make_lead(name="Other", email_from="bob@ample.example")
        cadence = self.env.ref("lead_followup.lead_cadence_trade_show")
        self.enrollment = cadence._enroll(self.lead)
        self.mail = self.lead.touch_ids.mail_id

    def _receive(self, name):
        text = (REPORTS / f"{name}.eml").read_text()
        text = text.replace("{message_id}", self.mail.message_id)
        return self.env["mail.thread"].message_process("crm.lead", text)

    def _make_sent(self):
        self.lead.touch_ids._mark_done("2026-03-20 12:00:00", is_human=False)


@tagged("post_install", "-at_install")
class TestLeadBounce(LeadBounceCase):
    def assertOpen(self):
        self.assertFalse((self.lead | self.twin | self.other).filtered("email_wrong"))
        self.assertEqual(self.enrollment.state, "active")

    def test_an_address_that_does_not_exist_is_marked_on_all_its_leads(self):
        for name in ("postfix_unknown_user", "exchange_unknown_user", "gmail_unknown_user"):
            with self.subTest(name):
                leads = self.lead | self.twin | self.other
                leads.action_trust_addresses()

                self._receive(name)

                self.assertEqual(leads.filtered("email_wrong"), self.lead | self.twin)
                self.assertEqual(self.lead.wrong_email, "ann@ample.example")

    def test_the_touch_says_so_and_the_calls_go_on(self):
        self._make_sent()
        mail_touch = self.lead.touch_ids

        self._receive("postfix_unknown_user")
        self._run_cadences()

        self.assertEqual((mail_touch.state, mail_touch.outcome), ("done", "bounced"))
        self.assertEqual(self.enrollment.state, "active")
        self.assertEqual(self.lead.next_channel, "call")
        self.assertFalse(self.lead.is_blacklisted)

    def test_later_e_mail_steps_are_blocked_with_the_reason(self):
        self._make_sent()
        self._receive("postfix_unknown_user")
        for _step in range(4):
            self._run_cadences()
            self.lead.touch_ids.filtered(lambda touch: touch.state == "queued").activity_id.unlink()

        blocked = self.lead.touch_ids.filtered(lambda touch: touch.reason == "email_bounced")
        self.assertEqual((blocked.channel, blocked.state), ("email", "blocked"))

    def test_an_e_mail_in_the_queue_is_blocked_at_once(self):
        self._receive("postfix_unknown_user")

        touch = self.lead.touch_ids
        self.assertEqual((touch.state, touch.reason), ("blocked", "email_bounced"))
        self.assertEqual(self.mail.state, "cancel")

    def test_what_may_still_arrive_marks_nothing(self):
        for name in (
            "postfix_delayed",
            "exchange_expired",
            "gmail_delayed",
            "postfix_delivered",
            "out_of_office_to_return_path",
            "qmail_text_only",
        ):
            with self.subTest(name):
                self._receive(name)

                self.assertOpen()

    def test_a_report_about_a_stranger_marks_nobody(self):
        self.lead.email_from = "new@ample.example"
        self.twin.email_from = "twin@ample.example"

        self._receive("postfix_unknown_user")

        self.assertOpen()

    def test_the_address_it_was_forwarded_from_is_marked(self):
        self._receive("postfix_forwarded")

        self.assertTrue(self.lead.email_wrong)
        self.assertFalse(self.other.email_wrong)

    def test_who_writes_from_the_address_shows_that_it_is_right(self):
        self._receive("postfix_unknown_user")

        self.env["mail.thread"].message_process(
            "crm.lead",
            "From: ann@ample.example\nTo: sales@seller.example.com\nSubject: Hello\n"
            "Message-ID: <77@ample.example>\n\nIt works again.",
        )

        self.assertFalse((self.lead | self.twin).filtered("email_wrong"))

    def test_a_corrected_address_is_written_to_again(self):
        self._receive("postfix_unknown_user")

        self.lead.email_from = "ann.ample@ample.example"

        self.assertIsNone(self.lead._get_email_obstacle())

    def test_the_report_twice_is_noted_once(self):
        self._receive("postfix_unknown_user")
        count = len(self.lead.message_ids)

        self._receive("postfix_unknown_user")

        self.assertEqual(len(self.lead.message_ids), count)


@tagged("post_install", "-at_install")
class TestOptOut(LeadFollowupCase):
    """Who opts out of e-mail ends the cadence; an address that bounced did not opt out."""

    def setUp(self):
        super().setUp()
        self.lead = self._make_lead(user_id=self.user_rep.id, phone="+12025550155")
        cadence = self.env.ref("lead_followup.lead_cadence_trade_show")
        self.enrollment = cadence._enroll(self.lead)

    def test_an_opt_out_ends_the_cadence_at_once(self):
        self.env["mail.blacklist"]._add("Ann@ample.example")

        self.assertEqual(
            (self.enrollment.state, self.enrollment.stop_reason), ("stopped", "opted_out")
        )
        self.assertEqual(self.lead.touch_ids.mail_id.state, "cancel")

    def test_an_opt_out_taken_up_again_ends_it_too(self):
        entry = self.env["mail.blacklist"].create({"email": "ann@ample.example", "active": False})
        self.assertEqual(self.enrollment.state, "active")

        entry.action_unarchive()

        self.assertEqual(self.enrollment.stop_reason, "opted_out")

    def test_another_s_opt_out_or_its_end_stops_nothing(self):
        self.env["mail.blacklist"]._add("bob@best.example")
        self.env["mail.blacklist"]._remove("ann@ample.example")

        self.assertEqual(self.enrollment.state, "active")

    def test_an_address_put_on_the_list_for_bouncing_stops_nothing(self):
        self.env["mail.blacklist"].with_context(lead_bounce_handling=True)._add("ann@ample.example")

        self.assertEqual(self.enrollment.state, "active")
