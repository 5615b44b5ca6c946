from odoo.tests import tagged

from ..tools.friends import Friend
from .referral_common import LeadReferralCase

BEN = Friend("Ben Bold", "Bold Pumps", "ben@bold.example", "", "They build a plant")


@tagged("post_install", "-at_install")
class TestLeadReferralFriends(LeadReferralCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.referral = cls.env["lead.referral"].browse()

    def setUp(self):
        super().setUp()
        self.referral = self._make_referral()

    def _find(self, email="ben@bold.example"):
        return self.env["crm.lead"].search([("email_normalized", "=", email)])

    def _get_events(self, leads):
        return leads.event_ids.filtered(lambda event: event.kind == "referral")

    def test_new_friend_is_a_lead_of_the_referral_with_its_points(self):
        self.referral._name_friends([BEN], may_name=True)

        lead = self._find()
        self.assertEqual((lead.contact_name, lead.partner_name), ("Ben Bold", "Bold Pumps"))
        self.assertEqual(lead.referral_id, self.referral)
        self.assertEqual(lead.referrer_id, self.customer)
        self.assertEqual(lead.source_id, self.env.ref("utm.utm_source_referral"))
        self.assertFalse(lead.medium_id)
        self.assertFalse(lead.visit_ids)
        said = f"{lead.description}{lead.message_ids.mapped('body')}"
        self.assertIn("Ann Ample: “They build a plant”", said)
        self.assertEqual(lead.score_engagement, 10)
        self.assertEqual(lead.email_consent, "yes")
        self.assertEqual(str(lead.first_touch_deadline), "2026-03-21 12:00:00")  # 24 hours
        self.assertEqual((self.referral.state, self.referral.friend_count), ("answered", 1))

    def test_same_friend_ten_times_is_one_lead_one_event_and_one_friend(self):
        for _time in range(10):
            self.referral._name_friends([BEN], may_name=False)

        lead = self._find()
        self.assertEqual(len(lead), 1)
        self.assertEqual(len(self._get_events(lead)), 1)
        self.assertEqual(self.referral.friend_count, 1)

    def test_two_friends_with_one_address_are_one_lead(self):
        self.referral._name_friends([BEN, BEN._replace(name="Bea Bold")], may_name=False)

        self.assertEqual(len(self._find()), 1)
        self.assertEqual(self.referral.friend_count, 1)

    def test_known_lead_is_enriched_and_stays_whose_he_is(self):
        known = self._make_lead(email_from="ben@bold.example", contact_name="Ben Bold")
        other = self._make_customer("Cara Calm", "cara@calm.example")
        second, _left_out = self._ask(other, channel="call")

        self.referral._name_friends([BEN], may_name=False)
        second._name_friends([BEN], may_name=False)

        self.assertEqual(self._find(), known)
        self.assertEqual(known.partner_name, "Bold Pumps")
        self.assertFalse(known.source_id)
        self.assertFalse(known.referral_id)
        self.assertEqual((self.referral.friend_count, second.friend_count), (1, 1))
        self.assertEqual(known.score_engagement, 10)  # once in a lead's life
        self.assertIn("They build a plant", str(known.message_ids.mapped("body")))

    def test_customer_himself_is_no_friend_of_his(self):
        is_himself = self.referral._is_himself
        self.customer.phone = "+1 202 555 0176"

        self.assertTrue(is_himself(Friend("Ann", email="Ann+x@ample.example")))
        self.assertTrue(is_himself(Friend("Ann", phone="(202) 555-0176")))
        self.assertFalse(is_himself(Friend("Anna", email="anna@ample.example")))
        self.assertFalse(is_himself(Friend("Ben", phone="(202) 555-0177")))

    def test_referrer_is_named_only_where_he_allows(self):
        self.referral._name_friends([BEN], may_name=False)
        lead = self._find()
        template = self.env.ref("lead_followup.mail_template_general_first")

        silent = template._render_field("body_html", lead.ids)[lead.id]
        name = lead.referrer_name
        lead.referrer_may_be_named = True
        named = template._render_field("body_html", lead.ids)[lead.id]

        self.assertFalse(name)
        self.assertNotIn("Ann Ample", silent)
        self.assertEqual(lead.referrer_name, "Ann Ample")
        self.assertIn("Ann Ample", named)

    def test_salesperson_of_the_customer_is_to_say_thank_you_once(self):
        self.referral._name_friends([BEN], may_name=False)
        self.referral._name_friends([Friend("Cy Cole", email="cy@cole.example")], may_name=False)

        [activity] = self.referral.activity_ids
        self.assertEqual(activity.user_id, self.user_rep)
        self.assertIn("Ann Ample", activity.summary)

        self.referral.with_user(self.user_rep).action_thanked()

        self.assertFalse(self.referral.activity_ids)
        self.assertEqual(self.referral.thanked_by_id, self.user_rep)
        self.assertEqual(str(self.referral.thanked_at), "2026-03-20 12:00:00")
        self.assertFalse(self.referral.needs_thanks)

    def test_reminder_marked_as_done_is_a_thank_you(self):
        self.referral._name_friends([BEN], may_name=False)

        self.referral.activity_ids.with_user(self.user_rep).action_feedback("Sent flowers")

        self.assertEqual(self.referral.thanked_by_id, self.user_rep)
        self.assertFalse(self.referral.needs_thanks)

    def test_won_friend_is_another_reason_to_thank(self):
        self.referral._name_friends([BEN], may_name=False)
        self.referral.action_thanked()
        lead = self._find()
        lead.user_id = self.user_rep

        lead.with_user(self.user_rep).action_set_won()

        self.assertEqual(self.referral.state, "won")
        self.assertEqual(
            self.referral.activity_ids.summary,
            "Say thank you: Ben Bold, named by Ann Ample, has bought",
        )

    def test_deal_that_is_not_won_after_all_takes_the_state_back(self):
        self.referral._name_friends([BEN], may_name=False)
        lead = self._find()
        lead.action_set_won()

        lead.stage_id = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)

        self.assertEqual(self.referral.state, "answered")

    def test_referrer_is_given_by_hand_and_changed(self):
        other = self._make_contact("Cara Calm", "cara@calm.example")
        lead = self._make_lead(email_from="ben@bold.example", user_id=self.user_rep.id)
        own = lead.with_user(self.user_rep)

        own.referrer_id = self.customer
        first = lead.referral_id
        own.referrer_id = other
        second = lead.referral_id
        own.referrer_id = False

        self.assertEqual(first, self.referral)  # the latest ask of his, no new one
        self.assertEqual((second.partner_id, second.channel), (other, "hand"))
        self.assertFalse(second.is_ask)
        self.assertFalse(lead.referral_id)
        self.assertEqual((first.friend_count, second.friend_count), (0, 0))

    def test_unasked_referral_does_not_count_as_an_ask(self):
        other = self._make_customer("Cara Calm", "cara@calm.example")
        self._make_lead(email_from="ben@bold.example").referrer_id = other

        asked, _left_out = self._ask(other)

        self.assertEqual(len(asked), 1)

    def test_whoever_sees_the_lead_sees_who_sent_it(self):
        self.referral.user_id = self.user_marketing
        self.customer.user_id = False
        self.referral.asked_by_id = self.user_marketing
        self.referral._name_friends([BEN], may_name=False)
        lead = self._find().with_user(self.user_rep)  # nobody's yet

        [seen] = lead.web_read({"referrer_id": {"fields": {"display_name": {}}}, "referral_id": {}})
        before = self.env["lead.referral"].with_user(self.user_rep).search_count([])
        lead.sudo().user_id = self.user_rep
        after = self.env["lead.referral"].with_user(self.user_rep).search_count([])

        self.assertEqual(seen["referrer_id"]["display_name"], "Ann Ample")
        self.assertEqual((before, after), (0, 1))

    def test_leads_are_found_by_their_referrer(self):
        self.referral._name_friends([BEN], may_name=False)
        leads = self.env["crm.lead"]

        self.assertEqual(leads.search([("referrer_id", "=", self.customer.id)]), self._find())
        self.assertEqual(leads.search([("referrer_id", "ilike", "Ann Amp")]), self._find())
        self.assertNotIn(self._find(), leads.search([("referrer_id", "=", False)]))

    def test_merged_leads_keep_their_referrals(self):
        self.referral._name_friends([BEN], may_name=False)
        tail = self._find()
        asked_after = self.customer.opportunity_ids
        self.referral.lead_id = asked_after
        head = self._make_lead(
            email_from="ben@bold.example", user_id=self.user_rep.id, type="opportunity"
        )
        tail.type = "lead"  # an opportunity comes first

        merged = (head | tail).merge_opportunity()
        self.assertEqual(merged, head)
        self.assertEqual(head.referral_id, self.referral)
        self.assertEqual(self.referral.friend_ids, head)

        other = self._make_lead(partner_id=self.customer.id, type="opportunity", probability=99)
        merged = (asked_after | other).merge_opportunity()
        self.assertEqual(self.referral.lead_id, merged)

    def _capture(self, referred_by, **vals):
        record = {"key": referred_by, "name": "Ben Bold", "email": "ben@bold.example"}
        [result] = self.env["lead.import"]._capture(
            [{**record, **vals, "referred_by": referred_by}], "booth", show=self.show
        )
        return self.env["crm.lead"].browse(result["lead_id"])

    def test_at_the_booth_the_customer_is_found_by_address_number_or_name_and_company(self):
        company = self.env["res.partner"].create({"name": "Dale Düsen", "is_company": True})
        dora = self._make_contact(
            "Dora Dale", "dora@dale.example", parent_id=company.id, phone="+1 202 555 0110"
        )
        said = {
            "dora@dale.example": "a",
            "(202) 555-0110": "b",
            "DORA DALE (Dale Dusen)": "c",
            "Dora Dale, dale düsen": "d",
        }

        for text, name in said.items():
            with self.subTest(text):
                lead = self._capture(text, email=f"{name}@bold.example", name=f"Ben {name}")
                self.assertEqual(lead.referrer_id, dora)
                self.assertEqual(lead.referral_id.channel, "booth")

    def test_at_the_booth_doubtful_words_stay_a_fact(self):
        self._make_contact("Ann Ample", "twin@ample.example")
        lone = self._capture("Somebody Else, Nowhere")
        name_alone = self._capture("Ann Ample", email="b@bold.example", name="Bea Bold")

        self.assertFalse((lone | name_alone).referral_id)
        self.assertIn(
            "Somebody Else, Nowhere", str(lone.message_ids.mapped("body")) + str(lone.description)
        )

    def test_at_the_booth_two_contacts_of_one_address_are_doubtful(self):
        self._make_contact("Ann Twin", "ann@ample.example")

        self.assertFalse(self._capture("ann@ample.example").referral_id)

    def test_own_card_at_the_booth_makes_nobody_his_own_referrer(self):
        lead = self._capture("ann@ample.example", email="ann@ample.example", name="Ann Ample")

        self.assertFalse(lead.referral_id)


