import base64

from odoo.tests import tagged

from .common import LeadFollowupCase, to_csv

ROWS = [["Who", "Mail", "Remark"], ["Ann Ample", "ann@ample.example", "Pump P-200"]]
OTHER = [ROWS[0], ["Bob Best", "bob@best.example", "Valve V-40"]]


@tagged("post_install", "-at_install")
class TestLeadImportMapping(LeadFollowupCase):
    """A person corrects a column once; the same headings are mapped alike from then on."""

    def _import_corrected(self, rows=ROWS):
        job = self._preview(rows)
        job.column_ids[2].target = "interest"
        job.action_preview()
        job.action_import()
        self._run_imports()
        return job

    def _preview_as(self, user, rows, **vals):
        job = (
            self.env["lead.import"]
            .with_user(user)
            .create({"file": base64.b64encode(to_csv(rows)), "file_name": "x.csv", **vals})
        )
        job.action_preview()
        return job

    def test_each_column_says_why_it_is_mapped_so(self):
        people = [
            ["Ann Ample", "ann@ample.example", f"see card {n}", "+1 202 555 0101", "x"]
            for n in range(3)
        ]

        job = self._preview([["Name", "E-mail", "Zzz", "Qqq", "Www"], *people])

        self.assertEqual(
            [(column.target, column.origin) for column in job.column_ids],
            [
                ("name", "heading"),
                ("email", "heading"),
                (False, False),
                ("phone", "content"),
                (False, False),
            ],
        )
        job.column_ids[2].target = "note"
        self.assertEqual(job.column_ids[2].origin, "person")

    def test_a_colleague_s_correction_is_remembered(self):
        other = self._make_user("ted", "sales_team.group_sale_salesman")
        first = self._preview_as(self.user_rep, ROWS)
        first.column_ids[2].target = "interest"
        first.action_preview()
        first.action_import()
        self._run_imports()

        job = self._preview_as(other, OTHER)

        # though he may not read the import it comes from
        self.assertFalse(self.env["lead.import"].with_user(other).search([("id", "=", first.id)]))
        self.assertEqual(job.column_ids[2].target, "interest")
        self.assertEqual(set(job.column_ids.mapped("origin")), {"remembered"})

    def test_another_company_s_correction_is_not(self):
        self._import_corrected()
        company = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        user = self._make_user("eva", "sales_team.group_sale_manager")
        user.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})

        job = self._preview_as(user, OTHER)

        self.assertEqual(job.company_id, company)
        self.assertNotEqual(job.column_ids[2].target, "interest")

    def test_other_headings_are_not_mapped_by_it(self):
        self._import_corrected()

        job = self._preview([["Who", "Mail", "Remarks"], OTHER[1]])

        self.assertNotEqual(job.column_ids[2].target, "interest")

    def test_a_preview_that_was_never_imported_teaches_nothing(self):
        job = self._preview(ROWS)
        job.column_ids[2].target = "interest"
        job.action_preview()

        again = self._preview(OTHER)

        self.assertNotEqual(again.column_ids[2].target, "interest")

    def test_a_row_says_whom_it_met_and_by_which_key(self):
        self._make_lead(name="Ann's pumps")
        self._make_lead(
            name="Deal", email_from="bob@best.example", lifecycle="sql", user_id=self.user_rep.id
        )

        job = self._preview([*ROWS, OTHER[1], ROWS[1], ["", "", "nothing"]])

        self.assertEqual(
            job.row_ids.sorted("number").mapped("reason_text"),
            [
                "Same e-mail address as “Ann's pumps”",
                "Same e-mail address as “Deal” · A customer or an open deal: no cadence",
                "Same e-mail address as row 1",
                "No usable e-mail or phone, and not both a person and a company",
            ],
        )

    def test_a_click_on_a_count_opens_those_rows(self):
        job = self._preview([*ROWS, OTHER[1], ["", "", "nothing"]])
        rows = self.env["lead.import.row"]

        for verdict, count in (("new", 2), ("rejected", 1), ("duplicate", 0)):
            action = getattr(job, f"action_open_{verdict}_rows")()
            self.assertEqual(action["context"], {f"search_default_{verdict}": 1})
            found = rows.search([*action["domain"], ("verdict", "=", verdict)])
            self.assertEqual(len(found), count)

    def test_rows_are_found_by_person_company_and_address(self):
        job = self._preview([["Name", "Company", "E-mail"], ["Ann", "Ample", "a@x.example"]])
        rows = self.env["lead.import.row"]
        mine = [("import_id", "=", job.id)]

        for text, count in (("ann", 1), ("AMPL", 1), ("x.example", 1), ("Bob", 0)):
            with self.subTest(text):
                found = rows.search_count([*mine, ("display_contact", "ilike", text)])
                self.assertEqual(found, count)
