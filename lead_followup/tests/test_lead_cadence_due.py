import random
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.base.models.ir_cron import IrCron

from .common import LeadFollowupCase

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@tagged("post_install", "-at_install")
class TestLeadCadenceDue(LeadFollowupCase):
    """Who has something to do now is found by indexes, and none is forgotten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_trade_show")
        cls.user_away = cls._make_user("ada", "sales_team.group_sale_salesman")
        cls.user_gone = cls._make_user("gus", "sales_team.group_sale_salesman")
        cls.env.flush_all()
        cls.enrollments = cls.env["lead.cadence.enrollment"]
        cls.before = cls.enrollments.search([])

    def _make_random(self, dice, count):
        """Return enrollments in any state, with any touches, of anybody's leads."""
        now = fields.Datetime.now()
        users = self.env["res.users"], self.user_rep, self.user_away, self.user_gone
        leads = self.env["crm.lead"].create(
            [{"name": f"Lead {n}", "user_id": dice.choice(users).id} for n in range(count)]
        )
        enrollments = self.enrollments.create(
            [
                {
                    "lead_id": lead.id,
                    "cadence_id": self.cadence.id,
                    "state": dice.choice(("active", "active", "paused", "done", "stopped")),
                    "needs_plan": dice.random() < 0.1,
                    "resume_at": dice.choice((False, False, now - _HOUR, now, now + _HOUR)),
                }
                for lead in leads
            ]
        )
        states = self.env["lead.touch"]._fields["state"].get_values(self.env)
        self.env["lead.touch"].create(
            [
                {
                    "enrollment_id": enrollment.id,
                    "lead_id": enrollment.lead_id.id,
                    "round": number,
                    "channel": "call",
                    "state": dice.choice((*states, "planned", "waiting")),
                    "reason": dice.choice((False, "branch", "branch_due", "branch_open", "no_rep")),
                    "planned_at": now + dice.choice((-1, 0, 0.5, 2, 167, 168, 169)) * _HOUR,
                }
                for enrollment in enrollments
                for number in range(dice.randrange(4))
            ]
        )
        self.user_away.lead_is_away = True
        self.user_gone.active = False
        return enrollments

    def _is_due(self, enrollment):
        """Tell it as the rules say it: a week ahead, an hour where it hangs on a condition."""
        now = fields.Datetime.now()
        if enrollment.state == "paused":
            return bool(enrollment.resume_at and enrollment.resume_at <= now)
        if enrollment.state != "active":
            return False
        user = enrollment.lead_id.user_id
        is_rep_there = bool(user and user.active and not user.lead_is_away)
        for touch in enrollment.touch_ids:
            if touch.state == "planned":
                ahead = _HOUR if touch.reason == "branch_open" else 7 * _DAY
                if touch.planned_at <= now + ahead:
                    return True
            if touch.state == "waiting" and touch.reason == "branch_due":
                return True
            if touch.state == "waiting" and touch.reason != "branch" and is_rep_there:
                return True
        return enrollment.needs_plan

    def test_none_is_forgotten_and_none_found_for_nothing(self):
        for seed in range(3):
            made = self._make_random(random.Random(seed), 80)
            expected = made.filtered(self._is_due)
            with self.subTest(seed):
                self.assertTrue(expected and expected < made)
                self.assertEqual(self.enrollments._find_due() & made, expected)
                slow = self.enrollments.search(self.enrollments._get_due_domain(), order="id")
                self.assertEqual(self.enrollments._find_due(), slow)
                self.assertEqual(self.enrollments._count_due(), len(slow))

    def test_part_by_part_it_is_the_same(self):
        self._make_random(random.Random(7), 60)
        slow = self.enrollments.search(self.enrollments._get_due_domain(), order="id")

        found, last_id = self.enrollments.browse(), 0
        while batch := self.enrollments._find_due(after=last_id, limit=7):
            self.assertLessEqual(len(batch), 7)
            found, last_id = found + batch, batch[-1].id

        self.assertEqual(found._ids, slow._ids)

    def test_what_was_just_written_counts(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        enrollment = self.cadence._enroll(lead)
        self.assertNotIn(enrollment, self.enrollments._find_due())

        enrollment.needs_plan = True

        self.assertIn(enrollment, self.enrollments._find_due())

    def test_an_idle_run_asks_once_and_once_for_lost_mails(self):
        self._run_cadences()
        self.env.flush_all()

        with patch.object(IrCron, "_commit_progress", lambda *_args, **_kwargs: 60.0):
            self.enrollments._cron_run_due()  # what is cached of who asks is read once
            with self.assertQueryCount(2):
                self.enrollments._cron_run_due()

    def test_a_hundred_cost_as_many_queries_as_one(self):
        def count_queries(size):
            leads = self.env["crm.lead"].create(
                [
                    {
                        "name": f"Lead {size}-{n}",
                        "user_id": self.user_rep.id,
                        "phone": f"+1202555{n:04d}",
                        "country_id": self.country_us.id,
                    }
                    for n in range(size)
                ]
            )
            enrollments = self.cadence._enroll(leads)
            leads.touch_ids.filtered("planned_at")._mark_done(fields.Datetime.now(), is_human=True)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            enrollments._run_due()
            self.env.flush_all()
            self.assertTrue(all(enrollment.touch_ids for enrollment in enrollments))
            return self.env.cr.sql_log_count - before

        count_queries(1)
        few = count_queries(1)
        self.assertLessEqual(count_queries(100), few + 8)
