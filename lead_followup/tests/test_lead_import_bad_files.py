import base64
import io
import zipfile

import openpyxl
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LeadFollowupCase, read_export, to_csv

_WRITTEN = ("lead.import", "lead.import.column", "lead.import.row", "crm.lead")
_ROWS = [["Name", "E-mail"], ["Ann Ample", "ann@ample.example"]]


def as_workbook(rows_by_sheet):
    """Return an XLSX file with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in rows_by_sheet.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@tagged("post_install", "-at_install")
class TestLeadImportBadFiles(LeadFollowupCase):
    def assertRefused(self, content, file_name, sentence):
        """The file is refused in a sentence, and nothing of it is written."""
        before = [self.env[model].search_count([]) for model in _WRITTEN]

        with self.assertRaisesRegex(UserError, sentence), self.env.cr.savepoint():
            self._preview(content, file_name)

        self.assertEqual([self.env[model].search_count([]) for model in _WRITTEN], before)

    def assertNothingToImport(self, content, file_name, sentence):
        leads = self.env["crm.lead"].search_count([])

        job = self._preview(content, file_name)
        job.action_import()
        self._run_imports()

        self.assertEqual(job.state, "failed")
        self.assertRegex(job.message, sentence)
        self.assertEqual(self.env["crm.lead"].search_count([]), leads)

    def test_an_empty_file_says_so(self):
        self.assertNothingToImport(read_export("empty.csv"), "empty.csv", "empty")

    def test_headings_alone_say_so(self):
        self.assertNothingToImport(
            read_export("headings_only.csv"), "headings_only.csv", "no rows below"
        )

    def test_the_same_headings_with_one_row_are_imported(self):
        headings = read_export("headings_only.csv").decode("utf-8-sig").strip().split(",")
        row = ["ann@ample.example" if "mail" in word.lower() else "Ann" for word in headings]
        self.assertIn("ann@ample.example", row)

        job = self._import([headings, row], "headings_only.csv")

        self.assertEqual((job.state, job.new_count), ("done", 1))

    def test_a_workbook_named_csv_is_read_by_its_content(self):
        job = self._import(read_export("booth_sheet.xlsx"), "booth_sheet.csv", tz="America/Chicago")

        self.assertCounts(job, 27, 23, 0, 3, 1)

    def test_a_login_page_named_csv_is_refused(self):
        page = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Login</body></html>"
        self.assertRefused(page, "export.csv", "web page")

    def test_a_picture_named_xlsx_is_refused(self):
        png = base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
        )
        self.assertRefused(png, "leads.xlsx", "not a list of leads|not text|damaged")

    def test_a_truncated_workbook_is_refused(self):
        self.assertRefused(read_export("booth_sheet.xlsx")[:3000], "leads.xlsx", "damaged")

    def test_a_locked_workbook_says_to_remove_the_password(self):
        locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
        locked += "EncryptedPackage".encode("utf-16-le")

        self.assertRefused(locked, "leads.xlsx", "remove the password")

    def test_a_workbook_that_explodes_is_refused_by_the_limit_of_the_company(self):
        content = io.BytesIO(as_workbook({"Leads": _ROWS}))
        with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/image1.png", b"\x00" * 3_000_000)
        self.env.company.lead_import_max_unpacked_mb = 2

        self.assertRefused(content.getvalue(), "leads.xlsx", "unpacks to more than .* Settings")

        self.env.company.lead_import_max_unpacked_mb = 4
        self.assertEqual(self._preview(content.getvalue(), "leads.xlsx").row_count, 1)

    def test_each_limit_is_a_setting_of_the_company(self):
        wide = [[*_ROWS[0], "x", "y"], [*_ROWS[1], "1", "2"]]
        long = [_ROWS[0], ["A" * 150, "ann@ample.example"]]
        for name, limit, rows, sentence in (
            ("lead_import_max_rows", 1, [*_ROWS, *_ROWS[1:] * 200], "more than 1 rows.*Settings"),
            ("lead_import_max_columns", 3, wide, "4 columns; the limit is 3.*Settings"),
            ("lead_import_max_cell_chars", 100, long, "Row 2, column 1 holds 150 characters"),
        ):
            with self.subTest(name):
                settings = self.env["res.config.settings"].create({name: limit})
                settings.execute()
                self.assertEqual(self.env.company[name], limit)
                self.assertRefused(to_csv(rows), "leads.csv", sentence)
                self.env.company[name] = limit * 1000

                self.assertTrue(self._preview(rows).row_count)

    def test_limits_stay_in_bounds(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env.company.lead_import_max_rows = 0
            self.env.flush_all()

    def test_zero_bytes_inside_text_are_refused(self):
        self.assertRefused(b"Name,E-mail\nAnn\x00,a@b.example\n", "leads.csv", "not text")

    def test_a_megabyte_in_a_cell_is_refused_with_its_place(self):
        rows = [*_ROWS, ["Bob", "x" * 1_000_000]]
        self.assertRefused(to_csv(rows), "leads.csv", "Row 3, column 2 .* Shorten the cell")

    def test_ragged_rows_are_imported_and_flagged(self):
        content = (
            b"Name,Company,E-mail\nAnn Ample,Ample Inc.,ann@ample.example\nBob Brisk,Brisk Ltd\n"
            b"Cy Cool,Cool Co,cy@cool.example,stray\nDee Dry,Dry Ltd,dee@dry.example\n"
        )

        job = self._import(content)

        self.assertCounts(job, 4, 4, 0, 0, 0)
        flags = {row.number: row.flags for row in job.row_ids}
        self.assertEqual(flags, {1: [], 2: ["short_row"], 3: ["long_row"], 4: []})
        self.assertIn("stray", job.row_ids[2].lead_id.description)

    def test_formulas_and_scripts_stay_text(self):
        rows = [
            ["Name", "Company", "E-mail", "Notes"],
            ["=cmd|' /C calc'!A0", "=1+1", "ann@ample.example", "<script>alert(1)</script>"],
        ]

        lead = self._import(rows).row_ids.lead_id

        self.assertEqual((lead.contact_name, lead.partner_name), ("=cmd|' /C calc'!A0", "=1+1"))
        self.assertNotIn("<script", lead.description)
        self.assertIn("&lt;script&gt;", lead.description)

    def test_an_import_that_ran_cannot_be_previewed_again(self):
        job = self._import([["Name", "E-mail"], ["Ann Ample", "ann@ample.example"]])

        with self.assertRaisesRegex(UserError, "imported already"):
            job.action_preview()
        with self.assertRaisesRegex(UserError, "imported already"):
            job.action_import()
