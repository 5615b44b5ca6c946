from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.lead_followup.tests.common import LeadFollowupCase
from odoo.addons.queue_job.job import Job

ROWS = [
    ["Name", "E-mail", "Company", "Phone"],
    *([f"Ann {n}", f"ann{n}@ample.example", f"Ample {n}", ""] for n in range(5)),
]


@tagged("post_install", "-at_install")
class TestLeadQueue(LeadFollowupCase):
    """What the scheduler hands to jobs, and what a job does with it."""

    def setUp(self):
        super().setUp()
        self.jobs = self.env["queue.job"].sudo()
        self.jobs.search([]).unlink()
        self.patch(type(self.env["lead.queue"]), "_JOB_SIZE", 2)

    def _get_jobs(self, kind, state="pending"):
        key = f"lead\\_queue {kind} %"
        return self.jobs.search([("identity_key", "=like", key), ("state", "=", state)], order="id")

    def _begin(self, record):
        job = Job.load(self.env, record.uuid)
        job.set_started()
        job.store()
        return job

    def _let_lie(self, record, minutes=16):
        """Have this job wait for so long."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE queue_job SET date_created = %s WHERE id = %s",
            (fields.Datetime.now() - timedelta(minutes=minutes), record.id),
        )
        self.env.invalidate_all()

    def _perform(self, records):
        """Run these jobs as a worker would."""
        for record in records:
            job = self._begin(record)
            job.perform()
            job.set_done()
            job.store()

    def _make_stale(self, count):
        leads = self.env["crm.lead"]
        for number in range(count):
            leads |= self._make_lead(name=f"L{number}", email_from=f"l{number}@ample.example")
        self.env["lead.score"].search([]).is_stale = False
        self.env["lead.score"].browse(leads.ids).is_stale = True
        self.env.flush_all()
        return leads

    def test_stale_leads_are_scored_by_jobs_of_a_chunk_each(self):
        leads = self._make_stale(5)

        self.env["crm.lead"]._cron_score_leads()

        jobs = self._get_jobs("score")
        self.assertEqual(len(jobs), 3)  # of 2, 2 and 1
        self.assertEqual(set(jobs.mapped("channel")), {"root.lead.score"})
        self.assertTrue(all(self.env["lead.score"].browse(leads.ids).mapped("is_stale")))
        self._perform(jobs[:1])
        stale = self.env["lead.score"].browse(leads.ids).mapped("is_stale")
        self.assertEqual(stale, [False, False, True, True, True])
        self._perform(jobs[1:])
        self.assertFalse(any(self.env["lead.score"].browse(leads.ids).mapped("is_stale")))

    def test_what_waits_in_a_job_is_not_handed_over_again(self):
        leads = self._make_stale(3)
        self.env["crm.lead"]._cron_score_leads()

        more = self._make_lead(name="later", email_from="later@ample.example")
        self.env["lead.score"].browse(more.ids).is_stale = True
        self.env["crm.lead"]._cron_score_leads()

        keys = [job.identity_key.split()[-2:] for job in self._get_jobs("score")]
        self.assertEqual(
            keys,
            [
                [str(leads[0].id), str(leads[1].id)],
                [str(leads[2].id)] * 2,
                [str(more.id)] * 2,
            ],
        )

    def test_a_job_that_comes_twice_finds_nothing_left(self):
        self._make_stale(2)
        self.env["crm.lead"]._cron_score_leads()
        [job] = self._get_jobs("score")

        self._perform(job)
        self._perform(job)

        self.assertEqual(job.result, "0 met")

    def test_a_job_takes_no_more_than_its_size_and_asks_for_the_rest(self):
        leads = self._make_stale(5)
        scores = self.env["lead.score"].browse(leads.ids)
        scores[1:4].is_stale = False
        self.env["crm.lead"]._cron_score_leads()
        [job] = self._get_jobs("score")  # from the first to the fifth
        scores[1:4].is_stale = True

        self._perform(job)

        self.assertEqual(scores.mapped("is_stale"), [False, False, True, True, True])
        [rest] = self._get_jobs("score")
        self.assertEqual(rest.identity_key, f"lead_queue score {leads[1].id + 1} {leads[4].id}")
        self._perform(rest)
        self.assertEqual(scores.mapped("is_stale"), [False, False, False, False, True])
        self._perform(self._get_jobs("score"))
        self.assertFalse(any(scores.mapped("is_stale")))
        self.assertFalse(self._get_jobs("score"))

    def test_a_job_whose_records_are_as_many_as_its_size_is_all(self):
        leads = self._make_stale(2)
        self.env["crm.lead"]._cron_score_leads()

        self._perform(self._get_jobs("score"))

        self.assertFalse(any(self.env["lead.score"].browse(leads.ids).mapped("is_stale")))
        self.assertFalse(self._get_jobs("score"))

    def test_jobs_that_wait_for_a_little_while_are_waited_for(self):
        self._make_stale(2)
        self.env["crm.lead"]._cron_score_leads()
        self._let_lie(self._get_jobs("score"), minutes=14)

        self.assertFalse(self.env["lead.queue"]._is_stuck())

    def test_where_nobody_runs_jobs_the_scheduler_works_on(self):
        leads = self._make_stale(2)
        self.env["crm.lead"]._cron_score_leads()
        [job] = self._get_jobs("score")
        self._let_lie(job)

        with self.enter_registry_test_mode():
            self.env.ref("lead_scoring.ir_cron_score_leads").method_direct_trigger()

        self.env.invalidate_all()
        self.assertFalse(any(self.env["lead.score"].browse(leads.ids).mapped("is_stale")))

    def test_jobs_that_wait_while_others_run_are_waited_for(self):
        self._make_stale(2)
        self.env["crm.lead"]._cron_score_leads()
        [job] = self._get_jobs("score")
        self._let_lie(job)
        self.assertTrue(self.env["lead.queue"]._is_stuck())

        self.env["crm.lead"].with_delay().exists()
        [other] = self.jobs.search([("id", "!=", job.id)])
        self._begin(other)

        self.assertFalse(self.env["lead.queue"]._is_stuck())

    def test_an_import_is_one_job_after_the_other(self):
        self.patch(type(self.env["lead.import"]), "_CHUNK", 2)
        job = self._preview(ROWS)
        job.action_import()

        self.env["lead.import"]._cron_run_imports()
        self.env["lead.import"]._cron_run_imports()

        steps = 0
        done = []
        while waiting := self._get_jobs("import"):
            self.assertEqual(len(waiting), 1)
            self._perform(waiting)
            done.append(job.done_count)
            steps += 1
            self.assertLess(steps, 20)
        self.assertEqual(job.state, "done")
        self.assertEqual(job.new_count, 5)
        # first the state alone, then two, two and one of the rows
        self.assertEqual(done[:4], [0, 2, 4, 5])

    def test_a_paused_import_is_left_alone(self):
        job = self._preview(ROWS)
        job.action_import()
        self.env["lead.import"]._cron_run_imports()
        job.action_pause()

        self._perform(self._get_jobs("import"))

        self.assertEqual((job.state, job.done_count), ("paused", 0))
        self.assertFalse(self._get_jobs("import"))

    def test_an_import_whose_job_failed_says_so_and_can_go_on(self):
        job = self._preview(ROWS)
        job.action_import()
        self.env["lead.import"]._cron_run_imports()
        self._perform(self._get_jobs("import"))
        [waiting] = self._get_jobs("import")
        begun = self._begin(waiting)

        with (
            patch.object(type(job), "_get_next_rows", side_effect=ValueError("broken")),
            self.assertRaises(ValueError),
            self.env.cr.savepoint(),
        ):
            begun.perform()
        begun.on_fail({"exc_name": "ValueError", "exc_message": "broken", "exc_info": ""})
        begun.set_failed()
        begun.store()

        self.assertEqual(job.state, "failed")
        self.assertIn("broke off after 0 of 5 rows", job.message)
        job.action_import()
        self.env["lead.import"]._cron_run_imports()
        while steps := self._get_jobs("import"):
            self._perform(steps)
        self.assertEqual((job.state, job.new_count), ("done", 5))

    def test_what_is_due_in_cadences_is_done_by_jobs(self):
        leads = self._make_stale(3)
        leads.user_id = self.user_rep
        cadence = self.env.ref("lead_followup.lead_cadence_general")
        enrollments = cadence._enroll(leads)
        enrollments.needs_plan = True
        self.env.flush_all()
        self.assertEqual(self.env["lead.cadence.enrollment"]._find_due(), enrollments)

        self.env["lead.cadence.enrollment"]._cron_run_due()

        jobs = self._get_jobs("due")
        self.assertEqual(len(jobs), 2)
        self.assertTrue(all(enrollments.mapped("needs_plan")))
        self._perform(jobs)
        self.assertFalse(any(enrollments.mapped("needs_plan")))
        self.assertTrue(all(enrollments.touch_ids))

    def test_each_segment_is_a_job(self):
        segments = self.env["lead.segment"].create(
            [{"name": name, "domain": "[('name', '=', 'L0')]"} for name in ("one", "two")]
        )
        leads = self._make_stale(2)
        self.env["lead.segment"]._cron_refresh_segments()
        jobs = self._get_jobs("segment")
        self.assertGreaterEqual(len(jobs), 2)

        self._perform(jobs)

        self.assertEqual(leads[0].segment_ids & segments, segments)
        self.assertFalse(leads[1].segment_ids & segments)
