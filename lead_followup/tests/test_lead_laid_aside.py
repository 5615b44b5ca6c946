from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .test_lead_touch_kept import KeptCase

# NOW is Friday 20 March 2026, 12:00 UTC: 8 in the morning in New York (UTC-4). A first contact goes
# at 13:00 UTC; an e-mail without a deadline on Tuesday the 24th.
PLANNED = "2026-03-20 13:00:00"


class LaidAsideCase(KeptCase):
    def _make_mixed(self, *steps):
        """Return a cadence of ``(name, channel[, what it waits for])``, first e-mail approved."""
        template = self.env.ref("lead_followup.mail_template_general_first")
        return self.env["lead.cadence"].create(
            {
                "name": "Mixed",
                "is_first_email_approved": True,
                "step_ids": [
                    Command.create(
                        {
                            "name": name,
                            "channel": channel,
                            "sequence": 10 * number,
                            "template_id": channel == "email" and template.id,
                            **(condition[0] if condition else {}),
                        }
                    )
                    for number, (name, channel, *condition) in enumerate(steps, 1)
                ],
            }
        )

    def _get_touch(self, name):
        return self.lead.touch_ids.filtered(lambda touch: touch.step_id.name == name)

    def _write_own(self, touch):
        touch._rewrite("Mine", "<p>My own words</p>")
        touch.with_user(self.user_rep).action_approve_emails()


@tagged("post_install", "-at_install")
class TestLaidAside(LaidAsideCase):
    """What a pause took back goes on; what a stop took back does not without a new word."""

    def setUp(self):
        super().setUp()
        self.cadence = self._make_cadence(is_first_email_approved=True)
        self.lead = self._enroll()
        self.touch = self.lead.touch_ids
        self.enrollment = self.lead.enrollment_id

    def assertNextIsAskedFor(self):
        self.assertEqual(self.touch.state, "cancelled")
        self.assertFalse(self.touch._is_laid_aside())
        other = self.lead.touch_ids - self.touch
        self.assertEqual((other.step_id.name, other.state), ("Two", "approval"))

    def test_what_a_stop_withdrew_asks_for_a_new_word(self):
        for is_paused in (False, True):
            with self.subTest(is_paused=is_paused):
                self.lead = self._enroll(email_from=f"ann{is_paused}@ample.example")
                self.touch = self.lead.touch_ids
                self._write_own(self.touch)
                if is_paused:
                    self.lead.enrollment_id.action_pause()
                    self.assertTrue(self.touch._is_laid_aside())
                self.lead.enrollment_id._stop("replied")

                self.lead._persevere()

                self.assertNextIsAskedFor()

    def test_a_moved_email_that_was_rejected_with_a_stop_does_not_return(self):
        self.enrollment._move_next(fields.Datetime.to_datetime("2026-03-25 15:00:00"))
        self.touch._reject("Never send this", True)

        self.lead._persevere()

        self.assertNextIsAskedFor()

    def test_a_second_pause_keeps_it_as_well(self):
        self._write_own(self.touch)
        for _time in range(2):
            self.enrollment.action_pause()
            self.enrollment.action_resume()

        self.assertEqual(self.lead.touch_ids, self.touch)
        self.assertEqual((self.touch.state, self.touch.is_laid_aside), ("queued", False))

    def test_own_words_are_not_promised_to_another_address(self):
        self._write_own(self.touch)
        self.enrollment.action_pause()
        self.lead.email_from = "other@ample.example"

        self.enrollment.action_resume()

        touch = self.lead.touch_ids
        self.assertEqual((touch.state, touch.is_rewritten), ("approval", False))
        self.assertEqual(touch._get_addressees(), {"other@ample.example"})

    def test_an_overdue_email_that_may_not_go_out_is_promised_no_moment(self):
        self._write_own(self.touch)
        other = self._enroll(email_from="bob@best.example").touch_ids
        self._write_own(other)
        self.lead.email_from = "other@ample.example"

        with freeze_time("2026-03-20 17:00:00"):
            self.env["lead.touch"]._plan_overdue_anew()

        self.assertEqual((self.touch.state, self.touch.reason), ("blocked", "address_changed"))
        self.assertEqual((other.state, str(other.planned_at)), ("queued", "2026-03-20 17:00:00"))


