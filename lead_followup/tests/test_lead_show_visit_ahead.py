from odoo.tests import tagged

from .common import LeadFollowupCase

_WORKED_OUT = (
    "company_id",
    "temperature",
    "first_touch_deadline",
    "clock_started_at",
    "is_in_time",
    "is_new_lead",
    "first_touch_hours",
    "first_human_touch_hours",
)
# The show closed on 20 March 2026, 01:00 UTC, and gives 48 hours from then.
CLOSED, DEADLINE = "2026-03-20 01:00:00", "2026-03-22 01:00:00"
SCANNED = "2026-03-18 20:00:00"


@tagged("post_install", "-at_install")
class TestLeadShowVisitAhead(LeadFollowupCase):
    """What is given to a new visit ahead is what Odoo would work out of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.env["lead.import"].create({"trade_show_id": cls.show.id})

    def _make_visit(self, lead, **vals):
        return self.env["lead.show.visit"].create({"lead_id": lead.id, **vals})

    def assertSameAnew(self, visit):
        """Worked out anew, ``visit`` is as it was made."""
        made = {name: visit[name] for name in _WORKED_OUT}

        for name in _WORKED_OUT:
            self.env.add_to_compute(visit._fields[name], visit)
        self.env.flush_all()

        self.assertEqual({name: visit[name] for name in _WORKED_OUT}, made)

    def test_a_visit_at_a_show(self):
        lead = self._make_lead()
        lead.sudo().temperature = "hot"

        visit = self._make_visit(lead, trade_show_id=self.show.id, captured_at=SCANNED)

        self.assertEqual(str(visit.first_touch_deadline), DEADLINE)
        self.assertEqual(str(visit.clock_started_at), CLOSED)
        self.assertEqual(visit.company_id, lead.company_id)
        self.assertEqual(visit.temperature, "hot")
        self.assertTrue(visit.is_new_lead)
        self.assertSameAnew(visit)

    def test_a_show_whose_clock_starts_with_the_scan(self):
        self.show.clock_start = "scan"

        visit = self._make_visit(self._make_lead(), trade_show_id=self.show.id, captured_at=SCANNED)

        self.assertEqual(str(visit.clock_started_at), SCANNED)
        self.assertEqual(str(visit.first_touch_deadline), "2026-03-20 20:00:00")
        self.assertSameAnew(visit)

    def test_a_visit_without_a_show(self):
        visit = self._make_visit(self._make_lead(), captured_at=SCANNED)

        self.assertFalse(visit.first_touch_deadline)
        self.assertEqual(str(visit.clock_started_at), SCANNED)
        self.assertFalse(visit.is_new_lead)
        self.assertSameAnew(visit)

    def test_a_visit_that_was_followed_by_a_contact(self):
        visit = self._make_visit(
            self._make_lead(),
            trade_show_id=self.show.id,
            captured_at=SCANNED,
            first_touch_at="2026-03-20 04:00:00",
        )

        self.assertTrue(visit.is_in_time)
        self.assertEqual(visit.first_touch_hours, 3.0)  # 04:00 - 01:00
        self.assertSameAnew(visit)

    def test_only_the_import_that_made_the_lead_has_brought_it(self):
        lead = self._make_lead(import_id=self.job.id)

        own = self._make_visit(lead, trade_show_id=self.show.id, import_id=self.job.id)
        other = self._make_visit(lead, captured_at=SCANNED)

        self.assertTrue(own.is_new_lead)
        self.assertFalse(other.is_new_lead)
        self.assertSameAnew(own)
        self.assertSameAnew(other)

    def test_visits_of_many_leads_cost_as_many_queries_as_of_two(self):
        counts = []
        for number in (1, 2, 20):  # the first reads what is cached from then on
            leads = self.env["crm.lead"].union(*(self._make_lead() for _one in range(number)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["lead.show.visit"].create(
                [{"lead_id": lead.id, "trade_show_id": self.show.id} for lead in leads]
            )
            counts.append(self.cr.sql_log_count - before)

        self.assertEqual(counts[2], counts[1])


@tagged("post_install", "-at_install")
class TestLeadMadeWithItsVisit(LeadFollowupCase):
    def test_it_has_the_clock_of_the_show(self):
        lead = self._make_lead(visit_ids=[(0, 0, {"trade_show_id": self.show.id})])

        self.assertEqual(str(lead.first_touch_deadline), DEADLINE)
        self.assertEqual(str(lead.clock_started_at), CLOSED)

    def test_without_a_show_it_has_24_hours(self):
        lead = self._make_lead(visit_ids=[(0, 0, {"captured_at": SCANNED})])

        self.assertEqual(str(lead.first_touch_deadline), "2026-03-21 12:00:00")

    def test_only_a_program_may_put_its_score_off(self):
        leads = self.env["crm.lead"].with_context(lead_score_later=True)
        vals = {"name": "A lead", "type": "lead"}

        by_user = leads.with_user(self.user_rep).create(vals)
        by_program = leads.sudo().create(vals)

        scores = self.env["lead.score"]
        self.assertTrue(scores.search_count([("id", "=", by_user.id)]))
        self.assertFalse(scores.search_count([("id", "=", by_program.id)]))

    def test_a_touch_stands_where_it_is_planned(self):
        lead = self._make_lead()
        vals = {"lead_id": lead.id, "channel": "call"}
        touches = self.env["lead.touch"].create(
            [
                {**vals, "planned_at": "2026-03-23 09:00:00"},
                {**vals, "planned_at": "2026-03-23 09:00:00", "done_at": "2026-03-24 10:00:00"},
                {**vals, "state": "waiting"},
            ]
        )

        self.assertEqual(
            [str(touch.timeline_at) for touch in touches],
            ["2026-03-23 09:00:00", "2026-03-24 10:00:00", "2026-03-20 12:00:00"],
        )
        self.assertEqual(touches.company_id, lead.company_id)
