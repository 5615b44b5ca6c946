from datetime import timedelta
from itertools import pairwise

from psycopg2.errors import CheckViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LeadFollowupCase
from .sending_common import SendingMixin

_MINUTE = timedelta(minutes=1)


@tagged("post_install", "-at_install")
class TestLeadSendingHouse(SendingMixin, LeadFollowupCase):
    """Colleagues of one company do not all get one mail in the same minute."""

    def _make_leads(self, count, domain="ample.example", **vals):
        return self.env["crm.lead"].create(
            [
                {
                    "name": f"Lead {number}",
                    "email_from": f"p{number}@{domain}",
                    "country_id": self.country_us.id,
                    "state_id": self.env.ref("base.state_us_5").id,
                    "user_id": self.user_rep.id,
                    "type": "lead",
                    **vals,
                }
                for number in range(count)
            ]
        )

    def test_two_salespeople_keep_their_distance_to_one_house(self):
        mine = self._make_leads(1)
        theirs = self._make_leads(1, "ample.example", user_id=self.user_marketing.id)
        theirs.email_from = "other@ample.example"

        self.cadence._enroll(mine)
        self.cadence._enroll(theirs)

        gap = abs(theirs.touch_ids.planned_at - mine.touch_ids.planned_at)
        self.assertEqual(gap, _MINUTE)
        self.assertNotIn("Moved on", mine.touch_ids.plan_text)
        self.assertIn("other e-mails to its domain", theirs.touch_ids.plan_text)

    def test_a_day_that_is_full_of_one_house_is_not_said_to_be_the_cap(self):
        self.company.write({"lead_email_cap": 0, "lead_email_hourly": 0, "lead_house_hourly": 1})
        leads = self._make_leads(12)

        self.cadence._enroll(leads)

        late = leads.touch_ids.filtered("is_late_by_plan")
        self.assertTrue(late)
        self.assertEqual(set(late.mapped("moved_by")), {"house"})
        self.assertNotIn("cap", late[0].plan_text)
        self.assertEqual(leads.enrollment_id._read_forecast("UTC")["capped_count"], 0)

    def test_two_houses_and_a_big_provider_are_written_to_at_once(self):
        mine = self._make_leads(1) | self._make_leads(1, "gmail.com")
        others = self._make_leads(1, "best.example", user_id=self.user_marketing.id)
        others |= self._make_leads(1, "gmail.com", user_id=self.user_marketing.id)
        others[1].email_from = "somebody.else@gmail.com"

        self.cadence._enroll(mine)
        self.cadence._enroll(others)

        self.assertEqual(mine.mapped("next_touch_at"), others.mapped("next_touch_at"))

    def test_no_distance_where_the_company_wants_none(self):
        self.company.lead_house_hourly = 0
        mine = self._make_leads(1)
        theirs = self._make_leads(1, user_id=self.user_marketing.id)
        theirs.email_from = "other@ample.example"

        self.cadence._enroll(mine)
        self.cadence._enroll(theirs)

        self.assertEqual(theirs.next_touch_at, mine.next_touch_at)

    def test_hundreds_of_one_house_are_spread_and_each_is_written_to_once(self):
        self.company.lead_email_cap = 0
        self.company.lead_email_hourly = 0
        leads = self._make_leads(300)

        self.cadence._enroll(leads)

        touches = leads.touch_ids
        self.assertEqual(len(touches), 300)
        self.assertEqual(touches.lead_id, leads)
        self.assertEqual(set(touches.mapped("state")), {"queued"})
        moments = sorted(touches.mapped("planned_at"))
        self.assertTrue(all(later - earlier >= _MINUTE for earlier, later in pairwise(moments)))

    def test_hundreds_of_one_house_reach_the_mail_server_once_each(self):
        leads = self._make_leads(40)
        self.cadence._enroll(leads)

        for moment in sorted(set(leads.touch_ids.mapped("planned_at"))):
            self._run_queue(moment)

        wanted = sorted(leads.mapped("email_normalized"))
        self.assertEqual(sorted(self._get_recipients()), wanted)

    def test_what_a_late_server_left_over_is_spread_as_well(self):
        self.company.lead_email_cap = 0
        self.company.lead_email_hourly = 0
        leads = self._make_leads(20)
        self.cadence._enroll(leads)
        touches = leads.touch_ids

        self._run_queue("2026-03-21 12:00:00")  # the whole Friday had no server

        self.assertFalse(self.outbox)
        moments = sorted(touches.mapped("planned_at"))
        self.assertTrue(all(later - earlier >= _MINUTE for earlier, later in pairwise(moments)))

    def test_many_cost_as_many_queries_as_one(self):
        def cost(count, domain):
            leads = self._make_leads(count, domain)
            enrollments = self.env["lead.cadence.enrollment"].create(
                [{"lead_id": lead.id, "cadence_id": self.cadence.id} for lead in leads]
            )
            step = self.cadence._get_steps()[0]
            asked = dict.fromkeys(enrollments, step)
            self.env.flush_all()
            enrollments._choose_moments(asked)
            before = self.env.cr.sql_log_count
            enrollments._choose_moments(asked)
            return self.env.cr.sql_log_count - before

        cost(1, "first.example")
        self.assertEqual(cost(100, "many.example"), cost(1, "one.example"))

    def test_a_number_out_of_bounds_is_refused(self):
        with (
            self.assertRaisesRegex(CheckViolation, "lead_house_hourly_in_bounds"),
            mute_logger("odoo.sql_db"),
        ):
            self.company.lead_house_hourly = -1
            self.company.flush_recordset()