@tagged("post_install", "-at_install")
class TestLaidAsideOrder(LaidAsideCase):
    """A step that is taken up again stands among the others as it did before."""

    def setUp(self):
        super().setUp()
        self.env.company.lead_marketing_user_id = self.user_rep
        self.cadence = self._make_mixed(("Call", "call"), ("One", "email"), ("Two", "email"))
        self.lead = self._make_lead(phone="+12025550155")
        self.cadence._enroll(self.lead)
        self.enrollment = self.lead.enrollment_id
        self.assertEqual(self._get_touch("Call").state, "waiting")

    def _pause_and_resume(self):
        self.enrollment.action_pause()
        self.enrollment.action_resume()

    def test_a_call_beside_an_approved_email_is_there_again(self):
        self.lead.user_id = self.user_rep
        self._run_cadences()
        self._write_own(self._get_touch("One"))

        self._pause_and_resume()

        call, email = self._get_touch("Call"), self._get_touch("One")
        self.assertEqual((call.state, str(call.planned_at)), ("queued", PLANNED))
        self.assertEqual((email.state, str(email.planned_at)), ("queued", PLANNED))
        self.assertFalse(self._get_touch("Two"))

    def test_a_call_that_waits_for_a_rep_waits_again(self):
        self._write_own(self._get_touch("One"))
        self.enrollment._move_next(fields.Datetime.to_datetime("2026-03-30 15:00:00"))

        self._pause_and_resume()

        self.assertEqual(self._get_touch("Call").state, "waiting")
        self.assertFalse(self._get_touch("Two"))
        self.lead.user_id = self.user_rep
        self._run_cadences()
        self.assertEqual(str(self._get_touch("Call").planned_at), PLANNED)
        self.assertEqual(str(self._get_touch("One").planned_at), "2026-03-30 15:00:00")

    def test_an_added_email_comes_after_the_one_that_was_moved(self):
        one = self._get_touch("One")
        self.enrollment._move_next(fields.Datetime.to_datetime("2026-03-30 15:00:00"))
        self.enrollment.action_pause()
        step = {"name": "New", "channel": "email", "sequence": 15}
        step["template_id"] = one.step_id.template_id.id
        self.cadence.write({"step_ids": [Command.create(step)], "people_inside": "follow"})

        self.enrollment.action_resume()

        self.assertEqual(str(self._get_touch("One").planned_at), "2026-03-30 15:00:00")
        self.assertFalse(self._get_touch("New"))


@tagged("post_install", "-at_install")
class TestPutOff(LaidAsideCase):
    """An e-mail that joins in puts off a later one; somebody's own words are not lost by it."""

    def setUp(self):
        super().setUp()
        if_missed = {"branch_of": "call", "branch_word": "no_answer"}
        self.env.company.lead_marketing_user_id = self.user_rep
        self.cadence = self._make_mixed(
            ("Call", "call"), ("Missed", "email", if_missed), ("Two", "email")
        )
        self.lead = self._make_lead(phone="+12025550155")
        self.cadence._enroll(self.lead)
        self.lead.user_id = self.user_rep
        self._run_cadences()
        self.two = self._get_touch("Two")
        self.assertEqual(self.two.state, "approval")

    def _miss_the_call(self):
        self.lead.with_user(self.user_rep).action_log_call("no_answer")
        self._run_cadences()
        self.assertEqual(self._get_touch("Missed").state, "approval")

    def _send_missed(self):
        """Make the e-mail that had joined in, on Tuesday at 13:00 UTC, and plan what is next."""
        missed = self._get_touch("Missed")
        missed._approve()
        with freeze_time("2026-03-24 13:00:00"):
            missed._mark_done(fields.Datetime.now(), is_human=False)
            self._run_cadences()

    def test_own_words_come_back_after_it_with_a_moment_of_their_own(self):
        self._write_own(self.two)

        self._miss_the_call()
        self.assertEqual((self.two.state, self.two.mail_id.state), ("cancelled", "cancel"))
        self._send_missed()

        self.assertEqual((self.two.state, self.two.mail_id.state), ("queued", "outgoing"))
        self.assertEqual(str(self.two.planned_at.date()), "2026-03-24")
        self.assertEqual(self.two.mail_id.scheduled_date, self.two.planned_at)
        self.assertIn("My own words", self.two.mail_id.body_html)

    def test_an_email_as_it_was_prepared_is_prepared_anew(self):
        mail = self.two.mail_id

        self._miss_the_call()

        self.assertFalse(mail.exists() or self.two.exists())

    def test_a_pause_between_does_not_turn_the_order_round(self):
        for is_approved in (False, True):
            with self.subTest(is_approved=is_approved):
                if not is_approved:
                    self._write_own(self.two)
                    self._miss_the_call()
                else:
                    self._get_touch("Missed")._approve()

                self.lead.enrollment_id.action_pause()
                self.lead.enrollment_id.action_resume()

                state = "queued" if is_approved else "approval"
                self.assertEqual(self._get_touch("Missed").state, state)
                self.assertEqual(self.two.state, "cancelled")
        self._send_missed()
        self.assertEqual(self.two.state, "queued")


@tagged("post_install", "-at_install")
class TestMovedCall(LaidAsideCase):
    def test_a_call_moved_by_hand_is_due_at_its_hour(self):
        self.cadence = self._make_mixed(("Call", "call"))
        moved = self._enroll(phone="+12025550155")
        plain = self._enroll(phone="+12025550156", email_from="bob@best.example")
        moved.enrollment_id._move_next(fields.Datetime.to_datetime("2026-03-20 20:00:00"))
        queue = self.env["crm.lead"].with_user(self.user_rep).get_call_queue

        with freeze_time("2026-03-20 14:00:00"):
            at_ten = queue()
        with freeze_time("2026-03-20 20:01:00"):
            at_four = queue()

        self.assertEqual([line["lead_id"] for line in at_ten["now"]], plain.ids)
        self.assertEqual(
            [(line["lead_id"], line["at"]) for line in at_ten["later"]],
            [(moved.id, "2026-03-20 20:00:00")],
        )
        self.assertIn(moved.id, [line["lead_id"] for line in at_four["now"]])
