from odoo import Command
from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadTouchReport(LeadFollowupCase):
    """What was made, what came of it, and a rate only where there is enough to judge."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadence = cls.env["lead.cadence"].create({"name": "Counted"})
        cls.template, cls.template_new = (
            cls.env.ref(f"lead_followup.mail_template_{name}").copy()
            for name in ("show_first", "general_first")
        )
        cls.step = cls.env["lead.cadence.step"].create(
            {
                "cadence_id": cls.cadence.id,
                "name": "Hello",
                "channel": "email",
                "template_id": cls.template.id,
            }
        )
        cls.step_call = cls.env["lead.cadence.step"].create(
            {"cadence_id": cls.cadence.id, "name": "Call", "channel": "call", "sequence": 20}
        )

    def _make_touches(self, count, step=None, **vals):
        step = step or self.step
        leads = self.env["crm.lead"].create(
            [{"name": f"Lead {number}", "user_id": self.user_rep.id} for number in range(count)]
        )
        return self.env["lead.touch"].create(
            [
                {
                    "lead_id": lead.id,
                    "step_id": step.id,
                    "channel": step.channel,
                    "template_id": step.template_id.id,
                    "user_id": self.user_rep.id,
                    "state": "done",
                    **vals,
                }
                for lead in leads
            ]
        )

    def _count(self, touches, groupby, user=None):
        """Return ``{value: (made, answered, rate, meetings, bounced)}``."""
        names = ("made_count:sum", "answered_count:sum", "reply_rate_pct:avg")
        names += ("meeting_count:sum", "bounced_count:sum")
        touches = touches.with_user(user) if user else touches
        rows = touches._read_group([("id", "in", touches.ids)], [groupby], names)
        return {value: tuple(counts) for value, *counts in rows}

    def test_counts_are_of_what_was_made(self):
        touches = self._make_touches(4)
        touches[0].answered_at = "2026-03-20 12:00:00"
        touches[1].meeting_at = "2026-03-20 12:00:00"
        touches[2].outcome = "bounced"
        touches |= self._make_touches(2, state="blocked", outcome="replied")
        touches |= self._make_touches(1, state="queued")

        counts = self._count(touches, "step_id")

        # 4 made; a reply and a meeting are 2 answers; 4 are too few for a rate
        self.assertEqual(counts, {self.step: (4, 2, False, 1, 1)})
        self.assertEqual(sum(touches.mapped("answered_count")), 2)
        self.assertEqual(sum(touches.mapped("made_count")), 4)

    def test_the_rate_is_a_ratio_of_sums(self):
        touches = self._make_touches(40)
        touches[:4].answered_at = "2026-03-20 12:00:00"
        calls = self._make_touches(60, step=self.step_call)
        calls[:20].outcome = "interested"
        calls[20:30].outcome = "no_answer"

        counts = self._count(touches | calls, "cadence_id")

        by_channel = self._count(touches | calls, "channel")
        self.assertEqual(by_channel["email"][:3], (40, 4, 10.0))  # 4 of 40
        self.assertEqual([round(n, 1) for n in by_channel["call"][:3]], [60, 20, 33.3])
        # 24 of 100: not the mean of 10 and 33.3
        self.assertEqual(next(iter(counts.values()))[:3], (100, 24, 24.0))

    def test_a_rate_begins_at_thirty(self):
        touches = self._make_touches(30)
        touches[0].outcome = "replied"

        self.assertIs(self._count(touches[:29], "channel")["email"][2], False)
        self.assertAlmostEqual(self._count(touches, "channel")["email"][2], 100 / 30)

    def test_archived_leads_count_for_reps_as_well(self):
        touches = self._make_touches(3)
        touches.lead_id.active = False

        for user in (self.user_rep, self.user_marketing):
            with self.subTest(user.name):
                self.assertEqual(self._count(touches, "step_id", user)[self.step][0], 3)

    def test_a_rep_counts_his_own_leads_and_nobody_s(self):
        touches = self._make_touches(3)
        touches[0].lead_id.user_id = self.user_marketing

        seen = self.env["lead.touch"].with_user(self.user_rep)
        [(made,)] = seen._read_group([("step_id", "=", self.step.id)], [], ["made_count:sum"])

        self.assertEqual(made, 2)

    def test_the_text_is_that_from_which_it_was_made(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        self.cadence._enroll(lead)

        self._change_template("finish")
        other = self._make_lead(user_id=self.user_rep.id, email_from="bob@best.example")
        self.cadence._enroll(other)

        self.assertEqual(lead.touch_ids.template_id, self.template)
        self.assertEqual(other.touch_ids.template_id, self.template_new)

    def test_one_planned_far_ahead_has_the_text_of_the_day_it_is_made(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        self.cadence._enroll(lead)
        touch = lead.touch_ids
        touch.write({"state": "planned", "planned_at": "2026-03-21 12:00:00"})

        self._change_template("follow")
        self._run_cadences()

        self.assertEqual(lead.touch_ids.template_id, self.template_new)

    def _change_template(self, people_inside):
        self.cadence.write(
            {
                "step_ids": [Command.update(self.step.id, {"template_id": self.template_new.id})],
                "people_inside": people_inside,
            }
        )

    def test_each_step_says_its_figures_and_when_they_are_too_few(self):
        touches = self._make_touches(4)
        touches[:3].answered_at = "2026-03-20 12:00:00"
        calls = self._make_touches(40, step=self.step_call)
        calls[:5].outcome = "later"
        unmade = self.step.copy()
        (touches | calls).lead_id.active = False

        for user in (self.user_rep, self.user_marketing):
            steps = (self.step | self.step_call | unmade).with_user(user)
            with self.subTest(user.name):
                self.assertEqual(steps.mapped("made_count"), [4, 40, 0])
                self.assertEqual(steps.mapped("answered_count"), [3, 5, 0])
                self.assertEqual(
                    steps.mapped("reply_text"),
                    ["3 of 4: too few to judge", "5 of 40 (12.5 %)", ""],
                )

    def test_the_figures_of_many_steps_cost_one_query_as_those_of_one(self):
        self._make_touches(2)
        self._make_touches(2, step=self.step_call)
        three = self.step | self.step_call | self.step.copy()
        self.step.mapped("reply_text")  # who is logged in is read once

        for steps in (self.step, three):
            with self.subTest(len(steps)):
                self.env.flush_all()
                steps.invalidate_recordset(["made_count", "answered_count", "reply_text"])
                with self.assertQueryCount(1):
                    steps.mapped("reply_text")

    def test_another_company_s_touches_are_not_counted(self):
        company = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        touches = self._make_touches(2)
        touches[0].lead_id.write({"company_id": company.id, "user_id": False, "team_id": False})

        self.assertEqual(self.step.with_user(self.user_marketing).made_count, 1)

    def test_measures_are_offered(self):
        offered = self.env["lead.touch"].fields_get(
            ["made_count", "reply_rate_pct"], ["aggregator"]
        )

        self.assertEqual(offered["made_count"]["aggregator"], "sum")
        self.assertEqual(offered["reply_rate_pct"]["aggregator"], "avg")
