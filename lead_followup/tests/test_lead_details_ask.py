from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import Form, tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadDetailsAsk(LeadFollowupCase):
    """A salesperson asks a lead for its details by e-mail."""

    def setUp(self):
        super().setUp()
        self.company = self.env.company
        self.lead = self._make_lead(user_id=self.user_rep.id)
        self.link = self.env["lead.public.link"]._get_for("details", self.lead)[self.lead]

    def _ask(self, lead=None):
        return (lead or self.lead).with_user(self.user_rep).action_ask_details()

    def _send(self, action):
        composer = self.env["mail.compose.message"].with_user(self.user_rep)
        Form(composer.with_context(**action["context"])).save()._action_send_mail()

    def _get_asks(self):
        return self.lead.message_ids.filtered(lambda said: self.link.token in said.body)

    def test_two_clicks_send_the_personal_link(self):
        self._send(self._ask())

        ask = self._get_asks()
        self.assertEqual(len(ask), 1)
        self.assertEqual(ask.author_id, self.user_rep.partner_id)
        self.assertIn(f'href="{self.link.url}"', ask.body)
        reached = ask.notification_ids.filtered(lambda one: one.notification_type == "email")
        self.assertEqual(reached.res_partner_id.mapped("email"), ["ann@ample.example"])

    def test_whoever_was_asked_lately_is_asked_again_by_who_insists(self):
        self._send(self._ask())

        with self.assertRaises(RedirectWarning) as raised:
            self._ask()
        words, action, button, _context = raised.exception.args
        self.assertIn("got its link", words)
        self.assertEqual(button, "Ask Again")
        self._send(action)
        self.assertEqual(len(self._get_asks()), 2)

    def test_after_the_companys_days_it_is_asked_without_a_warning(self):
        self.company.lead_details_again_days = 10
        self._send(self._ask())

        with freeze_time(fields.Datetime.now() + timedelta(days=10, seconds=-1)):
            self.assertRaises(RedirectWarning, self._ask)
        with freeze_time(fields.Datetime.now() + timedelta(days=10, seconds=1)):
            self.assertEqual(self._ask()["res_model"], "mail.compose.message")

    def test_zero_days_never_warn(self):
        self.company.lead_details_again_days = 0
        self._send(self._ask())

        self.assertEqual(self._ask()["res_model"], "mail.compose.message")

    def test_the_link_of_a_cadences_email_counts_unless_it_never_left(self):
        template = self.env.ref("lead_followup.mail_template_details")
        [mail] = self.lead.with_context(
            mail_composer_force_partners=False
        ).message_mail_with_source(template, force_send=False, auto_delete=False)

        self.assertRaises(RedirectWarning, self._ask)
        mail.state = "exception"
        self.assertEqual(self._ask()["res_model"], "mail.compose.message")

    def test_other_messages_of_the_lead_are_no_ask(self):
        self.lead.message_post(body="See you at the booth", message_type="comment")

        self.assertEqual(self._ask()["res_model"], "mail.compose.message")

    def test_nobody_is_asked_whom_no_email_may_reach(self):
        closed = {
            "no e-mail address": {"email_from": False},
            "come back": {"wrong_email": "ann@ample.example"},
            "wants no e-mails": {"do_not_contact": True},
        }
        for words, vals in closed.items():
            with self.subTest(words):
                lead = self._make_lead(user_id=self.user_rep.id, **vals)
                with self.assertRaisesRegex(UserError, words):
                    self._ask(lead)
        refused = self._make_lead(user_id=self.user_rep.id, email_consent="no")
        with self.assertRaisesRegex(UserError, "wants no e-mails"):
            self._ask(refused)
        self.env["mail.blacklist"]._add("ann@ample.example")
        with self.assertRaisesRegex(UserError, "wants no e-mails"):
            self._ask()

    def test_nothing_left_to_ask_is_said(self):
        interest = self.env["lead.interest"].create({"name": "Metering pumps"})
        self.lead.write({"phone": "+1 212 555 0199", "interest_ids": [(4, interest.id)]})
        answers = {"budget": "gt250k", "timeframe": "0_3m", "need": "some"}
        self.lead._record_answers({self.lead: answers}, source="Test")

        with self.assertRaisesRegex(UserError, "is known of this lead"):
            self._ask()

    def test_only_who_may_write_to_the_lead_asks(self):
        other = self._make_lead(user_id=self.user_marketing.id, email_from="eve@else.example")

        with self.assertRaises(AccessError):
            self._ask(other)
