from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .capture_common import CaptureCase

ANN = {"key": "ann", "name": "Ann Ample", "email": "ann@ample.example"}


@tagged("post_install", "-at_install")
class TestLeadBooth(CaptureCase):
    def setUp(self):
        super().setUp()
        self.booth = self.env["lead.booth"].with_user(self.user_rep)

    def test_setup_says_all_that_a_phone_needs(self):
        self.env["lead.interest"].create({"name": "Pump"})
        own = self.env["lead.qualifier"].create(
            {
                "name": "Ours",
                "code": "budget",
                "company_id": self.show.company_id.id,
                "answer_ids": [(0, 0, {"name": "Small", "code": "small"})],
            }
        )
        self.env["lead.qualifier"].create({"name": "Without answers", "code": "bare"})

        setup = self.booth.get_setup(self.show.id)

        self.assertEqual(
            setup["show"],
            {"id": self.show.id, "name": "Spring Pump Expo", "tz": "America/Los_Angeles"},
        )
        self.assertEqual(setup["user"], {"id": self.user_rep.id, "name": "Rosa"})
        names = {one["code"]: one["name"] for one in setup["qualifiers"]}
        self.assertEqual(names["budget"], own.name)  # not the common one beside it
        self.assertNotIn("bare", names)
        self.assertIn("Pump", [interest["name"] for interest in setup["interests"]])
        self.assertEqual([one["code"] for one in setup["ratings"]], ["hot", "warm", "cold"])
        self.assertNotIn("other", [one["code"] for one in setup["visitor_kinds"]])

    def test_a_code_is_read(self):
        self.assertEqual(
            self.booth.read_code("mailto:ann@ample.example"),
            {"kind": "email", "words": {"email": "ann@ample.example"}, "further": {}},
        )

    def test_whoever_captures_is_named(self):
        mine, named = self._capture(
            ANN, {"key": "b", "email": "b@x.example", "captured_by": "Dana"}, user=self.user_rep
        )

        leads = self.env["crm.lead"].browse([mine["lead_id"], named["lead_id"]])
        self.assertEqual(leads.mapped("captured_by"), ["Rosa", "Rosa"])

    def test_only_our_own_salespeople_capture(self):
        plain = new_test_user(self.env, "plain_booth", groups="base.group_user")
        portal = new_test_user(self.env, "portal_booth", groups="base.group_portal")
        public = self.env.ref("base.public_user")
        for user in (plain, portal, public):
            booth = self.env["lead.booth"].with_user(user)
            for call in (
                lambda booth=booth: booth.get_setup(self.show.id),
                lambda booth=booth: booth.read_code("4711"),
                lambda booth=booth: booth.find_known(self.show.id, ANN),
                lambda booth=booth: booth.find_known_many(self.show.id, [ANN]),
                lambda booth=booth: booth.capture(self.show.id, [ANN]),
            ):
                with self.subTest(user=user.login), self.assertRaisesRegex(AccessError, "sales"):
                    call()
        self.assertFalse(self._get_day())

    def test_another_company_s_show_is_refused(self):
        company = self.env["res.company"].create({"name": "Other"})
        show = self._make_show(name="Other's", company_id=company.id)

        for call in (
            lambda: self.booth.get_setup(show.id),
            lambda: self.booth.capture(show.id, [ANN]),
            lambda: self.booth.find_known(show.id, ANN),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_show_that_is_gone_is_said(self):
        for show_id in (2**30, "1", None, [self.show.id]):
            with self.assertRaisesRegex(UserError, "not there any more"):
                self.booth.capture(show_id, [ANN])

    def test_too_many_at_once_are_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "At most 200 records"):
            self.booth.capture(self.show.id, [ANN] * 201)
        with self.assertRaisesRegex(UserError, "in parts"):
            self.booth.capture(self.show.id, "all of them")

    def test_what_is_no_record_is_rejected(self):
        answers = self.booth.capture(self.show.id, ["x", ANN])

        self.assertEqual([answer["verdict"] for answer in answers], ["rejected", "new"])

    def test_a_lead_the_salesman_may_not_read_is_not_told(self):
        known = self._make_lead(user_id=self.user_marketing.id)

        [answer] = self._capture({**ANN, "city": "Reno"}, user=self.user_rep)

        self.assertEqual((answer["verdict"], answer["lead_id"]), ("enriched", False))
        self.assertEqual(answer["reason"], "Same e-mail address")
        self.assertEqual(known.city, "Reno")


