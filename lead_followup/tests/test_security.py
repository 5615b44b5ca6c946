import base64

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LeadFollowupCase, to_csv

PEOPLE = [["Name", "E-mail"], ["Bob Best", "bob@best.example"]]


@tagged("post_install", "-at_install")
class TestSecurity(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_other = cls._make_user("ted", "sales_team.group_sale_salesman")
        cls.user_clerk = cls._make_user("carl", "base.group_user")

    def _make_enrolled(self, user, email):
        lead = self._make_lead(user_id=user.id if user else False, email_from=email)
        self.env["lead.show.visit"].create({"lead_id": lead.id, "trade_show_id": self.show.id})
        self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(lead)
        return lead

    def test_a_rep_sees_touches_and_visits_of_his_own_and_nobodys_leads_only(self):
        mine = self._make_enrolled(self.user_rep, "mine@ample.example")
        free = self._make_enrolled(False, "free@ample.example")
        his = self._make_enrolled(self.user_other, "his@ample.example")
        leads = mine | free | his

        for model in ("lead.touch", "lead.show.visit", "lead.cadence.enrollment"):
            with self.subTest(model):
                domain = [("lead_id", "in", leads.ids)]
                records = self.env[model].with_user(self.user_rep).search(domain)
                self.assertEqual(records.sudo().lead_id, mine | free)
                seen = self.env[model].with_user(self.user_marketing).search(domain)
                self.assertEqual(seen.sudo().lead_id, leads)

    def test_who_is_no_salesperson_sees_none_of_it(self):
        self._make_enrolled(False, "free@ample.example")

        for model in ("lead.touch", "lead.trade.show", "lead.import", "lead.cadence"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.user_clerk).search([])

    def test_a_rep_reads_shows_and_does_not_change_them(self):
        show = self.show.with_user(self.user_rep)

        self.assertEqual(show.name, "Spring Pump Expo")
        with self.assertRaises(AccessError):
            show.name = "Mine"
        with self.assertRaises(AccessError):
            show.cost_ids.read(["amount"]) or self.env["lead.show.cost"].with_user(
                self.user_rep
            ).search([])

    def test_another_company_s_shows_are_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        show = self._make_show(company_id=company.id, cadence_id=False)

        found = self.env["lead.trade.show"].with_user(self.user_marketing).search([])

        self.assertIn(self.show, found)
        self.assertNotIn(show, found)

    def test_a_rep_may_import_and_does_not_become_salesperson(self):
        job = (
            self.env["lead.import"]
            .with_user(self.user_rep)
            .create(
                {
                    "trade_show_id": self.show.id,
                    "file": b"TmFtZSxFLW1haWwKQW5uIEFtcGxlLGFubkBhbXBsZS5leGFtcGxlCg==",
                }
            )
        )
        job.action_preview()
        job.action_import()
        self._run_imports()

        self.assertEqual((job.state, job.new_count), ("done", 1))
        self.assertFalse(job.sudo().lead_ids.user_id)

    def _preview_as(self, user, rows):
        content = base64.b64encode(to_csv(rows))
        vals = {"trade_show_id": self.show.id, "file": content, "file_name": "mine.csv"}
        job = self.env["lead.import"].with_user(user).create(vals)
        job.action_preview()
        return job

    def test_nobody_forges_rows_of_an_import(self):
        his = self._make_lead(user_id=self.user_other.id, email_from="his@ample.example")
        for user in self.user_rep | self.user_marketing:
            with self.subTest(user.login):
                row = self._preview_as(user, PEOPLE).row_ids
                forged = {"lead_id": his.id, "is_done": True}
                self.assertEqual((len(row), row.verdict), (1, "new"))  # he reads his own
                with self.assertRaises(AccessError):
                    row.write(forged)
                with self.assertRaises(AccessError):
                    row.create({**forged, "import_id": row.import_id.id, "number": 9})
                with self.assertRaises(AccessError):
                    row.import_id.row_ids = [(1, row.id, forged)]
                with self.assertRaises(AccessError):
                    row.unlink()

    def test_nobody_sets_by_hand_how_far_an_import_is(self):
        imports = self.env["lead.import"].with_user(self.user_rep)
        job = self._preview_as(self.user_rep, PEOPLE)

        for vals in ({"state": "done"}, {"phase": "offer"}, {"row_count": 5}, {"new_count": 5}):
            name = next(iter(vals))
            with self.subTest(name):
                with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                    job.write(vals)
                with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                    imports.create(vals)
                with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                    imports.with_context(**{f"default_{name}": vals[name]}).create({})

        job.calendar = "jalali"  # near miss: what he chooses, he sets
        self.assertTrue(job.needs_preview)
        copied = job.copy()
        self.assertEqual((copied.state, copied.row_count), ("draft", 0))

    def test_a_rep_pauses_resumes_and_undoes_his_own_import(self):
        job = self._preview_as(self.user_rep, PEOPLE)
        job.action_preview()  # once more: the rows are made anew
        job.action_import()
        job.action_pause()
        self.assertEqual(job.state, "paused")
        job.action_import()
        self._run_imports()
        lead = job.sudo().lead_ids
        self.assertEqual((job.state, len(lead)), ("done", 1))

        job.action_undo()

        self.assertEqual((job.state, lead.exists()), ("undone", lead.browse()))
