from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import LeadFollowupCase
from .letter_common import LetterMixin

# NOW is Friday 20 March 2026, 12:00 UTC: 8 in the morning in New York (UTC-4).


class LeadCadenceHandCase(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # e-mail, call after 1 working day, letter after 3, e-mail, call
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_trade_show")
        cls.user_other = cls._make_user("ted", "sales_team.group_sale_salesman")
        cls.user_leader = cls._make_user("lea", "sales_team.group_sale_salesman_all_leads")

    def _make_enrolled(self, **vals):
        """Return a lead inside, without a deadline unless one is given."""
        contact = {"phone": "+12025550155", "email_from": "a@a.example"}
        rest = {"user_id": self.user_rep.id, "first_touch_deadline": False}
        lead = self._make_lead(**contact | rest | vals)
        self.assertEqual(self.cadence._enroll(lead).state, "active")
        return lead

    def _ask(self, action):
        """Return the form of the wizard that ``action`` opens."""
        return Form(self.env[action["res_model"]].with_context(**action["context"]))

    def _text(self, action):
        return action["params"]["message"]


@tagged("post_install", "-at_install")
class TestSkip(LeadCadenceHandCase):
    def test_skip_takes_the_mail_back_and_plans_the_next_step(self):
        lead = self._make_enrolled()
        first = lead.touch_ids

        said = lead.action_skip_touch()

        self.assertEqual((first.state, first.reason), ("skipped", "by_hand"))
        self.assertEqual((first.reason_text, first.mail_id.state), ("By hand", "cancel"))
        # nothing was made yet, so the call has nothing to wait for; calls are made on the third
        # working day of the week from 10: Wednesday, 14:00 UTC
        self.assertPlanned(lead, "call", "2026-03-25 14:00:00")
        self.assertEqual(self._text(said), "Skipped for 1 of 1.")
        self.assertIn("Skipped “Thank you for your visit” of the cadence", lead.message_ids[0].body)

    def test_skipped_twice_it_is_two_steps_on_and_no_step_comes_again(self):
        lead = self._make_enrolled(street="1 Sample St", city="Reno")

        lead.action_skip_touch()
        activity = lead.activity_ids
        lead.action_skip_touch()

        self.assertEqual(lead.next_channel, "letter")
        self.assertFalse(activity.exists())
        steps = self.cadence.step_ids
        states = {touch.step_id: touch.state for touch in lead.touch_ids}
        self.assertEqual(states, {steps[0]: "skipped", steps[1]: "skipped", steps[2]: "queued"})

    def test_a_skipped_last_step_finishes_it(self):
        self.cadence = self.env["lead.cadence"].create(
            {"name": "Short", "step_ids": [(0, 0, {"name": "Look", "channel": "task"})]}
        )
        lead = self._make_enrolled()

        lead.action_skip_touch()

        self.assertEqual(lead.enrollment_ids.state, "done")
        self.assertEqual((lead.last_cadence_id, lead.last_enrollment_state), (self.cadence, "done"))

    def test_a_call_that_waits_for_its_rep_is_skipped_last(self):
        self.show.sender_id = self.user_marketing
        lead = self._make_enrolled(
            user_id=False, trade_show_id=self.show.id, street="1 Sample St", city="Reno"
        )
        lead.action_skip_touch()  # the e-mail: the call then waits, the letter is planned
        states = {touch.channel: touch.state for touch in lead.touch_ids}
        self.assertEqual(states, {"email": "skipped", "call": "waiting", "letter": "queued"})

        lead.action_skip_touch()

        states = {touch.step_id: touch.state for touch in lead.touch_ids}
        steps = self.cadence.step_ids
        self.assertEqual((states[steps[1]], states[steps[2]]), ("waiting", "skipped"))

    def test_what_is_being_sent_is_not_skipped(self):
        lead = self._make_enrolled()
        lead.touch_ids.state = "sending"

        with self.assertRaisesRegex(UserError, "Nothing can be skipped"):
            lead.action_skip_touch()

        self.assertEqual(lead.touch_ids.state, "sending")

    def test_who_is_paused_or_through_is_not_skipped_and_counted(self):
        active, paused = self._make_enrolled(), self._make_enrolled(email_from="p@p.example")
        paused.enrollment_id.action_pause()

        said = (active | paused).enrollment_id.action_skip()

        self.assertEqual(self._text(said), "Skipped for 1 of 2.")
        self.assertEqual(paused.enrollment_id.state, "paused")
        self.assertFalse(paused.touch_ids)

    def test_many_cost_about_as_many_queries_as_few(self):
        def count_queries(size):
            leads = self.env["crm.lead"].union(
                *(self._make_enrolled(email_from=f"n{size}{n}@a.example") for n in range(size))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads.enrollment_id.action_skip()
            self.env.flush_all()
            self.assertEqual(set(leads.mapped("next_channel")), {"call"})
            return self.env.cr.sql_log_count - before

        count_queries(1)
        few = count_queries(3)
        self.assertLessEqual(count_queries(13), few + 20)


@tagged("post_install", "-at_install")
class TestSkipLetter(LetterMixin, LeadFollowupCase):
    def test_a_letter_on_paper_is_neither_skipped_nor_moved(self):
        lead = self._make_addressed()
        self._make_printed(lead)

        with self.assertRaisesRegex(UserError, "Nothing can be skipped"):
            lead.action_skip_touch()
        with self.assertRaisesRegex(UserError, "Nothing can be moved"):
            lead.action_move_touch()

        self.assertEqual(self._get_letter(lead).state, "queued")

    def test_a_letter_that_is_not_printed_leaves_its_batch(self):
        lead, other = self._make_addressed(), self._make_addressed(email_from="b@best.example")
        batch = self._make_batch(lead | other)

        lead.action_skip_touch()

        self.assertEqual(self._get_letter(lead).state, "skipped")
        self.assertEqual(batch.touch_ids.lead_id, other)
        self.assertEqual(lead.next_channel, "email")
        lead.enrollment_id.action_pause()
        lead.enrollment_id.action_resume()  # a letter skipped does not come back by a pause
        self.assertEqual(self._get_letter(lead).state, "skipped")


@tagged("post_install", "-at_install")
class TestMove(LeadCadenceHandCase):
    def _move(self, leads, moment):
        action = leads.enrollment_id.action_ask_move()
        form = self._ask(action)
        form.moment = moment
        return form.save()

    def test_move_takes_the_mail_along(self):
        lead = self._make_enrolled()
        touch = lead.touch_ids

        said = self._move(lead, "2026-03-24 14:30:00").action_move()

        self.assertPlanned(lead, "email", "2026-03-24 14:30:00")
        self.assertEqual((touch.state, touch.slot_rule), ("queued", "by_hand"))
        moved = fields.Datetime.to_string(touch.mail_id.scheduled_date)
        self.assertEqual((moved, touch.mail_id.state), ("2026-03-24 14:30:00", "outgoing"))
        self.assertEqual(self._text(said), "Moved for 1 of 1.")
        self.assertIn("Moved “Thank you for your visit”", lead.message_ids[0].body)

    def test_move_takes_the_activity_along(self):
        lead = self._make_enrolled(email_from=False)
        self.assertEqual(str(lead.activity_ids.date_deadline), "2026-03-25")

        self._move(lead, "2026-03-26 18:00:00").action_move()

        self.assertEqual(str(lead.activity_ids.date_deadline), "2026-03-26")
        self.assertIn("from 14:00", lead.activity_ids.summary)

    def test_what_was_far_ahead_is_put_on_its_way_when_it_comes_near(self):
        lead = self._make_enrolled()
        touch = lead.touch_ids
        touch._withdraw()
        touch.write({"state": "planned", "planned_at": "2026-05-05 14:00:00", "mail_id": False})

        self._move(lead, "2026-03-24 14:00:00").action_move()

        self.assertEqual((touch.state, touch.mail_id.state), ("queued", "outgoing"))

    def test_the_past_is_refused(self):
        lead = self._make_enrolled()
        wizard = self._move(lead, "2026-03-20 11:59:00")
        self.assertEqual(wizard.warning, "This moment is over.")

        with self.assertRaisesRegex(UserError, "This moment is over. Choose one ahead"):
            wizard.action_move()

        self.assertPlanned(lead, "email", "2026-03-24 13:00:00")

    def test_it_is_told_what_speaks_against_the_moment(self):
        lead = self._make_enrolled()
        call = self._make_enrolled(email_from=False)
        # e-mail: Tuesday to Thursday 9 to 12; call: Wednesday and Thursday 10 to 12 and 14 to 17
        cases = [
            (lead, "2026-03-24 13:00:00", False),  # Tuesday, 9
            (lead, "2026-03-24 16:00:00", "not in the hours in which this works best"),  # noon
            (lead, "2026-03-24 15:59:00", False),
            (lead, "2026-03-23 13:00:00", "not in the hours"),  # Monday
            (lead, "2026-03-24 21:00:00", "no working hour there"),  # 17
            (lead, "2026-03-22 15:00:00", "no working hour there"),  # Sunday
            (call, "2026-03-25 14:00:00", False),
            (call, "2026-03-25 17:00:00", "not in the hours"),  # 13
        ]
        for target, moment, warning in cases:
            with self.subTest(moment=moment, channel=target.next_channel):
                found = self._move(target, moment).warning
                if warning:
                    self.assertIn(warning, found)
                else:
                    self.assertFalse(found)

    def test_a_rep_on_leave_is_told(self):
        call = self._make_enrolled(email_from=False)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": self.env.company.resource_calendar_id.id,
                "date_from": "2026-03-25 00:00:00",
                "date_to": "2026-03-26 00:00:00",
            }
        )

        self.assertIn("not at work", self._move(call, "2026-03-25 14:00:00").warning)
        self.assertFalse(self._move(call, "2026-03-26 14:00:00").warning)

    def test_after_the_deadline_it_is_told_and_noted(self):
        lead = self._make_enrolled(first_touch_deadline="2026-03-25 12:00:00")
        self.assertFalse(self._move(lead, "2026-03-24 14:00:00").warning)

        wizard = self._move(lead, "2026-03-25 14:00:00")
        self.assertEqual(wizard.warning, "It misses the deadline of the first contact.")
        wizard.action_move()

        self.assertTrue(lead.touch_ids.is_late_by_plan)
        self._move(lead, "2026-03-24 14:00:00").action_move()
        self.assertFalse(lead.touch_ids.is_late_by_plan)

    def test_the_cap_is_told(self):
        self.env.company.lead_email_cap = 2
        leads = self._make_enrolled() | self._make_enrolled(email_from="b@b.example")
        leads |= self._make_enrolled(email_from="c@c.example")

        wizard = self._move(leads, "2026-04-02 14:00:00")
        self.assertEqual(
            wizard.warning,
            "1 of 3: The sender's cap of e-mails a day is used up on that day.",
        )
        self.env.company.lead_email_cap = 3
        self.assertFalse(self._move(leads, "2026-04-02 14:00:00").warning)

    def test_its_time_there_and_what_is_moved_are_shown(self):
        lead = self._make_enrolled()

        with self._ask(lead.action_move_touch()) as form:
            self.assertEqual(form.subject, "Thank you for your visit")
            self.assertEqual(fields.Datetime.to_string(form.moment), "2026-03-24 13:00:00")
            self.assertEqual(form.their_time, "Tue 24 Mar 2026, 09:00")

    def test_its_time_there_is_in_the_reader_s_own_calendar(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        lead = self._make_enrolled()

        wizard = self._move(lead, "2026-03-24 13:00:00").with_context(lang="fa_IR")

        # 24 March 2026, 4 Farvardin 1405; the web client shows the moment itself by that calendar
        self.assertEqual(wizard.their_time, "سه\u200cشنبه 4 فروردین 1405 09:00")
        self.assertIn(
            "سه\u200cشنبه 4 فروردین 09:00", lead.with_context(lang="fa_IR").next_touch_text
        )

    def test_who_has_nothing_to_move_is_told_so(self):
        paused = self._make_enrolled()
        paused.enrollment_id.action_pause()

        with self.assertRaisesRegex(UserError, "Nothing can be moved"):
            paused.action_move_touch()

    def test_the_moved_touch_waits_on_and_the_run_leaves_it_alone(self):
        lead = self._make_enrolled()
        self._move(lead, "2026-03-22 03:00:00").action_move()  # a Sunday night: his decision

        self._run_cadences()

        self.assertPlanned(lead, "email", "2026-03-22 03:00:00")
        self.assertEqual(len(lead.touch_ids), 1)


@tagged("post_install", "-at_install")
class TestPauseAndStop(LeadCadenceHandCase):
    def _pause(self, leads, until=False):
        form = self._ask(leads.enrollment_id.action_ask_pause())
        form.until = until
        return form.save().action_pause()

    def _stop(self, leads, reason, note=False):
        form = self._ask(leads.enrollment_id.action_ask_stop())
        form.reason = reason
        if note:
            form.note = note
        return form.save().action_stop()

    def test_a_pause_says_so_and_lasts_until_it_is_resumed(self):
        lead = self._make_enrolled()

        self._pause(lead)
        with freeze_time("2027-03-20 12:00:00"):
            self._run_cadences()

            self.assertEqual(lead.enrollment_state, "paused")
            self.assertEqual(lead.stop_reason_text, "Paused by hand")
            lead.action_resume_cadence()

        self.assertEqual((lead.enrollment_state, lead.stop_reason_text), ("active", False))
        self.assertIn("goes on", lead.message_ids[0].body)

    def test_a_pause_with_a_day_ends_by_itself_on_that_day(self):
        self.env.company.resource_calendar_id.tz = "Europe/Brussels"
        lead = self._make_enrolled()

        self._pause(lead, "2026-04-01")

        self.assertEqual(lead.stop_reason_text, "Paused until 04/01/2026")
        # midnight in Brussels, which is two hours before UTC by then
        resume_at = fields.Datetime.to_string(lead.enrollment_id.resume_at)
        self.assertEqual(resume_at, "2026-03-31 22:00:00")
        with freeze_time("2026-03-31 21:59:00"):
            self._run_cadences()
            self.assertEqual(lead.enrollment_state, "paused")
        with freeze_time("2026-03-31 22:00:00"):
            self._run_cadences()
        self.assertEqual(lead.enrollment_state, "active")
        # Wednesday 1 April, 9 in New York
        self.assertPlanned(lead, "email", "2026-04-01 13:00:00")
        self.assertFalse(lead.enrollment_id.resume_at)

    def test_the_scheduler_is_woken_on_that_day(self):
        lead = self._make_enrolled()
        cron = self.env.ref("lead_followup.ir_cron_run_cadences")
        self._pause(lead, "2026-04-01")

        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])

        self.assertIn(lead.enrollment_id.resume_at, triggers.mapped("call_at"))

    def test_the_day_of_a_pause_can_be_changed(self):
        lead = self._make_enrolled()
        self._pause(lead, "2026-04-01")

        self._pause(lead)

        self.assertEqual(lead.stop_reason_text, "Paused by hand")
        self.assertFalse(lead.enrollment_id.resume_at)

    def test_a_day_that_is_not_ahead_is_refused(self):
        lead = self._make_enrolled()

        with self.assertRaisesRegex(UserError, "would be over already"):
            self._pause(lead, "2026-03-20")

        self.assertEqual(lead.enrollment_state, "active")

    def test_an_agreed_call_is_not_paused_away(self):
        lead, other = self._make_enrolled(), self._make_enrolled(email_from="b@b.example")
        lead.enrollment_id._pause_for_call_back(fields.Datetime.to_datetime("2026-03-27 14:00:00"))

        said = self._pause(lead | other)

        self.assertEqual(self._text(said), "Paused for 1 of 2.")
        self.assertEqual(lead.enrollment_id.stop_reason, "call_back")

    def test_won_while_paused_ends_it_for_good(self):
        lead = self._make_enrolled()
        self._pause(lead, "2026-04-01")

        lead.action_set_won()
        with freeze_time("2026-04-02 12:00:00"):
            self._run_cadences()

        self.assertEqual(lead.enrollment_ids.state, "stopped")
        self.assertEqual(lead.stop_reason_text, "Won")

    def test_a_reason_stays_with_the_lead(self):
        lead = self._make_enrolled()

        self._stop(lead, "wrong_person")

        self.assertEqual(lead.enrollment_ids.stop_reason, "wrong_person")
        self.assertEqual(lead.stop_reason_text, "Not the right person")
        self.assertEqual(lead.touch_ids.state, "cancelled")
        self.assertIn("was stopped: Not the right person.", lead.message_ids[0].body)
        self.assertEqual(lead.last_enrollment_state, "stopped")

    def test_a_reason_in_one_s_own_words(self):
        lead = self._make_enrolled()

        self._stop(lead, "other", "Moved to Peru")

        self.assertEqual(lead.stop_reason_text, "Moved to Peru")

    def test_another_reason_wants_words(self):
        lead = self._make_enrolled()
        wizard = self.env["lead.cadence.stop"].create(
            {"enrollment_ids": [(6, 0, lead.enrollment_id.ids)], "reason": "other", "note": " "}
        )

        with self.assertRaisesRegex(UserError, "in a few words why"):
            wizard.action_stop()

    def test_many_are_stopped_and_those_that_had_ended_are_counted(self):
        leads = self._make_enrolled() | self._make_enrolled(email_from="b@b.example")
        enrollments = leads.enrollment_id
        leads[0].action_set_lost()
        wizard = self.env["lead.cadence.stop"].create(
            {"enrollment_ids": [(6, 0, enrollments.ids)], "reason": "not_now"}
        )

        said = wizard.action_stop()

        self.assertEqual(self._text(said), "Stopped for 1 of 2.")
        self.assertEqual(set(enrollments.mapped("stop_reason")), {"lost", "not_now"})

    def test_leads_of_the_list_open_their_cadences(self):
        lead = self._make_enrolled()

        action = lead.action_open_enrollments()

        found = self.env["lead.cadence.enrollment"].search(action["domain"])
        self.assertEqual(found, lead.enrollment_ids)


