from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .capture_common import CaptureCase, make_photo

ANN = {
    "key": "ann",
    "name": "Ann Ample",
    "company": "Ample Inc",
    "email": "anm@ample.example",
    "phone": "+1 212 555 0187",
    "booth_rating": "cold",
    "note": "Forty pumps",
    "captured_at": "2026-03-19 17:00:00",
    "answers": {"budget": "50k_250k", "authority": "decision_maker"},
}
RIGHT = {**ANN, "key": "right", "replaces": "ann", "email": "ann@ample.example"}


class CorrectCase(CaptureCase):
    def setUp(self):
        super().setUp()
        self.pump, self.valve = self.env["lead.interest"].create(
            [{"name": "Pumps of ours"}, {"name": "Valves of ours"}]
        )

    def _find_leads(self):
        return (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search([("import_id.door", "=", "booth")])
        )

    def _get_answers(self, lead):
        return {
            given.qualifier_id.code: given.answer_id.code
            for given in lead.qualification_ids
            if given.qualifier_id.code != "need"
        }

    def _read_notes(self, lead):
        return "\n".join(lead.message_ids.mapped("body"))

    def assertBooked(self, *verdicts):
        """The one day's rows have these verdicts, in order, and the counts add up to them."""
        job = self._get_day()
        self.assertEqual(len(job), 1)
        self.assertEqual(job.row_ids.sorted("number").mapped("verdict"), list(verdicts))
        job._count_verdicts()
        words = ("new", "enriched", "duplicate", "rejected")
        self.assertCounts(job, len(verdicts), *(verdicts.count(word) for word in words))


