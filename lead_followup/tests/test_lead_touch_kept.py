from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import LeadFollowupCase

# NOW is Friday 20 March 2026, 12:00 UTC: 8 in the morning in New York (UTC-4).


class KeptCase(LeadFollowupCase):
    def _make_cadence(self, **vals):
        template = self.env.ref("lead_followup.mail_template_general_first")
        mail = {"channel": "email", "template_id": template.id, "wait_days": 1}
        return self.env["lead.cadence"].create(
            {
                "name": "Rolling",
                "step_ids": [
                    Command.create({"name": "One", "sequence": 10, **mail}),
                    Command.create({"name": "Two", "sequence": 20, **mail}),
                ],
                **vals,
            }
        )

    def _enroll(self, **vals):
        lead = self._make_lead(user_id=self.user_rep.id, **vals)
        self.cadence._enroll(lead)
        return lead

    def _add(self, sequence):
        step = {"name": "New", "channel": "task", "sequence": sequence}
        self.cadence.write({"step_ids": [Command.create(step)], "people_inside": "follow"})


@tagged("post_install", "-at_install")
class TestTouchKept(KeptCase):
    """What was planned, or made by hand, stays where a change or a pause need not undo it."""

    def setUp(self):
        super().setUp()
        self.cadence = self._make_cadence(is_first_email_approved=True)
        self.lead = self._enroll()
        self.touch = self.lead.touch_ids

    def _count_copies(self):
        return len(self.lead.message_ids.filtered(lambda m: m.message_type == "email_outgoing"))

    def test_a_step_behind_leaves_what_is_planned(self):
        self._add(sequence=30)

        self.assertEqual((self.lead.touch_ids, self.touch.state), (self.touch, "approval"))

    def test_a_step_before_plans_anew_and_leaves_no_copy(self):
        self.assertEqual(self._count_copies(), 1)

        self._add(sequence=5)
        self._run_cadences()

        self.assertFalse(self.touch.exists())
        self.assertEqual(self.lead.touch_ids.step_id.name, "New")
        self.assertEqual(self._count_copies(), 0)

    def test_what_a_person_made_of_it_stays_where_its_step_does(self):
        ways = {
            "rewritten": lambda touch: touch._rewrite("Mine", "<p>My own words</p>"),
            "approved": lambda touch: touch._approve(),
            "moved": lambda touch: touch._move(fields.Datetime.to_datetime("2026-03-23 15:00:00")),
        }
        for name, act in ways.items():
            with self.subTest(name):
                lead = self._enroll(email_from=f"{name}@ample.example")
                touch = lead.touch_ids
                act(touch)

                self._add(sequence=5)

                self.assertIn(touch.state, ("approval", "queued"))

    def test_its_own_step_changed_it_is_planned_anew(self):
        self.touch._rewrite("Mine", "<p>My own words</p>")

        change = Command.update(self.touch.step_id.id, {"wait_days": 2})
        self.cadence.write({"step_ids": [change], "people_inside": "follow"})

        self.assertFalse(self.touch.exists())

    def test_a_rewritten_email_outlives_a_pause(self):
        self.touch._rewrite("Mine", "<p>My own words</p>")
        enrollment = self.lead.enrollment_id

        enrollment.action_pause()
        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("cancelled", "cancel"))
        enrollment.action_resume()

        self.assertEqual(self.lead.touch_ids, self.touch)
        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("approval", "approval"))
        self.assertEqual(self.touch.email_subject, "Mine")
        self.assertEqual(enrollment.next_touch_at, self.touch.planned_at)

    def test_a_pause_leaves_no_copy_of_what_was_not_sent(self):
        self.lead.enrollment_id.action_pause()
        self.assertEqual(self._count_copies(), 0)

        self.lead.enrollment_id.action_resume()
        self._run_cadences()
        self.assertEqual(self._count_copies(), 1)

    def test_a_rejected_email_leaves_no_copy(self):
        subject = self.touch.email_subject

        self.touch._reject("Wrong product", is_stop=False)

        self.assertEqual(self._count_copies(), 0)
        self.assertEqual((self.touch.state, self.touch.reason), ("blocked", "rejected"))
        self.assertIn(subject, self.lead.message_ids[0].body)


