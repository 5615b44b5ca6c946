from odoo import fields
from odoo.tests import tagged

from .test_lead_touch_kept import KeptCase

# Friday 20 March 2026, 12:00 UTC. The leads live by New York's clock and are due by Saturday 12:00
# UTC: a first e-mail goes on Friday from 9 to 17 there, 13:00 to 21:00 UTC; else on Monday from 9.
FRIDAY = "2026-03-20"
MONDAY = "2026-03-23 13:00:00"


@tagged("post_install", "-at_install")
class TestPassOnCap(KeptCase):
    """E-mails that somebody takes over are no more of them a day than he may send."""

    def setUp(self):
        super().setUp()
        self.cadence = self._make_cadence()
        self.user_other = self._make_user("ted", "sales_team.group_sale_salesman")
        self.own = self._enroll(email_from="own@own.example")
        self.own.user_id = self.user_other
        self.lead = self._enroll()
        self.touch = self.lead.touch_ids
        self.assertEqual(self._get_days(self.own.touch_ids | self.touch), [FRIDAY, FRIDAY])

    def _get_days(self, touches):
        return [str(touch.planned_at.date()) for touch in touches]

    def test_what_is_above_the_cap_goes_on_the_next_day(self):
        self.env.company.lead_email_cap = 1

        self.lead.user_id = self.user_other

        self.assertPlanned(self.lead, "email", MONDAY)
        self.assertEqual((self.touch.state, self.touch.user_id), ("queued", self.user_other))
        self.assertEqual(str(self.touch.mail_id.scheduled_date), MONDAY)
        self.assertEqual((self.touch.moved_by, self.touch.is_late_by_plan), ("cap", True))
        self.assertEqual(self._get_days(self.own.touch_ids), [FRIDAY])

    def test_within_the_cap_it_keeps_its_moment(self):
        self.env.company.lead_email_cap = 2
        before = self.touch.planned_at

        self.lead.user_id = self.user_other

        self.assertEqual(self.touch.planned_at, before)
        self.assertEqual(self.touch.mail_id.scheduled_date, before)
        self.assertFalse(self.touch.moved_by)

    def test_without_a_cap_all_keep_theirs(self):
        self.env.company.lead_email_cap = 0
        before = self.touch.planned_at

        self.lead.user_id = self.user_other

        self.assertEqual(self.touch.planned_at, before)

    def test_of_many_as_many_stay_as_have_a_place(self):
        more = self._enroll(email_from="b@b.example") | self._enroll(email_from="c@c.example")
        leads = self.lead | more
        self.env.company.lead_email_cap = 2

        leads.user_id = self.user_other

        # one of the three beside his own on Friday, two on Monday
        days = sorted(self._get_days(leads.touch_ids))
        self.assertEqual(days, [FRIDAY, "2026-03-23", "2026-03-23"])

    def test_what_was_moved_by_hand_stays(self):
        moment = fields.Datetime.to_datetime("2026-03-20 15:30:00")
        self.lead.enrollment_id._move_next(moment)
        self.env.company.lead_email_cap = 1

        self.lead.user_id = self.user_other

        self.assertEqual((self.touch.planned_at, self.touch.slot_rule), (moment, "by_hand"))

    def test_one_to_approve_waits_for_its_new_moment_too(self):
        self.cadence.is_first_email_approved = True
        held = self._enroll(email_from="held@h.example")
        self.env.company.lead_email_cap = 1

        held.user_id = self.user_other

        touch = held.touch_ids
        self.assertEqual((touch.state, touch.mail_id.state), ("approval", "approval"))
        self.assertEqual(str(touch.planned_at), MONDAY)

    def test_what_was_sent_as_a_test_stays_put_by(self):
        self.env.company.write({"lead_test_mode": True, "lead_test_email": "t@seller.example.com"})
        self.touch._mark_tested()
        self.env.company.lead_email_cap = 1

        self.lead.user_id = self.user_other

        self.assertEqual((self.touch.state, self.touch.reason), ("queued", "tested"))
        self.assertEqual(self.touch.mail_id.scheduled_date.year, 9999)
