from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from odoo.addons.lead_scoring.models import crm_lead_score

from .common import LeadScoringCase

LOGGER = "odoo.addons.lead_scoring.models.crm_lead_score"


@tagged("post_install", "-at_install")
class TestScoringCrons(LeadScoringCase):
    """Scoring in the background: killed, twice, with a bad record, with a locked one."""

    def setUp(self):
        super().setUp()
        self.leads = self._make_leads(3)
        batch = patch.object(crm_lead_score, "_SCORE_BATCH", 1)
        batch.start()
        self.addCleanup(batch.stop)

    def _note_replies(self):
        self.env["lead.event"]._log([{"lead_id": lead.id, "kind": "reply"} for lead in self.leads])

    def _get_scores(self):
        self.leads.invalidate_recordset()
        return [(lead.score_total, lead.score_id.is_stale) for lead in self.leads]

    def _fail_for(self, bad):
        batch = type(self.leads)._score_batch

        def score(leads, *args):
            if bad in leads:
                raise ValueError("a record that can't be scored")
            return batch(leads, *args)

        self.patch(type(self.leads), "_score_batch", score)

    def _stop_after(self, batches):
        """Have the scheduler's time be up after so many batches, as a killed one's is."""
        left = [batches + 1]  # the first call states what remains

        def commit(cron, processed=0, **kwargs):
            left[0] -= 1
            return max(0, left[0])

        return patch.object(type(self.env["ir.cron"]), "_commit_progress", commit)

    def test_what_a_stopped_run_leaves_is_done_by_the_next(self):
        self._note_replies()
        self.assertEqual(self._get_scores(), [(0, True)] * 3)

        with self._stop_after(1):
            self.env["crm.lead"]._cron_score_leads()
        self.assertEqual(self._get_scores(), [(15, False), (0, True), (0, True)])

        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertEqual(self._get_scores(), [(15, False)] * 3)

    def test_twice_does_the_same_as_once(self):
        self._note_replies()
        self._run_cron("lead_scoring.ir_cron_score_leads")
        once = self._get_scores()
        at = self.leads.mapped("scored_at")

        self._travel(hours=1)
        self._run_cron("lead_scoring.ir_cron_score_leads")

        self.assertEqual(self._get_scores(), once)
        self.assertEqual(self.leads.mapped("scored_at"), at)

    def test_bad_lead_stays_stale_and_the_others_are_scored(self):
        self._note_replies()
        self._fail_for(self.leads[1])

        with mute_logger(LOGGER):
            self._run_cron("lead_scoring.ir_cron_score_leads")

        self.assertEqual(self._get_scores(), [(15, False), (0, True), (15, False)])

    def test_batch_that_meets_anothers_write_is_tried_once_more(self):
        self._note_replies()
        Lead = type(self.leads)
        batch, met = Lead._score_batch, []

        def score(leads, *args):
            if not met:
                met.append(leads)
                raise SerializationFailure
            return batch(leads, *args)

        self.patch(Lead, "_score_batch", score)
        self._run_cron("lead_scoring.ir_cron_score_leads")

        self.assertEqual(self._get_scores(), [(15, False)] * 3)
        self.assertEqual(met, [self.leads[0]])

    def test_locked_lead_is_left_for_the_next_run(self):
        self._note_replies()
        Score = type(self.env["lead.score"])
        lock = Score.try_lock_for_update

        def lock_others(scores, **kwargs):
            free = scores.filtered(lambda score: score.id != self.leads[1].id)
            return lock(free, **kwargs)

        with patch.object(Score, "try_lock_for_update", lock_others):
            self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertEqual(self._get_scores(), [(15, False), (0, True), (15, False)])

        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertEqual(self._get_scores(), [(15, False)] * 3)

    def test_bad_lead_does_not_hold_up_the_fading(self):
        self._log(self.leads, "meeting")
        self._travel(days=30)
        self._fail_for(self.leads[1])

        with mute_logger(LOGGER):
            self._run_cron("lead_scoring.ir_cron_fade_scores")

        self.assertEqual(self._get_scores(), [(10, False), (20, False), (10, False)])

    def test_fading_broken_off_goes_on_the_next_time(self):
        self._log(self.leads, "meeting")
        self._travel(days=30)
        before = self.env["crm.lead"].search_count(
            [("won_status", "=", "pending"), ("id", "<", self.leads[0].id)]
        )

        with self._stop_after(before):
            self.env["crm.lead"]._cron_fade_scores()
        self.assertEqual(self._get_scores()[1:], [(20, False)] * 2)

        self._run_cron("lead_scoring.ir_cron_fade_scores")
        self._run_cron("lead_scoring.ir_cron_fade_scores")
        self.assertEqual(self._get_scores(), [(10, False)] * 3)
