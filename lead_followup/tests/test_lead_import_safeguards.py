import base64
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common import LeadFollowupCase, to_csv
from .test_crm_lead_web_form import WebFormCase

HEADINGS = ["Name", "Company", "E-mail"]
PEOPLE = [[f"Person {n}", "Ample Inc", f"person{n}@ample.example"] for n in range(1, 6)]
ASKED = ["Name", "E-mail", "Consent"]


@tagged("post_install", "-at_install")
class TestLeadImportBegun(LeadFollowupCase):
    """Once an import has begun, nothing that comes late breaks or wipes it."""

    def test_the_preview_s_state_is_the_program_s(self):
        job = self.env["lead.import"].with_user(self.user_rep).create({})

        for vals in (
            {"preview_state": "running"},
            {"preview_user_id": self.env.ref("base.user_admin").id},
            {"forecast_tries": -9},
            {"run_tries": -9},
        ):
            with self.subTest(vals=vals):
                with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                    job.write(vals)
                with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                    job.create(vals)

    def test_a_forecast_tried_before_is_asked_for_anew_by_its_person(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.forecast_tries = 3

        job.with_user(self.user_marketing).action_forecast()

        self.assertEqual((job.forecast_tries, job.forecast_state), (0, "ready"))

    def test_a_stale_screen_asks_for_no_preview(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()

        with (
            patch.object(self.registry["lead.import"], "_PREVIEW_AT_ONCE", 3),
            self.assertRaisesRegex(UserError, "imported already"),
        ):
            job.action_ask_preview()

        self.assertFalse(job.preview_state)

    def test_a_preview_asked_for_leaves_what_is_done(self):
        job = self._import([HEADINGS, *PEOPLE])

        for state in ("asked", "running"):
            with self.subTest(state):
                job.preview_state = state  # as a crossing click leaves it
                with self.enter_registry_test_mode():
                    self.env.ref("lead_followup.ir_cron_preview_imports").method_direct_trigger()

                self.assertEqual((job.state, job.preview_state), ("done", False))
                self.assertEqual(len(job.row_ids.filtered("is_done")), 5)

    def test_a_second_click_is_no_error(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()

        job.action_import()

        self.assertEqual(job.state, "queued")

    def test_its_file_and_options_stay(self):
        job = self._preview([HEADINGS, *PEOPLE]).with_user(self.user_marketing)
        job.competitor_names = "Rivalworks"  # not begun yet
        job.action_import()
        inputs = {
            "file": base64.b64encode(to_csv([HEADINGS])),
            "trade_show_id": False,
            "competitor_names": "Others",
        }

        for state in ("queued", "paused", "failed", "done"):
            job.sudo().state = state
            for name, value in inputs.items():
                with (
                    self.subTest(state, name=name),
                    self.assertRaisesRegex(UserError, "Make a new import"),
                ):
                    job.write({name: value})

    def test_a_failed_one_without_rows_takes_another_file(self):
        job = self._preview([HEADINGS]).with_user(self.user_marketing)
        self.assertEqual(job.state, "failed")

        job.file = base64.b64encode(to_csv([HEADINGS, *PEOPLE]))
        job.action_preview()

        self.assertEqual((job.state, job.row_count), ("previewed", 5))

    def test_a_form_with_a_forecast_is_read(self):
        job = self._preview([HEADINGS, *PEOPLE])
        self.assertEqual(job.forecast_state, "ready")

        [found] = job.web_read({"forecast_html": {}})

        self.assertIn("5", found["forecast_html"])


@tagged("post_install", "-at_install")
class TestLeadImportCrossed(LeadFollowupCase, CronMixinCase):
    """A step that crosses somebody's work is tried again; the imports behind it go on."""

    def _crossed(self, job, times):
        real, left = self.registry["lead.import.row"]._write_leads, [times]

        def write_leads(rows):
            if rows.import_id == job and left[0]:
                left[0] -= 1
                raise SerializationFailure("concurrent update")
            return real(rows)

        return patch.object(self.registry["lead.import.row"], "_write_leads", write_leads)

    @mute_logger("odoo.sql_db")
    def test_it_goes_on_at_once_and_others_are_not_held_up(self):
        job = self._preview([HEADINGS, *PEOPLE[:2]])
        other = self._preview([HEADINGS, *PEOPLE[2:]])
        (job | other).action_import()
        cron = self.env.ref("lead_followup.ir_cron_run_imports")

        with self._crossed(job, 1), self.capture_triggers(cron.id) as captured:
            self._run_imports()

        self.assertEqual(len(captured.records), 1)
        self.assertEqual((job.state, job.run_tries, len(job.lead_ids)), ("done", 0, 2))
        self.assertEqual((other.state, len(other.lead_ids)), ("done", 3))

    @mute_logger("odoo.sql_db")
    def test_one_that_is_always_crossed_says_so(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()

        with self._crossed(job, 9):
            for _run in range(4):
                self._run_imports()
            self.assertEqual(job.state, "running")
            self._run_imports()

        self.assertEqual((job.state, job.run_tries), ("failed", 0))
        self.assertIn("broke off after 0 of 5 rows", job.message)

    def test_each_step_counts_for_the_scheduler(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()
        real, told = self.registry["ir.cron"]._commit_progress, []

        def commit_progress(cron, processed=0, *, remaining=None, **more):
            told.append((processed, remaining))
            return real(cron, processed, remaining=remaining, **more)

        with (
            patch.object(self.registry["lead.import"], "_CHUNK", 2),
            patch.object(self.registry["ir.cron"], "_commit_progress", commit_progress),
        ):
            self._run_imports()

        self.assertEqual(job.state, "done")
        # how many there are; begun; 3 chunks of rows and their end, offers, 3 chunks enrolled
        steps = [(1, 1)] * 8
        self.assertEqual(told[:11], [(0, 1), (0, 1), *steps, (1, None)])


@tagged("post_install", "-at_install")
class TestLeadRefusalWins(WebFormCase):
    """Who refuses e-mail or contact is heard, whatever is known of him otherwise."""

    def test_a_known_yes_gives_way_and_the_undo_leaves_the_no(self):
        lead = self._make_lead(email_consent="yes")

        job = self._import([ASKED, ["Ann Ample", "ann@ample.example", "no"]])
        self.assertEqual((lead.email_consent, job.row_ids.verdict), ("no", "enriched"))
        job.action_undo()

        self.assertEqual(lead.email_consent, "no")

    def test_a_known_no_stays(self):
        lead = self._make_lead(email_consent="no")

        self._import([ASKED, ["Ann Ample", "ann@ample.example", "yes"]])

        self.assertEqual(lead.email_consent, "no")

    def test_consent_given_again_stands_against_the_same_file(self):
        lead = self._make_lead(email_consent="yes")
        rows = [ASKED, ["Ann Ample", "ann@ample.example", "no"]]
        self._import(rows)
        lead.email_consent = "yes"

        self._import(rows)

        self.assertEqual(lead.email_consent, "yes")

    def test_of_two_rows_the_refusal_counts(self):
        for answers in (("yes", "no"), ("no", "yes")):
            address = f"{'.'.join(answers)}@ample.example"
            job = self._import([ASKED, *[["Ann Ample", address, answer] for answer in answers]])

            self.assertEqual(job.lead_ids.email_consent, "no")

    def _make_won(self, **vals):
        won = self._make_lead(user_id=self.user_rep.id, **vals)
        won.action_set_won()
        return won

    def test_beside_a_won_lead_the_ways_stay_closed(self):
        self._make_won(do_not_contact=True, phone_opt_out=True, email_consent="no")

        lead = self._import([ASKED, ["Ann Ample", "ann@ample.example", "yes"]]).lead_ids

        self.assertTrue(lead.do_not_contact and lead.phone_opt_out)
        self.assertEqual(lead.email_consent, "no")

    def test_beside_a_won_lead_that_closed_nothing_nothing_is(self):
        self._make_won()

        lead = self._import([ASKED, ["Ann Ample", "ann@ample.example", "yes"]]).lead_ids

        self.assertFalse(lead.do_not_contact or lead.phone_opt_out)
        self.assertEqual(lead.email_consent, "yes")

    def test_the_won_lead_s_owner_is_told(self):
        self._make_won()

        lead = self._import([ASKED, ["Ann Ample", "ann@ample.example", ""]]).lead_ids

        [told] = self.env["mail.message"].search([("subject", "=", f"{lead.name} was seen again")])
        self.assertEqual(told.notified_partner_ids, self.user_rep.partner_id)

    def _submit_as_customer(self, **vals):
        contact = self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})
        self._make_won(partner_id=contact.id, **vals)
        lead = self._submit(user_id=False)
        told = self.env["mail.message"].search([("subject", "=", "Need pumps turned to us")])
        return lead, told.body

    def test_a_customer_s_form_leaves_closed_what_is(self):
        lead, told = self._submit_as_customer(do_not_contact=True, phone_opt_out=True)

        self.assertTrue(lead.do_not_contact and lead.phone_opt_out)
        self.assertIn("must not be contacted", told)
        self.assertNotIn("get in touch", told)

    def test_a_customer_s_form_asks_to_get_in_touch(self):
        lead, told = self._submit_as_customer()

        self.assertFalse(lead.do_not_contact)
        self.assertIn("get in touch", told)
