from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .after_sale_common import AfterSaleCase


@tagged("post_install", "-at_install")
class TestRepeatSale(AfterSaleCase):
    """The next purchase by the cycle of what was bought."""

    def _make_valves_won(self, **vals):
        """Return a lead won on 20 March 2026 that buys again on 20 March 2027."""
        return self._make_won(interest_ids=[Command.set(self.valves.ids)], **vals)

    def _get_repeat(self, lead):
        return self.env["crm.lead"].search([("repeat_of_id", "=", lead.id)])

    # the day

    def test_the_shortest_cycle_of_the_interests_counts(self):
        self.company.lead_repeat_months = 6
        lead = self._make_won(
            interest_ids=[Command.set((self.pumps + self.valves + self.training).ids)]
        )

        self.assertEqual(lead.repeat_date, fields.Date.to_date("2027-03-20"))

    def test_without_a_cycle_of_its_interests_the_company_s_counts(self):
        self.company.lead_repeat_months = 6
        lead = self._make_won(interest_ids=[Command.set(self.training.ids)])
        self.assertEqual(lead.repeat_date, fields.Date.to_date("2026-09-20"))

        self.company.lead_repeat_months = 0
        self.assertFalse(self._make_won(interest_ids=[Command.set(self.training.ids)]).repeat_date)

    def test_a_month_without_that_day_ends_on_its_last(self):
        self.company.lead_repeat_months = 6
        with freeze_time("2026-08-31 12:00:00"):
            lead = self._make_won()

        self.assertEqual(lead.repeat_date, fields.Date.to_date("2027-02-28"))

    def test_switched_off_nothing_is_expected(self):
        self.company.lead_repeat_sales = False

        self.assertFalse(self._make_valves_won().repeat_date)

    def test_interests_named_later_move_the_day_but_not_one_set_by_hand(self):
        lead = self._make_valves_won()
        by_hand = self._make_valves_won(partner_id=False, email_from="bea@ample.example")
        by_hand.repeat_date = "2026-12-24"

        (lead | by_hand).interest_ids = self.pumps

        self.assertEqual(lead.repeat_date, fields.Date.to_date("2029-03-20"))
        self.assertEqual(by_hand.repeat_date, fields.Date.to_date("2026-12-24"))

    def test_an_undone_sale_is_expected_no_more(self):
        lead = self._make_valves_won()

        lead.write({"stage_id": lead.stage_id.search([("is_won", "=", False)], limit=1).id})

        self.assertFalse(lead.repeat_date)

    def test_a_salesperson_may_move_the_day_and_nothing_else_of_it(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        mine = lead.with_user(self.user_rep)

        mine.repeat_date = "2028-01-02"

        self.assertFalse(lead.repeat_handled_at)
        for vals in ({"repeat_handled_at": False}, {"repeat_of_id": self._get_repeat(lead).id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                mine.write(vals)

    # taking it up

    def test_on_its_day_and_not_before_a_repeat_is_made_for_the_owner(self):
        lead = self._make_valves_won(expected_revenue=1200, phone="+12025550155")

        self._run_repeats("2027-03-19 23:00:00")
        self.assertFalse(self._get_repeat(lead))
        self._run_repeats("2027-03-20 01:00:00")

        repeat = self._get_repeat(lead)
        self.assertEqual(len(repeat), 1)
        self.assertEqual((repeat.type, repeat.user_id), ("opportunity", self.user_rep))
        self.assertEqual((repeat.won_status, repeat.lifecycle), ("pending", "mql"))
        self.assertEqual(repeat.partner_id, self.customer)
        self.assertEqual(repeat.email_from, "ann@ample.example")
        self.assertEqual(repeat.phone, "+12025550155")
        self.assertEqual(repeat.interest_ids, self.valves)
        self.assertEqual(repeat.medium_id.name, "Repeat Sale")
        self.assertEqual(repeat.source_id.name, "Customer")
        self.assertFalse(repeat.expected_revenue)
        self.assertFalse(repeat.first_touch_deadline)
        self.assertFalse(repeat.enrollment_ids)
        activity = repeat.activity_ids
        self.assertEqual(activity.user_id, self.user_rep)
        self.assertIn("Due to buy again", activity.summary)
        for text in ("Pumps for Ample", "1,200.00", "Valves of the test"):
            self.assertIn(text, activity.note)
        self.assertEqual(lead.won_status, "won")

    def test_a_cycle_is_taken_up_once(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        self._get_repeat(lead).unlink()

        self._run_repeats("2027-03-21 01:00:00")

        self.assertFalse(self._get_repeat(lead))

    def test_another_day_set_by_hand_is_another_occasion(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        first = self._get_repeat(lead)
        first.action_set_lost()
        lead.repeat_date = lead.repeat_date
        self._run_repeats("2027-03-21 01:00:00")
        self.assertFalse(self._get_repeat(lead) - first)

        lead.repeat_date = "2027-06-01"
        self._run_repeats("2027-06-01 01:00:00")

        self.assertEqual(len(self._get_repeat(lead) - first), 1)

    def test_the_next_cycle_counts_from_the_repeat_s_win(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        repeat = self._get_repeat(lead)

        with freeze_time("2027-05-10 12:00:00"):
            repeat.action_set_won()

        self.assertEqual(repeat.repeat_date, fields.Date.to_date("2028-05-10"))
        self._run_repeats("2028-05-10 12:00:00")
        third = self._get_repeat(repeat)
        self.assertEqual(len(third), 1)
        self.assertEqual(self._get_repeat(lead), repeat)
        self.assertEqual(lead.with_user(self.user_rep).sale_chain_count, 2)
        self.assertEqual(third.sale_chain_count, 2)
        domain = repeat.action_open_sale_chain()["domain"]
        self.assertEqual(self.env["crm.lead"].search(domain), third | lead)

    def test_only_sales_of_its_own_chain_are_counted(self):
        lead = self._make_valves_won()
        self._make_valves_won(partner_id=False, email_from="bea@ample.example")

        self.assertEqual(lead.sale_chain_count, 0)

    def test_answers_that_hold_come_along_as_they_were_taken_down(self):
        lead = self._make_valves_won()
        budget = self.env["lead.qualifier"].search([("code", "=", "budget")], limit=1)
        need = self.env["lead.qualifier"].search([("code", "=", "need")], limit=1)
        (budget + need).valid_days = 0
        need.valid_days = 30
        self.env["lead.qualification"].create(
            [
                {
                    "lead_id": lead.id,
                    "answer_id": qualifier.answer_ids[-1].id,
                    "answered_at": "2026-03-20 12:00:00",
                    "user_id": self.user_rep.id,
                    "source": "Spring Pump Expo",
                }
                for qualifier in (budget, need)
            ]
        )

        self._run_repeats("2027-03-20 01:00:00")

        given = self._get_repeat(lead).qualification_ids
        self.assertEqual(given.qualifier_id, budget)
        self.assertEqual(given.answered_at, fields.Datetime.to_datetime("2026-03-20 12:00:00"))
        self.assertEqual((given.user_id, given.source), (self.user_rep, "Spring Pump Expo"))

    def test_a_refusal_of_e_mail_comes_along(self):
        lead = self._make_valves_won(email_consent="no")

        self._run_repeats("2027-03-20 01:00:00")

        self.assertEqual(self._get_repeat(lead).email_consent, "no")

    def test_an_owner_who_left_is_not_given_it(self):
        lead = self._make_valves_won()
        self.user_rep.active = False

        self._run_repeats("2027-03-20 01:00:00")

        repeat = self._get_repeat(lead)
        self.assertNotEqual(repeat.user_id, self.user_rep)
        self.assertEqual(repeat.lifecycle, "mql")
        self.assertTrue(repeat.user_id or repeat.waiting_reason)
        self.assertTrue(repeat.activity_ids)

    def test_the_assignment_rules_find_another_owner(self):
        self.env["lead.assignment.rule"].search([]).active = False
        self.env["lead.assignment.rule"].create(
            {
                "name": "Whoever",
                "method": "fixed",
                "member_ids": [Command.set(self.user_marketing.ids)],
            }
        )
        self.company.write({"lead_offer_enabled": True, "lead_offer_start_at": False})
        lead = self._make_valves_won()
        self.user_rep.active = False

        self._run_repeats("2027-03-20 01:00:00")

        repeat = self._get_repeat(lead)
        self.assertEqual(repeat.user_id, self.user_marketing)
        self.assertEqual(repeat.handover_ids.state, "offered")
        self.assertEqual(repeat.activity_ids.user_id, self.user_marketing)

    # not made

    def test_an_open_lead_of_the_customer_is_told_once_instead(self):
        lead = self._make_valves_won()
        colleague = self._make_user("carl", "sales_team.group_sale_salesman")
        talk = self._make_deal(name="A talk", user_id=colleague.id)

        self._run_repeats("2027-03-20 01:00:00")
        self._run_repeats("2027-03-21 01:00:00")

        self.assertFalse(self._get_repeat(lead))
        self.assertEqual(talk.activity_ids.user_id, colleague)
        self.assertIn("Due to buy again", talk.activity_ids.summary)
        self.assertIn("A talk", "".join(lead.message_ids.mapped("body")))

    def test_an_open_lead_of_a_colleague_in_the_customer_s_company_counts(self):
        firm = self.env["res.partner"].create({"name": "Ample Inc", "is_company": True})
        self.customer.parent_id = firm
        bea = self._make_contact("Bea", "bea@ample.example", parent_id=firm.id)
        lead = self._make_valves_won()
        talk = self._make_deal(partner_id=bea.id, email_from="bea@ample.example")

        self._run_repeats("2027-03-20 01:00:00")

        self.assertFalse(self._get_repeat(lead))
        self.assertTrue(talk.activity_ids)

    def test_a_lost_an_archived_and_a_stranger_s_lead_keep_nothing_back(self):
        lead = self._make_valves_won()
        self._make_deal().action_set_lost()
        self._make_deal(active=False)
        self._make_deal(partner_id=False, email_from="bea@ample.example")
        self._make_deal(lifecycle="disqualified", not_a_buyer="student")

        self._run_repeats("2027-03-20 01:00:00")

        self.assertEqual(len(self._get_repeat(lead)), 1)

    def test_who_must_not_be_contacted_by_another_lead_gets_none(self):
        lead = self._make_valves_won()
        self._make_lead(do_not_contact=True, active=False)

        self._run_repeats("2027-03-20 01:00:00")

        self.assertFalse(self._get_repeat(lead))
        self.assertIn("must not be contacted", lead.message_ids[0].body)
        self.assertTrue(lead.repeat_handled_at)

    def test_an_archived_contact_gets_none(self):
        lead = self._make_valves_won()
        self.customer.active = False

        self._run_repeats("2027-03-20 01:00:00")

        self.assertFalse(self._get_repeat(lead))
        self.assertIn("the contact is archived", lead.message_ids[0].body)

    def test_a_deleted_contact_leaves_what_the_lead_knows(self):
        lead = self._make_valves_won(phone="+12025550155")
        lead.partner_id = False
        self.customer.unlink()

        self._run_repeats("2027-03-20 01:00:00")

        repeat = self._get_repeat(lead)
        self.assertEqual((repeat.email_from, repeat.phone), ("ann@ample.example", "+12025550155"))

    def test_an_archived_sale_is_left_in_peace(self):
        lead = self._make_valves_won()
        lead.active = False

        self._run_repeats("2027-03-20 01:00:00")

        self.assertFalse(self._get_repeat(lead))

    def test_who_bought_the_same_since_is_due_after_that(self):
        lead = self._make_valves_won()
        with freeze_time("2026-11-02 12:00:00"):
            again = self._make_valves_won()

        self._run_repeats("2027-03-20 01:00:00")
        self.assertFalse(self._get_repeat(lead))
        self.assertIn("has bought the same again", lead.message_ids[0].body)

        self._run_repeats("2027-11-02 01:00:00")
        self.assertEqual(len(self._get_repeat(again)), 1)

    def test_who_bought_something_else_since_is_due_all_the_same(self):
        lead = self._make_valves_won()
        with freeze_time("2026-11-02 12:00:00"):
            self._make_won(interest_ids=[Command.set(self.pumps.ids)])

        self._run_repeats("2027-03-20 01:00:00")

        self.assertEqual(len(self._get_repeat(lead)), 1)

    def test_what_was_won_before_the_switch_is_not_taken_up(self):
        lead = self._make_won_before("2026-03-01", interest_ids=[Command.set(self.valves.ids)])

        self._run_repeats("2027-06-01 01:00:00")

        self.assertFalse(self._get_repeat(lead))

    def test_switched_off_later_nothing_is_taken_up(self):
        lead = self._make_valves_won()
        self.company.lead_repeat_sales = False

        self._run_repeats("2027-03-20 01:00:00")

        self.assertFalse(self._get_repeat(lead))

    def test_one_that_fails_stays_due_and_the_others_are_taken_up(self):
        bad = self._make_valves_won()
        good = self._make_valves_won(partner_id=False, email_from="bea@ample.example")
        make = type(bad)._make_repeat

        def fail(lead):
            if lead == bad:
                raise ValueError("broken")
            return make(lead)

        with (
            patch.object(type(bad), "_make_repeat", fail),
            mute_logger("odoo.addons.lead_nurture.models.crm_lead_repeat_run"),
        ):
            self._run_repeats("2027-03-20 01:00:00")

        self.assertEqual((len(self._get_repeat(bad)), len(self._get_repeat(good))), (0, 1))
        self.assertFalse(bad.repeat_handled_at)
        self._run_repeats("2027-03-20 02:00:00")
        self.assertEqual(len(self._get_repeat(bad)), 1)

    def test_all_that_are_due_are_taken_up_over_the_seams_of_batches(self):
        leads = self._make_valves_won()
        for name in ("bea", "cyn"):
            leads |= self._make_valves_won(partner_id=False, email_from=f"{name}@ample.example")

        with patch.object(type(leads), "_REPEAT_BATCH", 1):
            self._run_repeats("2027-03-20 01:00:00")

        self.assertEqual(leads.repeat_ids.repeat_of_id, leads)

    # beside the track

    def test_the_track_rests_while_the_repeat_is_open_and_goes_on_once_it_is_lost(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        repeat = self._get_repeat(lead)
        self.assertAfterSale(lead, "paused", "repeat_open")
        self._run_repeats("2027-03-21 01:00:00")
        self.assertAfterSale(lead, "paused", "repeat_open")

        with freeze_time("2027-04-01 12:00:00"):
            repeat.action_set_lost()
        self._run_repeats("2027-04-01 13:00:00")

        self.assertAfterSale(lead, "active")

    def test_the_track_goes_on_where_the_repeat_was_deleted(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        self._get_repeat(lead).unlink()

        self._run_repeats("2027-04-01 13:00:00")

        self.assertAfterSale(lead, "active")

    def test_the_won_repeat_enters_the_track_in_place_of_the_first_sale(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        repeat = self._get_repeat(lead)

        with freeze_time("2027-05-10 12:00:00"):
            repeat.action_set_won()

        self.assertAfterSale(lead, "stopped", "newer_sale")
        self.assertAfterSale(repeat, "active")

    # undone, merged

    def test_an_undone_and_remade_sale_makes_no_second_repeat(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        repeat = self._get_repeat(lead)
        won, other = lead.stage_id, lead.stage_id.search([("is_won", "=", False)], limit=1)

        with freeze_time("2027-03-22 12:00:00"):
            lead.stage_id = other
            lead.stage_id = won
        self._run_repeats("2028-03-23 01:00:00")

        self.assertEqual(self._get_repeat(lead), repeat)

    def test_a_merged_sale_takes_its_repeats_along(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        repeat = self._get_repeat(lead)
        head = self._make_won(name="Head", stage_id=lead.stage_id.id)

        (head | lead)._merge_opportunity(user_id=False, team_id=False, auto_unlink=False)

        left = (head | lead).filtered(lambda one: self._get_repeat(one))
        self.assertEqual(self._get_repeat(left), repeat)

    def test_a_repeat_merged_with_its_own_sale_repeats_nothing(self):
        lead = self._make_valves_won()
        self._run_repeats("2027-03-20 01:00:00")
        repeat = self._get_repeat(lead)

        merged = (lead | repeat).merge_opportunity()

        self.assertFalse(merged.repeat_of_id)
        self.assertEqual(merged.sale_chain_count, 0)

    # cost

    def test_a_hundred_chains_are_counted_in_as_many_queries_as_one(self):
        leads = self._make_valves_won()
        for number in range(20):
            leads |= self._make_deal(
                email_from=f"a{number}@ample.example", repeat_of_id=leads[0].id
            )
        self.env.flush_all()
        self.env.invalidate_all()
        leads.mapped("name")

        # what the form looks up, the chains, and which of them the user may see
        with self.assertQueryCount(3):
            leads[:1]._compute_glance()
        with self.assertQueryCount(3):
            leads._compute_glance()
        self.assertEqual(leads[0].sale_chain_count, 20)
