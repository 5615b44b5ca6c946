from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..tools.friends import Friend
from .referral_common import LeadReferralCase
from .sending_common import SendingMixin

BEN = Friend("Ben Bold", "Bold Pumps", "ben@bold.example")


@tagged("post_install", "-at_install")
class TestLeadReferralRights(LeadReferralCase):
    """What a salesperson sees of a colleague's asks, and what he can't make of them."""

    def setUp(self):
        super().setUp()
        self.referral = self._make_referral()
        self.otto = self._make_user("otto", "sales_team.group_sale_salesman")

    def _see_links(self, user):
        kinds = ("poster", "details", "referral")
        links = self.env["lead.public.link"].with_user(user)
        found = links.search([("kind", "in", kinds), ("id", "in", self.links.ids)])
        return sorted(found.sudo().mapped("display_name"))

    def test_links_are_seen_by_whose_they_are(self):
        links = self.env["lead.public.link"]
        theirs = self._make_lead(name="Rosa's", user_id=self.user_rep.id)
        nobodys = self._make_lead(name="Nobody's", email_from="no@body.example")
        details = links._get_for("details", theirs | nobodys)
        poster = links._get_for("poster", self.show)[self.show]
        self.links = details[theirs] | details[nobodys] | poster | self.referral.link_id
        every = [
            "Complete your details: Nobody's",
            "Complete your details: Rosa's",
            "Refer a friend: Ann Ample",
            "Trade show poster: Spring Pump Expo",
        ]
        asker = self._make_user("asker", "sales_team.group_sale_salesman")
        self.referral.asked_by_id = asker

        self.assertEqual(self._see_links(self.user_rep), every)
        self.assertEqual(self._see_links(self.user_marketing), every)
        self.assertEqual(self._see_links(asker), [every[0], *every[2:]])
        self.assertEqual(self._see_links(self.otto), [every[0], every[3]])
        with self.assertRaises(AccessError):
            self.referral.link_id.with_user(self.otto).read(["token"])

    def test_whose_lead_came_by_it_sees_the_ask_but_not_its_link_nor_changes_it(self):
        self.referral._name_friends([BEN], may_name=False)
        self.referral.referred_lead_ids.user_id = self.otto
        self.env.flush_all()
        own = self.referral.with_user(self.otto)

        self.assertEqual(own.state, "answered")
        self.assertEqual(own.read(["ask_url"])[0]["ask_url"], False)
        self.assertIn(self.referral.link_id.token, self.referral.with_user(self.user_rep).ask_url)
        self.assertIn(
            self.referral.link_id.token, self.referral.with_user(self.user_marketing).ask_url
        )
        for act in (own.action_thanked, own.action_decline):
            with self.assertRaises(AccessError):
                act()

    def test_nor_does_he_read_the_email_with_the_link(self):
        referral, _left_out = self._ask(self._make_customer("Cara Calm", "cara@calm.example"))
        lead = self._make_lead(email_from="ben@bold.example", user_id=self.otto.id)
        referral._credit(lead, lead)
        self.env.flush_all()
        seen = {
            user: self.env["mail.message"]
            .with_user(user)
            .search([("model", "=", referral._name), ("res_id", "=", referral.id)])
            .filtered(lambda message: referral.link_id.token in message.body)
            for user in (self.otto, self.user_rep)
        }

        self.assertTrue(referral.with_user(self.otto).has_access("read"))
        self.assertEqual([len(seen[self.otto]), len(seen[self.user_rep])], [0, 1])

    def test_link_in_the_texts_of_a_lead_is_its_askers(self):
        lead = self._make_lead(user_id=self.otto.id)
        self.referral.lead_id = lead

        self.assertFalse(lead.with_user(self.otto).referral_ask_url)
        self.assertIn(
            self.referral.link_id.token, lead.with_user(self.otto).sudo().referral_ask_url
        )

    def test_attribution_is_not_written_by_hand(self):
        leads = self.env["crm.lead"].with_user(self.otto)
        own = leads.create({"name": "Mine", "user_id": self.otto.id})

        for values in ({"referral_id": self.referral.id}, {"referrer_may_be_named": True}):
            with self.subTest(values):
                with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                    own.write(values)
                with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                    leads.create({"name": "Other", **values})
        self.assertFalse(own.sudo().referral_id)

    def test_salesperson_merges_leads_and_the_referral_moves_along(self):
        self.referral._name_friends([BEN], may_name=True)
        friend = self.referral.referred_lead_ids
        head = self._make_lead(
            email_from="ben@bold.example", user_id=self.otto.id, type="opportunity"
        )
        friend.write({"user_id": self.otto.id, "type": "lead"})  # an opportunity comes first

        (head | friend).with_user(self.otto).merge_opportunity()

        self.assertFalse(friend.exists())
        self.assertEqual((head.referral_id, head.referrer_name), (self.referral, "Ann Ample"))

    def test_referrer_is_a_contact_one_may_see_of_the_leads_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        secret = self._make_contact("Secret", "secret@ample.example", company_id=other.id)
        both = self._make_user("both", "sales_team.group_sale_salesman")
        both.company_ids = [(4, other.id)]
        lead = self._make_lead(email_from="ben@bold.example", user_id=self.otto.id)
        theirs = self._make_lead(user_id=both.id).with_user(both)

        with self.assertRaises(AccessError):
            lead.with_user(self.otto).referrer_id = secret.with_user(self.otto)
        with self.assertRaisesRegex(UserError, "belongs to another company than this lead"):
            theirs.with_context(
                allowed_company_ids=[self.company.id, other.id]
            ).referrer_id = secret
        self.assertFalse((lead | theirs.sudo()).referral_id)

        lead.with_user(self.otto).referrer_id = self.customer
        self.assertEqual(lead.referral_id, self.referral)

    def test_outcome_is_rewritten_by_nobody_but_nothing_is_no_offence(self):
        own = self.referral.with_user(self.user_rep)

        for values in ({"user_id": self.otto.id}, {"state": "won"}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "not rewritten by hand"):
                own.write(values)
        own.browse().write({"state": "won"})

        self.assertEqual((self.referral.user_id, self.referral.state), (self.user_rep, "asked"))

    def test_plain_to_do_of_a_contact_is_marked_as_done(self):
        activity = self.customer.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user_rep.id
        )

        activity.with_user(self.user_rep).action_feedback("Done")

        self.assertFalse(self.customer.activity_ids)
        self.assertFalse(self.referral.thanked_at)


