import io
import zipfile

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged

from ..tools import friends
from .capture_common import CaptureCase
from .referral_common import LeadReferralCase


@tagged("post_install", "-at_install")
class TestLeadPrivacyCorrect(CaptureCase):
    """Who was erased is not brought back by what a phone still holds of him."""

    ANN = {
        "key": "ann",
        "name": "Ann Ample",
        "company": "Ample Inc",
        "email": "ann@ample.example",
        "phone": "+1 212 555 0187",
        "note": "Forty pumps",
    }

    def _erase(self, leads):
        people = self.env["crm.lead"]._find_people(leads, self.env["res.partner"])
        self.env["lead.privacy"]._erase(people, "Asked for it")
        self.env.invalidate_all()

    def test_a_correction_does_not_bring_back_who_was_erased(self):
        lead = self._captured(**self.ANN)
        self._erase(lead)

        answers = self._capture(
            {**self.ANN, "key": "second", "replaces": ["ann"], "note": "Fifty"},
            {**self.ANN, "key": "third", "replaces": ["second"], "note": "Sixty"},
        )

        self.assertEqual([answer["verdict"] for answer in answers], ["rejected", "rejected"])
        self.assertIn("erased meanwhile", answers[0]["reason"])
        self.env.invalidate_all()
        self.assertEqual(lead.name, "Erased")
        self.assertFalse(lead.email_from or lead.contact_name or lead.phone)
        rows = self._get_row("second") | self._get_row("third")
        self.assertFalse(any(row.cells or row.values.get("email") for row in rows))

    def test_a_visit_of_an_enriched_lead_stays_as_a_number(self):
        known = self._make_lead()
        self.assertEqual(self._captured(**{**self.ANN, "phone": ""}), known)
        self.assertEqual(len(known.visit_ids), 1)
        self._erase(known)

        [answer] = self._capture({**self.ANN, "key": "second", "replaces": ["ann"]})

        self.assertEqual(answer["verdict"], "rejected")
        self.assertEqual(len(known.visit_ids), 1)

    def test_what_was_overtaken_by_an_erased_correction_stays_out(self):
        self._erase(self._captured(**{**self.ANN, "key": "second", "replaces": ["ann"]}))

        [answer] = self._capture(self.ANN)

        self.assertEqual(answer["verdict"], "rejected")

    def test_what_was_overtaken_twice_by_an_erased_correction_stays_out(self):
        self._erase(self._captured(**{**self.ANN, "key": "third", "replaces": ["second", "ann"]}))

        [answer] = self._capture(self.ANN)

        self.assertEqual(answer["verdict"], "rejected")

    def test_entered_anew_he_is_a_new_lead(self):
        lead = self._captured(**self.ANN)
        self._erase(lead)

        [answer] = self._capture({**self.ANN, "key": "anew"})

        self.assertEqual(answer["verdict"], "new")
        self.assertNotEqual(answer["lead_id"], lead.id)

    def test_a_colleague_of_the_erased_is_corrected_as_ever(self):
        ben = {"key": "ben", "name": "Ben Bold", "email": "bem@bold.example"}
        lead = self._captured(**self.ANN)
        other = self._captured(**ben)
        self._erase(lead)

        [answer] = self._capture(
            {**ben, "key": "ben2", "replaces": "ben", "email": "ben@bold.example"}
        )

        self.assertEqual((answer["verdict"], answer["lead_id"]), ("duplicate", other.id))
        self.assertEqual(other.email_from, "ben@bold.example")


