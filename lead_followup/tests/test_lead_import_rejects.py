import base64
import csv
import io

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import LeadFollowupCase, read_export, to_csv

HEADINGS = ["Name", "Company", "E-mail", "Phone", "Phone", "", "Notes"]
# Nobody can be reached here, and each has no company beside the name, or no name.
ROWS = [
    ["Ann Ample", "", "ann(at)ample", "", "", "", "=HYPERLINK(1)"],
    ["", "+49 GmbH", "", "", "", "@ann on X", "-2 degrees"],
    ["'=quoted", "", "", "", "", "", "\tindented"],
    ["Bob Best", "Best Ltd", "bob@best.example", "+49 30 23125255", "", "", "fine"],
]


@tagged("post_install", "-at_install")
class TestLeadImportRejects(LeadFollowupCase):
    def _read_csv(self, job):
        return list(csv.reader(io.StringIO(job._get_rejected_csv().decode("utf-8-sig"))))

    def _read_xlsx(self, job):
        book = openpyxl.load_workbook(io.BytesIO(job._get_rejected_xlsx()))
        return [[cell for cell in row] for row in book.active.iter_rows()]

    def test_rejected_rows_keep_headings_columns_and_order_and_say_why(self):
        job = self._preview([HEADINGS, *ROWS])

        headings, *rows = self._read_csv(job)

        self.assertEqual(headings, [*HEADINGS, "Why this row was rejected"])
        self.assertEqual([row[0] for row in rows], ["Ann Ample", "", "''=quoted"])
        reason = "No usable e-mail or phone, and not both a person and a company"
        self.assertEqual({row[-1] for row in rows}, {reason})

    def test_no_cell_of_the_csv_begins_as_a_formula_does(self):
        job = self._preview([HEADINGS, *ROWS])

        cells = [cell for row in self._read_csv(job) for cell in row]

        self.assertFalse([cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))])
        self.assertIn("'=HYPERLINK(1)", cells)
        self.assertIn("'+49 GmbH", cells)
        self.assertIn("'\tindented", cells)

    def test_every_cell_of_the_workbook_is_text(self):
        job = self._preview([HEADINGS, *ROWS])

        cells = [cell for row in self._read_xlsx(job) for cell in row if cell.value is not None]

        self.assertEqual({cell.data_type for cell in cells}, {"s"})
        self.assertEqual({cell.number_format for cell in cells}, {"@"})
        self.assertIn("+49 GmbH", [cell.value for cell in cells])

    def test_a_file_without_rejected_rows_has_none_to_mend(self):
        job = self._preview([HEADINGS, ROWS[-1]])

        with self.assertRaisesRegex(UserError, "there is nothing to mend"):
            job._get_rejected_csv()

    def test_what_was_not_mended_comes_back_as_it_was(self):
        job = self._preview([HEADINGS, *ROWS])
        before = [row.cells for row in job.row_ids if row.verdict == "rejected"]

        for content, name in (
            (job._get_rejected_csv(), "again.csv"),
            (job._get_rejected_xlsx(), "again.xlsx"),
        ):
            with self.subTest(name):
                again = self._preview(content, name)
                self.assertEqual(again.rejected_count, 3)
                cells = [row.cells[: len(HEADINGS)] for row in again.row_ids]
                self.assertEqual(
                    [[text.strip() for text in row] for row in cells],
                    [[text.strip() for text in row] for row in before],
                )

    def test_the_mended_file_is_mapped_as_the_first_one_and_comes_in(self):
        first = self._preview([["Who", "Mail", "Phone", "Remark"], ["Ann Ample", "", "", "P-200"]])
        first.column_ids[3].target = "interest"
        first.action_preview()
        first.action_import()
        self._run_imports()
        self.assertCounts(first, 1, 0, 0, 0, 1)

        rows = self._read_csv(first)
        rows[1][2] = "'+49 30 23125255"  # as Excel keeps it, mended
        again = self._import(rows)

        self.assertCounts(again, 1, 1, 0, 0, 0)
        self.assertEqual(again.column_ids.mapped("heading"), ["Who", "Mail", "Phone", "Remark"])
        self.assertEqual(again.column_ids[3].target, "interest")
        self.assertEqual(set(again.column_ids.mapped("origin")), {"remembered"})
        lead = again.lead_ids
        self.assertEqual(lead.phone_sanitized, "+493023125255")
        self.assertEqual(lead.interest_ids.name, "P-200")
        self.assertNotIn("rejected", str(lead.description))

    def test_the_reason_is_left_out_whatever_language_it_was_given_out_in(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        job = self._preview([HEADINGS, *ROWS]).with_context(lang="fr_FR")

        again = self._preview(job._get_rejected_csv())

        self.assertEqual(again.column_ids.mapped("heading"), HEADINGS)

    def test_a_row_longer_than_the_headings_loses_nothing(self):
        content = b"Name,E-mail\nAnn,,overhang,=1+1\nBob,bob@best.example\nCid,cid@best.example\n"
        job = self._preview(content)
        self.assertEqual(job.rejected_count, 1)

        again = self._preview(job._get_rejected_csv())

        self.assertEqual(again.row_ids.cells, ["Ann", "", "overhang", "=1+1"])
        self.assertEqual(again.column_ids.mapped("heading"), ["Name", "E-mail"])

    def test_the_sample_files_round_trip(self):
        for name in ("leadcapture_us.csv", "booth_sheet.xlsx", "business_cards.vcf"):
            with self.subTest(name):
                job = self._preview(read_export(name), name)
                again = self._preview(job._get_rejected_xlsx(), "again.xlsx")
                self.assertEqual(again.row_count, job.rejected_count)
                self.assertEqual(
                    again.column_ids.mapped("heading"), job.column_ids.mapped("heading")
                )


@tagged("post_install", "-at_install")
class TestLeadImportRejectsDownload(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user,sales_team.group_sale_salesman"
        cls.rep = new_test_user(cls.env, "rina_rejects", groups)
        cls.other = new_test_user(cls.env, "otto_rejects", groups)
        cls.job = (
            cls.env["lead.import"]
            .with_user(cls.rep)
            .create(
                {
                    "file": base64.b64encode(to_csv([HEADINGS, *ROWS])),
                    "file_name": "leads.csv",
                }
            )
        )
        cls.job.action_preview()

    def test_who_imported_gets_the_file(self):
        self.authenticate("rina_rejects", "rina_rejects")

        answer = self.url_open(self.job.action_download_rejected_csv()["url"])

        self.assertEqual(answer.status_code, 200)
        self.assertIn("leads%20-%20rejected.csv", answer.headers["Content-Disposition"])
        self.assertEqual(answer.content, self.job._get_rejected_csv())

    def test_another_rep_does_not(self):
        self.authenticate("otto_rejects", "otto_rejects")

        answer = self.url_open(self.job.action_download_rejected_xlsx()["url"])

        self.assertEqual(answer.status_code, 404)
