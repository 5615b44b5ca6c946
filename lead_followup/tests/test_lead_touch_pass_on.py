from odoo import Command, fields
from odoo.tests import tagged

from .common import LeadFollowupCase

# Friday 20 March 2026, 12:00 UTC. The lead lives by New York time (UTC-4), without a deadline:
# calls fit on Wednesdays and Thursdays 10-12 and 14-17 there, 14:00-16:00 and 18:00-21:00 UTC.


@tagged("post_install", "-at_install")
class TestLeadTouchPassOn(LeadFollowupCase):
    """A queued call of a lead whose salesperson changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadence = cls.env["lead.cadence"].create(
            {
                "name": "By phone",
                "step_ids": [
                    Command.create({"name": "Call", "channel": "call"}),
                    Command.create({"name": "Second", "channel": "call", "wait_days": 3}),
                ],
            }
        )
        cls.user_tokyo = cls._make_user("taro", "sales_team.group_sale_salesman", tz="Asia/Tokyo")
        cls.user_london = cls._make_user(
            "lucy", "sales_team.group_sale_salesman", tz="Europe/London"
        )
        cls.user_east = cls._make_user(
            "ella", "sales_team.group_sale_salesman", tz="America/New_York"
        )
        calendar = cls.env.company.resource_calendar_id
        for user in cls.user_tokyo | cls.user_london | cls.user_east | cls.user_rep:
            cls.env["resource.resource"].create(
                {"name": user.name, "user_id": user.id, "calendar_id": calendar.id, "tz": user.tz}
            )

    def setUp(self):
        super().setUp()
        self.lead = self._make_lead(phone="+12025550155", user_id=self.user_rep.id)
        self.lead.first_touch_deadline = False
        self.cadence._enroll(self.lead)
        self.touch = self.lead.touch_ids
        self.assertPlanned(self.lead, "call", "2026-03-25 14:00:00")

    def test_it_moves_to_an_hour_in_which_the_new_one_works(self):
        self.lead.user_id = self.user_london

        # London works to 17:00, UTC in March: the same hour fits; its list is another.
        self.assertPlanned(self.lead, "call", "2026-03-25 14:00:00")
        self.assertEqual(self.touch.activity_id.user_id, self.user_london)

        self.touch.planned_at = "2026-03-25 20:00:00"  # 16:00 there, 20:00 in London
        self.lead.user_id = self.user_rep
        self.lead.user_id = self.user_london

        self.assertPlanned(self.lead, "call", "2026-03-25 14:00:00")
        self.assertEqual(self.touch.state, "queued")

    def test_without_a_common_hour_it_is_blocked_and_the_cadence_goes_on(self):
        # Tokyo works 8-17: 23:00-08:00 UTC, when it is night in New York.
        self.lead.user_id = self.user_tokyo
        self._run_cadences()

        self.assertEqual((self.touch.state, self.touch.reason), ("blocked", "no_common_hour"))
        self.assertFalse(self.lead.activity_ids)
        self.assertEqual(self.lead.enrollment_ids.state, "done")  # the second has none either

    def test_what_is_written_but_not_changed_moves_nothing(self):
        activity = self.touch.activity_id

        self.lead.user_id = self.user_rep

        self.assertEqual(self.touch.activity_id, activity)
        self.assertPlanned(self.lead, "call", "2026-03-25 14:00:00")

    def test_without_a_salesperson_it_waits_for_one(self):
        self.lead.user_id = False

        self.assertEqual((self.touch.state, self.touch.reason), ("waiting", "no_rep"))
        self.assertFalse(self.lead.activity_ids)

        self._run_cadences()
        self.lead.user_id = self.user_east
        self._run_cadences()

        self.assertEqual((self.touch.state, self.touch.user_id), ("queued", self.user_east))
        self.assertEqual(self.touch.activity_id.user_id, self.user_east)

    def test_a_call_agreed_with_the_lead_keeps_its_moment(self):
        self.lead._plan_call(fields.Datetime.to_datetime("2026-03-26 03:00:00"), slot_rule="agreed")
        agreed = self.lead.touch_ids - self.touch

        self.lead.user_id = self.user_london

        self.assertEqual(fields.Datetime.to_string(agreed.planned_at), "2026-03-26 03:00:00")
        self.assertEqual(agreed.activity_id.user_id, self.user_london)

    def test_a_joined_call_that_can_t_be_made_lets_its_cadence_end(self):
        lead = self._make_lead(phone="+12025550156", email_from="bob@best.example")
        self.cadence._enroll(lead)
        self.assertEqual(lead.touch_ids.mapped("state"), ["waiting", "waiting"])

        lead.user_id = self.user_tokyo
        self._run_cadences()
        self._run_cadences()

        self.assertEqual(set(lead.touch_ids.mapped("reason")), {"no_common_hour"})
        self.assertEqual(lead.enrollment_ids.state, "done")
