from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_lead_call import LeadCallCase

# Wednesday 25 March 2026, 14:30 UTC: 10:30 in New York, in the window of calls; 07:30 in Los
# Angeles, before it; 15:30 in Berlin, in it; 00:30 of Thursday in Sydney.
NOW = "2026-03-25 14:30:00"
NEW_YORK, LOS_ANGELES, BERLIN = "+12025550155", "+12135550155", "+493012345678"


@tagged("post_install", "-at_install")
class TestLeadCallQueue(LeadCallCase):
    def setUp(self):
        super().setUp()
        clock = freeze_time(NOW)
        clock.start()
        self.addCleanup(clock.stop)
        self.number = 0

    def _make_call(self, rule="window", planned_at="2026-03-25 14:00:00", **vals):
        """A lead of the rep's with a queued call; its name says who it is."""
        self.number += 1
        lead = self._make_lead(
            **{
                "phone": NEW_YORK,
                "user_id": self.user_rep.id,
                "contact_name": f"Lead {self.number}",
                "state_id": False,
                "country_id": False,
                **vals,
            }
        )
        touch = self.env["lead.touch"].create(
            {
                "lead_id": lead.id,
                "channel": "call",
                "state": "planned",
                "slot_rule": rule,
                "planned_at": planned_at,
                "user_id": lead.user_id.id,
            }
        )
        touch._queue_activities()
        return lead

    def _queue(self, user=None, **kwargs):
        return self.env["crm.lead"].with_user(user or self.user_rep).get_call_queue(**kwargs)

    def _ids(self, lines):
        return [line["lead_id"] for line in lines]

    def test_who_may_be_called_now_and_who_later_by_their_own_clocks(self):
        here = self._make_call()
        west = self._make_call(phone=LOS_ANGELES, planned_at="2026-03-25 17:00:00")
        berlin = self._make_call(phone=BERLIN)

        queue = self._queue()

        self.assertEqual(set(self._ids(queue["now"])), {here.id, berlin.id})
        self.assertEqual(self._ids(queue["later"]), [west.id])
        # 10:00 in Los Angeles
        self.assertEqual(queue["later"][0]["at"], "2026-03-25 17:00:00")

    def test_nobody_is_called_at_night_or_on_a_day_off(self):
        sydney = self._make_call(phone="+61291234567")  # half past midnight
        self._make_call(phone="+302101234567")  # Athens: Independence Day, 25 March

        queue = self._queue()

        self.assertFalse(queue["now"])
        # 10:00 of Thursday in Sydney is still the rep's Wednesday
        self.assertEqual(self._ids(queue["later"]), [sydney.id])
        self.assertEqual(queue["later"][0]["at"], "2026-03-25 23:00:00")

    def test_a_call_is_due_in_the_hours_of_its_own_step(self):
        early = self._make_call(planned_at="2026-03-25 12:00:00")
        usual = self._make_call(planned_at="2026-03-25 12:00:00")
        self.env["lead.cadence"].create(
            {
                "name": "Early birds",
                "step_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Early",
                            "channel": "call",
                            "window_mode": "own",
                            "window_hours": "8-9:30",
                        },
                    )
                ],
            }
        )
        early.touch_ids.step_id = self.env["lead.cadence.step"].search([], order="id desc", limit=1)

        with freeze_time("2026-03-25 12:10:00"):  # 08:10 in New York
            queue = self._queue()

        self.assertEqual(self._ids(queue["now"]), [early.id])
        self.assertEqual(self._ids(queue["later"]), [usual.id])

    def test_a_call_in_the_lunch_hour_waits_for_the_afternoon(self):
        lead = self._make_call()

        with freeze_time("2026-03-25 16:30:00"):  # 12:30 in New York
            queue = self._queue()

        self.assertEqual(self._ids(queue["later"]), [lead.id])
        self.assertEqual(queue["later"][0]["at"], "2026-03-25 18:00:00")

    def test_a_missed_call_is_due_in_the_daytime_of_any_working_day(self):
        lead = self._make_call()

        with freeze_time("2026-03-27 16:30:00"):  # Friday, 12:30 in New York
            self.assertEqual(self._ids(self._queue()["now"]), [lead.id])
        with freeze_time("2026-03-28 16:30:00"):  # Saturday
            self.assertFalse(self._queue()["now"])

    def test_a_call_of_tomorrow_is_not_due(self):
        self._make_call(planned_at="2026-03-26 14:00:00")

        queue = self._queue()

        self.assertFalse(queue["now"] + queue["later"])

    def test_an_agreed_call_is_due_at_its_hour_and_not_before(self):
        lead = self._make_call(rule="agreed", planned_at="2026-03-25 23:30:00")

        queue = self._queue()
        self.assertEqual(self._ids(queue["later"]), [lead.id])
        self.assertEqual(queue["later"][0]["at"], "2026-03-25 23:30:00")

        with freeze_time("2026-03-25 23:31:00"):  # 19:31 in New York, as the lead wished
            self.assertEqual(self._ids(self._queue()["now"]), [lead.id])
        with freeze_time("2026-03-26 01:00:00"):  # forgotten: 21:00 there is no hour to call
            self.assertFalse(self._queue()["now"])

    def test_the_best_come_first_and_skipped_ones_last(self):
        cold, hot, warm = self._make_call(), self._make_call(), self._make_call()
        events = self.env["lead.event"]
        events.create([{"lead_id": hot.id, "kind": kind} for kind in ("reply", "meeting", "scan")])
        events.create({"lead_id": warm.id, "kind": "reply"})

        self.assertEqual(self._ids(self._queue()["now"]), [hot.id, warm.id, cold.id])

        skipped = self._queue(skipped_ids=[hot.id])
        self.assertEqual(self._ids(skipped["now"]), [warm.id, cold.id, hot.id])

    def test_a_card_says_what_a_rep_wants_to_know(self):
        lead = self._make_call(partner_name="Ample Ltd", function="Buyer")
        self.env["lead.show.visit"].create({"lead_id": lead.id, "trade_show_id": self.show.id})
        self.env["lead.event"].create({"lead_id": lead.id, "kind": "reply"})
        lead.message_post(body="Older words", message_type="comment")
        lead.with_user(self.user_rep).message_post(
            body="Asked for the small pump", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        lead.message_post(body="The stage was changed", message_type="notification")

        [card] = self._queue()["now"]

        self.assertEqual(
            (card["name"], card["company"], card["job"]), ("Lead 1", "Ample Ltd", "Buyer")
        )
        self.assertEqual((card["number"], card["tz"]), ("+12025550155", "America/New_York"))
        self.assertEqual((card["score"], card["show"]), (15, "Spring Pump Expo"))
        self.assertEqual(card["reasons"], [{"label": "Replied", "points": 15}])
        self.assertEqual(card["last_words"]["author"], "Rosa")
        self.assertEqual(card["last_words"]["text"], "Asked for the small pump")

    def test_the_reasons_on_a_card_add_up_to_the_score(self):
        lead = self._make_call()
        kinds = ("scan", "reply", "meeting", "web_form", "referral", "price_page", "click")
        self.env["lead.event"].create([{"lead_id": lead.id, "kind": kind} for kind in kinds])

        [card] = self._queue()["now"]

        # 10 + 15 + 20 + 12 + 10 + 8 + 5 = 80, held down to 40 by a line of -40
        self.assertEqual([reason["points"] for reason in card["reasons"]], [-40, 20, 15, 12, 33])
        self.assertEqual((card["score"], card["reasons"][-1]["label"]), (40, "Everything else"))

    def test_who_has_no_number_left_is_shown_apart(self):
        lead = self._make_call()
        lead.wrong_numbers = NEW_YORK
        other = self._make_call(phone=False, mobile=NEW_YORK)

        queue = self._queue()

        self.assertEqual(self._ids(queue["blocked"]), [lead.id])
        self.assertEqual(self._ids(queue["now"]), [other.id])

    def test_won_lost_and_do_not_contact_are_not_called(self):
        self._make_call().action_set_won()
        self._make_call().action_set_lost()
        self._make_call().do_not_contact = True

        queue = self._queue()

        self.assertFalse(queue["now"] + queue["later"] + queue["blocked"])

    def test_a_call_put_on_the_list_by_hand_is_there_and_a_to_do_is_not(self):
        lead = self._make_lead(phone=NEW_YORK, user_id=self.user_rep.id)
        lead.activity_schedule("mail.mail_activity_data_call", user_id=self.user_rep.id)
        todo = self._make_lead(phone=NEW_YORK, user_id=self.user_rep.id)
        todo.activity_schedule("mail.mail_activity_data_todo", user_id=self.user_rep.id)

        self.assertEqual(self._ids(self._queue()["now"]), [lead.id])

    def test_two_calls_to_one_lead_are_one_card(self):
        lead = self._make_call()
        lead.activity_schedule("mail.mail_activity_data_call", user_id=self.user_rep.id)

        self.assertEqual(self._ids(self._queue()["now"]), [lead.id])

    def test_a_rep_sees_his_own_only_and_may_not_ask_for_others(self):
        mine = self._make_call()
        his = self._make_call(user_id=self.user_other.id)

        queue = self._queue()
        self.assertEqual((self._ids(queue["now"]), queue["users"]), ([mine.id], []))
        with self.assertRaises(AccessError):
            self._queue(user_id=self.user_other.id)

        # given away while the call stayed on the list: his lead is out of sight
        mine.with_context(lead_offering=True).sudo().touch_ids.unlink()
        mine.sudo().user_id = self.user_other
        self.assertFalse(self._queue()["now"])
        self.assertIn(his.id, self._ids(self._queue(user=self.user_other)["now"]))

    def test_a_manager_may_choose_whose(self):
        mine = self._make_call()
        self._make_call(user_id=self.user_other.id)

        queue = self._queue(user=self.user_marketing, user_id=self.user_rep.id)

        self.assertEqual(self._ids(queue["now"]), [mine.id])
        names = [user["name"] for user in queue["users"]]
        self.assertEqual(names, ["Mara", "Rosa", "Ted"])

    def test_who_is_no_salesperson_gets_nothing(self):
        clerk = self._make_user("carl", "base.group_user")

        with self.assertRaises(AccessError):
            self._queue(user=clerk)

    def test_a_noted_call_leaves_the_queue(self):
        lead = self._make_call()
        [card] = self._queue()["now"]

        self._log(lead, "interested", activity_id=card["activity_id"])

        self.assertFalse(self._queue()["now"])

    def test_queries_do_not_grow_with_the_leads(self):
        def count(number):
            leads = [self._make_call() for _number in range(number)]
            for lead in leads:
                lead.message_post(body="Hello", message_type="comment")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self._queue()["now"]
            return self.env.cr.sql_log_count - before, len(found)

        count(2)
        few, _found = count(20)  # the scorer asks PostgreSQL otherwise for fewer
        many, found = count(60)

        self.assertEqual(found, 82)
        self.assertLessEqual(many, few)
