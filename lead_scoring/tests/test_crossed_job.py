from contextlib import contextmanager
from unittest.mock import patch

from psycopg2.errors import DeadlockDetected, SerializationFailure

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import LeadScoringCase


@tagged("post_install", "-at_install")
class TestCrossedJob(LeadScoringCase):
    """Odoo takes a job's wake-ups away before it runs; one that was crossed asks for another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.env.ref("lead_scoring.ir_cron_score_leads")

    @contextmanager
    def _failing(self, method, error):
        """Let the model method of a job raise ``error``."""
        model, name = method
        with patch.object(type(self.env[model]), name, side_effect=error):
            yield

    def _run(self, job, method, error):
        """Return how many wake-ups ``job`` has asked for when it fails by ``error``."""
        with (
            self._failing(method, error),
            self.enter_registry_test_mode(),
            self.capture_triggers(job.id) as captured,
            mute_logger("odoo.addons.base.models.ir_cron"),
        ):
            job.method_direct_trigger()
        return len(captured.records)

    def test_crossed_job_asks_to_be_run_again(self):
        method = ("crm.lead", "_cron_score_leads")

        self.assertEqual(self._run(self.job, method, SerializationFailure()), 1)
        self.assertEqual(self._run(self.job, method, DeadlockDetected()), 1)

    def test_another_failure_waits_for_the_regular_run(self):
        asked = self._run(self.job, ("crm.lead", "_cron_score_leads"), ValueError("no"))

        self.assertEqual(asked, 0)

    def test_job_of_somebody_else_is_left_to_odoo(self):
        job = self.env.ref("base.autovacuum_job")

        asked = self._run(job, ("ir.autovacuum", "_run_vacuum_cleaner"), SerializationFailure())

        self.assertEqual(asked, 0)

    def _run_as_plain_user(self, job):
        """Return how many wake-ups ``job`` asks for, crossed while a plain user runs it."""
        user = new_test_user(self.env, "sc_job", groups="base.group_user")
        action_id = job.ir_actions_server_id.id
        job.invalidate_recordset()  # he cannot read it from the cache either
        with (
            patch(
                "odoo.addons.base.models.ir_cron.IrCron._callback",
                side_effect=SerializationFailure(),
            ),
            patch.object(self.env.cr, "commit"),
            self.capture_triggers() as captured,
        ):
            try:  # assertRaises would take back what was asked for
                job.with_user(user)._callback("Job", action_id)
            except SerializationFailure:
                return len(captured.records)
        return self.fail("Odoo has to hear of it, too")

    def test_job_of_anothers_addon_that_a_plain_user_runs_is_left_to_odoo(self):
        job = self.env.ref("base.autovacuum_job")
        self.env["ir.model.data"].search(
            [("model", "=", "ir.cron"), ("res_id", "=", job.id)]
        ).module = "lead_elsewhere"

        self.assertEqual(self._run_as_plain_user(job), 0)

    def test_job_of_ours_that_a_plain_user_runs_is_tried_again(self):
        self.assertEqual(self._run_as_plain_user(self.job), 1)

    def test_lead_that_others_are_at_work_on_is_scored_in_a_minute(self):
        for error, asked in ((SerializationFailure(), 1), (ValueError("bad record"), 0)):
            with self.subTest(type(error).__name__):
                lead = self._make_lead()
                self.env["lead.score"]._mark_stale_leads(lead)
                with mute_logger("odoo.addons.lead_scoring.models.crm_lead_score"):
                    self.assertEqual(
                        self._run(self.job, ("crm.lead", "_score_batch"), error), asked
                    )
                self.assertTrue(lead.score_id.is_stale)

    def test_job_that_is_crossed_all_the_time_keeps_its_own_rhythm(self):
        self.job.failure_count = 5

        asked = self._run(self.job, ("crm.lead", "_cron_score_leads"), SerializationFailure())

        self.assertEqual(asked, 0)