@tagged("post_install", "-at_install")
class TestLeadCaptureCorrect(CorrectCase):
    """A record sent again with what was wrong put right, on a lead that it has made."""

    def test_the_address_was_wrong_and_it_is_still_one_person(self):
        lead = self._captured(**ANN)

        [answer] = self._capture(RIGHT)

        self.assertEqual(self._find_leads(), lead)
        self.assertEqual(
            (answer["verdict"], answer["reason"], answer["lead_id"]),
            ("duplicate", "Corrected", lead.id),
        )
        self.assertEqual(lead.email_from, "ann@ample.example")
        self.assertEqual(len(lead.visit_ids), 1)
        self.assertBooked("new", "duplicate")
        self.assertFalse(self._read_notes(lead).count("differs"))

    def test_the_near_miss_without_the_key_is_a_second_person(self):
        lead = self._captured(**ANN)

        [answer] = self._capture({**RIGHT, "replaces": "", "phone": "", "company": ""})

        self.assertEqual(answer["verdict"], "new")
        self.assertEqual(len(self._find_leads()), 2)
        self.assertEqual(lead.email_from, "anm@ample.example")

    def test_all_that_was_said_follows(self):
        lead = self._captured(**ANN, interest_ids=[self.pump.id], city="Reno", email_consent="yes")
        self._capture(
            {
                "key": "right",
                "replaces": "ann",
                "name": "Anna Sample",
                "email": "anna@sample.example",
                "booth_rating": "hot",
                "note": "Fifty pumps",
                "captured_at": ANN["captured_at"],
                "answers": {"budget": "gt250k"},
                "interest_ids": [self.valve.id],
                "email_consent": "no",
            }
        )

        self.assertRecordValues(
            lead,
            [
                {
                    "name": "Anna Sample",
                    "contact_name": "Anna Sample",
                    "partner_name": False,
                    "email_from": "anna@sample.example",
                    "phone": False,
                    "city": False,
                    "email_consent": "no",
                    "booth_rating": "hot",
                    "interest_ids": self.valve.ids,
                }
            ],
        )
        self.assertIn("Fifty pumps", lead.description)
        self.assertNotIn("Forty", lead.description)
        self.assertEqual(lead.visit_ids.mapped("note"), ["Fifty pumps"])
        self.assertEqual(self._get_answers(lead), {"budget": "gt250k"})
        # budget 15, need by an interest 8; a scan 10 and a rating hot 15 the day before, which
        # fade by a half in 30 days: 25 * 2^(-19/720) = 24.5
        self.assertEqual(lead.score_fit, 23)
        self.assertAlmostEqual(lead.score_engagement, 24.5, delta=0.6)
        kinds = lead.event_ids.mapped("kind")
        self.assertEqual((kinds.count("scan"), kinds.count("rating_hot")), (1, 1))

    def test_a_rating_taken_back_counts_no_more(self):
        lead = self._captured(**{**ANN, "booth_rating": "hot"})
        self.assertIn("rating_hot", lead.event_ids.mapped("kind"))

        self._capture({**RIGHT, "booth_rating": ""})

        self.assertFalse(lead.booth_rating)
        self.assertNotIn("rating_hot", lead.event_ids.mapped("kind"))
        self.assertIn("scan", lead.event_ids.mapped("kind"))

    def test_what_somebody_has_changed_since_stays_and_is_told(self):
        lead = self._captured(**ANN)
        lead.with_user(self.user_marketing).write({"phone": "+1 212 555 0100", "city": "Reno"})
        lead.visit_ids.with_user(self.user_marketing).rating = "warm"
        budget = lead.qualification_ids.filtered(lambda given: given.qualifier_id.code == "budget")
        budget.with_user(self.user_marketing).write(
            {
                "answer_id": self.env.ref("lead_scoring.lead_qualifier_answer_budget_none").id,
                "source": "Lead form",
            }
        )

        self._capture(
            {
                **RIGHT,
                "phone": "+1 212 555 0199",
                "city": "Austin",
                "booth_rating": "hot",
                "answers": {"budget": "gt250k"},
            }
        )

        self.assertEqual((lead.phone, lead.city), ("+1 212 555 0100", "Reno"))
        self.assertEqual(lead.booth_rating, "warm")
        self.assertEqual(self._get_answers(lead), {"budget": "none"})
        self.assertEqual(lead.email_from, "ann@ample.example")
        notes = self._read_notes(lead)
        for words in ("not taken over", "+12125550199", "Austin", "Hot", "250"):
            self.assertIn(words, notes)

    def test_sent_twice_it_changes_nothing(self):
        lead = self._captured(**ANN)
        first = self._capture(RIGHT)
        lead.with_user(self.user_marketing).email_from = "other@ample.example"

        again = self._capture(RIGHT)

        self.assertEqual(first, again)
        self.assertEqual(lead.email_from, "other@ample.example")
        self.assertBooked("new", "duplicate")

    def test_a_correction_of_a_correction(self):
        lead = self._captured(**ANN)
        self._capture(RIGHT)
        self._capture({**RIGHT, "key": "last", "replaces": ["lost", "right", "ann"], "phone": ""})

        self.assertEqual(self._find_leads(), lead)
        self.assertEqual((lead.email_from, lead.phone), ("ann@ample.example", False))
        self.assertBooked("new", "duplicate", "duplicate")

    def test_one_whose_own_correction_never_arrived(self):
        lead = self._captured(**ANN)

        self._capture({**RIGHT, "replaces": ["lost", "ann"]})

        self.assertEqual(self._find_leads(), lead)
        self.assertEqual(lead.email_from, "ann@ample.example")

    def test_in_one_call_with_what_it_corrects(self):
        for answers in (self._capture(RIGHT, ANN),):
            self.assertEqual([one["verdict"] for one in answers], ["duplicate", "new"])

        lead = self._find_leads()
        self.assertEqual(lead.mapped("email_from"), ["ann@ample.example"])
        self.assertBooked("new", "duplicate")

    def test_what_comes_in_after_its_correction_says_nothing(self):
        lead = self._captured(**RIGHT)

        [answer] = self._capture(ANN)

        self.assertEqual((answer["verdict"], answer["lead_id"]), ("duplicate", lead.id))
        self.assertEqual(self._find_leads(), lead)
        self.assertEqual(lead.email_from, "ann@ample.example")
        self.assertBooked("new", "duplicate")

    def test_what_two_corrections_have_overtaken_says_nothing(self):
        self._capture({**RIGHT, "key": "third", "replaces": ["right", "ann"]})
        first, second = self._capture(ANN, {**RIGHT, "email": "amn@ample.example"})

        self.assertEqual((first["verdict"], second["verdict"]), ("duplicate", "duplicate"))
        [lead] = self._find_leads()
        self.assertEqual(lead.email_from, "ann@ample.example")
        self.assertEqual(len(lead.visit_ids), 1)

    def test_keys_that_are_not_his_to_correct(self):
        elsewhere = self._make_show(name="Elsewhere")
        self._capture({**ANN, "key": "colleague"}, user=self.user_rep)
        self._capture({**ANN, "key": "elsewhere", "email": "x@else.example"}, show=elsewhere)
        self._capture({"key": "rejected", "name": "Ann"})
        self._capture({**ANN, "key": "poster", "email": "p@else.example"}, door="poster")
        before = self._find_leads()
        values = before.read(["email_from", "contact_name"])
        for number, key in enumerate(
            ("colleague", "elsewhere", "rejected", "poster", "unknown", "", 5, {"a": 1}, ["x"])
        ):
            with self.subTest(key):
                record = {
                    "key": f"k{number}",
                    "replaces": key,
                    "name": f"Stranger {number}",
                    "email": f"s{number}@strange.example",
                }
                [answer] = self._capture(record)
                self.assertEqual(answer["verdict"], "new")
        self.assertEqual(before.read(["email_from", "contact_name"]), values)

    def test_one_that_was_taken_back_is_corrected_no_more(self):
        self._capture(ANN)
        self._run_imports()
        self._get_day().action_undo()

        [answer] = self._capture(RIGHT)

        self.assertEqual(answer["verdict"], "new")
        self.assertEqual(len(self._find_leads()), 1)

    def test_a_correction_that_reaches_nobody_changes_nothing(self):
        lead = self._captured(**ANN)

        [answer] = self._capture({"key": "right", "replaces": "ann", "name": "Ann"})

        self.assertEqual((answer["verdict"], answer["lead_id"]), ("rejected", False))
        self.assertEqual(lead.email_from, "anm@ample.example")
        self.assertBooked("new", "rejected")

    def test_one_that_cannot_be_written_leaves_all_as_it_was(self):
        lead = self._captured(**ANN)
        rows = type(self.env["lead.import.row"])

        def break_off(*_args):
            raise ValueError("broken")

        logged = "odoo.addons.lead_followup.models.lead_import_row_correct"
        with patch.object(rows, "_tell_correction", break_off), mute_logger(logged):
            [answer] = self._capture({**RIGHT, "booth_rating": "hot"})

        self.assertEqual(answer["verdict"], "rejected")
        self.assertIn("could not be written", answer["reason"])
        self.assertEqual((lead.email_from, lead.booth_rating), ("anm@ample.example", "cold"))
        self.assertEqual(self._get_row("ann").values["email"], "anm@ample.example")
        self.assertBooked("new", "rejected")

    def test_the_undo_takes_back_both(self):
        photo = make_photo()
        lead = self._captured(**ANN, photo=photo)
        self._capture({**RIGHT, "photo": photo})
        self.assertEqual(
            self.env["ir.attachment"].search_count(
                [("res_model", "=", "crm.lead"), ("res_id", "=", lead.id)]
            ),
            1,
        )
        self._run_imports()

        self._get_day().action_undo()

        self.assertFalse(lead.exists())
        self.assertFalse(self._find_leads())

    def test_a_student_is_closed_and_opened_again(self):
        lead = self._captured(**ANN)
        self._run_imports()
        self.assertEqual(lead.enrollment_id.state, "active")

        self._capture({**RIGHT, "visitor_kind": "student"})
        self._run_imports()
        self.assertEqual((lead.lifecycle, lead.not_a_buyer), ("disqualified", "student"))
        self.assertFalse(lead.enrollment_id)

        self._capture({**RIGHT, "key": "last", "replaces": "right"})
        self.assertFalse(lead.not_a_buyer)
        self.assertNotEqual(lead.lifecycle, "disqualified")

    def test_a_student_by_mistake_enters_the_cadence_after_all(self):
        lead = self._captured(**ANN, visitor_kind="student")
        self._run_imports()
        self.assertEqual(lead.lifecycle, "disqualified")
        self.assertFalse(lead.enrollment_ids)

        self._capture(RIGHT)
        self._run_imports()

        self.assertNotEqual(lead.lifecycle, "disqualified")
        self.assertEqual(lead.enrollment_id.state, "active")

    def test_a_student_somebody_has_worked_on_stays_closed_and_it_is_told(self):
        lead = self._captured(**ANN, visitor_kind="student")
        lead.with_user(self.user_marketing).city = "Reno"

        self._capture(RIGHT)

        self.assertEqual((lead.lifecycle, lead.not_a_buyer), ("disqualified", "student"))
        self.assertIn("left open", self._read_notes(lead))

    def test_the_right_address_is_a_customer_s(self):
        partner = self.env["res.partner"].create(
            {"name": "Ann Ample", "email": "ann@ample.example", "user_id": self.user_rep.id}
        )
        won = self._make_lead(partner_id=partner.id, email_from=partner.email)
        won.action_set_won()
        lead = self._captured(**ANN)
        self._run_imports()
        self.assertTrue(lead.enrollment_id)

        self._capture(RIGHT)
        self._run_imports()

        row = self._get_row("ann")
        self.assertTrue(row.is_known_customer)
        self.assertEqual((row.won_lead_id, lead.partner_id), (won, partner))
        self.assertFalse(lead.enrollment_id)
        self.assertEqual(lead.email_from, "ann@ample.example")
        self.assertEqual(partner.phone, False)


