import base64
import threading
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from ..models.lead_import_forecast import GivesWay
from .common import LeadFollowupCase, to_csv

ROWS = [
    ["Name", "Company", "E-mail", "Country"],
    *[[f"P{n} Bell", "Ample", f"p{n}@ample.example", "United States"] for n in range(1, 6)],
]
_LOCK = 20260322


@tagged("post_install", "-at_install")
class TestLeadImportForecastRun(LeadFollowupCase, CronMixinCase):
    """A long forecast gives way to people and is tried again."""

    def _ask(self):
        with patch.object(self.registry["lead.import"], "_FORECAST_AT_ONCE", 3):
            return self._preview(ROWS)

    def _run(self):
        with self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_work_out_forecasts").method_direct_trigger()

    def _crossed_by(self, *crossings):
        """Have the first forecasts crossed so; the next goes through."""
        real, left = self.registry["lead.import"]._foresee, list(crossings)

        def foresee(job):
            if left:
                job.env["res.partner"].create({"name": "left behind"})
                raise left.pop(0)
            return real(job)

        return patch.object(self.registry["lead.import"], "_foresee", foresee)

    @mute_logger("odoo.sql_db")
    def test_what_two_transactions_did_to_each_other_is_tried_again(self):
        for crossing in (SerializationFailure("concurrent update"), GivesWay("waited for")):
            with self.subTest(crossing=crossing):
                job = self._ask()
                cron = self.env.ref("lead_followup.ir_cron_work_out_forecasts").id
                with self._crossed_by(crossing):
                    with self.capture_triggers(cron) as captured:
                        self._run()
                    self.assertEqual((job.forecast_state, job.forecast_tries), ("asked", 1))
                    # in a minute
                    self.assertEqual(str(captured.records.call_at), "2026-03-20 12:01:00")
                    self._run()

                self.assertEqual(job.forecast_state, "ready")
                self.assertEqual(job.mailed_text, "5 people will be e-mailed.")
                self.assertFalse(self.env["res.partner"].search([("name", "=", "left behind")]))
                job.unlink()

    def test_it_is_not_tried_for_ever(self):
        job = self._ask()
        with self._crossed_by(*[GivesWay("waited for")] * 9):
            for _try in range(5):
                self.assertEqual(job.forecast_state, "asked")
                self._run()

        self.assertEqual(job.forecast_state, "failed")
        self.assertEqual(job.mailed_text, "At most 5 people will be e-mailed.")

        job._work_out_forecast()
        job.with_context(x=1).action_forecast()
        self.assertEqual((job.forecast_state, job.forecast_tries), ("ready", 0))

    def test_it_looks_whether_somebody_waits_after_each_chunk(self):
        job = self._ask()
        with patch.object(self.registry["lead.import"], "_is_waited_for", return_value=True):
            self._run()
            self.assertEqual(job.forecast_state, "asked")

            job._work_out_forecast()  # a short one, for which somebody sits and waits
        self.assertEqual(job.forecast_state, "ready")

    def test_who_waits_is_seen(self):
        job = self._ask()
        self.assertFalse(job._is_waited_for())
        self.env.cr.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        other = db_connect(self.env.cr.dbname).cursor()
        self.addCleanup(other.close)
        waiting = threading.Thread(
            target=lambda: other.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        )

        waiting.start()
        seen = self._wait_until(job._is_waited_for)
        self.env.cr.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
        waiting.join(10)

        self.assertTrue(seen)
        self.assertFalse(job._is_waited_for())

    def _wait_until(self, is_so):
        for _turn in range(100):
            self.env.cr.execute("SELECT pg_sleep(0.05)")
            if is_so():
                return True
        return False


@tagged("post_install", "-at_install")
class TestLeadImportPreviewRun(LeadFollowupCase):
    """The button leaves a long file to the background; Python never waits for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(cls.registry["lead.import"], "_PREVIEW_AT_ONCE", 3))

    def _make(self, rows=ROWS, user=None):
        jobs = self.env["lead.import"].with_user(user or self.user_marketing)
        return jobs.create(
            {
                "trade_show_id": self.show.id,
                "file": base64.b64encode(to_csv(rows)),
                "file_name": "leads.csv",
            }
        )

    def _run(self):
        with self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_preview_imports").method_direct_trigger()

    def test_the_button_defers_a_long_file(self):
        job = self._make(user=self.user_rep)

        job.with_context(lead_preview_may_wait=True).action_preview()

        self.assertEqual((job.state, job.preview_state, job.row_count), ("draft", "asked", 0))
        with self.assertRaisesRegex(UserError, "still being read"):
            job.action_import()
        self._run()
        self.assertEqual((job.state, job.preview_state, job.row_count), ("previewed", False, 5))
        self.assertEqual(job.forecast_state, "ready")
        self.assertEqual(job.mailed_count, 5)

    def test_the_button_waits_for_a_short_file(self):
        job = self._make(ROWS[:4])

        job.with_context(lead_preview_may_wait=True).action_preview()

        self.assertEqual((job.state, job.preview_state, job.row_count), ("previewed", False, 3))

    def test_python_previews_at_once(self):
        job = self._make()

        job.action_preview()

        self.assertEqual((job.state, job.preview_state, job.row_count), ("previewed", False, 5))

    def test_python_overtakes_what_the_button_asked(self):
        job = self._make()
        job.action_ask_preview()

        job.action_preview()
        self._run()

        self.assertEqual((job.state, job.preview_state, job.row_count), ("previewed", False, 5))

    def test_a_refusal_is_said_at_once(self):
        job = self._make()
        job.file = base64.b64encode(b"%PDF-1.7")

        with self.assertRaisesRegex(UserError, "a PDF document"):
            job.action_ask_preview()

    def test_how_far_it_is_is_told(self):
        told = []
        models = self.registry["lead.import"]
        job = self._make()
        job.action_ask_preview()
        with (
            patch.object(models, "_PREVIEW_TOLD", 2),
            patch.object(
                models, "_tell_judged", lambda job, done, total: told.append((done, total))
            ),
        ):
            self._run()
            self.assertEqual(told, [(2, 5), (4, 5)])
            self._make().action_preview()

        self.assertEqual(len(told), 2)

    def test_one_that_was_broken_off_says_so(self):
        job = self._make()
        job.sudo().preview_state = "running"  # as a killed server leaves it

        self._run()

        self.assertEqual((job.state, job.preview_state), ("failed", False))
        self.assertIn("broke off", job.message)

    @mute_logger("odoo.addons.lead_followup.models.lead_import_preview_run")
    def test_one_that_fails_stops_nobody_else(self):
        broken, sound = self._make(), self._make()
        (broken.action_ask_preview(), sound.action_ask_preview())
        real = self.registry["lead.import"]._judge_table

        def judge(job, table):
            if job == broken:
                raise ValueError("broken")
            return real(job, table)

        with patch.object(self.registry["lead.import"], "_judge_table", judge):
            self._run()

        self.assertEqual((broken.state, sound.state), ("failed", "previewed"))

    @mute_logger("odoo.sql_db")
    def test_crossed_by_somebody_s_work_it_is_tried_again(self):
        job = self._make()
        job.action_ask_preview()
        with patch.object(
            self.registry["lead.import"], "_judge_table", side_effect=SerializationFailure("x")
        ):
            self._run()
        self.assertEqual((job.state, job.preview_state), ("draft", "asked"))

        self._run()

        self.assertEqual(job.state, "previewed")