@tagged("post_install", "-at_install")
class TestLeadReferralReport(LeadReferralCase):
    def test_numbers_are_sums_and_shares_ratios_of_sums(self):
        # Ann: asked, 2 friends, 1 qualified and won at 500; Cara: asked, no answer;
        # Dora: unasked, 1 friend. 1 answer of 2 asks is 50 %.
        cara = self._make_customer("Cara Calm", "cara@calm.example")
        dora = self._make_customer("Dora Dale", "dora@dale.example")
        asks, _left_out = self._ask(self.customer | cara, channel="call")
        ann = asks.filtered(lambda ask: ask.partner_id == self.customer)
        ann._name_friends([BEN, Friend("Cy Cole", email="cy@cole.example")], may_name=False)
        self._make_lead(email_from="eve@eden.example").referrer_id = dora
        won = self.env["crm.lead"].search([("email_normalized", "=", "ben@bold.example")])
        won.expected_revenue = 500
        won.action_set_won()
        lost = self.env["crm.lead"].search([("email_normalized", "=", "cy@cole.example")])
        lost.action_set_lost()

        names = (
            "asked_count", "answered_count", "friend_count", "lead_count", "qualified_count",
            "won_count", "revenue",
        )  # fmt: skip
        report = self.env["lead.referral.report"].with_user(self.user_marketing)
        mine = [("partner_id", "in", (self.customer | cara | dora).ids)]
        rows = report._read_group(
            mine, ["partner_id"], [*(f"{name}:sum" for name in names), "answer_share_pct:avg"]
        )
        [(share,)] = report._read_group(mine, [], ["answer_share_pct:avg"])

        self.assertEqual(
            {partner.name: numbers for partner, *numbers in rows},
            {
                "Ann Ample": [1, 1, 2, 2, 1, 1, 500.0, 100.0],
                "Cara Calm": [1, 0, 0, 0, 0, 0, 0.0, 0.0],
                "Dora Dale": [0, 0, 1, 1, 0, 0, 0.0, False],
            },
        )
        self.assertEqual(share, 50.0)

    def test_rep_sees_the_numbers_of_his_own_asks(self):
        self._make_referral()
        other = self._make_user("otto", "sales_team.group_sale_salesman")
        report = self.env["lead.referral.report"]

        self.assertEqual(report.with_user(self.user_rep).search_count([]), 1)
        self.assertEqual(report.with_user(other).search_count([]), 0)

    def test_what_never_left_is_no_ask(self):
        referral, _left_out = self._ask()

        self.assertFalse(
            self.env["lead.referral.report"].search([("referral_id", "=", referral.id)])
        )