@tagged("post_install", "-at_install")
class TestLeadCaptureCorrectKnown(CorrectCase):
    """The same, where the record met a lead that was there, or should have met one."""

    def test_only_what_the_row_had_filled_is_put_right(self):
        known = self._make_lead(email_from="ann@ample.example", function="Buyer")
        ann = {**ANN, "email": "ann@ample.example", "job_title": "Boss"}
        self._capture(ann)
        self.assertEqual((known.phone, known.function), ("+12125550187", "Buyer"))

        self._capture(
            {
                **ann,
                "key": "right",
                "replaces": "ann",
                "phone": "+1 212 555 0199",
                "job_title": "Chief",
                "company": "",
                "note": "Fifty pumps",
                "answers": {"authority": "influencer"},
            }
        )

        self.assertEqual(
            (known.phone, known.function, known.partner_name), ("+12125550199", "Buyer", False)
        )
        self.assertEqual(known.visit_ids.note, "Fifty pumps")
        self.assertEqual(self._get_answers(known), {"authority": "influencer"})
        notes = self._read_notes(known)
        self.assertIn("Chief", notes)
        self.assertIn("Fifty pumps", notes)
        self.assertBooked("enriched", "duplicate")

        self._run_imports()
        self._get_day().action_undo()
        self.assertEqual((known.phone, known.function), (False, "Buyer"))
        self.assertFalse(known.visit_ids)
        self.assertFalse(known.qualification_ids)
        self.assertNotIn("Chief", self._read_notes(known))

    def test_a_visit_that_was_there_keeps_what_it_had(self):
        known = self._make_lead(email_from="ann@ample.example")
        visit = self.env["lead.show.visit"].create(
            {"lead_id": known.id, "trade_show_id": self.show.id, "note": "Came by"}
        )
        ann = {**ANN, "email": "ann@ample.example", "booth_rating": "hot"}
        self._capture(ann)
        self.assertEqual((visit.rating, visit.note), ("hot", "Came by\nForty pumps"))

        self._capture({**ann, "key": "right", "replaces": "ann", "note": "", "booth_rating": ""})
        self.assertEqual((visit.rating, visit.note), (False, "Came by"))

        self._run_imports()
        self._get_day().action_undo()
        self.assertEqual((visit.exists().note, visit.rating), ("Came by", False))

    def test_one_that_met_the_wrong_person_leaves_him_as_he_was(self):
        wrong = self._make_lead(email_from="anm@ample.example", contact_name="Anton Amper")
        self._capture(ANN)
        self.assertEqual(wrong.phone, "+12125550187")

        [answer] = self._capture(RIGHT)

        self.assertEqual(answer["verdict"], "new")
        lead = self._find_leads() - wrong
        self.assertEqual(lead.email_from, "ann@ample.example")
        self.assertEqual((wrong.phone, len(wrong.visit_ids)), (False, 0))
        self.assertFalse(wrong.qualification_ids)
        self.assertEqual(self._get_row("ann").lead_id, lead)
        self.assertBooked("duplicate", "new")

    def test_one_that_should_have_met_a_lead_meets_it(self):
        known = self._make_lead(email_from="ann@ample.example")
        made = self._captured(**ANN)
        self.assertNotEqual(made, known)
        self._run_imports()

        [answer] = self._capture(RIGHT)

        self.assertEqual((answer["verdict"], answer["lead_id"]), ("enriched", known.id))
        self.assertFalse(made.exists())
        self.assertEqual(known.phone, "+12125550187")
        self.assertEqual(known.visit_ids.trade_show_id, self.show)
        self.assertEqual(self._get_row("ann").lead_id, known)
        self.assertBooked("duplicate", "enriched")

        self._run_imports()
        self._get_day().action_undo()
        self.assertTrue(known.exists())
        self.assertEqual((known.phone, len(known.visit_ids)), (False, 0))

    def test_a_lead_somebody_has_worked_on_is_not_given_up(self):
        self._make_lead(email_from="ann@ample.example")
        made = self._captured(**ANN)
        made.with_user(self.user_marketing).city = "Reno"

        [answer] = self._capture(RIGHT)

        self.assertEqual(answer["lead_id"], made.id)
        self.assertEqual((made.email_from, made.city), ("ann@ample.example", "Reno"))
