import base64
import io
import json
import zipfile

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .capture_common import CaptureCase, make_photo

PEOPLE = [
    ["Name", "E-mail", "Company", "Phone", "Note"],
    ["Ann Ample", "ann@ample.example", "Ample", "+1 202 555 0155", "Ann wants pumps"],
    ["Joann Ample", "joann@ample.example", "Ample", "+1 202 555 0155", "Knows Ann"],
    ["", "", "", "", "cc ann@ample.example"],
]


@tagged("post_install", "-at_install")
class TestLeadPrivacy(CaptureCase):
    """All that is known of a person is found, given away and erased; of nobody else."""

    def setUp(self):
        super().setUp()
        self.job = self._import(PEOPLE)
        self.lead = self._find("ann@ample.example")
        self.other = self._find("joann@ample.example")

    def _find(self, email):
        return self.env["crm.lead"].search([("email_normalized", "=", email)])

    def _find_rows(self, lead=None):
        privacy = self.env["lead.privacy"].with_user(self.user_marketing)
        people, _beyond = privacy._get_people(lead or self.lead, self.env["res.partner"])
        return privacy._find_rows(people)

    def _ask(self, kind, lead=None, user=None):
        action = (lead or self.lead).with_user(user or self.user_marketing)
        action = getattr(action, f"action_ask_{kind}")()
        return (
            self.env["lead.person.ask"]
            .with_user(user or self.user_marketing)
            .browse(action["res_id"])
        )

    def _erase(self, lead=None):
        ask = self._ask("erase", lead)
        ask.reason = "Asked by letter"
        ask.action_apply()

    def test_rows_that_name_the_address_anywhere_are_found_and_no_longer_one(self):
        rows = self._find_rows()["lead.import.row"]

        self.assertEqual(sorted(rows.mapped("number")), [1, 3])

    def test_the_file_tells_all_of_the_person_and_nothing_of_others(self):
        self._captured(
            name="Ann Ample", email="ann@ample.example", photo=make_photo(), note="Again"
        )
        self.lead.message_post(body="Called her")

        ask = self._ask("export")
        ask.action_apply()

        with zipfile.ZipFile(io.BytesIO(base64.b64decode(ask.file))) as archive:
            names = archive.namelist()
            text = archive.read("everything.json").decode()
        told = json.loads(text)
        self.assertEqual(told["addresses"], ["ann@ample.example"])
        self.assertEqual([row["Email"] for row in told["Lead"]], ["ann@ample.example"])
        self.assertEqual(len(told["Lead Import Row"]), 3)
        self.assertIn("Called her", text)
        self.assertEqual(len([name for name in names if name.startswith("files/")]), 1)
        self.assertNotIn("joann@ample.example", text)

    def test_erased_nothing_tells_who_it_was_and_the_figures_stay(self):
        self.lead.message_post(body="Ann Ample called")
        answer = self._captured(name="Ann Ample", email="ann@ample.example", photo=make_photo())
        self.assertEqual(answer, self.lead)
        visits = self.show.visit_ids
        counts = [
            self.job[name]
            for name in ("row_count", "new_count", "duplicate_count", "rejected_count")
        ]

        self._erase()

        self.env.invalidate_all()
        self.assertEqual(self.lead.name, "Erased")
        for name in ("contact_name", "email_from", "phone", "partner_name", "description"):
            self.assertFalse(self.lead[name], name)
        self.assertFalse(self.lead.active)
        self.assertEqual(len(self.lead.visit_ids), 1)
        self.assertEqual(len(self.lead.message_ids), 1)
        rows = self.job.row_ids
        self.assertEqual(rows.filtered("forgotten_at").mapped("number"), [1, 3])
        self.assertFalse(rows[0].values["further"])
        self.assertFalse(rows[0].cells)
        self.assertEqual(rows.mapped("verdict"), ["new", "new", "rejected"])
        self.assertFalse(self.job.file)
        self.assertEqual(
            counts,
            [
                self.job[name]
                for name in ("row_count", "new_count", "duplicate_count", "rejected_count")
            ],
        )
        self.assertEqual(self.show.visit_ids, visits)
        self.assertNowhere("ann@ample.example", "Ann Ample", "Ann wants")

    def assertNowhere(self, *words):
        """No text, JSON or file of ours holds one of ``words``; Odoo's list of no e-mail may."""
        self.env.cr.precommit.run()  # what changed is told only now
        self.env.flush_all()
        for model in (
            "crm.lead",
            "lead.import.row",
            "lead.event",
            "lead.show.visit",
            "lead.touch",
            "lead.import.column",
            "lead.import",
            "mail.message",
            "mail.mail",
            "mail.tracking.value",
            "lead.handover",
        ):
            table = self.env[model]._table
            for word in words:
                self.env.cr.execute(
                    f"SELECT t::text FROM {table} t WHERE t::text ~ %s",
                    [rf"(^|[^a-z]){word}"],
                )
                found = self.env.cr.fetchall()
                if model == "mail.message":
                    found = [one for one in found if "blacklist" not in one[0]]
                self.assertEqual(found, [], f"{word} in {table}")

    def test_the_colleague_with_the_same_switchboard_stays_as_she_is(self):
        self._erase()

        self.assertEqual(self.other.contact_name, "Joann Ample")
        self.assertEqual(self.other.phone, "+12025550155")
        self.assertFalse(self.other.do_not_contact)
        self.assertFalse(self.other.is_blacklisted)

    def test_the_next_file_brings_the_person_back_to_no_mailing(self):
        self._erase()

        self._import(PEOPLE)

        again = self._find("ann@ample.example")
        self.assertTrue(again)
        self.assertNotEqual(again, self.lead)
        self.assertEqual(again._get_email_obstacle(), "opted_out")

    def test_the_contact_keeps_his_address(self):
        contact = self.env["res.partner"].create(
            {"name": "Ann Ample", "email": "ann@ample.example"}
        )
        self.lead.partner_id = contact

        self._erase()

        self.assertEqual(contact.email, "ann@ample.example")
        self.assertFalse(self.lead.partner_id)

    def test_an_import_that_is_not_through_is_named_and_nothing_is_changed(self):
        job = self._preview(PEOPLE)

        with self.assertRaisesRegex(UserError, "is not through"):
            self._erase()

        self.assertEqual(self.lead.contact_name, "Ann Ample")
        self.assertTrue(job.file)

    def test_the_question_states_counts_and_a_reason_is_needed(self):
        ask = self._ask("erase")

        for words in ("name the person go as a whole: 1.", "leads: 1.", "Rows of imports: 2"):
            self.assertIn(words, ask.question)
        self.assertNotIn("Lead Import Row", ask.question)
        self.assertIn("Ann Ample", ask.who)
        with self.assertRaises(UserError):
            ask.action_apply()
        self.assertEqual(self.lead.contact_name, "Ann Ample")

    def test_a_rep_neither_exports_nor_erases_by_whatever_door(self):
        self.lead.user_id = self.user_rep
        ask = self.env["lead.person.ask"].with_user(self.user_rep)

        for kind in ("export", "erase"):
            with self.assertRaises(AccessError):
                self._ask(kind, user=self.user_rep)
            made = ask.create({"kind": kind, "lead_ids": [(6, 0, self.lead.ids)], "reason": "x"})
            with self.assertRaises(AccessError):
                made.action_apply()

        self.assertEqual(self.lead.contact_name, "Ann Ample")

    def test_an_import_with_one_person_erased_can_still_be_undone(self):
        self._erase()

        self.job.action_undo()

        self.assertEqual(self.job.state, "undone")

    def test_leads_of_another_company_are_counted_and_left(self):
        company = self.env["res.company"].create({"name": "Second Seller"})
        his = self._make_lead(company_id=company.id)

        ask = self._ask("erase")
        self.assertIn("in other companies: 1.", ask.question)
        self._erase()

        self.assertEqual(his.contact_name, "Ann Ample")
        self.assertEqual(self.lead.name, "Erased")

    def test_erased_twice_is_erased_once(self):
        self._erase()
        count = len(self.lead.message_ids)

        self._erase()

        self.assertEqual(self.lead.name, "Erased")
        self.assertLessEqual(len(self.lead.message_ids), count + 1)
