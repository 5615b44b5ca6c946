from odoo.tests import tagged

from .common import LeadFollowupCase
from .test_lead_import_bad_files import as_workbook

HEADINGS = ["Name", "Company", "E-mail", "Scan date"]
ANN = ["Ann Ample", "Ample Inc.", "ann@ample.example"]
BOB = ["Bob Brisk", "Brisk Ltd", "bob@brisk.example"]


@tagged("post_install", "-at_install")
class TestLeadImportHint(LeadFollowupCase):
    def test_dates_that_read_both_ways_are_asked_about(self):
        rows = [HEADINGS, [*ANN, "03/04/2026"], [*BOB, "05/06/2026"]]

        job = self._preview(rows, date_order=False)

        self.assertEqual(job.questions, ["date_order"])
        self.assertFalse(job.date_order)
        self.assertIn("“Scan date” (03/04/2026, 05/06/2026)", job.hint)
        self.assertIn("read month first", job.hint)  # the show is in the United States
        self.assertEqual(job.row_ids.mapped("flags"), [["ambiguous_date"], ["ambiguous_date"]])
        self.assertEqual(job.row_ids[0].values["scanned_at"], "2026-03-04 08:00:00")

    def test_the_answer_is_taken_and_the_question_goes(self):
        job = self._preview([HEADINGS, [*ANN, "03/04/2026"]], date_order=False)

        job.date_order = "DMY"
        self.assertTrue(job.needs_preview)
        job.action_preview()

        self.assertEqual((job.questions, job.hint), ([], False))
        self.assertEqual(job.row_ids.flags, [])
        self.assertEqual(job.row_ids.values["scanned_at"], "2026-04-03 07:00:00")

    def test_a_day_above_twelve_answers_for_all(self):
        job = self._preview(
            [HEADINGS, [*ANN, "03/04/2026"], [*BOB, "03/17/2026"]], date_order=False
        )

        self.assertEqual((job.date_order, job.questions, job.hint), ("MDY", [], False))
        self.assertEqual(job.row_ids.mapped("flags"), [[], []])

    def test_numbers_for_ratings_are_asked_about(self):
        rows = [["E-mail", "Rating"], ["ann@ample.example", "1"], ["bob@brisk.example", "5"]]

        job = self._preview(rows)
        job.rating_scale = "1_best"
        asked = job.questions
        job.action_preview()

        self.assertEqual((asked, job.questions), (["rating_scale"], []))
        self.assertEqual([row.values["rating"] for row in job.row_ids], ["hot", "cold"])

    def test_two_columns_for_one_field_are_named_and_lose_nothing(self):
        rows = [["E-mail", "Company", "Group"], ["ann@ample.example", "Ample Inc.", "Ample Group"]]
        job = self._preview(rows)

        job.column_ids[2].target = "company"
        job.action_preview()
        job.action_import()
        self._run_imports()

        self.assertIn("“Company”, “Group” are all mapped to “Company”", job.hint)
        self.assertEqual(job.lead_ids.partner_name, "Ample Inc.")
        self.assertIn("Group: Ample Group", job.lead_ids.description)

    def test_two_columns_of_notes_need_no_word(self):
        rows = [["E-mail", "Notes", "Remarks"], ["ann@ample.example", "one", "two"]]
        job = self._preview(rows)

        job.column_ids[2].target = "note"
        job.action_preview()

        self.assertFalse(job.hint)
        self.assertEqual(job.row_ids.values["note"], "one\ntwo")

    def test_other_sheets_and_footers_are_not_left_out_in_silence(self):
        content = as_workbook(
            {
                "Day 1": [HEADINGS, [*ANN, "2026-03-17"]],
                "Day 2": [
                    HEADINGS, [*ANN, "2026-03-17"], [*BOB, "2026-03-18"], ["Total", "2"],
                ],
            }
        )  # fmt: skip

        job = self._preview(content, "leads.xlsx")

        self.assertEqual(job.row_count, 2)
        self.assertIn("Only sheet “Day 2” is imported.", job.hint)
        self.assertIn("Day 1", job.hint)
        self.assertIn("Rows left out as totals, legends or signatures: 1 (Total 2)", job.hint)

    def test_facts_without_a_field_stand_in_the_description(self):
        rows = [
            ["Name", "Anrede", "E-mail", "Phone", "State", "Country", "Badge ID", "Colour"],
            ["Ann Ample", "Frau", "ann@ample.example; a2@ample.example",
             "+49 30 23125108 DW 7", "Madrid", "España", "B-7", "<b>red</b>"],
            ["Bob Brisk", "", "bob@brisk.example", "", "Hinterland", "España", "", ""],
        ]  # fmt: skip

        job = self._import(rows)

        ann, bob = job.row_ids.lead_id.sorted("contact_name")
        self.assertEqual(ann.state_id, self.env.ref("base.state_es_m"))
        self.assertNotIn("State:", ann.description)
        self.assertIn("Extension: 7", ann.description)
        self.assertIn("Other e-mails: a2@ample.example", ann.description)
        self.assertIn("External ID: B-7", ann.description)
        self.assertIn("Colour: &lt;b&gt;red&lt;/b&gt;", ann.description)
        self.assertIn("State: Hinterland", bob.description)
        self.assertFalse(bob.state_id)
