import base64

from .common import LeadFollowupCase, to_csv

ROWS = [
    ["First Name", "Last Name", "Company", "Email"],
    ["Ann", "Ample", "Ample Pumps", "ann@ample.example"],
    ["Bob", "Brief", "Brief Seals", "bob@brief.example"],
]


class FirstStepCase(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write({"lead_auto_cadence_id": False})
        cls.env["lead.trade.show"].search([("id", "!=", cls.show.id)]).cadence_id = False
        cls.show.cadence_id = False
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_trade_show")
        others = cls.env["lead.cadence"].search([("id", "!=", cls.cadence.id)])
        others.write({"is_self_enrolling": False})
        cls.cadence.is_self_enrolling = False

    def _get_step(self, code):
        self.env.invalidate_all()
        steps = self.env["lead.first.step"].with_user(self.user_marketing)
        return steps.search([("code", "=", code)])


class TestFirstFile(FirstStepCase):
    def test_without_a_file_the_import_form_opens(self):
        step = self._get_step("import")

        self.assertEqual(step.state, "todo")
        self.assertIn("Nothing has to be set up for the first.", step.now_text)
        self.assertEqual(step.action_open()["views"], [(False, "form")])

    def test_a_judged_file_says_what_confirming_would_do(self):
        self._preview(ROWS)

        step = self._get_step("import")

        self.assertEqual(step.state, "todo")
        self.assertIn("is judged and waits for you: 2 leads.", step.starts_text)
        self.assertIn("e-mailed.", step.starts_text)

    def test_an_imported_file_is_done(self):
        self._import(ROWS)

        step = self._get_step("import")

        self.assertEqual(step.state, "done")
        self.assertEqual(step.now_text, "Files imported: 1, with 2 new leads and 0 known ones.")
        self.assertIn("list", step.action_open()["view_mode"])

    def test_an_import_taken_back_is_to_do_again(self):
        self._import(ROWS).action_undo()
        self._run_imports()

        self.assertEqual(self._get_step("import").state, "todo")

    def test_a_file_of_another_company_is_not_ours(self):
        job = self._import(ROWS, trade_show_id=False)
        job.company_id = self.env["res.company"].create({"name": "Elsewhere"})

        self.assertEqual(self._get_step("import").state, "todo")

    def test_a_first_file_needs_nothing_set_up(self):
        """No show, no rule, no cadence of the company's own: file in, leads out."""
        job = (
            self.env["lead.import"]
            .with_user(self.user_marketing)
            .create({"file": base64.b64encode(to_csv(ROWS)), "file_name": "leads.csv"})
        )
        job.action_preview()
        job.action_import()
        self._run_imports()

        self.assertEqual(job.state, "done")
        self.assertCounts(job, rows=2, new=2, enriched=0, duplicate=0, rejected=0)

    def test_what_came_of_it_is_counted_by_temperature(self):
        leads = self._import(ROWS).lead_ids
        self.env["crm.lead"]._record_answers(
            {
                leads[0]: {
                    "budget": "gt250k",
                    "authority": "decision_maker",
                    "timeframe": "0_3m",
                }
            },
            "Test",
        )
        leads._update_scores()

        step = self._get_step("result")

        # 15 + 15 + 15 = 45, and 10 of the visit at the show: warm; the other has the visit alone
        self.assertEqual(step.state, "done")
        self.assertEqual(step.now_text, "Leads that came in by a file: 2. Hot: 0, warm: 1.")

    def test_unscored_leads_are_still_to_come(self):
        leads = self._import(ROWS).lead_ids
        leads._update_scores()
        self.env["lead.score"]._mark_stale_leads(leads[:1])

        step = self._get_step("result")

        self.assertEqual(step.state, "todo")
        self.assertIn("Still to be scored: 1.", step.now_text)

    def test_leads_made_by_hand_are_no_result_of_a_file(self):
        self._make_lead()

        self.assertEqual(self._get_step("result").state, "todo")


class TestFirstCadence(FirstStepCase):
    def test_with_nobody_inside_and_no_way_in_nothing_is_sent(self):
        step = self._get_step("cadences")

        self.assertEqual(step.state, "todo")
        self.assertIn("nothing is sent.", step.now_text)
        self.assertIn("Each states the number first.", step.starts_text)

    def test_leads_inside_are_counted(self):
        leads = self._make_lead(user_id=self.user_rep.id)
        leads |= self._make_lead(user_id=self.user_rep.id, email_from="bob@brief.example")
        self.cadence._enroll(leads)

        step = self._get_step("cadences")

        self.assertEqual(step.state, "done")
        self.assertIn(
            f"“{self.cadence.name}” is active: leads inside, who are contacted: 2.", step.now_text
        )

    def test_those_who_match_already_wait_for_a_confirmation(self):
        self._make_lead(name="Matches")
        self._make_lead(name="Matches too", email_from="bob@brief.example")
        self._make_lead(name="Does not", email_from="cyd@calm.example")
        self.cadence.write({"is_self_enrolling": True, "domain": "[('name', '=like', 'Matches%')]"})

        step = self._get_step("cadences")

        self.assertEqual(step.state, "done")
        self.assertIn("2 more match already", step.starts_text)

    def test_a_show_with_a_cadence_is_a_way_in_and_asks_first(self):
        self.show.cadence_id = self.cadence

        step = self._get_step("cadences")

        self.assertEqual(step.state, "done")
        self.assertIn("when you confirm their import", step.starts_text)

    def test_a_cadence_without_steps_contacts_nobody(self):
        self.show.cadence_id = self.env["lead.cadence"].create({"name": "Empty"})

        self.assertEqual(self._get_step("cadences").state, "todo")

    def test_stopped_sending_is_said_and_is_off(self):
        self.cadence._enroll(self._make_lead(user_id=self.user_rep.id))
        self.company.lead_sending_stopped = True

        step = self._get_step("cadences")

        self.assertEqual(step.state, "off")
        self.assertIn("All sending is stopped", step.now_text)

    def test_the_test_mode_names_its_address(self):
        self.cadence._enroll(self._make_lead(user_id=self.user_rep.id))
        self.company.write({"lead_test_email": "me@seller.example", "lead_test_mode": True})

        step = self._get_step("cadences")

        self.assertEqual(step.state, "off")
        self.assertIn("me@seller.example", step.now_text)

    def test_new_people_by_form_are_told_of(self):
        self.company.lead_auto_cadence_id = self.cadence

        step = self._get_step("cadences")

        self.assertEqual(step.state, "done")
        self.assertIn(f"enter “{self.cadence.name}” by themselves.", step.starts_text)
