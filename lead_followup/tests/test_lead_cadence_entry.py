from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadCadenceEntry(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_general")
        cls.other_company = cls.env["res.company"].create({"name": "Elsewhere Ltd"})

    def _split(self, leads):
        can, left_out = self.cadence._split_enrollable(leads)
        return can, {word: out.mapped("name") for word, out in left_out.items()}

    def test_each_lead_stands_once_under_its_first_reason(self):
        fine = self._make_lead(name="fine")
        inside = self._make_lead(name="inside", user_id=self.user_rep.id)
        self.cadence._enroll(inside)
        won = self._make_lead(name="won", type="opportunity", do_not_contact=True)
        won.action_set_won()
        leads = fine | inside | won
        leads |= self._make_lead(name="lost", active=False, probability=0)
        leads |= self._make_lead(name="let alone", do_not_contact=True)
        leads |= self._make_lead(name="student", not_a_buyer="student")

        can, names_by_reason = self._split(leads)

        self.assertEqual(can, fine)
        self.assertEqual(
            names_by_reason,
            {
                "closed": ["won", "lost"],
                "do_not_contact": ["let alone"],
                "not_a_buyer": ["student"],
                "in_cadence": ["inside"],
            },
        )
        self.assertEqual(self.cadence._enroll(leads).lead_id, fine)

    def test_each_reason_has_its_text(self):
        texts = self.cadence._get_entry_reason_texts()

        words = {word for word, _check in self.cadence._get_entry_obstacles()}
        self.assertLessEqual(words, set(texts))  # others may add theirs

    def test_another_company_s_lead_stays_out_and_nobody_s_comes_in(self):
        self.cadence.company_id = self.env.company
        mine = self._make_lead(name="mine", company_id=self.env.company.id)
        nobodys = self._make_lead(name="nobody's", company_id=False)
        theirs = self._make_lead(name="theirs", company_id=self.other_company.id)

        can, names_by_reason = self._split(mine | nobodys | theirs)

        self.assertEqual(can, mine | nobodys)
        self.assertEqual(names_by_reason, {"other_company": ["theirs"]})

    def test_a_cadence_of_all_companies_takes_any(self):
        theirs = self._make_lead(company_id=self.other_company.id)

        self.assertEqual(self._split(theirs), (theirs, {}))

    def test_order_of_the_leads_is_kept(self):
        first, second, third = (self._make_lead(name=name) for name in "abc")

        can, _left_out = self._split(third | first | second)

        self.assertEqual(can.mapped("name"), ["c", "a", "b"])

    def test_entry_condition_holds_on_every_road(self):
        self.cadence.entry_domain = "[('country_id.code', '=', 'US')]"
        american = self._make_lead(name="american")
        french = self._make_lead(name="french", country_id=self.env.ref("base.fr").id)

        can, names_by_reason = self._split(american | french)

        self.assertEqual(can, american)
        self.assertEqual(names_by_reason, {"entry_condition": ["french"]})
        self.assertEqual(self.cadence._enroll(american | french).lead_id, american)

    def test_no_condition_and_an_empty_one_keep_nobody_out(self):
        lead = self._make_lead()
        for text in (False, "[]"):
            with self.subTest(text):
                self.cadence.entry_domain = text
                self.assertEqual(self._split(lead), (lead, {}))

    def test_a_condition_reads_the_score(self):
        self.cadence.entry_domain = "[('score_total', '>=', 10)]"
        cold = self._make_lead(name="cold")
        self.env["lead.event"]._log([{"lead_id": (seen := self._make_lead()).id, "kind": "scan"}])
        seen._update_scores()

        can, names_by_reason = self._split(seen | cold)

        self.assertEqual(can, seen)
        self.assertEqual(names_by_reason, {"entry_condition": ["cold"]})

    def test_a_condition_that_does_not_work_is_refused(self):
        for text in ("[('no_such_field', '=', 1)]", "[('user_id', '=', uid)]", "nonsense"):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, "entry condition of"):
                self.cadence.entry_domain = text

    def test_a_condition_that_works_no_longer_lets_nobody_in_and_says_so(self):
        lead = self._make_lead()
        self.env.cr.execute(
            "UPDATE lead_cadence SET entry_domain = %s WHERE id = %s",
            ("[('x_gone', '=', 1)]", self.cadence.id),
        )
        self.cadence.invalidate_recordset()

        can, left_out = self.cadence._split_enrollable(lead)

        self.assertFalse(can)
        self.assertEqual(left_out, {"entry_error": lead})
        self.assertIn("x_gone", self.cadence.entry_error)
        self.cadence.entry_domain = "[]"
        self.assertFalse(self.cadence.entry_error)
        self.assertEqual(self.cadence._split_enrollable(lead), (lead, {}))

    def test_a_rep_asks_without_seeing_more_than_he_may(self):
        mine = self._make_lead(user_id=self.user_rep.id)
        cadence, mine = self.cadence.with_user(self.user_rep), mine.with_user(self.user_rep)

        can, left_out = cadence._split_enrollable(mine)

        self.assertEqual((can, left_out), (mine, {}))
        self.assertEqual((can.env.uid, can.env.su), (self.user_rep.id, False))

    def test_queries_do_not_grow_with_the_leads(self):
        self.cadence.entry_domain = "[('country_id.code', '=', 'US')]"

        def count_queries(size):
            leads = self.env["crm.lead"].union(*(self._make_lead() for _ in range(size)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            can, _left_out = self.cadence._split_enrollable(leads)
            self.assertEqual(can, leads)
            return self.env.cr.sql_log_count - before

        count_queries(2)
        self.assertEqual(count_queries(30), count_queries(3))

    # each road says who was left out and why

    def _import_with_condition(self):
        self.show.cadence_id.entry_domain = "[('country_id.code', '=', 'US')]"
        rows = [["Ann Ample", "ann@ample.example", "United States"]]
        rows += [["Bob Best", "bob@best.example", "France"], ["Cy Cole", "cy@c.example", "France"]]
        return self._preview([["Name", "E-mail", "Country"], *rows])

    def test_the_forecast_of_an_import_says_who_does_not_meet_the_condition(self):
        job = self._import_with_condition()

        self.assertEqual(job.forecast["left_out"], {"entry_condition": 2})
        self.assertEqual(job.mailed_count, 1)
        self.assertIn("meet the entry condition of the cadence – 2", job.forecast_html)

    def test_the_note_of_an_import_says_who_did_not_enter(self):
        job = self._import_with_condition()
        job.action_import()
        self._run_imports()

        self.assertEqual(job.lead_ids.enrollment_id.lead_id.mapped("contact_name"), ["Ann Ample"])
        note = self.show.message_ids[0].body
        self.assertIn("Doesn't meet the entry condition of the cadence: 2", note)

    def test_an_import_of_whom_all_enter_says_nothing_more(self):
        self._import([["Name", "E-mail"], ["Bob Best", "bob@best.example"]])

        self.assertNotIn("Not in the cadence", self.show.message_ids[0].body)

    def test_who_comes_by_himself_and_does_not_meet_it_is_told_on_the_lead(self):
        self.env.company.lead_auto_cadence_id = self.cadence
        self.cadence.entry_domain = "[('country_id.code', '=', 'US')]"
        french = self._make_lead(
            country_id=self.env.ref("base.fr").id, user_id=self.user_rep.id, state_id=False
        )
        american = self._make_lead(email_from="b@best.example", user_id=self.user_rep.id)

        french._enroll_newcomer()
        american._enroll_newcomer()

        self.assertFalse(french.enrollment_ids)
        self.assertIn("Did not enter the cadence “General", french.message_ids[0].body)
        self.assertEqual(american.cadence_id, self.cadence)
        self.assertFalse(american.message_ids.filtered(lambda m: "Did not enter" in m.body))
