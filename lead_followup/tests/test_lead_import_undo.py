from unittest.mock import patch

from odoo import fields
from odoo.exceptions import LockError, UserError
from odoo.tests import tagged

from .common import LeadFollowupCase

HEADINGS = ["Name", "E-mail", "Phone", "Comments", "Budget", "Product interest"]
ANN = ["Ann Ample", "ann@ample.example", "(202) 555-0155", "40 pumps", "$10k - $50k", "Pump P-200"]
BOB = ["Bob Best", "bob@best.example", "", "", "", ""]
CARA = ["Cara Cole", "cara@cole.example", "", "", "", ""]

STANDING = (
    "active",
    "won_status",
    "stage_id",
    "lost_reason_id",
    "date_closed",
    "rotation",
    "lifecycle",
    "lifecycle_at",
    "mql_at",
    "sql_at",
    "engagement_since",
    "user_id",
    "team_id",
    "first_touch_deadline",
    "first_touch_at",
    "first_human_touch_at",
    "enrollment_id",
    "trade_show_id",
    "phone",
    "score_total",
    "interest_ids",
    "visit_ids",
    "qualification_ids",
    "event_ids",
    "message_ids",
    "handover_ids",
)


class UndoCase(LeadFollowupCase):
    def _read(self, lead):
        lead.invalidate_recordset()
        standing = {name: lead[name] for name in STANDING}
        # whoever was told of an offer has been told, and that it was made stays noted
        told = lead.message_ids.filtered(
            lambda note: note.message_type == "user_notification" or not note.body
        )
        return {**standing, "message_ids": lead.message_ids - told}

    def assertAsBefore(self, lead, before):
        after = self._read(lead)
        self.assertEqual({n: v for n, v in after.items() if v != before[n]}, {}, before)

    def _find(self, email):
        return self.env["crm.lead"].search([("email_normalized", "=", email)])


