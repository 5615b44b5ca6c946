from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LeadFollowupCase

# NOW is Friday 20 March 2026, 12:00 UTC: 8 in the morning in New York (UTC-4).


@tagged("post_install", "-at_install")
class TestCrmLeadNextTouch(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_general")

    def _make_own_lead(self, number=0, **vals):
        return self._make_lead(
            email_from=f"n{number}@ample.example", user_id=self.user_rep.id, **vals
        )

    def test_next_touch_is_said_on_the_lead_s_clock_with_its_reason(self):
        lead = self._make_own_lead()

        self.cadence._enroll(lead)

        # due within a day; the window (Tue-Thu) is past: 09:00 in New York, today
        self.assertEqual(lead.next_touch_text, "Email Fri 20 Mar 09:00 (local time there)")
        self.assertEqual(lead.next_touch_why, "In the working day, before the deadline")

    def test_what_is_late_by_plan_or_moved_by_the_cap_says_so(self):
        self.env.company.lead_email_cap = 1
        leads = self._make_own_lead(1) | self._make_own_lead(2)

        self.cadence._enroll(leads)

        self.assertEqual(leads[0].next_touch_why, "In the working day, before the deadline")
        self.assertEqual(
            leads[1].next_touch_why,
            "First daytime, late by plan · Moved on: the sender's daily cap was used up before",
        )

    def test_nothing_is_said_where_nothing_is_planned(self):
        outside = self._make_own_lead(1)
        held = self._make_own_lead(2)
        self.cadence._enroll(held).action_pause()
        stopped = self._make_own_lead(3)
        self.cadence._enroll(stopped).action_stop()

        for lead in outside | held | stopped:
            with self.subTest(lead.email_from):
                self.assertEqual((lead.next_touch_text, lead.next_touch_why), (False, False))

    def test_the_window_is_named_by_its_channel(self):
        lead = self._make_own_lead(email_consent="no", phone="+12025550155")
        lead.first_touch_deadline = False

        self.cadence._enroll(lead)

        # calls: third and fourth day, from 10:00; the next is Wednesday
        self.assertEqual(lead.next_touch_text, "Call Wed 25 Mar 10:00 (local time there)")
        self.assertEqual(lead.next_touch_why, "In the best hours for calls")

    def test_many_leads_cost_no_query_more_than_one(self):
        names = ["next_touch_text", "next_touch_why"]
        counts = []
        for size in (2, 40):
            leads = self.env["crm.lead"].union(
                *(self._make_own_lead(f"{size}x{number}") for number in range(size))
            )
            self.cadence._enroll(leads)
            self.env.flush_all()
            self.env.invalidate_all()
            leads.with_user(self.user_marketing).read(names)  # rules and groups are known by now
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            texts = leads.with_user(self.user_marketing).read(names)
            counts.append(self.env.cr.sql_log_count - start)
            self.assertEqual({bool(text["next_touch_text"]) for text in texts}, {True})

        self.assertEqual(counts[0], counts[1])

    def test_a_rep_reads_it_of_his_own_leads_and_not_of_another_s(self):
        other = self._make_user("ted", "sales_team.group_sale_salesman")
        mine = self._make_own_lead(1)
        his = self._make_lead(email_from="his@ample.example", user_id=other.id)
        self.cadence._enroll(mine | his)

        self.assertTrue(mine.with_user(self.user_rep).next_touch_text)
        with self.assertRaises(AccessError):
            his.with_user(self.user_rep).read(["next_touch_text"])
