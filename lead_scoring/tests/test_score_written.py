from datetime import timedelta

from odoo.tests.common import tagged
from odoo.tools import SQL

from .common import NOW, LeadScoringCase


@tagged("post_install", "-at_install")
class TestScoreWritten(LeadScoringCase):
    """What scoring reads of the rules, and which rows of scores it writes."""

    def _get_points(self, sql):
        query = "SELECT id, SUM(points) FROM (%s) AS found GROUP BY id HAVING SUM(points) > 0"
        return dict(self.env.execute_query(SQL(query, sql)))

    def _get_versions(self, leads):
        """Give the version of each lead's row of scores, which a lock changes as well."""
        query = "SELECT xmin::text, xmax::text, ctid::text FROM lead_score WHERE id = %s"
        return [self.env.execute_query(SQL(query, lead.id)) for lead in leads]

    def test_without_rules_there_are_no_points(self):
        self.env["lead.score.rule"].search([]).active = False
        among = SQL("ARRAY[%s]", self._make_lead().id)

        self.assertFalse(self._get_points(self.env["lead.score.rule"]._get_fit_sum_sql(among)))

    def test_fading_neither_writes_nor_locks_what_stays(self):
        kept, faded = self._make_leads(2)
        self._answer(kept, budget="gt250k")
        self._log(faded, "meeting")
        kept_before, faded_before = self._get_versions(kept + faded)
        self._travel(days=30)

        self._run_cron("lead_scoring.ir_cron_fade_scores")

        kept_after, faded_after = self._get_versions(kept + faded)
        self.assertEqual(kept_after, kept_before)
        self.assertNotEqual(faded_after, faded_before)

    def test_lead_without_a_row_gets_one(self):
        lost, other = self._make_leads(2)
        self._answer(lost + other, budget="gt250k")
        self.env.cr.execute("DELETE FROM lead_score WHERE id = %s", [lost.id])
        self._travel(days=1)

        (lost + other)._update_scores()

        self.assertScore(lost, 15)
        self.assertScore(other, 15)
        self.assertEqual(lost.scored_at, NOW + timedelta(days=1))
