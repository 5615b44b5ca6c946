from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .clock_common import LeadClockCase


@tagged("post_install", "-at_install")
class TestLeadRepAway(LeadClockCase, CronMixinCase):
    """Now is Friday 20 March 2026, 12:00 UTC; Rosa's leads are in a cadence."""

    def setUp(self):
        super().setUp()
        self.env["lead.assignment.rule"].search([]).active = False
        self.user_next = self._make_user("nils", "sales_team.group_sale_salesman", tz="UTC")
        self.env["lead.assignment.rule"].create(
            {"name": "Nils", "method": "fixed", "member_ids": self.user_next.ids}
        )
        self.company.lead_marketing_user_id = self.user_marketing
        self.resource = self.env["resource.resource"].create(
            {
                "name": "Rosa",
                "user_id": self.user_rep.id,
                "calendar_id": self.calendar.id,
                "tz": "UTC",
            }
        )
        self.member = self.env["crm.team.member"].search(
            [("user_id", "=", self.user_rep.id)], limit=1
        )
        self.cadence = self.env["lead.cadence"].create(
            {
                "name": "Calls and mails",
                "step_ids": [
                    (0, 0, {"name": "Call", "channel": "call", "wait_days": 0}),
                    (
                        0,
                        0,
                        {
                            "name": "Mail",
                            "channel": "email",
                            "wait_days": 0,
                            "template_id": self._get_template().id,
                        },
                    ),
                ],
            }
        )

    def _get_template(self):
        steps = self.env.ref("lead_followup.lead_cadence_general").step_ids
        return steps.template_id[:1]

    def _enroll(self, lifecycle="sql", **vals):
        lead = self._make_clock(phone="+1 202 555 0155", **vals)
        lead.lifecycle = lifecycle
        self.cadence._enroll(lead)
        return lead

    def _leave(self, until, since="2026-03-20 00:00:00"):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": self.resource.id,
                "calendar_id": self.calendar.id,
                "date_from": since,
                "date_to": until,
            }
        )

    def _mind(self):
        with self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_mind_absences").method_direct_trigger()

    def _get_touches(self, lead):
        return [
            (touch.channel, touch.state, touch.user_id)
            for touch in lead.touch_ids.sorted("id")
            if touch.state != "cancelled"
        ]

    def test_a_leave_of_two_days_changes_nothing(self):
        lead = self._enroll()
        before = self._get_touches(lead)
        self._leave("2026-03-21 23:59:59")

        self._mind()

        self.assertFalse(self.user_rep.lead_is_away)
        self.assertEqual(self._get_touches(lead), before)
        self.assertEqual(lead.user_id, self.user_rep)

    def test_away_for_long_is_who_does_not_work_for_so_many_days(self):
        # fourteen days from now is Friday 3 April, 12:00
        leave = self._leave("2026-04-03 11:00:00")
        self._mind()
        self.assertFalse(self.user_rep.lead_is_away)  # works that very hour

        leave.date_to = "2026-04-05 23:59:59"
        self._mind()

        self.assertTrue(self.user_rep.lead_is_away)
        self.assertEqual(str(self.user_rep.lead_back_at), "2026-04-06 08:00:00")
        leave.unlink()
        self._mind()
        self.assertFalse(self.user_rep.lead_is_away)
        self.assertFalse(self.user_rep.lead_back_at)

    def test_the_dates_of_a_member_count_as_well(self):
        self.member.write({"lead_absent_from": "2026-03-10", "lead_absent_to": "2026-04-02"})
        self._mind()
        self.assertFalse(self.user_rep.lead_is_away)  # back on 3 April, within fourteen days

        self.member.lead_absent_to = "2026-04-03"
        self._mind()
        self.assertTrue(self.user_rep.lead_is_away)
        self.assertEqual(str(self.user_rep.lead_back_at), "2026-04-04 00:00:00")

        self.member.lead_absent_to = False
        self._mind()
        self.assertTrue(self.user_rep.lead_is_away)
        self.assertFalse(self.user_rep.lead_back_at)

        self.member.lead_absent_from = "2026-03-23"  # he is still here
        self._mind()
        self.assertFalse(self.user_rep.lead_is_away)

    def test_nobody_is_away_because_the_company_is_closed(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-20 00:00:00",
                "date_to": "2026-04-12 00:00:00",
            }
        )

        self._mind()

        self.assertFalse(self.user_rep.lead_is_away)

    def test_wait_his_calls_wait_with_a_reason_and_mails_go_out_in_another_s_name(self):
        lead = self._enroll()
        self.assertEqual(self._get_touches(lead), [("call", "queued", self.user_rep)])
        self._leave("2026-06-30 23:59:59")

        self._mind()

        self.assertEqual(lead.user_id, self.user_rep)
        self.assertEqual(
            self._get_touches(lead),
            [
                ("call", "waiting", self.user_marketing),
                ("email", "queued", self.user_marketing),
            ],
        )
        waiting = lead.touch_ids.filtered(lambda touch: touch.state == "waiting")
        self.assertIn("Rosa is away until 07/01/2026", waiting.reason_text)
        self.assertFalse(lead.activity_ids)

        touches = lead.touch_ids
        self._mind()
        self._run_cadences()
        self.assertEqual(lead.touch_ids, touches)  # twice does what once did

    def test_wait_back_again_his_calls_join_in(self):
        lead = self._enroll()
        leave = self._leave("2026-06-30 23:59:59")
        self._mind()
        leave.unlink()

        self._mind()
        self._run_cadences()

        self.assertIn(("call", "queued", self.user_rep), self._get_touches(lead))
        self.assertEqual(lead.activity_ids.user_id, self.user_rep)

    def test_wait_nobody_else_there_his_mails_go_out_in_his_name_still(self):
        lead = self._enroll()
        self.company.lead_marketing_user_id = False
        self._leave("2026-06-30 23:59:59")
        self._mind()
        touches = lead.touch_ids
        self.assertIn(("email", "queued", self.user_rep), self._get_touches(lead))

        self._mind()

        self.assertEqual(lead.touch_ids, touches)

    def test_reassign_qualified_leads_go_to_the_next_others_to_the_leader(self):
        self.company.lead_away_mode = "reassign"
        qualified = self._enroll()
        inquiry = self._enroll(lifecycle="inquiry", email_from="i@ample.example")
        outside = self._make_clock(email_from="o@ample.example", lifecycle="sql")
        self._leave("2026-06-30 23:59:59")

        self._mind()

        self.assertEqual(qualified.user_id, self.user_next)
        taken = qualified.handover_ids.filtered(lambda offer: offer.taken_back_why == "away")
        self.assertEqual(taken.user_id, self.user_rep)
        self.assertEqual((qualified.handover_ids - taken).user_id, self.user_next)
        self.assertEqual(inquiry.user_id, self.user_leader)
        self.assertEqual(outside.user_id, self.user_rep)  # in no cadence: nothing goes wrong there
        self.assertEqual(self._get_touches(qualified), [("call", "queued", self.user_next)])
        self.assertEqual(qualified.activity_ids.user_id, self.user_next)

    def test_reassign_nobody_there_it_waits_for_assignment(self):
        self.company.lead_away_mode = "reassign"
        self.user_next.active = False
        lead = self._enroll()
        self._leave("2026-06-30 23:59:59")

        self._mind()

        self.assertFalse(lead.user_id)
        self.assertIn("nobody", lead.waiting_reason)
        waiting = lead.touch_ids.filtered(lambda touch: touch.state == "waiting")
        self.assertEqual(waiting.mapped("reason"), ["no_rep"])

    def test_who_has_left_never_waits_whatever_the_setting(self):
        qualified = self._enroll()
        inquiry = self._enroll(lifecycle="inquiry", email_from="i@ample.example")
        self.user_rep.active = False

        self._mind()

        self.assertEqual(qualified.user_id, self.user_next)
        self.assertIn("left", qualified.handover_ids.mapped("taken_back_why"))
        self.assertEqual(inquiry.user_id, self.user_leader)
        self.assertEqual(self._get_touches(inquiry), [("call", "queued", self.user_leader)])

    def test_who_is_there_keeps_his_leads(self):
        lead = self._enroll(user_id=self.user_next.id)
        self.user_rep.active = False

        self._mind()

        self.assertEqual(lead.user_id, self.user_next)
        self.assertFalse(lead.handover_ids.filtered("taken_back_at"))

    def test_a_call_agreed_with_a_lead_is_not_lost(self):
        lead = self._enroll(lifecycle="inquiry")
        lead.enrollment_id._pause_for_call_back("2026-03-25 10:00:00")
        lead._plan_call(
            "2026-03-25 10:00:00", slot_rule="agreed", enrollment_id=lead.enrollment_id.id
        )
        self.user_rep.active = False

        self._mind()

        agreed = lead.touch_ids.filtered(lambda touch: touch.slot_rule == "agreed")
        self.assertEqual((agreed.state, agreed.user_id), ("queued", self.user_leader))
        self.assertEqual(agreed.activity_id.user_id, self.user_leader)

    def test_archiving_or_an_absence_wakes_the_scheduler(self):
        cron = self.env.ref("lead_followup.ir_cron_mind_absences")
        with self.capture_triggers(cron.id) as capture:
            self.user_rep.active = False
        self.assertEqual(len(capture.records), 1)
        with self.capture_triggers(cron.id) as capture:
            self.member.lead_absent_from = "2026-03-20"
        self.assertEqual(len(capture.records), 1)
        with self.capture_triggers(cron.id) as capture:
            self.user_next.name = "Nils N."
            self.member.assignment_max = 20
        self.assertFalse(capture.records)

    def test_calls_are_not_planned_for_days_on_which_a_member_is_away(self):
        self.member.write({"lead_absent_from": "2026-03-20", "lead_absent_to": "2026-03-25"})

        lead = self._enroll()

        with freeze_time("2026-03-20 12:00:00"):
            self.assertGreaterEqual(str(lead.touch_ids.planned_at), "2026-03-26 08:00:00")