@tagged("post_install", "-at_install")
class TestLeadImportUndoKnown(UndoCase):
    """A known lead stands after the undo where it stood before the import."""

    def test_an_open_lead_is_put_back_with_clock_cadence_and_score(self):
        known = self._make_lead(phone=False)
        known.write(
            {
                "first_touch_deadline": "2026-03-02 08:00:00",
                "first_touch_at": "2026-03-01 08:00:00",
                "first_human_touch_at": "2026-03-01 09:00:00",
            }
        )
        before = self._read(known)
        job = self._import([HEADINGS, ANN])
        self.assertTrue(known.enrollment_id and known.visit_ids and known.phone)
        self.assertFalse(known.first_touch_at)
        self.assertEqual(len(known.qualification_ids), 2)

        job.action_undo()

        self.assertAsBefore(known, before)
        self.assertFalse(job.message)

    def test_a_lead_that_qualified_is_put_back_and_its_offer_withdrawn(self):
        self._take_all_to_rosa()
        known = self._make_lead(phone=False)
        before = self._read(known)
        rows = [[*HEADINGS, "Lead Rating", "Decision role", "Purchase timeframe"]]
        rows += [[*ANN, "Hot", "Decision maker", "0-3 months"]]
        job = self._import(rows)
        self.assertEqual((known.lifecycle, known.user_id), ("mql", self.user_rep))
        self.assertEqual(known.handover_ids.state, "offered")

        job.action_undo()

        self.assertAsBefore(known, before)

    def _take_all_to_rosa(self):
        team = self.env["crm.team"].create({"name": "Pumps", "company_id": self.env.company.id})
        self.env["crm.team.member"].create(
            {"crm_team_id": team.id, "user_id": self.user_rep.id, "assignment_max": 300}
        )
        self.env["lead.assignment.rule"].create(
            {
                "name": "All to Rosa",
                "team_id": team.id,
                "method": "fixed",
                "member_ids": [(6, 0, self.user_rep.ids)],
            }
        )
        self.env.company.lead_offer_start_at = False

    def test_a_lead_that_was_taken_up_again_is_lost_again(self):
        known = self._make_lead(user_id=self.user_rep.id, lifecycle="sql", type="opportunity")
        known.action_set_lost(lost_reason_id=self.env.ref("crm.lost_reason_1").id)
        known.date_closed = "2026-01-10 08:00:00"
        before = self._read(known)
        job = self._import([HEADINGS, ANN])
        self.assertEqual((known.won_status, known.rotation), ("pending", 1))

        job.action_undo()

        self.assertAsBefore(known, before)
        self.assertEqual((known.won_status, known.probability), ("lost", 0))

    def test_a_lead_archived_by_hand_is_archived_again_and_not_lost(self):
        known = self._make_lead()
        known.probability = 20
        known.action_archive()
        before = self._read(known)
        job = self._import([HEADINGS, ANN])
        self.assertTrue(known.active)

        job.action_undo()

        self.assertAsBefore(known, before)
        self.assertEqual((known.won_status, known.probability), ("pending", 20))

    def test_a_visit_that_was_completed_loses_that_only(self):
        known = self._make_lead(phone="+1 202 555 0100")
        visit = self.env["lead.show.visit"].create(
            {
                "lead_id": known.id,
                "trade_show_id": self.show.id,
                "captured_at": "2026-03-18 16:00:00",
                "note": "Tall",
            }
        )
        job = self._import([[*HEADINGS, "Lead Rating"], [*ANN, "Hot"]])
        self.assertEqual((visit.rating, visit.note), ("hot", "Tall\n40 pumps"))

        job.action_undo()

        self.assertEqual((visit.exists().rating, visit.note), (False, "Tall"))
        self.assertNotIn("rating_hot", known.event_ids.mapped("kind"))

    def test_an_expired_answer_comes_back(self):
        known = self._make_lead()
        self.env["crm.lead"]._record_answers(
            {known: {"budget": "gt250k"}},
            source="A call",
            answered_at_by_lead={known: fields.Datetime.to_datetime("2020-01-01")},
        )
        self.assertTrue(known.qualification_ids.is_expired)
        job = self._import([HEADINGS, ANN])
        given = known.qualification_ids.filtered(lambda one: one.qualifier_id.code == "budget")
        self.assertEqual(given.answer_id.code, "10k_50k")

        job.action_undo()

        known.invalidate_recordset()
        self.assertEqual(known.qualification_ids.answer_id.code, "gt250k")
        self.assertEqual(known.qualification_ids.source, "A call")

    def test_answers_go_though_the_show_was_renamed(self):
        known = self._make_lead()
        job = self._import([HEADINGS, ANN])
        self.show.name = "Spring Expo"

        job.action_undo()

        known.invalidate_recordset()
        self.assertFalse(known.qualification_ids)

    def test_the_same_file_again_comes_to_the_same_verdicts(self):
        self._make_lead(phone=False)
        lost = self._make_lead(email_from="bob@best.example", contact_name="Bob Best")
        lost.action_set_lost()
        rows = [HEADINGS, ANN, BOB, CARA, ANN]
        first = self._import(rows)
        verdicts = first.row_ids.mapped(lambda row: (row.verdict, row.reason))
        first.action_undo()

        second = self._import(rows)

        self.assertEqual(second.row_ids.mapped(lambda row: (row.verdict, row.reason)), verdicts)
        self.assertEqual(
            [verdict for verdict, _reason in verdicts],
            ["enriched", "enriched", "new", "duplicate"],
        )


