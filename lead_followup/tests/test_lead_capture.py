import random
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .capture_common import CaptureCase, make_photo

ANN = {
    "key": "ann",
    "name": "Ann Ample",
    "company": "Ample Inc",
    "email": "ann@ample.example",
    "booth_rating": "hot",
    "note": "Forty pumps",
    "email_consent": "yes",
    "answers": {"budget": "50k_250k", "authority": "decision_maker"},
}
BOB = {"key": "bob", "name": "Bob Best", "company": "Best Ltd", "email": "bob@best.example"}
_LIVE = "odoo.addons.lead_followup.models.lead_import_row_write_live"


@tagged("post_install", "-at_install")
class TestLeadCapture(CaptureCase, CronMixinCase):
    def setUp(self):
        super().setUp()
        self.cron = self.env.ref("lead_followup.ir_cron_run_imports")

    def test_a_record_is_a_lead_at_once(self):
        [answer] = self._capture(ANN)

        self.assertEqual(
            (answer["key"], answer["verdict"], answer["reason"]), ("ann", "new", False)
        )
        lead = self.env["crm.lead"].browse(answer["lead_id"])
        self.assertRecordValues(
            lead,
            [
                {
                    "contact_name": "Ann Ample",
                    "partner_name": "Ample Inc",
                    "email_consent": "yes",
                    "booth_rating": "hot",
                    "captured_by": "Mara",
                    "trade_show_id": self.show.id,
                    "campaign_id": self.show.campaign_id.id,
                    "company_id": self.show.company_id.id,
                    "user_id": False,
                    "partner_id": False,
                }
            ],
        )
        self.assertEqual(str(lead.captured_at), "2026-03-20 12:00:00")
        self.assertEqual(lead.visit_ids.note, "Forty pumps")
        # 12 of budget + 15 of authority; a scan 10 and a rating hot 15, both now
        self.assertEqual((lead.score_fit, lead.score_engagement), (27, 25))
        # the show closed at 2026-03-20 01:00 UTC; 48 hours
        self.assertEqual(str(lead.first_touch_deadline), "2026-03-22 01:00:00")

    def test_what_follows_is_done_soon_and_once(self):
        with self.capture_triggers(self.cron.id) as triggers:
            lead = self._captured(**ANN)
        self.assertTrue(triggers.records)
        self.assertFalse(lead.enrollment_ids)
        offered = []
        leads = type(self.env["crm.lead"])
        offer = leads._offer_qualified

        def note_offered(found):
            offered.append(found)
            return offer(found)

        with patch.object(leads, "_offer_qualified", note_offered):
            self._run_imports()
            self._run_imports()
            self.assertEqual(offered, [lead])
            lead.enrollment_id._stop("manual")
            other = self._captured(**BOB)
            self._run_imports()

        self.assertEqual(offered[1:], [other])
        self.assertEqual([len(one.enrollment_ids) for one in (lead, other)], [1, 1])
        self.assertFalse(lead.enrollment_id)
        job = self._get_day()
        self.assertEqual((job.state, set(job.row_ids.mapped("follow_up"))), ("done", {False}))
        self.assertCounts(job, 2, 2, 0, 0, 0)

    def test_others_hear_once_of_what_was_captured_together(self):
        heard = []
        rows = type(self.env["lead.import.row"])
        after = rows._after_capture

        def hear(found, record_by_row):
            heard.append({row.capture_key: bool(row.lead_id) for row in record_by_row})
            return after(found, record_by_row)

        with patch.object(rows, "_after_capture", hear):
            self._capture(ANN, BOB, {"key": "empty"})
            self._capture(ANN)

        self.assertEqual(heard, [{"ann": True, "bob": True, "empty": False}])

    def test_one_note_a_day_is_kept_up_to_date(self):
        self._capture(ANN)
        self._run_imports()
        note = self._get_day().summary_message_id
        self._capture(BOB)

        self._run_imports()

        self.assertEqual(self._get_day().summary_message_id, note)
        self.assertIn("Rows: 2", note.body)
        self.assertIn("Booth, Spring Pump Expo, 20 Mar", note.body)

    def test_a_run_that_failed_is_tried_again_with_the_next_record(self):
        lead = self._captured(**ANN)
        job = self._get_day()
        with (
            patch.object(type(job), "_enroll_leads", side_effect=ValueError("broken")),
            mute_logger("odoo.addons.lead_followup.models.lead_import_run"),
            self.capture_triggers(self.cron.id) as triggers,
        ):
            self._run_imports()
        self.assertEqual(job.state, "failed")
        self.assertFalse(triggers.records)  # else it would fail and fail again
        self._captured(**BOB)

        self._run_imports()

        self.assertEqual((job.state, job.message), ("done", False))
        self.assertEqual(len(lead.enrollment_ids), 1)

    def test_a_run_killed_between_offers_and_cadence_goes_on(self):
        lead = self._captured(**ANN)
        job = self._get_day()
        with (
            patch.object(type(job), "_enroll_leads", side_effect=ValueError("killed")),
            mute_logger("odoo.addons.lead_followup.models.lead_import_run"),
        ):
            self._run_imports()
        self.assertEqual((job.phase, job.row_ids.follow_up), ("enroll", "enroll"))
        job.state = "running"  # as a killed server leaves it
        other = self._captured(**BOB)

        self._run_imports()
        self.assertEqual(len(lead.enrollment_ids), 1)
        self.assertEqual(self._get_row("bob").follow_up, "offer")
        self._run_imports()

        self.assertEqual((len(lead.enrollment_ids), len(other.enrollment_ids)), (1, 1))
        self.assertEqual(job.state, "done")

    def test_what_came_in_during_a_run_starts_another(self):
        self._capture(ANN)
        jobs = type(self.env["lead.import"])
        tell = jobs._tell_owners

        def capture_meanwhile(job):
            tell(job)
            if not self._get_row("bob"):
                self._capture(BOB)

        with (
            patch.object(jobs, "_tell_owners", capture_meanwhile),
            self.capture_triggers(self.cron.id) as triggers,
        ):
            self._run_imports()
        self.assertEqual(self._get_row("bob").follow_up, "offer")
        self.assertGreaterEqual(len(triggers.records), 2)  # Bob's own, and the run's

        self._run_imports()

        self.assertFalse(self._get_row("bob").follow_up)
        self.assertTrue(self._get_row("bob").lead_id.enrollment_ids)

    def test_a_day_is_one_import_and_the_next_another(self):
        self._capture(ANN)
        self._capture(BOB)
        first = self._get_day()
        self.assertEqual(first.name, "Booth, Spring Pump Expo, 20 Mar")
        self.assertEqual(first.file_name, first.name)

        # at the show in Los Angeles it is still the 20th at 06:00 UTC, the 21st at 08:00
        with freeze_time("2026-03-21 06:00:00"):
            self._capture({"key": "cy", "name": "Cy Cole", "company": "Cole"})
        self.assertEqual(self._get_day(), first)
        with freeze_time("2026-03-21 08:00:00"):
            self._capture({"key": "di", "name": "Di Day", "company": "Day"})

        self.assertEqual(len(self._get_day()), 2)

    def test_other_doors_have_imports_of_their_own(self):
        self._capture(ANN)
        self._capture(BOB, door="poster")
        self._capture({"key": "cy", "name": "Cy", "email": "cy@cole.example"}, door="referral")

        self.assertEqual(set(self._get_day().mapped("door")), {"booth", "poster", "referral"})

    def test_without_a_show_there_is_no_visit_and_only_the_chosen_cadence(self):
        answers = self.env["lead.import"]._capture([ANN, BOB], "referral")
        self._run_imports()

        leads = self.env["crm.lead"].browse([answer["lead_id"] for answer in answers])
        self.assertEqual(leads.mapped("contact_name"), ["Ann Ample", "Bob Best"])
        self.assertFalse(leads.visit_ids)
        self.assertFalse(leads.enrollment_ids)
        self.assertEqual(leads.company_id, self.env.company)

    def test_without_a_show_the_chosen_cadence_takes_them_in(self):
        general = self.env.ref("lead_followup.lead_cadence_general")
        self.env.company.lead_auto_cadence_id = general
        self.env.company.lead_marketing_user_id = self.user_marketing  # the sender
        [answer] = self.env["lead.import"]._capture([ANN], "referral")

        self._run_imports()

        lead = self.env["crm.lead"].browse(answer["lead_id"])
        self.assertEqual(lead.enrollment_id.cadence_id, general)

    def test_a_lead_where_the_company_uses_leads(self):
        group = self.env.ref("crm.group_use_lead")
        everybody = self.env.ref("base.group_user")
        everybody.implied_ids -= group
        self.user_marketing.group_ids -= group
        self.assertEqual(self._captured(**ANN).type, "opportunity")

        self.user_marketing.group_ids += group  # the show's responsible
        self.assertEqual(self._captured(**BOB).type, "lead")
        self.user_marketing.group_ids -= group
        everybody.implied_ids += group
        self.assertEqual(self._captured(key="c", email="c@x.example").type, "lead")

    def test_taken_back_its_leads_go_and_a_new_import_begins(self):
        known = self._make_lead(phone=False)
        [new, met] = self._capture(BOB, {**ANN, "phone": "+1 202 555 0155"})
        self._run_imports()
        job = self._get_day()
        self.assertEqual((met["lead_id"], known.phone), (known.id, "+12025550155"))

        job.with_user(self.user_marketing).action_undo()

        self.assertFalse(self.env["crm.lead"].browse(new["lead_id"]).exists())
        self.assertFalse(known.phone)
        self.assertFalse(known.visit_ids)
        self.assertEqual(job.state, "undone")
        self._capture({**BOB, "key": "again"})
        self.assertEqual(len(self._get_day()), 2)
        self._run_imports()
        self.assertEqual(job.state, "undone")

    def test_the_show_counts_and_opens_its_captures(self):
        self._capture(ANN, {"key": "empty"})
        self._capture(BOB, show=self._make_show(name="Elsewhere"))
        self._import([["Name", "E-mail"], ["Cara Cole", "cara@cole.example"]])
        show = self.show.with_user(self.user_marketing)

        action = show.action_open_captures()

        self.assertEqual(show.capture_count, 2)
        job = self._get_row("ann").import_id
        self.assertEqual(self.env["lead.import"].search(action["domain"]), job)

    def test_a_salesman_sees_no_import_of_captures(self):
        self._capture(ANN, user=self.user_rep)

        self.assertFalse(self.env["lead.import"].with_user(self.user_rep).search([]))
        self.assertEqual(
            self.env["lead.import"].with_user(self.user_marketing).search([]), self._get_day()
        )


