from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import LeadFollowupCase

# NOW is Friday 20 March 2026, 12:00 UTC: 8 in the morning in New York (UTC-4), where leads live.


@tagged("post_install", "-at_install")
class TestLeadCadenceVersions(LeadFollowupCase):
    """Steps that change while people are inside: they follow, or finish the old version."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.lead_marketing_user_id = cls.user_marketing
        cls.template = cls.env.ref("lead_followup.mail_template_general_next")
        cls.other_template = cls.env.ref("lead_followup.mail_template_general_first")
        cls.cadence = cls.env["lead.cadence"].create(
            {
                "name": "Rolling",
                "step_ids": [cls._mail("One", 10), cls._mail("Two", 20, wait_days=3)],
            }
        )
        cls.one, cls.two = cls.cadence.step_ids

    def setUp(self):
        super().setUp()
        self.lead_begun = self._enroll("begun@ample.example")
        with freeze_time("2026-03-20 13:00:00"):
            self.lead_begun.touch_ids._mark_done(fields.Datetime.now(), is_human=False)
            self._run_cadences()
        self.lead_new = self._enroll("new@ample.example")

    @classmethod
    def _mail(cls, name, sequence, **vals):
        template = {"channel": "email", "template_id": cls.template.id}
        return Command.create({"name": name, "sequence": sequence, **template, **vals})

    def _enroll(self, email):
        lead = self._make_lead(email_from=email)
        self.cadence._enroll(lead)
        return lead

    def _change(self, choice, *commands):
        self.cadence.write({"step_ids": list(commands), "people_inside": choice})
        self.cadence.invalidate_recordset()

    def assertSteps(self, lead, expected):
        """``expected``: {step name: state}."""
        found = {touch.step_id.name: touch.state for touch in lead.touch_ids}
        self.assertEqual(found, expected)

    def _get_mail(self, lead, name):
        return lead.touch_ids.filtered(lambda touch: touch.step_id.name == name).mail_id

    def test_nobody_changes_steps_without_hearing_how_many_are_inside(self):
        for change in (
            lambda: self.two.write({"wait_days": 9}),
            lambda: self.two.write({"sequence": 1}),
            lambda: self.two.write({"active": False}),
            lambda: self.two.unlink(),
            lambda: self.two.copy(),
            lambda: self.cadence.write({"step_ids": [self._mail("Three", 30)]}),
            lambda: self.cadence.write({"step_ids": [Command.delete(self.two.id)]}),
        ):
            with self.assertRaisesRegex(UserError, "2 leads are inside “Rolling”"):
                change()

        self.assertEqual(self.cadence.step_ids.mapped("name"), ["One", "Two"])

    def test_a_name_or_an_unchanged_value_asks_nothing(self):
        self.two.write({"name": "Second", "instructions": "<p>Be kind</p>", "wait_days": 3})

        self.assertEqual(self.two.name, "Second")
        self.assertSteps(self.lead_begun, {"One": "done", "Second": "queued"})

    def test_an_empty_cadence_is_changed_freely(self):
        (self.lead_begun | self.lead_new).enrollment_id._stop("manual")

        self.two.wait_days = 9

        self.assertEqual(self.two.wait_days, 9)

    def test_a_paused_lead_is_inside_as_well(self):
        (self.lead_begun | self.lead_new).enrollment_id.action_pause()

        with self.assertRaisesRegex(UserError, "2 leads are inside"):
            self.two.wait_days = 9

    def test_a_paused_lead_that_follows_stays_paused(self):
        enrollment = self.lead_begun.enrollment_id
        enrollment.action_pause()

        self._change("follow", Command.update(self.two.id, {"wait_days": 4}))
        self._run_cadences()
        self.assertEqual((enrollment.state, self.lead_begun.next_touch_at), ("paused", False))

        enrollment.action_resume()
        self.assertPlanned(self.lead_begun, "email", "2026-03-26 13:00:00")

    def test_those_who_follow_get_the_changed_step_planned_anew(self):
        self.assertPlanned(self.lead_begun, "email", "2026-03-25 13:00:00")
        old_mail = self._get_mail(self.lead_begun, "Two")
        kept_mail = self._get_mail(self.lead_new, "One")

        self._change(
            "follow",
            Command.update(self.two.id, {"wait_days": 4, "template_id": self.other_template.id}),
        )
        self._run_cadences()

        # four working days after Friday: Thursday 09:00 in New York
        self.assertPlanned(self.lead_begun, "email", "2026-03-26 13:00:00")
        self.assertFalse(old_mail.exists())
        self.assertSteps(self.lead_begun, {"One": "done", "Two": "queued"})
        # near miss: what is planned by a step that did not change stays as it is
        self.assertEqual(self._get_mail(self.lead_new, "One"), kept_mail)
        self.assertEqual(kept_mail.state, "outgoing")

    def test_those_who_follow_get_a_new_step_in_its_place_and_none_twice(self):
        self._change("follow", self._mail("Between", 15))
        self._run_cadences()

        self.assertSteps(self.lead_begun, {"One": "done", "Between": "queued"})
        self.assertSteps(self.lead_new, {"One": "queued"})

    def test_a_removed_step_that_somebody_had_is_archived_and_made_no_more(self):
        self._change(
            "follow",
            Command.delete(self.one.id),
            Command.delete(self.two.id),
            self._mail("Only", 5),
        )
        self._run_cadences()

        self.assertEqual(self.cadence.step_ids.mapped("name"), ["Only"])
        self.assertFalse(self.one.active)
        self.assertFalse(self.two.exists())  # it was planned, and never made
        self.assertSteps(self.lead_begun, {"One": "done", "Only": "queued"})
        self.assertSteps(self.lead_new, {"Only": "queued"})

    def test_an_archived_step_stays_out_whoever_asks(self):
        self._change("follow", Command.delete(self.one.id))
        lead = self._enroll("late@ample.example")

        self.assertSteps(lead, {"Two": "queued"})
        cadence = self.cadence.with_context(active_test=False)
        self.assertEqual(cadence._get_steps().mapped("name"), ["Two"])

    def test_a_cadence_whose_steps_are_all_archived_lets_nobody_in(self):
        self._change("follow", Command.delete(self.one.id), Command.delete(self.two.id))

        with self.assertRaisesRegex(UserError, "“Rolling” has no steps"):
            self._enroll("late@ample.example")

    def test_those_who_finish_the_old_version_get_what_they_would_have_got(self):
        planned = self.lead_begun.next_touch_at
        mails = (self.lead_begun | self.lead_new).touch_ids.mail_id

        self._change(
            "finish", Command.update(self.two.id, {"wait_days": 9}), self._mail("Three", 30)
        )
        self._run_cadences()

        old = self.lead_begun.cadence_id
        self.assertRecordValues(
            old,
            [{"name": "Rolling, until 03/20/2026", "active": False, "inside_count": 2}],
        )
        self.assertEqual(old.version_of_id, self.cadence)
        self.assertEqual(
            old.step_ids.mapped(lambda step: (step.name, step.wait_days)), [("One", 0), ("Two", 3)]
        )
        self.assertEqual((self.cadence.inside_count, self.cadence.old_inside_count), (0, 2))
        self.assertEqual(self.lead_begun.next_touch_at, planned)
        self.assertEqual((self.lead_begun | self.lead_new).touch_ids.mail_id, mails)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})

    def test_the_old_version_goes_on_to_its_end_and_repeats_nothing(self):
        self._change("finish", Command.delete(self.two.id), self._mail("Three", 30))
        self._run_cadences()
        for moment in ("2026-03-20 14:00:00", "2026-03-25 14:00:00"):
            with freeze_time(moment):
                touches = (self.lead_begun | self.lead_new).touch_ids
                touches.filtered(lambda touch: touch.state == "queued")._mark_done(moment, False)
                self._run_cadences()

        for lead in self.lead_begun, self.lead_new:
            self.assertSteps(lead, {"One": "done", "Two": "done"})
            self.assertEqual(lead.enrollment_ids.state, "done")
        self.assertSteps(self._enroll("late@ample.example"), {"One": "queued"})

    def test_a_change_after_the_split_concerns_only_who_came_since(self):
        self._change("finish", Command.update(self.two.id, {"wait_days": 9}))
        self.two.wait_days = 8  # nobody is inside any more
        since = self._enroll("late@ample.example")

        with self.assertRaisesRegex(UserError, "One lead is inside"):
            self.two.wait_days = 7
        self._change("finish", Command.update(self.two.id, {"wait_days": 6}))

        self.assertEqual(since.cadence_id.step_ids.mapped("wait_days"), [0, 8])
        self.assertEqual(self.lead_begun.cadence_id.step_ids.mapped("wait_days"), [0, 3])
        self.assertEqual(len(self.cadence.with_context(active_test=False).version_ids), 2)

    def test_an_old_version_that_is_changed_asks_as_well(self):
        self._change("finish", Command.update(self.two.id, {"wait_days": 9}))

        with self.assertRaisesRegex(UserError, "2 leads are inside “Rolling, until"):
            self.lead_begun.cadence_id.step_ids[1].wait_days = 5

    def test_another_company_s_leads_count_and_move_as_well(self):
        company = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        company.lead_marketing_user_id = self.user_marketing
        lead = self._make_lead(email_from="far@ample.example", company_id=company.id)
        self.cadence._enroll(lead)
        cadence = self.cadence.with_user(self.user_marketing)

        self.assertEqual(cadence.inside_count, 3)
        with self.assertRaisesRegex(UserError, "3 leads are inside"):
            cadence.write({"step_ids": [Command.update(self.two.id, {"wait_days": 9})]})
        cadence.write(
            {
                "step_ids": [Command.update(self.two.id, {"wait_days": 9})],
                "people_inside": "finish",
            }
        )

        self.assertEqual(lead.cadence_id, self.lead_begun.cadence_id)

    def test_a_rep_changes_no_steps_whatever_he_says(self):
        cadence = self.cadence.with_user(self.user_rep)

        for choice in ("follow", "finish"):
            with self.assertRaises(AccessError):
                cadence.write(
                    {
                        "step_ids": [Command.update(self.two.id, {"wait_days": 9})],
                        "people_inside": choice,
                    }
                )
        self.assertFalse(self.cadence.with_context(active_test=False).version_ids)

    def test_a_call_on_somebody_s_list_is_taken_off_and_put_on_again(self):
        self._change(
            "follow", Command.update(self.two.id, {"channel": "call", "template_id": False})
        )
        self.lead_begun.write({"user_id": self.user_rep.id, "phone": "+12125550155"})
        self._run_cadences()
        call = self.lead_begun.activity_ids
        self.assertEqual(len(call), 1)

        self._change("follow", Command.update(self.two.id, {"wait_days": 4}))
        self._run_cadences()

        self.assertFalse(call.exists())
        self.assertEqual(len(self.lead_begun.activity_ids), 1)

    def _count_queries_of_change(self, choice, count):
        """Return how many queries a change of the first step costs with ``count`` leads inside."""
        (self.lead_begun | self.lead_new).enrollment_id._stop("manual")
        leads = self.env["crm.lead"].union(
            *(self._make_lead(email_from=f"{choice}{count}-{n}@a.example") for n in range(count))
        )
        self.cadence._enroll(leads)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._change(choice, Command.update(self.one.id, {"wait_days": count}))
        self.env.flush_all()
        spent = self.env.cr.sql_log_count - before
        self.assertEqual(len(leads.enrollment_id), count)
        leads.enrollment_id._stop("manual")
        return spent

    def test_queries_of_a_change_do_not_grow_with_the_leads(self):
        for choice in ("follow", "finish"):
            with self.subTest(choice):
                self._count_queries_of_change(choice, 2)
                few = self._count_queries_of_change(choice, 5)
                many = self._count_queries_of_change(choice, 40)

                self.assertLessEqual(many, few + 15)