@tagged("post_install", "-at_install")
class TestLeadReferralCompanies(LeadReferralCase):
    def setUp(self):
        super().setUp()
        self.other = self.env["res.company"].create({"name": "Other"})

    def _open(self, partner, user, **vals):
        wizards = self.env["lead.referral.ask"].with_user(user)
        return wizards.create({"partner_ids": [(6, 0, partner.ids)], "channel": "call", **vals})

    def test_one_asks_for_companies_one_works_in(self):
        with self.assertRaisesRegex(AccessError, "companies you are working in"):
            self._open(self.customer, self.user_rep, company_id=self.other.id)

        self._open(self.customer, self.user_rep).action_ask()

        self.assertEqual(self.customer.referral_ids.company_id, self.company)

    def test_contact_that_companies_share_is_asked_once_by_all(self):
        own = self._make_customer("Cara Calm", "cara@calm.example", company_id=self.company.id)
        twin = self._make_contact("Cara Calm", "cara@calm.example", company_id=self.other.id)
        self._make_won_lead(twin, company_id=self.other.id, user_id=False)
        self._ask(self.customer | own, channel="call")
        referrals = self.env["lead.referral"]

        can, left_out = referrals._split_askable(self.customer | twin, "call", self.other)
        made, _left_out = referrals._ask(self.customer | twin, "call", self.other)

        self.assertEqual((can, left_out), (twin, {"asked_recently": self.customer}))
        self.assertEqual(made.partner_id, twin)
        with self.assertRaisesRegex(UserError, "Ann Ample: asked within the last 180 days"):
            referrals.create(
                {
                    "partner_id": self.customer.id,
                    "company_id": self.other.id,
                    "channel": "call",
                    "is_ask": True,
                }
            )
        _can, left_out = referrals._split_askable(own, "call", self.company)
        self.assertEqual(left_out, {"asked_recently": own})


