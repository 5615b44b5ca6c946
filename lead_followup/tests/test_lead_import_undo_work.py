from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .test_crm_lead_load import LoadCase
from .test_lead_import_undo import ANN, BOB, CARA, HEADINGS, UndoCase

LATER = "2026-03-20 13:00:00"


@tagged("post_install", "-at_install")
class TestLeadWorkedOnAt(UndoCase):
    """The moment a person last changed a lead; what the program writes leaves it alone."""

    def test_a_person_s_change_is_stamped_and_the_program_s_is_not(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        own = lead.with_user(self.user_rep)
        lead.description = "By the program"
        own.sudo().description = "By the program, for her"
        own.with_context(lead_no_work=True).description = "From a file"
        self.assertFalse(lead.worked_on_at)

        own.description = "Met him at dinner"

        self.assertEqual(lead.worked_on_at, fields.Datetime.now())
        self.assertFalse(lead.copy().worked_on_at)

    def test_the_stamp_costs_no_query(self):
        lead = self._make_lead(user_id=self.user_rep.id).with_user(self.user_rep)
        lead.description = "Warm"
        counts = []
        for flag in (True, False):
            lead.env.flush_all()
            before = self.env.cr.sql_log_count
            lead.with_context(lead_no_work=flag).description = f"Note {flag}"
            lead.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestLeadImportUndoUntracked(UndoCase):
    def test_a_new_lead_changed_by_a_person_stays_though_the_program_wrote_last(self):
        job = self._import([HEADINGS, BOB, CARA])
        bob, cara = self._find("bob@best.example"), self._find("cara@cole.example")
        bob.with_user(self.user_marketing).description = "Met him at dinner"
        self.env.flush_all()
        (bob | cara).sudo().write({"probability": 3})  # as a cron does
        self.env.flush_all()

        job.action_undo()

        self.assertEqual((bob | cara).exists(), bob)

    def test_a_known_lead_its_owner_changed_is_not_lost_again(self):
        ann, bob = self._make_lost("ann@ample.example"), self._make_lost("bob@best.example")
        for lead in (ann, bob):  # work before the import is no matter
            lead.with_user(self.user_rep).description = "Old"
        job = self._import([HEADINGS, ANN, BOB])
        self.assertEqual({ann.won_status, bob.won_status}, {"pending"})
        with freeze_time(LATER):
            ann.with_user(self.user_marketing).description = "Wants a quote"

        job.action_undo()

        self.assertEqual((ann.won_status, bob.won_status), ("pending", "lost"))

    def _make_lost(self, email):
        lead = self._make_lead(
            email_from=email, contact_name=email, user_id=self.user_rep.id, type="opportunity"
        )
        lead.action_set_lost()
        return lead

    def test_a_mail_that_may_have_left_keeps_the_new_lead(self):
        for state, stays in (
            ("sending", True),
            ("doubtful", True),
            ("done", True),
            ("queued", False),
            ("failed", False),
        ):
            with self.subTest(state):
                show = self._make_show(name=state)
                row = ["Bob Best", f"{state}@best.example", "", "", "", ""]
                job = self._import([HEADINGS, row], trade_show_id=show.id)
                lead = self._find(f"{state}@best.example")
                self.env.cr.execute(
                    "UPDATE lead_touch SET state = %s WHERE lead_id = %s", [state, lead.id]
                )
                self.env.invalidate_all()
                self.assertTrue(lead.touch_ids)

                job.action_undo()

                self.assertEqual(bool(lead.exists()), stays)

    def test_a_document_a_person_attached_keeps_the_lead(self):
        known = self._make_lead()
        known.action_set_lost()
        self._attach(known, self.user_rep)
        job = self._import([HEADINGS, ANN, BOB, CARA])
        bob, cara = self._find("bob@best.example"), self._find("cara@cole.example")
        self._attach(bob, self.user_rep)
        self._attach(cara, self.env.user)

        job.action_undo()

        self.assertEqual((bob | cara).exists(), bob)
        self.assertEqual(known.won_status, "lost")  # what was attached before is no matter

    def test_a_document_on_a_known_lead_is_work(self):
        known = self._make_lead()
        known.action_set_lost()
        job = self._import([HEADINGS, ANN])
        self._attach(known, self.user_rep)

        job.action_undo()

        self.assertEqual(known.won_status, "pending")

    def _attach(self, lead, user):
        self.env["ir.attachment"].with_user(user).sudo().create(
            {"name": "Plan.txt", "raw": b"x", "res_model": "crm.lead", "res_id": lead.id}
        )


@tagged("post_install", "-at_install")
class TestLeadImportUndoTwoFiles(UndoCase):
    def test_people_of_another_file_stay_though_it_added_nothing(self):
        first = self._import([HEADINGS, BOB, CARA])
        second = self._import([HEADINGS, BOB])
        self.assertVerdicts(second, {1: "duplicate"})

        first.action_undo()

        self.assertTrue(self._find("bob@best.example"))
        self.assertFalse(self._find("cara@cole.example"))

    def test_a_file_that_was_undone_keeps_nobody(self):
        first = self._import([HEADINGS, BOB])
        self._import([HEADINGS, BOB]).action_undo()

        first.action_undo()

        self.assertFalse(self._find("bob@best.example"))

    def test_later_is_what_ran_later_not_what_was_made_later(self):
        for made_first_runs_last in (True, False):
            with self.subTest(made_first_runs_last):
                email = f"{made_first_runs_last}@ample.example".lower()
                known = self._make_lead(email_from=email, phone=False)
                known.action_set_lost()
                row = ["Ann Ample", email, "", "", "", ""]
                show = self._make_show(name=email)
                jobs = [self._preview([HEADINGS, row], trade_show_id=show.id) for _ in (1, 2)]
                earlier, later = reversed(jobs) if made_first_runs_last else jobs
                for job in (earlier, later):
                    job.action_import()
                    self._run_imports()

                earlier.action_undo()
                self.assertEqual(known.won_status, "pending")

    def test_the_last_of_two_files_is_put_back(self):
        known = self._make_lead(phone=False)
        first = self._preview([HEADINGS, ANN])
        last = self._import([HEADINGS, ["Ann Ample", "ann@ample.example", "", "", "", ""]])
        first.action_import()
        self._run_imports()
        self.assertEqual(known.phone, "+12025550155")

        first.action_undo()

        self.assertFalse(first.message)
        self.assertEqual(last.state, "done")


@tagged("post_install", "-at_install")
class TestLeadImportUndoOptOut(UndoCase):
    def test_a_way_the_file_has_closed_stays_closed(self):
        known = self._make_lead(phone=False)
        job = self._import(
            [[*HEADINGS, "Do not call", "Opt-out", "Do not contact"], [*ANN, "yes", "yes", "yes"]]
        )
        closed = (known.phone_opt_out, known.email_consent, known.do_not_contact)
        self.assertEqual(closed, (True, "no", True))

        job.action_undo()

        self.assertEqual((known.phone_opt_out, known.email_consent, known.do_not_contact), closed)
        self.assertFalse(known.phone)

    def test_a_consent_the_file_gave_goes_with_it(self):
        known = self._make_lead()
        job = self._import([[*HEADINGS, "Consent"], [*ANN, "yes"]])
        self.assertEqual(known.email_consent, "yes")

        job.action_undo()

        self.assertFalse(known.email_consent)


@tagged("post_install", "-at_install")
class TestCrmLeadLoadUndo(LoadCase):
    def test_the_importer_s_later_change_counts_and_the_import_itself_does_not(self):
        known = self._make_lead(phone=False, user_id=self.user_rep.id)
        leads = self._load(
            ["A lead", "Ann Ample", "", "ann@ample.example", "+1 202 555 0155"],
            ["Taps", "Bob Best", "", "bob@best.example", ""],
            ["Pipes", "Cara Cole", "", "cara@cole.example", ""],
        )
        self._run_imports()
        self.assertFalse(any(leads.mapped("worked_on_at")))
        bob = leads[1]
        bob.with_user(self.user_rep).description = "Met him at dinner"

        self._get_job().action_undo()

        self.assertEqual(leads.exists(), known | bob)
        self.assertFalse(known.phone)
