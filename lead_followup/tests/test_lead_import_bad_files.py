import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import LeadFollowupCase, read_export


@tagged("post_install", "-at_install")
class TestLeadImportBadFiles(LeadFollowupCase):
    def assertRefused(self, content, file_name, sentence):
        with self.assertRaisesRegex(UserError, sentence):
            self._preview(content, file_name)

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

    def test_an_import_that_ran_cannot_be_previewed_again(self):
        job = self._import([["Name", "E-mail"], ["Ann Ample", "ann@ample.example"]])

        with self.assertRaisesRegex(UserError, "imported already"):
            job.action_preview()
        with self.assertRaisesRegex(UserError, "imported already"):
            job.action_import()