@tagged("post_install", "-at_install")
class TestLeadReferralCredit(LeadReferralCase):
    """For whom a customer gets the credit, and who is told his name."""

    def setUp(self):
        super().setUp()
        self.referral = self._make_referral()

    def _find(self, email="ben@bold.example"):
        return self.env["crm.lead"].search([("email_normalized", "=", email)])

    def test_lead_we_had_already_is_a_friend_and_no_credit(self):
        known = self._make_lead(email_from="ben@bold.example", contact_name="Ben Bold")
        cy = Friend("Cy Cole", email="cy@cole.example")

        self.referral._name_friends([BEN, cy], may_name=True)

        new = self._find("cy@cole.example")
        self.assertEqual(self._find(), known)
        self.assertEqual((known.referral_id.id, known.email_consent), (False, False))
        self.assertFalse(known.referrer_name)
        self.assertEqual((new.referral_id, new.email_consent), (self.referral, "yes"))
        self.assertEqual(self.referral.friend_ids, known | new)
        known.action_set_won()
        self.assertEqual(self.referral.state, "answered")
        self.assertEqual(
            self.referral.activity_ids.summary, "Say thank you: Ann Ample named friends"
        )
        [line] = self.env["lead.referral.report"].search([("referral_id", "=", self.referral.id)])
        self.assertEqual((line.friend_count, line.lead_count, line.won_count), (2, 1, 0))

    def test_at_the_booth_too(self):
        known = self._make_lead(email_from="ben@bold.example", contact_name="Ben Bold")
        records = [
            {"key": email, "name": name, "email": email, "referred_by": "ann@ample.example"}
            for name, email in (("Ben Bold", "ben@bold.example"), ("Cy Cole", "cy@cole.example"))
        ]

        self.env["lead.import"]._capture(records, "booth", show=self.show)

        new = self._find("cy@cole.example")
        self.assertFalse(known.referral_id)
        self.assertEqual(new.referrer_id, self.customer)
        self.assertEqual(self.referral.friend_ids, known | new)

    def test_said_no_before_holds_for_a_new_lead_beside_a_won_one(self):
        won = self._make_lead(email_from="ben@bold.example", email_consent="no")
        won.action_set_won()

        self.referral._name_friends([BEN], may_name=False)

        [new] = self._find() - won
        self.assertEqual((new.referral_id, new.email_consent), (self.referral, "no"))

    def test_later_form_changes_nothing_of_what_was_said_of_earlier_friends(self):
        cy = Friend("Cy Cole", email="cy@cole.example")

        self.referral._name_friends([BEN], may_name=False)
        self.referral._name_friends([BEN, cy], may_name=True)
        self.referral._name_friends([cy], may_name=False)

        self.assertFalse(self._find().referrer_name)
        self.assertEqual(self._find("cy@cole.example").referrer_name, "Ann Ample")

    def test_referrer_given_by_hand_is_not_named(self):
        self.referral._name_friends([BEN], may_name=True)
        lead = self._find()
        lead.referrer_id = self._make_contact("Cara Calm", "cara@calm.example")

        self.assertEqual((lead.referrer_id.name, lead.referrer_name), ("Cara Calm", False))

    def test_whoever_is_not_to_be_contacted_is_neither_named_nor_thanked(self):
        self._make_lead(email_from="ann@ample.example", do_not_contact=True)

        self.referral._name_friends([BEN], may_name=True)
        self._find().action_set_won()

        self.assertEqual((self._find().referral_id, self.referral.state), (self.referral, "won"))
        self.assertFalse(self._find().referrer_name)
        self.assertFalse(self.referral.needs_thanks or self.referral.activity_ids)


