from freezegun import freeze_time

from odoo.tests import tagged

from ..tools.friends import Friend
from .referral_common import LeadReferralCase
from .sending_common import SendingMixin

# Tuesday morning in Los Angeles: in the window of the second day
TUESDAY = "2026-03-24 16:30:00"


@tagged("post_install", "-at_install")
class TestLeadReferralStep(SendingMixin, LeadReferralCase):
    """A step of a cadence whose e-mail asks for a referral."""

    def setUp(self):
        super().setUp()
        template = self.env["mail.template"].create(
            {
                "name": "Ask",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "subject": "Whom do you know?",
                "use_default_to": True,
                "body_html": "<p><t t-out='object.referral_ask_url'>link</t></p>",
            }
        )
        self.cadence = self.env["lead.cadence"].create(
            {
                "name": "After the sale",
                "step_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Ask",
                            "channel": "email",
                            "template_id": template.id,
                            "asks_referral": True,
                        },
                    )
                ],
            }
        )

    def _plan(self, partner=None):
        partner = partner or self.customer
        lead = self._make_lead(
            partner_id=partner.id, email_from=partner.email, user_id=self.user_rep.id
        )
        self.cadence._enroll(lead)
        self._run_cadences()
        return lead

    def test_mail_carries_the_link_and_the_ask_is_noted_when_it_is_sent(self):
        lead = self._plan()
        touch = lead.touch_ids
        before = touch.referral_ids.state

        sent = self._run_queue(touch.planned_at)

        [referral] = touch.referral_ids
        self.assertEqual((before, referral.state), ("to_send", "asked"))
        self.assertEqual(referral.asked_at, touch.planned_at)
        self.assertEqual((referral.partner_id, referral.lead_id), (self.customer, lead))
        self.assertIn(referral.link_id.token, sent[0].get_body(("html",)).get_content())

    def test_whoever_was_asked_is_passed_over_with_the_reason(self):
        self._make_referral()

        touch = self._plan().touch_ids

        self.assertEqual((touch.state, touch.reason), ("skipped", "asked_recently"))
        self.assertEqual(touch.reason_text, "Asked not long ago")
        self.assertFalse(touch.referral_ids)

    def test_no_customer_is_passed_over(self):
        touch = self._plan(self._make_contact("Plain", "plain@ample.example")).touch_ids

        self.assertEqual((touch.state, touch.reason), ("skipped", "not_customer"))

    def test_from_being_queued_nobody_else_asks(self):
        self._plan()

        _asked, left_out = self._ask()

        self.assertEqual(left_out, {"asked_recently": ["Ann Ample"]})

    def test_where_the_mail_is_withdrawn_he_may_be_asked_again(self):
        lead = self._plan()
        lead.enrollment_id._stop("replied")

        asked, _left_out = self._ask()

        self.assertEqual(lead.touch_ids.referral_ids.state, "failed")
        self.assertEqual(len(asked), 1)

    def test_in_test_mode_he_is_not_asked_yet(self):
        self.company.write({"lead_test_email": "test@seller.example.com", "lead_test_mode": True})
        touch = self._plan().touch_ids

        [sent] = self._run_queue(touch.planned_at)

        self.assertEqual(sent["To"], "test@seller.example.com")
        self.assertEqual(touch.referral_ids.state, "to_send")

    def test_plain_step_asks_nobody(self):
        self.cadence.step_ids.asks_referral = False

        touch = self._plan().touch_ids

        self.assertEqual(touch.state, "queued")
        self.assertFalse(touch.referral_ids)

    def test_mail_prepared_anew_for_another_sender_is_the_same_ask(self):
        lead = self._plan()
        other = self._make_user("otto", "sales_team.group_sale_salesman")

        lead.user_id = other
        with freeze_time(lead.touch_ids.planned_at):
            self._run_queue(lead.touch_ids.planned_at)

        self.assertEqual(lead.touch_ids.referral_ids.state, "asked")

    def test_first_mail_to_a_friend_names_the_customer_if_he_allows(self):
        self.company.write(
            {
                "lead_auto_cadence_id": self.env.ref("lead_followup.lead_cadence_general").id,
                "lead_marketing_user_id": self.user_marketing.id,
            }
        )
        referral = self._make_referral()
        referral._name_friends(
            [Friend("Ben Bold", "Bold Pumps", "ben@bold.example")], may_name=True
        )
        self._run_imports()
        self._run_cadences()
        lead = referral.referred_lead_ids
        touch = lead.touch_ids.filtered(lambda one: one.channel == "email")

        [sent] = self._run_queue(touch.planned_at)

        self.assertEqual(lead.cadence_id, self.env.ref("lead_followup.lead_cadence_general"))
        self.assertIn("Ann Ample", sent.get_body(("html",)).get_content())