@tagged("post_install", "-at_install")
class TestLeadCaptureTwice(CaptureCase):
    def setUp(self):
        super().setUp()
        self.leads = self.env["crm.lead"].with_context(active_test=False)

    def test_sent_again_it_is_the_same_record(self):
        first = self._capture(ANN)
        visit = self.leads.browse(first[0]["lead_id"]).visit_ids

        second = self._capture({**ANN, "name": "Somebody else", "email": "x@y.example"})

        self.assertEqual(second, first)
        self.assertEqual(self.leads.search_count([]), 1)
        self.assertEqual(self.leads.search([]).visit_ids, visit)
        self.assertEqual(len(self._get_day().row_ids), 1)

    def test_twice_in_one_call_it_is_one_record(self):
        answers = self._capture(ANN, BOB, ANN)

        self.assertEqual(answers[0], answers[2])
        self.assertEqual([answer["key"] for answer in answers], ["ann", "bob", "ann"])
        self.assertEqual(self.leads.search_count([]), 2)

    def test_rejected_it_stays_rejected(self):
        first = self._capture({"key": "x", "name": "Nobody"})

        self.assertEqual(self._capture({"key": "x", "name": "Nobody"}), first)
        self.assertEqual(first[0]["verdict"], "rejected")
        self.assertIn("No usable e-mail or phone", first[0]["reason"])

    def test_taken_back_it_is_not_made_again(self):
        self._capture(ANN)
        self._run_imports()
        self._get_day().action_undo()

        [answer] = self._capture(ANN)

        self.assertFalse(answer["lead_id"])
        self.assertFalse(self.leads.search_count([]))

    def test_without_keys_two_records_are_two(self):
        answers = self._capture({**ANN, "key": False}, {**BOB, "key": ""})

        self.assertEqual([answer["verdict"] for answer in answers], ["new", "new"])
        self.assertEqual(len({answer["key"] for answer in answers}), 2)

    def test_one_person_twice_in_a_call_is_one_lead_with_the_facts_of_both(self):
        answers = self._capture(ANN, {"key": "a2", "email": "ANN@ample.example", "city": "Reno"})

        self.assertEqual([answer["verdict"] for answer in answers], ["new", "duplicate"])
        self.assertEqual(answers[0]["lead_id"], answers[1]["lead_id"])
        self.assertEqual(self.leads.search([]).city, "Reno")

    def test_one_person_on_two_days_is_one_lead_with_one_visit(self):
        lead = self._captured(**ANN)
        self._run_imports()

        with freeze_time("2026-03-21 15:00:00"):
            [answer] = self._capture(
                {"key": "a2", "email": "ann@ample.example", "note": "Wants a quote", "city": "Reno"}
            )
            self._run_imports()

        self.assertEqual((answer["verdict"], answer["lead_id"]), ("enriched", lead.id))
        self.assertEqual(answer["reason"], "Same e-mail address")
        self.assertEqual(lead.visit_ids.note, "Forty pumps\nWants a quote")
        self.assertEqual(lead.city, "Reno")
        self.assertEqual(len(lead.enrollment_ids), 1)

    def test_met_again_the_same_day_and_taken_back_nothing_stays(self):
        lead = self._captured(**ANN)
        self._capture({"key": "a2", "email": "ann@ample.example", "city": "Reno"})
        self._run_imports()

        self._get_day().action_undo()

        self.assertFalse(lead.exists())