@tagged("post_install", "-at_install")
class TestLeadReferralStepLink(SendingMixin, LeadReferralCase):
    """A step's e-mail never carries the link of an ask that was given up."""

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
        step = {"name": "Ask", "template_id": template.id, "asks_referral": True}
        self.cadence = self.env["lead.cadence"].create(
            {"name": "After the sale", "step_ids": [(0, 0, step)]}
        )

    def _plan(self, **vals):
        self.cadence.write(vals)
        lead = self._make_lead(partner_id=self.customer.id, user_id=self.user_rep.id)
        self.cadence._enroll(lead)
        return lead

    def _pause_approved(self):
        lead = self._plan(is_first_email_approved=True)
        lead.touch_ids.with_user(self.user_rep).action_approve_emails()
        lead.enrollment_id.with_user(self.user_rep).action_pause()
        return lead

    def test_after_a_pause_an_approved_mail_is_written_anew_and_asks(self):
        lead = self._pause_approved()
        dead = lead.touch_ids.referral_ids.link_id
        lead.enrollment_id.with_user(self.user_rep).action_resume()
        self._run_cadences()
        [touch] = lead.touch_ids.filtered(lambda one: one.state == "approval")
        touch.with_user(self.user_rep).action_approve_emails()

        [mail] = self._run_queue(touch.planned_at + timedelta(minutes=1))

        [ask] = touch.referral_ids
        body = mail.get_body(("html",)).get_content()
        self.assertNotIn(dead.token, body)
        self.assertIn(ask.link_id.token, body)
        self.assertEqual((ask.state, ask.link_id.state), ("asked", "live"))

    def test_asked_by_somebody_else_during_the_pause_he_is_not_asked_again(self):
        lead = self._pause_approved()
        self._ask(channel="call")

        lead.enrollment_id.with_user(self.user_rep).action_resume()
        self._run_cadences()

        self.assertIn("asked_recently", lead.touch_ids.mapped("reason"))
        self.assertFalse(self._run_queue("2026-04-20 16:30:00"))
        self.assertEqual(self.customer.referral_ids.mapped("state").count("asked"), 1)

    def test_failed_mail_put_back_in_the_queue_does_not_go_out(self):
        touch = self._plan().touch_ids
        touch.state = "sending"
        touch.mail_id.state = "exception"
        touch.mail_id._postprocess_sent_message([], [], failure_type="mail_email_invalid")
        before = (touch.state, touch.referral_ids.state)

        touch.mail_id.mark_outgoing()
        sent = self._run_queue(touch.planned_at + timedelta(minutes=1))

        self.assertEqual((before, sent), (("failed", "failed"), []))
        self.assertEqual((touch.state, touch.mail_id.state), ("skipped", "cancel"))
        self.assertEqual(touch.reason_text, "The link in its e-mail works no more")

    def test_declined_while_queued_it_does_not_go_out(self):
        touch = self._plan().touch_ids
        touch.referral_ids.with_user(self.user_rep).action_decline()

        sent = self._run_queue(touch.planned_at + timedelta(minutes=1))

        self.assertFalse(sent)
        self.assertEqual((touch.state, touch.reason), ("skipped", "declined"))
        self.assertEqual(touch.reason_text, "The customer would rather not")

    def test_one_that_may_have_gone_out_keeps_its_link_and_may_be_sent_again(self):
        touch = self._plan().touch_ids
        touch._mark_doubtful()
        with freeze_time(touch.planned_at + timedelta(minutes=1)):
            touch.mail_id.mark_outgoing()

        sent = self._run_queue(touch.planned_at + timedelta(minutes=2))

        self.assertIn(touch.referral_ids.link_id.token, sent[0].get_body(("html",)).get_content())
