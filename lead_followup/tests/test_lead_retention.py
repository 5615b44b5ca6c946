from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.lead_followup.models.lead_retention import LeadRetention

from .capture_common import CaptureCase, make_photo

PEOPLE = [
    ["Name", "E-mail", "Company", "Note"],
    ["Ann Ample", "ann@ample.example", "Ample", "Pumps"],
    ["Bob Best", "bob@best.example", "Best", ""],
    ["", "", "", "nobody"],
]
# 13 months after the imports of 20 March 2026
LATER = "2027-04-21 12:00:00"


@tagged("post_install", "-at_install")
class TestLeadRetention(CaptureCase):
    """What is older than the company keeps it goes; switched off, nothing does."""

    def setUp(self):
        super().setUp()
        self.job = self._import(PEOPLE)
        self._age(self.job)
        self.company = self.job.company_id

    def _age(self, records, at="2026-03-20 12:00:00"):
        """The database dates what is made by its own clock; here it is that of the story."""
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE {records._table} SET create_date = %s WHERE id IN %s", [at, tuple(records.ids)]
        )
        records.invalidate_recordset(["create_date"])

    def _run(self, at=LATER):
        with freeze_time(at), self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_forget").method_direct_trigger()
        self.env.invalidate_all()

    def _keep(self, **months):
        self.company.write({f"lead_keep_{word}_months": n for word, n in months.items()})

    def test_off_by_default_nothing_goes(self):
        self._run()

        self.assertTrue(self.job.file)
        self.assertEqual(self.job.row_ids[0].values["name"], "Ann Ample")

    def test_an_old_import_is_forgotten_and_its_counts_stay(self):
        self._keep(imports=12)

        self._run()

        self.assertFalse(self.job.file)
        self.assertTrue(all(self.job.row_ids.mapped("forgotten_at")))
        self.assertEqual(self.job.row_ids[0].values, {"further": {}})
        self.assertCounts(self.job, rows=3, new=2, enriched=0, duplicate=0, rejected=1)
        self.assertEqual(self.company.lead_forgotten, {"files": 1, "rows": 3})
        self.assertEqual(self.env["crm.lead"].search_count([("import_id", "=", self.job.id)]), 2)

    def test_a_younger_one_an_unfinished_one_and_another_companys_stay(self):
        self._keep(imports=12)
        young = self._import(PEOPLE, file_name="young.csv")
        self._age(young, "2026-04-22 12:00:00")
        open_job = self._preview(PEOPLE)
        self._age(open_job)
        other = self.env["res.company"].create({"name": "Second Seller"})
        his = (
            self.env["lead.import"]
            .with_company(other)
            .create({"file": self.job.file, "file_name": "his.csv"})
        )
        his.action_preview()
        his.action_import()
        self._run_imports()
        self._age(his)

        self._run()

        self.assertEqual((his.state, his.company_id), ("done", other))
        for job in (young, open_job, his):
            self.assertTrue(job.file, job.name)
            self.assertFalse(job.row_ids.filtered("forgotten_at"), job.name)

    def test_the_same_file_again_meets_the_leads_and_neither_can_be_undone_by_halves(self):
        self._keep(imports=12)
        self._run()

        again = self._import(PEOPLE)

        self.assertEqual(again.new_count, 0)
        self.assertEqual(self.env["crm.lead"].search_count([("import_id", "=", again.id)]), 0)
        with self.assertRaisesRegex(UserError, "what it did is erased"):
            self.job.action_undo()
        again.action_undo()
        self.assertEqual(again.state, "undone")

    def test_of_rejected_rows_alone_the_words_go(self):
        self._keep(rejected=6)

        self._run()

        self.assertEqual(self.job.row_ids.filtered("forgotten_at").mapped("number"), [3])
        self.assertTrue(self.job.file)

    def test_photos_go_and_other_files_of_the_lead_stay(self):
        self._keep(photos=3)
        lead = self._captured(name="Cyd", email="cyd@clear.example", photo=make_photo())
        other = self.env["ir.attachment"].create(
            {"name": "Offer.png", "res_model": "crm.lead", "res_id": lead.id, "raw": b"x"}
        )
        photo = self.env["ir.attachment"].search(
            [("res_model", "=", "crm.lead"), ("res_id", "=", lead.id), ("id", "!=", other.id)]
        )
        self._age(photo | other)

        self._run()

        self.assertFalse(photo.exists())
        self.assertTrue(other.exists())

    def test_a_disqualified_lead_nobody_has_touched_loses_its_name_only(self):
        self._keep(disqualified=12)
        student = self._make_lead(lifecycle="disqualified", company_id=self.company.id)
        called = student.copy({"first_touch_at": "2026-03-21 12:00:00"})
        worked = student.copy()
        buyer = student.copy({"lifecycle": "inquiry"})
        (student | called | worked | buyer).company_id = self.company
        (called | worked).lifecycle = "disqualified"
        called.first_touch_at = "2026-03-21 12:00:00"
        worked.with_user(self.user_marketing).function = "Student"
        self._age(student | called | worked | buyer)

        self._run()

        self.assertEqual(student.name, "Erased")
        self.assertEqual(student.lifecycle, "disqualified")
        self.assertFalse(student.is_blacklisted)
        for lead in (called, worked, buyer):
            self.assertEqual(lead.contact_name, "Ann Ample")

    def test_it_goes_on_where_it_stopped_and_one_that_fails_stops_no_other(self):
        self._keep(imports=12)
        bad = self.job.row_ids[1]
        forget = LeadRetention._forget_rows

        def fail_for_bad(model, rows):
            if bad in rows:
                raise ValueError("broken")
            return forget(model, rows)

        with (
            patch.object(LeadRetention, "_forget_rows", fail_for_bad),
            self.assertLogs("odoo.addons.lead_followup.models.lead_retention", "ERROR"),
        ):
            self._run()
        self.assertEqual(self.job.row_ids.filtered("forgotten_at").mapped("number"), [1, 3])

        self._run()
        self.assertEqual(self.job.row_ids.filtered("forgotten_at").mapped("number"), [1, 2, 3])
        self.assertEqual(self.company.lead_forgotten["rows"], 3)
        self._run()
        self.assertEqual(self.company.lead_forgotten["rows"], 3)

    def test_the_question_states_what_goes_at_once_and_changes_nothing_by_itself(self):
        with freeze_time(LATER):
            ask = self.env["lead.retention.ask"].new(
                {"company_id": self.company.id, "lead_keep_imports_months": 12}
            )
            self.assertIn("imports with their files: 1, rows of imports: 3", ask.question)
            ask.lead_keep_imports_months = 14
            self.assertEqual(ask.question, "Nothing is older than that by now.")
        self.assertFalse(self.company.lead_keep_imports_months)

        self.env["lead.retention.ask"].create({"lead_keep_imports_months": 12}).action_apply()

        self.assertEqual(self.env.company.lead_keep_imports_months, 12)

    def test_only_administrators_set_it_and_no_number_below_zero(self):
        with self.assertRaises(AccessError):
            self.env["lead.retention.ask"].with_user(self.user_marketing).create({})
        with self.assertRaises(ValidationError):
            self._keep(photos=-1)
