from datetime import timedelta

from odoo.tests.common import tagged

from .common import NOW, LeadScoringCase


@tagged("post_install", "-at_install")
class TestMerge(LeadScoringCase):
    def test_merged_lead_keeps_what_both_had(self):
        pumps, valves = self.env["lead.interest"].create([{"name": "P"}, {"name": "V"}])
        head = self._make_lead(type="opportunity", interest_ids=pumps.ids)
        tail = self._make_lead(interest_ids=valves.ids)
        self._answer(head, budget="lt10k")
        self._answer(tail, budget="gt250k", authority="end_user")
        self._log(head, "scan", ref="one")
        self._log(tail, "reply", ref="two")

        merged = (head + tail)._merge_opportunity()

        self.assertEqual(merged, head)
        self.assertFalse(tail.exists())
        self.assertEqual(merged.interest_ids, pumps + valves)
        self.assertEqual(
            set(merged.qualification_ids.answer_id.mapped("code")), {"lt10k", "end_user"}
        )
        self.assertEqual(set(merged.event_ids.mapped("kind")), {"scan", "reply", "lifecycle"})
        self.assertScore(merged, 41)  # 4 + 4 + some need 8, and 10 + 15
        self.assertEqual(merged.lifecycle, "mql")

    def test_merge_keeps_the_furthest_lifecycle(self):
        head, tail = self._make_lead(type="opportunity"), self._make_lead(lifecycle="sql")

        merged = (head + tail)._merge_opportunity()

        self.assertEqual(merged.lifecycle, "sql")

    def test_the_latest_of_two_answers_stays(self):
        head, tail = self._make_leads(2)
        self._answer(head, budget="none", authority="decision_maker")
        self._travel(days=10)
        self._answer(tail, budget="gt250k")
        self.env["crm.lead"]._record_answers(
            {tail: {"authority": "end_user"}}, "T", {tail: NOW - timedelta(days=1)}
        )

        merged = (head + tail)._merge_opportunity()

        self.assertScore(merged, 30)

    def test_the_earliest_dates_stay_and_are_not_stamped_anew(self):
        head = self._make_lead(type="opportunity")
        tail = self._make_lead(lifecycle="sql")
        tail.write({"mql_at": NOW - timedelta(days=9), "sql_at": NOW - timedelta(days=7)})
        head.mql_at = NOW - timedelta(days=5)

        merged = (head + tail)._merge_opportunity()

        self.assertEqual(merged.lifecycle, "sql")
        self.assertEqual(merged.mql_at, NOW - timedelta(days=9))
        self.assertEqual(merged.sql_at, NOW - timedelta(days=7))

    def test_later_dates_of_the_others_change_nothing(self):
        head = self._make_lead(type="opportunity", lifecycle="sql")
        tail = self._make_lead(lifecycle="mql")
        head.write({"mql_at": NOW - timedelta(days=9), "sql_at": NOW - timedelta(days=7)})

        merged = (head + tail)._merge_opportunity()

        self.assertEqual(merged.mql_at, NOW - timedelta(days=9))
        self.assertEqual(merged.sql_at, NOW - timedelta(days=7))

    def test_a_nurtured_lead_that_was_qualified_once_stays_so(self):
        head = self._make_lead(type="opportunity")
        tail = self._make_lead(lifecycle="nurture")
        tail.mql_at = NOW - timedelta(days=90)

        merged = (head + tail)._merge_opportunity()

        self.assertEqual((merged.lifecycle, merged.mql_at), ("nurture", NOW - timedelta(days=90)))
        self.assertFalse(merged.sql_at)