@tagged("post_install", "-at_install")
class TestLeadImportUndoWorkedOn(UndoCase):
    """What people have worked on since stays, and is named; the rest is taken back."""

    def test_a_known_lead_a_rep_wrote_about_stays_open_and_loses_what_is_unchanged(self):
        known = self._make_lead(phone=False)
        known.action_set_lost()
        job = self._import([HEADINGS, ANN, BOB])
        known.message_post(body="Called, wants a quote", message_type="comment")
        known.interest_ids.name = "Pump P-300"

        job.action_undo()

        known.invalidate_recordset()
        self.assertEqual((known.won_status, known.rotation), ("pending", 1))
        self.assertFalse(known.phone or known.visit_ids or known.enrollment_id)
        self.assertIn(f"A lead (#{known.id})", job.message)
        self.assertIn(f"A lead (#{known.id})", job.message_ids[0].body)
        self.assertFalse(self._find("bob@best.example"))

    def test_a_value_corrected_since_stays(self):
        known = self._make_lead(phone=False)
        job = self._import([HEADINGS, ANN])
        known.phone = "+1 202 555 0199"

        job.action_undo()

        self.assertEqual(known.phone, "+1 202 555 0199")

    def test_a_known_lead_won_since_stays_won_and_the_rest_is_undone(self):
        known = self._make_lead(type="opportunity")
        job = self._import([HEADINGS, ANN, BOB])
        known.action_set_won()

        job.action_undo()

        self.assertEqual(
            (job.state, known.won_status, known.lifecycle), ("undone", "won", "customer")
        )
        self.assertIn(f"#{known.id}", job.message)
        self.assertFalse(self._find("bob@best.example"))

    def test_one_won_in_silence_before_the_import_is_no_matter(self):
        won = self._make_lead(type="opportunity")
        won.action_set_won()
        job = self._import([HEADINGS, ANN])

        job.action_undo()

        self.assertEqual((won.won_status, job.message), ("won", False))
        self.assertEqual(self._find("ann@ample.example"), won)

    def test_each_kind_of_work_on_a_new_lead_keeps_it(self):
        def note(lead):
            lead.message_post(body="Called", message_type="comment")

        def contact(lead):
            lead.first_touch_at = fields.Datetime.now()

        def plan(lead):
            lead.activity_schedule("mail.mail_activity_data_todo", user_id=self.user_rep.id)

        def answer(lead):
            code = self.env["lead.qualifier.answer"].search([("code", "=", "gt250k")], limit=1)
            self.env["lead.qualification"].create({"lead_id": lead.id, "answer_id": code.id})

        def edit(lead):
            lead.with_user(self.user_marketing).description = "Met him at dinner"

        def reply(lead):
            self.env["lead.event"].create({"lead_id": lead.id, "kind": "reply"})

        for work in (note, contact, plan, answer, edit, reply):
            with self.subTest(work.__name__):
                show = self._make_show(name=work.__name__)
                email = f"{work.__name__}@best.example"
                rows = [HEADINGS, ["Bob Best", email, "", "", "", ""], CARA]
                job = self._import(rows, trade_show_id=show.id)
                lead = self._find(email)
                work(lead)

                job.action_undo()

                self.assertTrue(lead.exists())
                self.assertEqual(lead.visit_ids.trade_show_id, show)
                self.assertTrue(lead.enrollment_id)
                self.assertIn(f"#{lead.id}", job.message)
                self.assertFalse(self._find("cara@cole.example"))
                self.assertEqual(job.done_count, 1)

    def test_what_the_program_did_by_itself_is_no_work(self):
        job = self._import([HEADINGS, BOB])
        lead = self._find("bob@best.example")
        lead._update_scores()
        self._run_cadences()
        self.assertTrue(lead.touch_ids.mail_id)

        job.action_undo()

        self.assertFalse(lead.exists() or job.message)

    def test_a_new_lead_another_import_has_added_to_stays(self):
        job = self._import([HEADINGS, BOB, CARA])
        self._import([HEADINGS, BOB], trade_show_id=self._make_show(name="Autumn").id)

        job.action_undo()

        self.assertTrue(self._find("bob@best.example"))
        self.assertFalse(self._find("cara@cole.example"))

    def test_a_kept_lead_is_a_duplicate_when_the_file_comes_again(self):
        job = self._import([HEADINGS, BOB, CARA])
        bob = self._find("bob@best.example")
        bob.message_post(body="Called", message_type="comment")
        job.action_undo()

        again = self._import([HEADINGS, BOB, CARA])

        self.assertVerdicts(again, {1: "duplicate", 2: "new"})

    def test_an_import_that_was_undone_cannot_be_undone_again(self):
        job = self._import([HEADINGS, BOB])
        job.action_undo()

        with self.assertRaisesRegex(UserError, "was not imported"):
            job.action_undo()

    def test_the_question_says_beforehand_who_stays(self):
        job = self._import([HEADINGS, BOB, CARA])
        self._find("bob@best.example").message_post(body="Called", message_type="comment")

        text = " ".join(str(job.undo_text).split())

        self.assertIn("New leads to be deleted: <strong>1</strong>", text)
        self.assertIn("Worked on since, these stay: <strong>1</strong>", text)

    def test_while_a_chunk_is_written_nothing_is_undone_and_one_is_told_so(self):
        job = self._import([HEADINGS, BOB])

        with (
            patch.object(
                type(self.env["lead.import.row"]), "lock_for_update", side_effect=LockError("x")
            ),
            self.assertRaisesRegex(UserError, "is being written right now. Wait a few seconds"),
        ):
            job.action_undo()

        self.assertEqual(job.state, "done")
        self.assertTrue(self._find("bob@best.example"))

    def test_the_run_steps_back_while_somebody_undoes(self):
        job = self._preview([HEADINGS, BOB])
        job.action_import()

        with patch.object(
            type(self.env["lead.import.row"]), "lock_for_update", side_effect=LockError("x")
        ):
            self._run_imports()

        self.assertEqual((job.state, len(job.lead_ids)), ("running", 0))  # left for the next run
        self._run_imports()
        self.assertEqual((job.state, len(job.lead_ids)), ("done", 1))