@tagged("post_install", "-at_install")
class TestRights(LeadCadenceHandCase):
    def test_a_rep_does_it_to_his_own_leads_only(self):
        mine = self._make_enrolled().enrollment_id.with_user(self.user_rep)
        his = self._make_enrolled(user_id=self.user_other.id, email_from="b@b.example")
        his = his.enrollment_id.with_user(self.user_rep)
        acts = {
            "skip": lambda it: it.action_skip(),
            "move": lambda it: it._move_next(fields.Datetime.to_datetime("2026-03-26 15:00:00")),
            "pause": lambda it: it._pause(),
            "resume": lambda it: it.action_resume(),
            "stop": lambda it: it._stop_by_hand("not_now"),
            "ask": lambda it: it.action_ask_stop(),
        }
        for name, act in acts.items():
            with self.subTest(name):
                act(mine)
                with self.assertRaises(AccessError):
                    act(his)
        self.assertEqual((mine.sudo().state, his.sudo().state), ("stopped", "active"))

    def test_who_sees_all_leads_does_it_to_all(self):
        lead = self._make_enrolled()

        lead.with_user(self.user_leader).action_skip_touch()

        self.assertEqual(lead.next_channel, "call")
        self.assertEqual(lead.message_ids[0].author_id, self.user_leader.partner_id)

    def test_a_wizard_that_names_another_s_lead_is_refused(self):
        mine = self._make_enrolled().enrollment_id
        his = self._make_enrolled(user_id=self.user_other.id, email_from="b@b.example")
        wizards = self.env["lead.cadence.stop"].with_user(self.user_rep)

        wizards.create({"enrollment_ids": [(6, 0, mine.ids)]}).action_stop()
        with self.assertRaises(AccessError):
            wizards.create({"enrollment_ids": [(6, 0, his.enrollment_id.ids)]})

        self.assertEqual((mine.state, his.enrollment_state), ("stopped", "active"))

    def test_a_rep_does_not_change_cadences_or_let_leads_in(self):
        cadence = self.cadence.with_user(self.user_rep)

        with self.assertRaises(AccessError):
            cadence.is_self_enrolling = True
        with self.assertRaises(AccessError):
            cadence.action_ask_let_in()