@tagged("post_install", "-at_install")
class TestLeadCaptureBad(CaptureCase):
    def assertAnswer(self, answer, verdict, *flags):
        self.assertEqual((answer["verdict"], answer["flags"]), (verdict, list(flags)))

    @mute_logger(_LIVE)
    def test_one_that_cannot_be_written_stops_no_other(self):
        rows = type(self.env["lead.import.row"])
        prepare = rows._prepare_lead_vals

        def fail(row, values):
            if values["name"] == "Boom":
                raise ValueError("boom")
            return prepare(row, values)

        boom = {"key": "x", "name": "Boom", "email": "boom@x.example"}
        with patch.object(rows, "_prepare_lead_vals", fail):
            answers = self._capture(ANN, boom, BOB, {**BOB, "key": "b2", "city": "Reno"})
        self._run_imports()

        self.assertEqual(
            [answer["verdict"] for answer in answers], ["new", "rejected", "new", "duplicate"]
        )
        self.assertIn("could not be written", answers[1]["reason"])
        self.assertIn("Boom", self._get_row("x").cells)  # what was typed is not lost
        self.assertFalse(self._get_row("x").follow_up)
        self.assertEqual(len(self._get_day().lead_ids.enrollment_ids), 2)
        self.assertEqual(self._get_row("bob").lead_id.city, "Reno")

    @mute_logger("odoo.addons.lead_followup.models.lead_import_capture")
    def test_one_that_cannot_be_read_stops_no_other(self):
        module = "odoo.addons.lead_followup.models.lead_import_capture.intake.lay_out"
        with patch(module, side_effect=ValueError("broken")):
            [answer] = self._capture(ANN)

        self.assertAnswer(answer, "rejected")
        self.assertIn("could not be read", answer["reason"])

    def test_empty(self):
        [answer] = self._capture({"key": "x"})

        self.assertAnswer(answer, "rejected")

    def test_things_that_are_no_texts(self):
        [answer] = self._capture(
            {
                "key": ["x"],
                "name": {"a": 1},
                "email": ["ann@ample.example"],
                "answers": "budget",
                "interest_ids": [0, -1, 2**40, "7", None],
                "further": 5,
                "photo": 7,
                "zip": 89501,
                "captured_at": 12,
            }
        )

        self.assertEqual(answer["verdict"], "new")
        self.assertEqual(self.env["crm.lead"].browse(answer["lead_id"]).zip, "89501")

    def test_bad_address_without_phone(self):
        answers = self._capture(
            {"key": "x", "name": "Ann", "email": "ann at ample"},
            {"key": "y", "name": "Ann", "company": "Ample", "email": "ann at ample"},
        )

        self.assertAnswer(answers[0], "rejected", "invalid_email")
        self.assertAnswer(answers[1], "new", "invalid_email")  # somebody with a firm is somebody

    def test_markup_and_formula_are_text(self):
        note = "<script>alert(1)</script>\n=HYPERLINK(A1)"
        [answer] = self._capture({**ANN, "note": note, "city": "=1+1"})

        lead = self.env["crm.lead"].browse(answer["lead_id"])
        self.assertAnswer(answer, "new", "formula_cell", "html_in_note")
        self.assertNotIn("<script", lead.description)
        self.assertEqual((lead.visit_ids.note, lead.city), (note, "=1+1"))

    def test_a_name_of_5000_letters(self):
        letters = random.Random(7)
        name = "".join(letters.choice("abcdefghijklmnop qrstuvwxyz0123456789") for _ in range(5000))

        by_name = {"name": name, "company": "Ample Inc"}
        answers = self._capture({**ANN, "name": name}, {**by_name, "key": "x", "city": "Reno"}, BOB)
        [again] = self._capture({**by_name, "key": "y", "zip": "89501"})

        self.assertEqual([one["verdict"] for one in answers], ["new", "duplicate", "new"])
        self.assertEqual((again["lead_id"], again["verdict"]), (answers[0]["lead_id"], "enriched"))
        lead = self.env["crm.lead"].browse(answers[0]["lead_id"])
        self.assertEqual((lead.contact_name, lead.city), (" ".join(name.split()), "Reno"))

    def test_emoji_and_persian_digits(self):
        lead = self._captured(
            key="x", name="سارا 😀", phone="۰۹۱۲۳۴۵۶۷۸۹", country="Iran", note="فردا 👍\x00"
        )

        self.assertEqual(lead.phone_sanitized, "+989123456789")
        self.assertEqual((lead.contact_name, lead.visit_ids.note), ("سارا 😀", "فردا 👍"))

    def test_an_unknown_answer_is_a_fact(self):
        lead = self._captured(**{**ANN, "answers": {"budget": "a lot", "shoe_size": "44"}})

        self.assertFalse(lead.qualification_ids)
        self.assertIn("a lot", lead.description)
        self.assertIn("44", lead.description)


