from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import LeadFollowupCase

# NOW is Friday 20 March 2026, 12:00 UTC: 8 in the morning in New York (UTC-4), where leads live.


@tagged("post_install", "-at_install")
class TestLeadCadenceBranch(LeadFollowupCase):
    """Steps made only after a given outcome of a step before them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.lead_marketing_user_id = cls.user_marketing
        cls.template = cls.env.ref("lead_followup.mail_template_general_next")
        cls.letter_template = cls.env.ref("lead_followup.mail_template_general_letter")

    def _make_cadence(self, *steps):
        """Return a cadence of ``(name, channel[, condition[, wait in days]])``.

        A condition is "of word": "call no_answer".
        """
        return self.env["lead.cadence"].create(
            {
                "name": "Branches",
                "step_ids": [
                    Command.create(self._prepare_step(number, *step))
                    for number, step in enumerate(steps, 1)
                ],
            }
        )

    def _prepare_step(self, number, name, channel, condition="", wait_days=0):
        branch_of, _space, branch_word = condition.partition(" ")
        template = {"email": self.template.id, "letter": self.letter_template.id}.get(channel)
        return {
            "sequence": number,
            "name": name,
            "channel": channel,
            "template_id": template or False,
            "branch_of": branch_of or False,
            "branch_word": branch_word or False,
            "wait_days": wait_days,
        }

    def _make_reachable(self, **vals):
        return self._make_lead(
            **{
                "user_id": self.user_rep.id,
                "phone": "+12125550155",
                "street": "1 Sample St",
                "city": "New York",
                "zip": "10001",
                **vals,
            }
        )

    def _get_touch(self, lead, name):
        return lead.touch_ids.filtered(lambda touch: touch.step_id.name == name)

    def _make_done(self, lead, name, at=None, outcome=False):
        """Make the step ``name``, and let the cron plan what comes next."""
        with freeze_time(at or fields.Datetime.now()):
            touch = self._get_touch(lead, name)
            touch.outcome = outcome
            touch._mark_done(fields.Datetime.now(), is_human=touch.channel == "call")
            self._run_cadences()

    def assertSteps(self, lead, expected):
        """``expected``: {step name: state, or (state, reason)}."""
        found = {}
        for touch in lead.touch_ids:
            name = touch.step_id.name
            with_reason = isinstance(expected.get(name), tuple)
            found[name] = (touch.state, touch.reason) if with_reason else touch.state
        self.assertEqual(found, expected)

    def test_a_step_after_an_unanswered_call_is_made_after_one_only(self):
        cadence = self._make_cadence(
            ("Call", "call"),
            ("Sorry to have missed you", "email", "step no_answer"),
            ("Letter", "letter"),
        )
        missed, reached = self._make_reachable(), self._make_reachable(email_from="b@b.example")
        cadence._enroll(missed | reached)

        self._make_done(missed, "Call", outcome="no_answer")
        self._make_done(reached, "Call", outcome="unknown")

        self.assertSteps(missed, {"Call": "done", "Sorry to have missed you": "queued"})
        self.assertSteps(
            reached,
            {
                "Call": "done",
                "Sorry to have missed you": ("skipped", "branch"),
                "Letter": "queued",
            },
        )
        skipped = self._get_touch(reached, "Sorry to have missed you")
        self.assertEqual(skipped.reason_text, "Not so: The step before was not answered (call)")

    def test_the_outcome_a_rep_notes_is_the_one_that_counts(self):
        cadence = self._make_cadence(
            ("Call", "call"), ("Mail", "email", "call no_answer"), ("Letter", "letter")
        )
        lead = self._make_reachable()
        cadence._enroll(lead)

        lead.with_user(self.user_rep).action_log_call("no_answer", lead.activity_ids.id)
        self._run_cadences()

        self.assertSteps(lead, {"Call": "done", "Mail": "queued"})

    def test_a_cadence_whose_rest_is_for_others_ends(self):
        cadence = self._make_cadence(("Call", "call"), ("Mail", "email", "step no_answer"))
        lead = self._make_reachable()
        enrollment = cadence._enroll(lead)

        self._make_done(lead, "Call", outcome="later")

        self.assertSteps(lead, {"Call": "done", "Mail": "skipped"})
        self.assertEqual((enrollment.state, enrollment.stop_reason), ("done", False))

    def test_the_last_call_is_seen_past_other_steps(self):
        cadence = self._make_cadence(
            ("First call", "call"),
            ("Second call", "call"),
            ("Mail", "email"),
            ("After a call", "letter", "call no_answer"),
        )
        for first, second, state in (
            ("no_answer", "later", "skipped"),
            ("later", "no_answer", "queued"),
        ):
            with self.subTest(first):
                lead = self._make_reachable(email_from=f"{first}@ample.example")
                cadence._enroll(lead)

                self._make_done(lead, "First call", outcome=first)
                self._make_done(lead, "Second call", outcome=second)
                self._make_done(lead, "Mail")

                self.assertEqual(self._get_touch(lead, "After a call").state, state)

    def test_the_round_before_does_not_count(self):
        cadence = self._make_cadence(
            ("Call", "call"), ("Mail", "email"), ("Letter", "letter", "call no_answer")
        )
        lead = self._make_reachable()
        enrollment = cadence._enroll(lead)
        self._make_done(lead, "Call", outcome="no_answer")
        enrollment._withdraw_touches().unlink()
        lead.phone = False  # so that the call of the second round is blocked

        enrollment.round = 2
        enrollment._plan_next()
        second = lead.touch_ids.filtered(lambda touch: touch.round == 2)
        second.filtered(lambda t: t.state == "queued")._mark_done(fields.Datetime.now(), False)
        self._run_cadences()

        second = lead.touch_ids.filtered(lambda touch: touch.round == 2)
        self.assertEqual(
            {touch.step_id.name: touch.state for touch in second},
            {"Call": "blocked", "Mail": "done", "Letter": "skipped"},
        )

    def test_what_could_not_be_made_has_no_outcome_but_that(self):
        cadence = self._make_cadence(
            ("Call", "call"),
            ("No answer", "email", "step no_answer"),
            ("No call", "letter", "call not_made"),
        )
        lead = self._make_reachable(phone=False)

        cadence._enroll(lead)

        self.assertSteps(
            lead,
            {
                "Call": ("blocked", "no_phone"),
                "No answer": ("skipped", "branch"),
                "No call": "queued",
            },
        )

    def test_a_failed_step_was_not_made(self):
        cadence = self._make_cadence(("Call", "call"), ("Instead", "email", "step not_made"))
        failed, made = self._make_reachable(), self._make_reachable(email_from="b@b.example")
        cadence._enroll(failed | made)

        failed.activity_ids.unlink()
        self._run_cadences()
        self._make_done(made, "Call", outcome="unknown")

        self.assertSteps(failed, {"Call": "failed", "Instead": "queued"})
        self.assertSteps(made, {"Call": "done", "Instead": "skipped"})

    def test_after_a_skipped_step_its_outcome_cannot_hold(self):
        cadence = self._make_cadence(
            ("Call", "call"),
            ("Mail", "email", "step no_answer"),
            ("Letter", "letter", "step not_made"),
        )
        lead = self._make_reachable()
        cadence._enroll(lead)

        self._make_done(lead, "Call", outcome="later")

        self.assertSteps(lead, {"Call": "done", "Mail": "skipped", "Letter": "skipped"})

    def _enroll_without_rep(self):
        cadence = self._make_cadence(
            ("Call", "call"),
            ("Missed", "email", "step no_answer"),
            ("For all", "email", "", 2),
        )
        lead = self._make_reachable(user_id=False)
        cadence._enroll(lead)
        return lead

    def test_while_the_call_waits_its_branch_waits_and_the_rest_goes_on(self):
        lead = self._enroll_without_rep()

        self.assertSteps(
            lead,
            {"Call": ("waiting", "no_rep"), "Missed": ("waiting", "branch"), "For all": "queued"},
        )
        self.assertEqual(
            self._get_touch(lead, "Missed").reason_text,
            "Not known yet: The step before was not answered (call)",
        )

    def test_the_branch_joins_in_once_the_call_was_not_answered(self):
        lead = self._enroll_without_rep()
        lead.user_id = self.user_rep
        self._run_cadences()
        self.assertSteps(lead, {"Call": "queued", "Missed": "waiting", "For all": "queued"})

        self._make_done(lead, "Call", outcome="no_answer")

        # what comes after it waits from it
        self.assertSteps(lead, {"Call": "done", "Missed": "queued"})
        self._make_done(lead, "Missed", at="2026-03-20 13:00:00")
        self.assertSteps(lead, {"Call": "done", "Missed": "done", "For all": "queued"})

    def test_the_branch_is_skipped_once_the_call_was_answered(self):
        lead = self._enroll_without_rep()
        lead.user_id = self.user_rep
        self._run_cadences()
        mail = self._get_touch(lead, "For all").mail_id

        self._make_done(lead, "Call", outcome="unknown")

        self.assertSteps(lead, {"Call": "done", "Missed": "skipped", "For all": "queued"})
        self.assertEqual(mail.state, "outgoing")

    def test_a_call_that_never_gets_a_rep_keeps_its_branch_waiting(self):
        lead = self._enroll_without_rep()

        self._make_done(lead, "For all", at="2026-03-24 13:00:00")

        self.assertSteps(lead, {"Call": "waiting", "Missed": "waiting", "For all": "done"})
        self.assertEqual(lead.enrollment_id.state, "active")

    def _enroll_for_bounce(self, word="bounced", **vals):
        cadence = self._make_cadence(
            ("Mail", "email"),
            ("On paper", "letter", f"email {word}", 3),
            ("Call", "call", "", 4),
        )
        lead = self._make_reachable(**vals)
        cadence._enroll(lead)
        self._make_done(lead, "Mail", at="2026-03-20 13:00:00")
        return lead

    def test_a_bounce_is_waited_for_until_the_step_is_due(self):
        lead = self._enroll_for_bounce()

        # three working days after Friday: Wednesday, letters from 09:00 in New York
        self.assertPlanned(lead, "letter", "2026-03-25 13:00:00")
        self.assertSteps(lead, {"Mail": "done", "On paper": ("planned", "branch_open")})
        self.assertEqual(
            self._get_touch(lead, "On paper").reason_text,
            "Only if: The last e-mail came back (e-mail, letter). Looked at an hour before.",
        )
        with freeze_time("2026-03-25 11:59:00"):
            self._run_cadences()
        self.assertSteps(lead, {"Mail": "done", "On paper": "planned"})

    def test_mail_that_came_back_meanwhile_brings_the_letter(self):
        lead = self._enroll_for_bounce()
        self._get_touch(lead, "Mail").outcome = "bounced"

        with freeze_time("2026-03-25 12:00:00"):
            self._run_cadences()

        self.assertSteps(lead, {"Mail": "done", "On paper": ("queued", False)})

    def test_mail_that_stayed_away_skips_the_letter(self):
        lead = self._enroll_for_bounce()

        with freeze_time("2026-03-25 12:00:00"):
            self._run_cadences()
            self._run_cadences()

        self.assertSteps(lead, {"Mail": "done", "On paper": "skipped", "Call": "queued"})
        # four working days after the mail: Thursday, calls from 10:00 in New York
        self.assertPlanned(lead, "call", "2026-03-26 14:00:00")

    def test_a_click_counts_from_when_the_mail_was_sent(self):
        for number, (clicked_at, word, state) in enumerate(
            (
                ("2026-03-22 08:00:00", "clicked", "queued"),
                ("2026-03-20 12:59:00", "clicked", "skipped"),
                ("2026-03-22 08:00:00", "not_clicked", "skipped"),
                ("2026-03-20 12:59:00", "not_clicked", "queued"),
            )
        ):
            with self.subTest(word, clicked_at=clicked_at):
                lead = self._enroll_for_bounce(word, email_from=f"a{number}@ample.example")
                self.env["lead.event"].create(
                    {"lead_id": lead.id, "kind": "click", "occurred_at": clicked_at}
                )

                with freeze_time("2026-03-25 12:00:00"):
                    self._run_cadences()

                self.assertEqual(self._get_touch(lead, "On paper").state, state)

    def test_a_stop_withdraws_what_hangs_on_a_condition(self):
        lead = self._enroll_for_bounce()
        self._get_touch(lead, "Mail").outcome = "bounced"

        lead.do_not_contact = True
        with freeze_time("2026-03-25 12:00:00"):
            self._run_cadences()

        self.assertSteps(lead, {"Mail": "done", "On paper": "cancelled"})

    def test_a_condition_that_can_never_hold_is_refused(self):
        for steps, message in (
            ([("Mail", "email", "step bounced")], "but there is none before it"),
            ([("Mail", "email"), ("Late", "letter", "call no_answer")], "none before it"),
            ([("Late", "letter", "call no_answer"), ("Call", "call")], "none before it"),
            ([("Mail", "email"), ("Late", "letter", "step no_answer")], "“Mail” has no such"),
            ([("Call", "call"), ("Late", "letter", "call clicked")], "“Call” has no such"),
            ([("Call", "call"), ("Late", "letter", "call")], "condition without an outcome"),
        ):
            with self.subTest(steps), self.assertRaisesRegex(ValidationError, message):
                self._make_cadence(*steps)

    def test_moving_the_call_behind_its_branch_is_refused(self):
        cadence = self._make_cadence(("Call", "call"), ("Late", "letter", "call no_answer"))
        call, late = cadence.step_ids

        with self.assertRaisesRegex(ValidationError, "none before it"):
            cadence.write({"step_ids": [Command.update(call.id, {"sequence": 9})]})
        cadence.write(  # near miss: both move
            {
                "step_ids": [
                    Command.update(call.id, {"sequence": 9}),
                    Command.update(late.id, {"sequence": 10}),
                ]
            }
        )