@tagged("post_install", "-at_install")
class TestActivityMoved(KeptCase):
    """A call follows its activity, as a person has put it or given it to another."""

    def setUp(self):
        super().setUp()
        self.cadence = self.env["lead.cadence"].create(
            {"name": "Calls", "step_ids": [Command.create({"name": "Call", "channel": "call"})]}
        )
        self.lead = self._enroll(phone="+12025550155")
        self.touch = self.lead.touch_ids
        self.activity = self.touch.activity_id

    def test_another_day_keeps_the_hour(self):
        before = self.touch.planned_at

        self.activity.with_user(self.user_rep).date_deadline = "2026-03-26"

        moved = fields.Datetime.to_datetime("2026-03-26").date()
        self.assertEqual(self.touch.planned_at.date(), moved)
        self.assertEqual(self.touch.planned_at.time(), before.time())
        self.assertEqual(self.touch.slot_rule, "by_hand")
        self.assertEqual(self.lead.next_touch_at, self.touch.planned_at)

    def test_another_person_takes_it_over_at_its_moment(self):
        before, rule = self.touch.planned_at, self.touch.slot_rule
        other = self._make_user("ted", "sales_team.group_sale_salesman")

        self.activity.user_id = other

        self.assertEqual(self.touch.user_id, other)
        self.assertEqual((self.touch.planned_at, self.touch.slot_rule), (before, rule))

    def test_what_the_program_moves_is_not_by_hand(self):
        other = self._make_user("ted", "sales_team.group_sale_salesman")

        self.lead.user_id = other

        self.assertEqual((self.touch.user_id, self.activity.user_id), (other, other))
        self.assertNotEqual(self.touch.slot_rule, "by_hand")

    def test_a_call_that_was_made_stays(self):
        self.activity.action_feedback(feedback="Spoke to her")
        planned = self.touch.planned_at

        self.activity.date_deadline = "2026-03-26"

        self.assertEqual((self.touch.state, self.touch.planned_at), ("done", planned))


@tagged("post_install", "-at_install")
class TestCadenceChanged(KeptCase):
    """What holds for a cadence holds for steps written alone, and for its old versions."""

    def setUp(self):
        super().setUp()
        self.cadence = self._make_cadence()

    def test_a_condition_without_anything_before_it_is_refused_on_the_step_too(self):
        one, two = self.cadence.step_ids

        refused = self.assertRaisesRegex(ValidationError, "there is none before it")
        with refused, self.env.cr.savepoint():
            one.write({"branch_of": "call", "branch_word": "no_answer"})
        two.write({"branch_of": "email", "branch_word": "clicked"})
        with self.assertRaisesRegex(ValidationError, "there is none before it"):
            two.sequence = 1

    def test_steps_written_together_are_looked_at_together(self):
        one, two = self.cadence.step_ids
        two.write({"branch_of": "email", "branch_word": "clicked"})
        self.cadence.write(
            {
                "step_ids": [
                    Command.update(two.id, {"sequence": 1}),
                    Command.update(one.id, {"sequence": 0}),
                ]
            }
        )
        self.assertEqual(self.cadence._get_steps(), one + two)

    def test_exits_added_later_end_old_versions_too(self):
        inside, other = self._enroll(), self._enroll(email_from="bob@best.example")
        tag = self.env["crm.tag"].create({"name": "Enough"})
        with freeze_time("2026-03-20 12:30:00"):
            step = {"name": "New", "channel": "task", "sequence": 30}
            self.cadence.write({"step_ids": [Command.create(step)], "people_inside": "finish"})
        self.assertEqual(inside.cadence_id.version_of_id, self.cadence)
        inside.tag_ids = tag

        self.cadence.exit_tag_ids = tag

        self.assertEqual(inside.enrollment_ids.state, "stopped")
        self.assertEqual(inside.enrollment_ids.stop_reason, "exit_tag")
        self.assertEqual(other.enrollment_id.state, "active")
        other.tag_ids = tag
        self.assertEqual(other.enrollment_ids.state, "stopped")