@tagged("post_install", "-at_install")
class TestLeadBoothKnown(CaptureCase):
    def setUp(self):
        super().setUp()
        self.booth = self.env["lead.booth"].with_user(self.user_rep)

    def _find(self, **values):
        return self.booth.find_known(self.show.id, values)

    def test_a_stranger(self):
        self.assertEqual(
            self._find(email="x@y.example"),
            {
                "known": False,
                "is_customer": False,
                "lead_id": False,
                "lead_name": False,
                "company": False,
                "owner": False,
                "last_words": False,
                "lifecycle": False,
                "visits": [],
            },
        )

    def test_ones_own_lead_with_its_last_words(self):
        lead = self._make_lead(
            user_id=self.user_rep.id, partner_name="Ample Inc", name="Forty pumps"
        )
        visit = {"lead_id": lead.id, "trade_show_id": self.show.id, "note": "Wants a price"}
        self.env["lead.show.visit"].create(
            {**visit, "captured_at": "2026-03-18 10:00:00", "rating": "hot"}
        )

        found = self._find(email=" ANN@ample.example ")

        self.assertEqual(
            {name: found[name] for name in ("known", "lead_id", "lead_name", "company", "owner")},
            {
                "known": True,
                "lead_id": lead.id,
                "lead_name": "Forty pumps",
                "company": "Ample Inc",
                "owner": "Rosa",
            },
        )
        self.assertEqual(found["last_words"], "Wants a price")
        self.assertEqual([one["rating"] for one in found["visits"]], ["Hot"])

    def test_last_words_are_the_customer_s_or_a_note(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        customer = self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})
        lead.message_post(
            body="Dear Ann, here is our price",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.user_rep.partner_id.id,
        )
        self.assertFalse(self._find(email="ann@ample.example")["last_words"])

        lead.message_post(body="Too dear", message_type="email", author_id=customer.id)
        self.assertEqual(self._find(email="ann@ample.example")["last_words"], "Too dear")

        lead.message_post(
            body="He needs it " + "very " * 60 + "soon",
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            author_id=self.user_rep.partner_id.id,
        )
        words = self._find(email="ann@ample.example")["last_words"]
        self.assertTrue(words.startswith("He needs it very"))
        self.assertLessEqual(len(words), 160)
        self.assertTrue(words.endswith("…"))

    def test_of_somebody_else_s_lead_only_whose_it_is(self):
        self._make_lead(user_id=self.user_marketing.id, partner_name="Ample Inc", name="Secret")

        found = self._find(email="ann@ample.example")

        self.assertEqual((found["known"], found["owner"]), (True, "Mara"))
        self.assertFalse(any(found[name] for name in found.keys() - {"known", "owner"}))
        every = self.booth.with_user(self.user_marketing)
        self.assertEqual(
            every.find_known(self.show.id, {"email": "ann@ample.example"})["lead_name"], "Secret"
        )

    def test_a_customer_without_a_lead_is_known(self):
        partners = self.env["res.partner"]
        firm = partners.create({"name": "Ample Inc", "is_company": True})
        contact = partners.create(
            {"name": "Ann", "email": "ann@ample.example", "parent_id": firm.id}
        )
        self.assertFalse(self._find(email="ann@ample.example")["known"])  # a contact, no customer
        contact.user_id = self.user_marketing
        won = self._make_lead(partner_id=firm.id, email_from=False, contact_name="Bo")
        won.action_set_won()

        found = self._find(email="ann@ample.example")

        self.assertEqual(
            (found["known"], found["is_customer"], found["owner"]), (True, True, "Mara")
        )
        self.assertFalse(found["lead_id"])

    def test_lost_ones_are_known(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        lead.action_set_lost()

        self.assertEqual(self._find(email="ann@ample.example")["lead_id"], lead.id)

    def test_by_what_a_code_says(self):
        lead = self._make_lead(user_id=self.user_rep.id)

        self.assertEqual(self._find(code="mailto:ann@ample.example")["lead_id"], lead.id)

    def test_same_switchboard_other_name_is_a_stranger(self):
        self._make_lead(email_from=False, phone="+1 202 555 0155")

        self.assertTrue(self._find(name="Ann Ample", phone="(202) 555-0155")["known"])
        self.assertFalse(self._find(name="Bob Best", phone="(202) 555-0155")["known"])

    def test_another_company_s_lead_is_a_stranger(self):
        company = self.env["res.company"].create({"name": "Other"})
        self._make_lead(company_id=company.id)

        self.assertFalse(self._find(email="ann@ample.example")["known"])

    def test_asking_for_many_costs_the_queries_of_few(self):
        def make(start, count):
            emails = [f"p{start + n}@x.example" for n in range(count)]
            for email in emails:
                lead = self._make_lead(email_from=email, user_id=self.user_rep.id)
                lead.message_post(body="hi", message_type="email")
                self.env["lead.show.visit"].create(
                    {"lead_id": lead.id, "trade_show_id": self.show.id}
                )
            return [{"email": email} for email in emails]

        few, many = make(0, 3), make(100, 30)

        def count_queries(people):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.booth.find_known_many(self.show.id, people)
            self.assertTrue(all(one["last_words"] for one in found))
            return self.env.cr.sql_log_count - before

        count_queries(few)
        self.assertLessEqual(count_queries(many), count_queries(few) + 2)
