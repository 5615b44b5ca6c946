from contextlib import nullcontext
from unittest.mock import patch

from odoo.tests import tagged

from .funnel_common import LeadFunnelCase

_LEVELS = ([], ["date:month"], ["date:month", "source_id"], ["company_id", "is_archived"])


@tagged("post_install", "-at_install")
class TestLeadFunnelGrouped(LeadFunnelCase):
    """Leads added up once, by the finest grouping, give what Odoo's own way gives."""

    def setUp(self):
        super().setUp()
        self.report = self.env["lead.funnel.report"].with_user(self.user_marketing)
        medians = ("touch_hours", "human_hours")
        self.specs = ["__count"]
        for name in self.report._get_measure_names():
            if not name.endswith(medians):
                self.specs.append(f"{name}:{self.report._fields[name].aggregator}")
                self.specs.append(f"{name}:count")

    def _ordinary_way(self):
        return patch.object(type(self.report), "_add_up", lambda *args: None)

    def _round(self, rows):
        return [
            tuple(round(value, 6) if isinstance(value, float) else value for value in row)
            for row in rows
        ]

    def _get_sql(self, specs):
        """Return the queries of a pivot by month and source."""
        sent = []
        execute = type(self.env).execute_query

        def keep(env, query):
            sent.append(query.code)
            return execute(env, query)

        with patch.object(type(self.env), "execute_query", keep):
            self.report._read_grouping_sets([], _LEVELS[:3], specs)
        return "".join(sent)

    def test_every_figure_is_the_same_at_every_level(self):
        with self._ordinary_way():
            expected = self.report._read_grouping_sets([], _LEVELS, self.specs)

        levels = self.report._read_grouping_sets([], _LEVELS, self.specs)

        self.assertEqual([len(level) for level in levels], [len(level) for level in expected])
        for level, rows in zip(levels, expected, strict=True):
            self.assertEqual(self._round(level), self._round(rows))

    def test_one_level_in_any_order_and_by_pages_is_the_same(self):
        for order in (None, "source_id desc", "won_count:sum desc, source_id"):
            arguments = {"order": order, "limit": 2, "offset": 1}
            with self.subTest(order=order):
                with self._ordinary_way():
                    expected = self.report._read_group(
                        [("mql_count", "=", 1)], ["source_id"], self.specs, **arguments
                    )

                rows = self.report._read_group(
                    [("mql_count", "=", 1)], ["source_id"], self.specs, **arguments
                )

                self.assertEqual(self._round(rows), self._round(expected))
                self.assertTrue(rows)

    def test_groups_come_without_the_mark_of_this_way(self):
        [(source, _count), *_others] = self.report._read_group(
            [("source_id", "!=", False)], ["source_id"], ["__count"]
        )

        self.assertEqual(source.env, self.report.env)

    def test_leads_are_read_once_and_a_median_goes_the_ordinary_way(self):
        counts = ["__count", "won_rate_pct:avg"]

        self.assertIn("GROUP BY", self._get_sql(counts).partition("OFFSET 0")[2])
        self.assertNotIn("OFFSET 0", self._get_sql([*counts, "mql_touch_hours:avg"]))

    def test_a_word_in_the_context_opens_nothing(self):
        marked = self.report.with_context(lead_funnel_groups="(SELECT 1)")

        self.assertEqual(
            marked._read_group([], ["source_id"], ["__count"]),
            self.report._read_group([], ["source_id"], ["__count"]),
        )

    def test_touches_are_whole_numbers_either_way(self):
        for by in ([], ["source_id"]):
            for way in (self._ordinary_way(), nullcontext()):
                with way:
                    rows = self.report._read_group([], by, ["touch_count:sum"])
                self.assertEqual({type(row[-1]) for row in rows}, {int})

    def test_a_client_cannot_name_the_leads_whose_touches_are_read(self):
        of_won = [("lead_id", "=", self.won.id)]
        for sent in ([self.lost.id], (self.lost.id,), "x"):
            rows = self.report.with_context(lead_funnel_ids=sent)
            with self.subTest(sent):
                self.assertEqual(rows._read_group(of_won, [], ["touch_count:sum"]), [(4,)])
        self.assertEqual(self.report.search(of_won).touch_count, 4)

    def test_a_rep_gets_the_sums_of_what_he_may_see(self):
        report = self.report.with_user(self.user_rep)
        with self._ordinary_way():
            expected = report._read_group([], ["source_id"], ["__count", "revenue:sum"])

        rows = report._read_group([], ["source_id"], ["__count", "revenue:sum"])

        self.assertEqual(rows, expected)
        seen_by_all = self.report._read_group([], ["source_id"], ["__count"])
        self.assertLess(sum(row[1] for row in rows), sum(row[1] for row in seen_by_all))
