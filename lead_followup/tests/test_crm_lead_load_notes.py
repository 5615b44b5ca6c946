from odoo.tests import tagged

from .common import to_csv
from .test_crm_lead_load import OPTIONS, LoadCase

FIELDS = ["name", "email_from", "description", "city"]


@tagged("post_install", "-at_install")
class TestCrmLeadLoadNotes(LoadCase):
    """Notes and differences of “Import records”: none is lost, none is told twice."""

    def _load_rows(self, *rows, **context):
        return self._load(*rows, fields=FIELDS, **context)

    def _seen_again(self, lead):
        return lead.message_ids.filtered(lambda note: "Seen again" in (note.body or ""))

    def test_further_rows_notes_stand_below_the_first_s(self):
        leads = self._load_rows(
            ["Pumps", "ann@ample.example", "Wants 40 pumps", ""],
            ["Pumps", "ann@ample.example", "Call on Monday", "Reno"],
            ["Pumps", "ann@ample.example", "wants 40 pumps", ""],  # said already
        )

        text = str(leads[0].description)
        self.assertEqual(set(leads.ids), {leads[0].id})
        self.assertEqual(text.count("pumps"), 1)
        self.assertIn("Call on Monday", text)
        self.assertEqual(leads[0].city, "Reno")

    def test_a_known_lead_without_notes_gets_all_of_them(self):
        known = self._make_lead()

        self._load_rows(
            ["A lead", "ann@ample.example", "Wants 40 pumps", ""],
            ["A lead", "ann@ample.example", "Call on Monday", ""],
        )

        self.assertIn("Wants 40 pumps", known.description)
        self.assertIn("Call on Monday", known.description)

    def test_a_known_lead_s_own_notes_stay_and_what_the_file_says_is_told(self):
        known = self._make_lead(description="<p>Tall</p>")

        self._load_rows(
            ["A lead", "ann@ample.example", "Wants 40 pumps", ""],
            ["A lead", "ann@ample.example", "Call on Monday", ""],
        )

        self.assertEqual(known.description, "<p>Tall</p>")
        [note] = self._seen_again(known)
        self.assertIn("Wants 40 pumps", note.body)
        self.assertIn("Call on Monday", note.body)

    def test_the_same_file_twice_tells_its_differences_once(self):
        known = self._make_lead(city="Reno")
        row = ["Valves", "ann@ample.example", "Wants 40 pumps", "Austin"]
        self._load_rows(row)
        told = self._seen_again(known)

        self._load_rows(row)

        self.assertEqual(len(told), 1)
        self.assertEqual(self._seen_again(known), told)
        self.assertEqual(self._get_job().row_ids.verdict, "duplicate")

    def test_the_undo_takes_tags_back_too(self):
        tags = self.env["crm.tag"].create([{"name": "Old"}, {"name": "New"}])
        known = self._make_lead(tag_ids=[(6, 0, tags[0].ids)])
        self._load(["A lead", "ann@ample.example", "Old,New"], fields=[*FIELDS[:2], "tag_ids"])
        self.assertEqual(known.tag_ids, tags)
        self._run_imports()

        self._get_job().action_undo()

        self.assertEqual(known.tag_ids, tags[0])


@tagged("post_install", "-at_install")
class TestCrmLeadLoadBatches(LoadCase):
    """A long file comes in batches of one dialog: it is one import all the same."""

    ROWS = [["Name", "Email", "Phone"]] + [
        [f"Lead {n}", f"person{n}@ample.example", ""] for n in range(1, 6)
    ]

    def _make_dialog(self):
        return (
            self.env["base_import.import"]
            .with_user(self.user_rep)
            .with_context(tracking_disable=False, default_trade_show_id=self.show.id)
            .create(
                {
                    "res_model": "crm.lead",
                    "file": to_csv(self.ROWS),
                    "file_name": "sheet.csv",
                    "file_type": "text/csv",
                }
            )
        )

    def _execute(self, dialog, skip):
        result = dialog.execute_import(
            ["name", "email_from", "phone"],
            ["name", "email", "phone"],
            {**OPTIONS, "skip": skip, "limit": 2},
        )
        self.assertFalse(result["messages"])
        return result

    def test_batches_are_one_import_with_one_summary(self):
        dialog, before = self._make_dialog(), self.show.message_ids
        owner_told = self._make_lead(
            email_from="person1@ample.example",
            type="opportunity",
            user_id=self.user_marketing.id,
            lifecycle="sql",
        )

        self._execute(dialog, 0)
        self._run_imports()  # the scheduler may come between two batches
        self._execute(dialog, 2)
        result = self._execute(dialog, 4)
        self._run_imports()

        job = self.env["lead.import"].search([("is_from_records", "=", True)])
        self.assertEqual(len(job), 1)
        self.assertEqual(result["nextrow"], 0)
        self.assertEqual(job.row_ids.mapped("number"), [1, 2, 3, 4, 5])
        self.assertEqual((job.state, job.new_count, job.enriched_count), ("done", 4, 1))
        notes = self.show.message_ids - before
        self.assertEqual(len(notes), 1)
        self.assertIn("New leads: 4", notes.body)
        self.assertEqual(len(job.row_ids.lead_id.enrollment_id), 4)
        subject = f"{owner_told.name} was seen again"
        told = self.env["mail.message"].search([("subject", "=", subject)])
        self.assertEqual(len(told), 1)

    def test_another_dialog_is_another_import(self):
        self._execute(self._make_dialog(), 0)
        self._execute(self._make_dialog(), 2)

        jobs = self.env["lead.import"].search([("is_from_records", "=", True)])
        self.assertEqual(len(jobs), 2)
