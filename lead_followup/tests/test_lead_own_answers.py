from odoo.tests import tagged

from .capture_common import CaptureCase

_HEADINGS = ["Name", "E-mail", "Budget", "Timeframe", "Product interest"]


@tagged("post_install", "-at_install")
class TestLeadOwnAnswers(CaptureCase):
    """A company asks with answers of its own, or does not ask any more: no file fails by that."""

    def _ask(self, code, *names):
        return self.env["lead.qualifier"].create(
            {
                "name": code.title(),
                "code": code,
                "company_id": self.show.company_id.id,
                "answer_ids": [(0, 0, {"name": name, "code": name.split()[0]}) for name in names],
            }
        )

    def _get_codes(self, lead):
        return {given.qualifier_id.code: given.answer_id.code for given in lead.qualification_ids}

    def test_answers_of_a_file_are_looked_up_among_its_own(self):
        self._ask("budget", "small money", "lt10k as usual")
        job = self._import(
            [
                _HEADINGS,
                ["Ann Ample", "ann@ample.example", "Small  Money", "5 months", ""],
                ["Bob Best", "bob@best.example", "$90,000", "5 months", ""],
                ["Cal Cole", "cal@cole.example", "$5,000", "", ""],
            ]
        )

        self.assertEqual(job.state, "done", job.message)
        ann, bob, cal = job.row_ids.sorted("number").lead_id
        self.assertEqual(self._get_codes(ann), {"budget": "small", "timeframe": "3_6m"})
        self.assertEqual(self._get_codes(bob), {"timeframe": "3_6m"})
        self.assertIn("Budget: $90,000", bob.description)
        self.assertEqual(self._get_codes(cal), {"budget": "lt10k"})
        self.assertFalse(cal.description)

    def test_usual_answers_are_read_as_ever(self):
        job = self._import([_HEADINGS, ["Bob Best", "bob@best.example", "$90,000", "", "Pumps"]])

        self.assertEqual(
            self._get_codes(job.row_ids.lead_id), {"budget": "50k_250k", "need": "some"}
        )

    def test_what_is_not_asked_any_more_is_a_fact(self):
        self.env.ref("lead_scoring.lead_qualifier_budget").active = False
        known = self._make_lead(email_from="bob@best.example")
        job = self._import(
            [
                _HEADINGS,
                ["Ann Ample", "ann@ample.example", "$90,000", "", ""],
                ["Bob Best", "bob@best.example", "$90,000", "", ""],
            ]
        )

        self.assertEqual(job.state, "done", job.message)
        ann = job.row_ids.lead_id - known
        self.assertFalse((ann | known).qualification_ids)
        self.assertIn("Budget: $90,000", ann.description)
        self.assertIn("$90,000", "".join(known.message_ids.mapped("body")))

    def test_one_that_has_changed_between_preview_and_run(self):
        job = self._preview([_HEADINGS, ["Bob Best", "bob@best.example", "$90,000", "", ""]])
        self._ask("budget", "small money")
        self.env.cr.cache.clear()  # as in a transaction of its own
        job.action_import()
        self._run_imports()

        self.assertEqual(job.state, "done", job.message)
        self.assertFalse(job.row_ids.lead_id.qualification_ids)
        self.assertIn("50k_250k", job.row_ids.lead_id.description)

    def test_an_interest_says_nothing_where_need_is_asked_otherwise(self):
        self._ask("need", "urgent need")
        lead = self._captured(key="ann", name="Ann", email="a@ample.example", interests=["Pumps"])
        job = self._import([_HEADINGS, ["Bob Best", "bob@best.example", "", "", "Pumps"]])

        self.assertEqual(job.state, "done", job.message)
        for one in (lead, job.row_ids.lead_id):
            self.assertFalse(one.qualification_ids)
            self.assertEqual(one.interest_ids.mapped("name"), ["Pumps"])


@tagged("post_install", "-at_install")
class TestLeadCompetitors(CaptureCase):
    """An own competitor's people don't buy, at whatever door they come in."""

    def _capture_both(self):
        people = [
            {"key": name, "name": f"{name} Person", "company": name, "email": f"a@{name}.example"}
            for name in ("Korvane", "Korvanex")
        ]
        answers = self._capture(*people)
        leads = self.env["crm.lead"].browse([answer["lead_id"] for answer in answers])
        return leads.mapped("not_a_buyer")

    def test_named_in_the_settings(self):
        self.show.company_id.lead_competitor_names = "\nKorvane\n"
        self.assertEqual(self._capture_both(), ["competitor", False])

        job = self._import(
            [["Name", "Company", "E-mail"], ["Eve", "Korvane", "e@korvane.example"]],
            competitor_names="Other Ltd",
        )
        self.assertEqual(job.row_ids.lead_id.not_a_buyer, "competitor")

    def test_named_for_a_file_of_the_show(self):
        self._preview(
            [["Name", "E-mail"], ["Bob Best", "bob@best.example"]], competitor_names="Korvane"
        )
        self.assertEqual(self._capture_both(), ["competitor", False])

    def test_named_for_a_file_of_another_show(self):
        self._preview(
            [["Name", "E-mail"], ["Bob Best", "bob@best.example"]],
            competitor_names="Korvane",
            trade_show_id=self._make_show(name="Elsewhere").id,
        )
        self.assertEqual(self._capture_both(), [False, False])

    def test_another_company_s_competitors(self):
        other = self.env["res.company"].create(
            {"name": "Other", "lead_competitor_names": "Korvane"}
        )
        self.assertNotEqual(other, self.show.company_id)
        self.assertEqual(self._capture_both(), [False, False])