@tagged("post_install", "-at_install")
class TestLeadCaptureKnown(CaptureCase):
    def test_two_people_on_one_switchboard_are_two(self):
        known = self._make_lead(email_from=False, phone="+1 202 555 0155")

        same, other = self._capture(
            {"key": "x", "name": "Ann Ample", "phone": "(202) 555-0155"},
            {"key": "y", "name": "Bob Best", "phone": "(202) 555-0155"},
        )

        self.assertEqual(
            (same["lead_id"], same["reason"]), (known.id, "Same phone number and name")
        )
        self.assertEqual(other["verdict"], "new")

    def test_a_lost_lead_is_taken_up_again(self):
        known = self._make_lead(user_id=self.user_rep.id)
        known.action_set_lost()

        [answer] = self._capture(ANN)
        self._run_imports()

        self.assertEqual((answer["lead_id"], answer["verdict"]), (known.id, "enriched"))
        self.assertEqual((known.won_status, known.rotation), ("pending", 1))
        self.assertTrue(known.enrollment_id)

    def test_a_customer_is_a_new_lead_beside_the_won_one_and_enters_no_cadence(self):
        contact = self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})
        won = self._make_lead(partner_id=contact.id, user_id=self.user_rep.id)
        won.action_set_won()

        lead = self._captured(**ANN)
        self._run_imports()

        self.assertNotEqual(lead, won)
        self.assertEqual(lead.partner_id, contact)
        self.assertFalse(lead.enrollment_ids)
        told = self.env["mail.message"].search([("subject", "ilike", "was seen again")])
        self.assertEqual(told.notified_partner_ids, self.user_rep.partner_id)

    def test_a_student_comes_in_and_is_not_written_to(self):
        by_word = self._captured(**{**ANN, "visitor_kind": "student"})
        by_job = self._captured(**{**BOB, "job_title": "Student"})
        self._run_imports()

        for lead in (by_word, by_job):
            self.assertEqual((lead.not_a_buyer, lead.lifecycle), ("student", "disqualified"))
            self.assertFalse(lead.enrollment_ids)

    def test_consent(self):
        no, blank, unasked = (
            self._captured(**{**BOB, "key": str(n), "email": f"b{n}@x.example", "email_consent": c})
            for n, c in enumerate(("no", "", False))
        )

        self.assertEqual(no.email_consent, "no")
        self.assertFalse(blank.email_consent)
        self.assertFalse(unasked.email_consent)

    def test_another_company_s_lead_is_not_hers(self):
        company = self.env["res.company"].create({"name": "Other"})
        known = self._make_lead(company_id=company.id)
        show = self._make_show(name="Other's", company_id=company.id)
        self.user_marketing.company_ids += company

        [mine] = self._capture(ANN)
        [theirs] = self._capture({**ANN, "key": "there"}, show=show)

        self.assertEqual(mine["verdict"], "new")
        self.assertEqual(theirs["lead_id"], known.id)

    def test_who_sent_him_and_when_to_call_stand_on_the_lead(self):
        known = self._make_lead()
        said = {"referred_by": "Cara Cole", "call_at": "Monday at nine"}

        new, met = self._capture({**BOB, **said}, {**ANN, **said})

        self.assertIn("Cara Cole", self.env["crm.lead"].browse(new["lead_id"]).description)
        notes = "".join(known.message_ids.mapped("body"))
        self.assertEqual((met["lead_id"], met["verdict"]), (known.id, "enriched"))
        self.assertIn("Cara Cole", notes)
        self.assertIn("Monday at nine", notes)
        self.assertEqual(self._get_row("bob").values["referred_by"], "Cara Cole")