@tagged("post_install", "-at_install")
class TestLeadStoppedAddress(CaptureCase):
    """Whoever stopped everything stays stopped, by whatever door he comes again."""

    ANN = {"name": "Ann", "contact_name": "Ann", "email_from": "ann@ample.example"}

    def _stop_contact(self, **vals):
        contact = self.env["res.partner"].create(
            {"name": "Ann Ample", "email": "ann@ample.example", **vals}
        )
        contact.action_stop_everything("Enough")
        return contact

    def test_a_lead_made_after_a_contact_stopped_everything_is_stopped(self):
        self._stop_contact()

        made = self.env["crm.lead"].create([self.ANN, {**self.ANN, "email_from": "b@b.example"}])
        captured = self._captured(key="ann", name="Ann Ample", email="ann@ample.example")

        self.assertEqual(made.mapped("do_not_contact"), [True, False])
        self.assertTrue(made[0].contact_stopped_at)
        self.assertEqual(made[0]._get_contact_obstacle(), "do_not_contact")
        self.assertTrue(captured.do_not_contact)

    def test_a_number_tells_as_well(self):
        self._stop_contact(email=False, phone="+12125550187")

        lead = self.env["crm.lead"].create({"name": "Ann", "phone": "+12125550187"})

        self.assertTrue(lead.do_not_contact)

    def test_who_merely_opted_out_of_e_mail_may_be_called(self):
        self.env["mail.blacklist"]._add("ann@ample.example")

        lead = self.env["crm.lead"].create({**self.ANN, "phone": "+12125550187"})

        self.assertFalse(lead.do_not_contact)
        self.assertEqual(lead._get_call_numbers(), ["+12125550187"])

    def test_many_leads_cost_the_searches_of_one(self):
        self._stop_contact()
        leads = self.env["crm.lead"]
        one = leads.create(self.ANN)
        many = leads.create([{**self.ANN, "name": str(number)} for number in range(20)])
        counts = []
        for some in (one, many):
            self.env.invalidate_all()
            some.mapped("email_normalized")
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            some._stop_known_addresses()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_allowed_again_the_next_lead_is_open(self):
        self._stop_contact()
        lead = self.env["crm.lead"].create(self.ANN)

        lead._allow_contact("She rang")

        self.assertFalse(self.env["crm.lead"].create(self.ANN).do_not_contact)

    def test_the_link_s_undo_lifts_no_stop(self):
        lead = self.env["crm.lead"].create(self.ANN)
        lead._opt_out_by_link("ann@ample.example")
        lead.action_stop_everything("Enough")

        lead._undo_opt_out_by_link("ann@ample.example")
        self.assertTrue(lead.is_blacklisted)

        # what was closed before the stop stays closed after it, and may be undone by its link
        lead._allow_contact("She rang")
        self.assertTrue(lead.is_blacklisted)
        lead._undo_opt_out_by_link("ann@ample.example")
        lead.invalidate_recordset()
        self.assertFalse(lead.is_blacklisted)


