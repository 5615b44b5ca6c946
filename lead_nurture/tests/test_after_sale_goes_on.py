from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import OperationalError

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..hooks import uninstall_hook
from .after_sale_common import AfterSaleCase


@tagged("post_install", "-at_install")
class TestAfterSaleGoesOn(AfterSaleCase):
    """The track of a customer goes on after undone sales, faults and words of thanks."""

    def _make_valves_won(self, **vals):
        """Return a lead won on 20 March 2026 that buys again on 20 March 2027."""
        return self._make_won(interest_ids=[Command.set(self.valves.ids)], **vals)

    def _get_repeat(self, lead):
        return self.env["crm.lead"].search([("repeat_of_id", "=", lead.id)])

    def _undo(self, lead):
        lead.stage_id = lead.stage_id.search([("is_won", "=", False)], limit=1)

    # an undone sale

    def test_an_undone_repeat_gives_the_first_sale_its_track_back(self):
        lead = self._make_valves_won()
        self._send_next(lead, "2026-03-25 13:00:00")
        self._run_repeats("2027-03-20 01:00:00")
        repeat = self._get_repeat(lead)
        with freeze_time("2027-05-10 12:00:00"):
            repeat.action_set_won()
            self.assertAfterSale(lead, "stopped", "newer_sale")
            self._undo(repeat)

        self.assertAfterSale(repeat, "stopped", "not_won")
        self.assertFalse(repeat.repeat_date)
        self.assertAfterSale(lead, "paused", "repeat_open")  # the repeat is open again
        with freeze_time("2027-05-11 12:00:00"):
            repeat.action_set_lost()
        self._run_repeats("2027-05-11 13:00:00")
        self.assertAfterSale(lead, "active")
        # where it stood: nobody is thanked twice
        self.assertEqual(
            lead.touch_ids.filtered(
                lambda touch: touch.state in ("planned", "queued")
            ).step_id.name,
            "How is it going?",
        )

    def test_a_repeat_won_anew_is_expected_anew(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        repeat = self._get_repeat(lead)
        with freeze_time("2027-05-10 12:00:00"):
            repeat.action_set_won()
            self._undo(repeat)
        with freeze_time("2027-06-10 12:00:00"):
            repeat.action_set_won()

        self.assertEqual(repeat.repeat_date, fields.Date.to_date("2028-06-10"))
        self.assertAfterSale(repeat, "active")
        self.assertAfterSale(lead, "stopped", "newer_sale")

    def test_only_the_newest_of_the_others_gets_it_back(self):
        first = self._make_won()
        with freeze_time("2026-04-20 12:00:00"):
            second = self._make_won()
        with freeze_time("2026-05-20 12:00:00"):
            third = self._make_won()
            self._undo(third)

        self.assertAfterSale(first, "stopped", "newer_sale")
        self.assertAfterSale(second, "active")

    def test_what_a_person_stopped_stays_stopped(self):
        first = self._make_won()
        with freeze_time("2026-04-20 12:00:00"):
            second = self._make_won()
            second.enrollment_id.action_stop()
            self._undo(second)

        self.assertAfterSale(first, "stopped", "newer_sale")

    def test_who_opted_out_meanwhile_gets_nothing_back(self):
        first = self._make_won()
        with freeze_time("2026-04-20 12:00:00"):
            second = self._make_won()
            first.email_consent = "no"
            self._undo(second)

        self.assertAfterSale(first, "stopped", "newer_sale")

    def test_a_day_that_a_newer_sale_had_settled_comes_again_once_that_is_undone(self):
        lead = self._make_valves_won()
        with freeze_time("2026-11-02 12:00:00"):
            newer = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        self.assertTrue(lead.repeat_handled_at)

        with freeze_time("2027-03-22 12:00:00"):
            self._undo(newer)
            newer.action_set_lost()
        self._run_repeats("2027-03-23 01:00:00")

        self.assertEqual(len(self._get_repeat(lead)), 1)

    # one that cannot go on

    def test_one_that_cannot_go_on_is_held_in_sight_and_keeps_nobody_back(self):
        bad = self._make_valves_won()
        good = self._make_valves_won(partner_id=False, email_from="bea@ample.example")
        due = self._make_valves_won(partner_id=False, email_from="cyn@ample.example")
        due.repeat_date = "2027-04-01"
        self._run_repeats("2027-03-20 01:00:00")
        with freeze_time("2027-04-01 00:30:00"):
            (self._get_repeat(bad) | self._get_repeat(good)).action_set_lost()
        enrollment = bad.enrollment_id
        plan = type(enrollment)._plan_one_step

        def fail(enrollments):
            if enrollment in enrollments:
                raise ValueError("its step is broken")
            return plan(enrollments)

        with (
            patch.object(type(enrollment), "_plan_one_step", fail),
            mute_logger("odoo.addons.lead_followup.models.lead_cadence_enrollment"),
        ):
            self._run_repeats("2027-04-01 01:00:00")

        self.assertAfterSale(bad, "paused", "its step is broken")
        self.assertAfterSale(good, "active")
        self.assertEqual(len(self._get_repeat(due)), 1)

    # resting while the repeat is open

    def test_a_pause_by_hand_that_is_over_ends_only_once_the_repeat_is_closed(self):
        lead = self._make_valves_won()
        with freeze_time("2027-03-01 12:00:00"):
            lead.enrollment_id._pause(fields.Date.to_date("2027-04-01"))
        self._run_repeats("2027-03-20 01:00:00")
        self.assertAfterSale(lead, "paused", "paused")

        with freeze_time("2027-04-02 12:00:00"):
            self._run_cadences()
        self.assertAfterSale(lead, "paused", "repeat_open")

        with freeze_time("2027-04-03 12:00:00"):
            self._get_repeat(lead).action_set_lost()
        self._run_repeats("2027-04-04 01:00:00")
        self.assertAfterSale(lead, "active")

    def test_resumed_by_hand_it_rests_on_while_the_repeat_is_open(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        notes = len(lead.message_ids)

        with freeze_time("2027-03-21 12:00:00"):
            lead.enrollment_id.action_resume()
            self.assertAfterSale(lead, "paused", "repeat_open")
            self.assertEqual(len(lead.message_ids), notes)  # nothing says that it goes on
            self._get_repeat(lead).action_set_lost()
            lead.enrollment_id.action_resume()
            self.assertAfterSale(lead, "active")

    def test_who_enters_while_a_repeat_is_open_rests_at_once(self):
        self.company.lead_after_sale_track_id = False
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")

        with freeze_time("2027-03-21 12:00:00"):
            self.track._enroll(lead)

        self.assertAfterSale(lead, "paused", "repeat_open")
        self.assertFalse(lead.touch_ids)

    # faults at the moment of the sale

    def test_a_meeting_of_transactions_is_left_to_odoo(self):
        deal = self._make_deal()

        with (
            patch.object(type(self.track), "_enroll", side_effect=OperationalError("met")),
            self.assertRaises(OperationalError),
        ):
            deal.action_set_won()

    def test_another_fault_says_on_the_lead_what_to_do(self):
        self.track.step_ids.unlink()

        with mute_logger("odoo.addons.lead_nurture.models.crm_lead_after_sale"):
            lead = self._make_won()

        self.assertEqual(lead.won_status, "won")
        self.assertEqual(lead.activity_ids.user_id, self.user_rep)
        self.assertIn("has no steps", lead.activity_ids.note)
        self.assertIn("After the Sale…", lead.activity_ids.note)

    # answers

    def _answer(self, lead, at):
        with freeze_time(at):
            lead.enrollment_id._stop("replied")

    def test_thanks_for_the_thanks_rest_for_thirty_days_and_the_ask_comes(self):
        lead = self._make_won()
        touch = self._send_next(lead, "2026-03-25 13:00:00")

        self._answer(lead, "2026-03-26 09:00:00")

        self.assertAfterSale(lead, "paused", "answered")
        # a month on is Saturday 25 April in the company's zone
        self.assertIn("04/25/2026", lead.stop_reason_text)
        self.assertEqual(touch.outcome, "replied")
        with freeze_time("2026-04-25 08:59:00"):
            self._run_cadences()
            self.assertAfterSale(lead, "paused", "answered")
        with freeze_time("2026-04-25 09:01:00"):
            self._run_cadences()
        self.assertAfterSale(lead, "active")
        # 90 days after the thanks, as if nobody had answered
        self.assertPlanned(lead, "email", "2026-06-23 13:00:00")

    def test_who_opts_out_while_it_rests_ends_it(self):
        lead = self._make_won()
        self._answer(lead, "2026-03-26 09:00:00")

        lead._opt_out_by_link("ann@ample.example")

        self.assertAfterSale(lead, "stopped", "opted_out")

    def test_an_answer_of_who_is_not_to_be_contacted_ends_it(self):
        lead = self._make_won()
        self._make_lead(do_not_contact=True, active=False)

        self._answer(lead, "2026-03-26 09:00:00")

        self.assertAfterSale(lead, "stopped", "replied")

    def test_an_answer_before_the_sale_ends_a_cadence(self):
        deal = self._make_deal()
        self.env.ref("lead_followup.lead_cadence_general")._enroll(deal)

        deal.enrollment_id._stop("replied")

        self.assertEqual(deal.enrollment_ids.stop_reason, "replied")
        self.assertEqual(deal.enrollment_ids.state, "stopped")

    def test_no_more_letters_ends_it(self):
        lead = self._make_won()
        touch = self._send_next(lead, "2026-03-25 13:00:00")
        touch.letter_code = "2345-6789"

        lead._note_letter_answer(touch.letter_code, "stop", "")

        self.assertAfterSale(lead, "stopped", "letters_refused")

    def test_an_answer_while_a_repeat_is_open_leaves_it_resting_for_that(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")

        self._answer(lead, "2027-03-21 09:00:00")

        self.assertAfterSale(lead, "paused", "repeat_open")
        self.assertFalse(lead.enrollment_id.resume_at)

    def test_a_repeat_made_while_it_rests_holds_it_on(self):
        lead = self._make_valves_won()
        self._answer(lead, "2027-03-10 09:00:00")
        self._run_repeats("2027-03-20 01:00:00")
        self.assertAfterSale(lead, "paused", "answered")

        with freeze_time("2027-04-10 09:00:00"):
            self._run_cadences()

        self.assertAfterSale(lead, "paused", "repeat_open")

    def test_a_longer_pause_by_hand_stays(self):
        lead = self._make_won()
        enrollment = lead.enrollment_id
        enrollment._pause()
        self._answer(lead, "2026-03-26 09:00:00")
        self.assertAfterSale(lead, "paused", "paused")
        self.assertFalse(enrollment.resume_at)

        enrollment._pause(fields.Date.to_date("2026-04-01"))
        self._answer(lead, "2026-03-26 09:00:00")
        self.assertEqual(enrollment.resume_at, fields.Datetime.to_datetime("2026-04-25 09:00:00"))

    # uninstalling

    def _get_repeat_origins(self):
        names = ("utm_medium_repeat_sale", "utm_source_customer")
        return self.env["ir.model.data"].search_count(
            [("module", "=", "lead_nurture"), ("name", "in", names)]
        )

    def test_repeats_keep_their_medium_and_source_without_the_addon(self):
        self._make_deal(
            active=False,
            medium_id=self.env.ref("lead_nurture.utm_medium_repeat_sale").id,
            source_id=self.env.ref("lead_nurture.utm_source_customer").id,
        )

        uninstall_hook(self.env)

        self.assertEqual(self._get_repeat_origins(), 0)

    def test_without_repeats_they_go_with_it(self):
        uninstall_hook(self.env)

        self.assertEqual(self._get_repeat_origins(), 2)

    # cost

    def _count_queries(self, act, leads):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act(leads)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _make_sales(self, count):
        leads = self.env["crm.lead"]
        for number in range(count):
            leads |= self._make_deal(partner_id=False, email_from=f"c{number}@ample.example")
        leads.interest_ids = self.valves
        return leads

    def test_what_is_known_of_customers_is_looked_up_for_all_at_once(self):
        leads = self._make_sales(11)
        leads.action_set_won()

        def look_up(some):
            some._get_repeat_obstacles()
            some[0]._pick_of_customer(some._find_open_of_customers())

        one = self._count_queries(look_up, leads[:1])
        ten = self._count_queries(look_up, leads[1:])

        self.assertLessEqual(ten, one)

    def test_sales_won_together_cost_little_more_than_one(self):
        leads = self._make_sales(11)

        one = self._count_queries(lambda some: some.action_set_won(), leads[:1])
        ten = self._count_queries(lambda some: some.action_set_won(), leads[1:])

        self.assertLessEqual(ten, one + 9)

    def test_of_two_sales_due_at_once_one_is_a_repeat_and_that_is_told_of_the_other(self):
        self.company.lead_repeat_months = 6
        first = self._make_won(interest_ids=[Command.set(self.valves.ids)])
        second = self._make_won(interest_ids=[Command.set(self.pumps.ids)])
        (first | second).repeat_date = "2027-03-20"

        self._run_repeats("2027-03-20 01:00:00")

        repeat = self._get_repeat(first)
        self.assertEqual(len(repeat), 1)
        self.assertFalse(self._get_repeat(second))
        self.assertEqual(len(repeat.activity_ids), 2)