@tagged("post_install", "-at_install")
class TestLeadCaptureWords(CaptureCase):
    def test_what_was_typed_wins_over_the_code_and_both_are_kept(self):
        code = "MECARD:N:Ample,Anna;ORG:Ample GmbH;TEL:+12025550155;EMAIL:info@ample.example;;"
        lead = self._captured(**{**ANN, "code": code})

        self.assertEqual(
            (lead.contact_name, lead.partner_name, lead.email_from),
            ("Ann Ample", "Ample Inc", "ann@ample.example"),
        )
        self.assertEqual(lead.phone_sanitized, "+12025550155")
        for text in ("Anna Ample", "Ample GmbH", "info@ample.example"):
            self.assertIn(text, lead.description)

    def test_a_code_alone_is_a_lead(self):
        lines = ["N:Best;Bob", "EMAIL:bob@best.example", "REV:2019-01-01", "END:VCARD"]
        card = "\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines])
        lead = self._captured(key="x", code=card)

        self.assertEqual((lead.contact_name, lead.email_from), ("Bob Best", "bob@best.example"))
        self.assertEqual(str(lead.captured_at), "2026-03-20 12:00:00")  # not when the card was made

    def test_a_badge_number_is_a_fact_and_no_person(self):
        alone, named = self._capture({"key": "x", "code": "4711"}, {**ANN, "code": "4711"})

        self.assertEqual(alone["verdict"], "rejected")
        self.assertIn("4711", self.env["crm.lead"].browse(named["lead_id"]).description)

    def test_the_same_badge_in_a_later_file_is_the_same_person_by_the_three_keys_alone(self):
        lead = self._captured(key="b", name="Ann Ample", phone="+12025550143", external_id="4711")
        job = self._import(
            [
                ["Name", "Phone", "E-mail", "Badge ID"],
                ["Ann Ample", "+1 202 555 0143", "ann@ample.example", "4711"],
                ["Bob Best", "", "bob@best.example", "4711"],  # one order, two attendees
            ]
        )

        ann, bob = job.row_ids.sorted("number").lead_id
        self.assertEqual((ann, ann.email_from), (lead, "ann@ample.example"))
        self.assertEqual(bob.email_from, "bob@best.example")

    def test_answers_to_the_company_s_own_question(self):
        own = self.env["lead.qualifier"].create(
            {
                "name": "Pumps",
                "code": "pumps",
                "company_id": self.show.company_id.id,
                "answer_ids": [(0, 0, {"name": name, "code": name}) for name in ("few", "many")],
            }
        )
        lead = self._captured(**{**ANN, "answers": {"pumps": "many"}})
        given = lead.qualification_ids
        self.assertEqual((given.qualifier_id, given.answer_id.code), (own, "many"))

        self._capture({**ANN, "key": "a2", "answers": {"pumps": "few"}})

        self.assertEqual(given.answer_id.code, "many")
        self.assertIn("few", "".join(lead.message_ids.mapped("body")))

    def test_a_company_s_own_budget_may_have_other_answers(self):
        self.env["lead.qualifier"].create(
            {
                "name": "Budget",
                "code": "budget",
                "company_id": self.show.company_id.id,
                "answer_ids": [(0, 0, {"name": "Small", "code": "small"})],
            }
        )
        own = self._captured(**{**ANN, "answers": {"budget": "small"}})
        free = self._captured(**{**BOB, "budget": "5k"})

        self.assertEqual(own.qualification_ids.answer_id.mapped("code"), ["small"])
        self.assertFalse(free.qualification_ids)
        self.assertIn("5k", free.description)

    def test_interests_by_id_and_by_name(self):
        pump = self.env["lead.interest"].create({"name": "Pump, large"})
        lead = self._captured(**{**ANN, "interest_ids": [pump.id], "interests": ["Valve"]})

        self.assertEqual(set(lead.interest_ids.mapped("name")), {"Pump, large", "Valve"})
        need = lead.qualification_ids.filtered(lambda given: given.qualifier_id.code == "need")
        self.assertEqual(need.answer_id.code, "some")

    def test_a_phone_s_clock_that_is_ahead_is_cut(self):
        at = {
            "ahead": "2031-01-01T10:00:00.000Z",
            "iso": "2026-03-19T10:00:00.000Z",
            "odoo": "2026-03-19 11:00:00",
            "none": False,
        }
        moments = {
            key: str(
                self._captured(key=key, email=f"{key}@x.example", captured_at=moment).captured_at
            )
            for key, moment in at.items()
        }

        self.assertEqual(
            moments,
            {
                "ahead": "2026-03-20 12:00:00",
                "iso": "2026-03-19 10:00:00",
                "odoo": "2026-03-19 11:00:00",
                "none": "2026-03-20 12:00:00",
            },
        )

    def test_rejected_records_come_back_as_a_file_to_mend(self):
        self._capture({"key": "x", "name": "Nobody", "note": "tall"})
        job = self._get_day()

        headings, line = job._get_rejected_table()

        told = dict(zip(headings, line, strict=True))
        self.assertEqual((told["Full Name"], told["Note"]), ("Nobody", "tall"))

    def test_100_records_cost_the_queries_of_10(self):
        def people(start, count):
            return [
                {
                    "key": f"k{n}",
                    "name": f"Person {n}",
                    "company": "Ample",
                    "email": f"p{n}@ample.example",
                    "booth_rating": "warm",
                    "note": "met",
                    "answers": {"budget": "lt10k"},
                    "photo": False,
                }
                for n in range(start, start + count)
            ]

        jobs = self.env["lead.import"]
        jobs._capture(people(0, 3), "booth", self.show)
        self.env.flush_all()

        def count_queries(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            jobs._capture(records, "booth", self.show)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few, many = count_queries(people(100, 10)), count_queries(people(200, 100))

        self.assertLessEqual(many, few + 10)


@tagged("post_install", "-at_install")
class TestLeadCapturePhoto(CaptureCase):
    def _get_photos(self, record):
        return self.env["ir.attachment"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )

    def test_a_picture_is_with_the_lead(self):
        for kind, mimetype in (("PNG", "image/png"), ("JPEG", "image/jpeg")):
            with self.subTest(kind=kind):
                lead = self._captured(key=kind, email=f"{kind}@x.example", photo=make_photo(kind))

                self.assertEqual(self._get_photos(lead).mapped("mimetype"), [mimetype])

    def test_what_is_no_picture_is_left_out_and_the_lead_stands(self):
        svg = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciPjxzY3JpcHQvPjwvc3ZnPg=="
        half = make_photo()[:60]
        for photo in (svg, half, "%%%", 7, ["x"], f"data:image/png;base64,{svg}"):
            with self.subTest(photo=photo):
                [answer] = self._capture(
                    {"key": str(photo), "email": f"x{hash(str(photo))}@x.example", "photo": photo}
                )

                self.assertEqual(answer["flags"], ["photo_refused:unreadable"])
                self.assertIn("not a JPEG", answer["flags_text"])
                self.assertEqual(answer["verdict"], "new")
                self.assertFalse(self._get_photos(self.env["crm.lead"].browse(answer["lead_id"])))

    def test_one_that_is_too_large_is_left_out(self):
        photo = make_photo()
        with patch.object(type(self.env["lead.import.row"]), "_PHOTO_BYTES", 20):
            [answer] = self._capture({**ANN, "photo": photo})
        self.assertEqual(answer["flags"], ["photo_refused:too_large"])

    def test_of_somebody_rejected_it_is_kept_with_the_import(self):
        self._capture({"key": "x", "photo": make_photo()})

        self.assertEqual(len(self._get_photos(self._get_day())), 1)

    def test_on_a_known_lead_it_is_taken_back_with_the_rest(self):
        known = self._make_lead()
        self._capture({**ANN, "photo": make_photo()})
        self._run_imports()
        self.assertEqual(len(self._get_photos(known)), 1)

        self._get_day().action_undo()

        self.assertFalse(self._get_photos(known))