@tagged("post_install", "-at_install")
class TestLeadPrivacyElsewhere(LeadReferralCase, CaptureCase):
    """Forms that wait, rows of others, meetings: what is the person's goes, and no more."""

    def setUp(self):
        super().setUp()
        self.poster = self.show._get_poster_link()
        self.posts = self.env["lead.public.post"]

    def _get_people(self, lead):
        return self.env["crm.lead"]._find_people(lead, self.env["res.partner"])

    def _erase(self, lead):
        self.env["lead.privacy"]._erase(self._get_people(lead), "Asked for it")
        self.env.flush_all()
        self.env.invalidate_all()

    def _export(self, lead):
        data = self.env["lead.privacy"]._export(self._get_people(lead))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read("everything.json").decode()

    def _hold(self, key, **words):
        self.posts._hold(self.poster, {"key": key, "words": words, "lang": "en_US"})
        return self.posts.search([], order="id desc", limit=1)

    def test_forms_that_wait_are_told_and_erased_and_those_of_others_kept(self):
        lead = self._make_lead(email_from="cy@cust.example", phone="+12125550187")
        by_mail = self._hold("a", name="Cy", email="Cy@Cust.example")
        by_phone = self._hold("b", name="Cy", phone="(212) 555-0187")
        by_phone |= self._hold("e", name="Cy", phone="+۱ ۲۱۲ ۵۵۵ ۰۱۸۷")
        other = self._hold("c", name="Lucy", email="lucy@cust.example", note="Ask cy@cust.example")
        near = self._hold("d", name="Lucy", email="lucy@cust.example", phone="+1 212 555 0188")
        link = self._make_referral().link_id
        both = [["Cy", "", "cy@cust.example", "", ""], ["Di", "", "di@di.example", "", ""]]
        self.posts._keep(link, {"friends": both, "may_name": True})
        named = self.posts.search([("link_id", "=", link.id)])

        found = self.env["lead.privacy"]._find_rows(self._get_people(lead))
        self.assertEqual(found["lead.public.post"], by_mail | by_phone)
        self._erase(lead)

        self.assertEqual(self.posts.search([], order="id"), other | near | named)
        self.assertEqual(other.said["words"]["note"], "Ask …")
        self.assertEqual(near.said["words"]["phone"], "+1 212 555 0188")
        self.assertEqual([texts[0] for texts in named.said["friends"]], ["Di"])

    def test_old_forms_are_forgotten_with_old_imports(self):
        self.poster.company_id = self.env.company
        old, new = self._hold("a", name="Old"), self._hold("b", name="New")
        self.env.cr.execute(
            "UPDATE lead_public_post SET create_date = %s WHERE id = %s",
            [fields.Datetime.now() - relativedelta(months=7), old.id],
        )
        old.invalidate_recordset()
        due = self.env["lead.retention"]._get_due("forms", self.env.company, 6)

        self.assertEqual(self.posts.search(due & Domain("id", "in", (old | new).ids)), old)

    def test_forms_of_an_archived_show_are_not_let_in_unsaid(self):
        held = self._hold("a", name="Cy")
        self.show.active = False

        with self.assertRaisesRegex(UserError, "is archived"):
            held.action_let_in()
        self.assertTrue(held.is_held)
        self.show.active = True
        held.action_let_in()
        self.assertFalse(held.is_held)

    def test_a_row_of_another_who_names_the_person_is_his(self):
        kim = self._make_lead(email_from="kim@keep.example")
        olga = self._captured(
            key="olga", name="Olga", email="olga@o.example", note="With kim@keep.example, salary"
        )

        self.assertNotIn("salary", self._export(kim))
        self._erase(kim)

        row = self._get_row("olga")
        self.assertEqual(row.values["email"], "olga@o.example")
        self.assertEqual(row.values["note"], "With …, salary")
        self.assertFalse(row.forgotten_at)
        texts = [str(olga.description), *olga.message_ids.mapped("body")]
        texts += [visit.note or "" for visit in olga.visit_ids]
        self.assertNotIn("kim@", "".join(texts))
        self.assertIn("salary", "".join(texts))

    def test_who_named_a_friend_is_told_him_only_where_he_may_know(self):
        referral = self._make_referral()
        for name, may_name in (("Fritz", False), ("Gus", True)):
            friend = friends.Friend(name, "", f"{name}@ff.example", "", "likes pumps")
            referral._name_friends([friend], may_name)
        self.env.flush_all()
        fritz, gus = (
            self.env["crm.lead"].search([("email_normalized", "=", f"{name}@ff.example")])
            for name in ("fritz", "gus")
        )

        self.assertNotIn("Ann Ample", self._export(fritz))
        self.assertIn("likes pumps", self._export(fritz))
        self.assertIn("Ann Ample", self._export(gus))
        self.assertNotIn("fritz", self._export(gus).lower())

    def test_friends_of_who_stopped_everything_come_without_his_name(self):
        for stops in (True, False):
            with self.subTest(stops=stops):
                customer = self._make_customer("Eve", f"eve{stops}@eve.example".lower())
                referrals, _left_out = self._ask(customer, channel="call")
                said = [["Paul", "", f"paul{stops}@pp.example", "", ""]]
                self.posts._keep(referrals.link_id, {"friends": said, "may_name": True})
                if stops:
                    customer.action_stop_everything("Enough")
                self.posts.search([("link_id", "=", referrals.link_id.id)])._receive()

                lead = referrals.friend_ids
                self.assertEqual(len(lead), 1)
                self.assertEqual(lead.referrer_may_be_named, not stops)
                self.assertEqual(referrals.needs_thanks, not stops)
                self.assertEqual(referrals.state, "declined" if stops else "answered")

    def test_a_meeting_loses_its_title(self):
        lead = self._make_lead(email_from="cy@cust.example")
        other = self._make_lead(email_from="di@cust.example")
        meetings = self.env["calendar.event"].create(
            [
                {
                    "name": "Cy of Cust",
                    "start": "2026-03-20 10:00:00",
                    "stop": "2026-03-20 11:00:00",
                    "opportunity_id": one.id,
                }
                for one in (lead, other)
            ]
        )

        self._erase(lead)

        self.assertEqual(meetings.mapped("name"), ["Erased", "Cy of Cust"])
