from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import LeadScoringCase


@tagged("post_install", "-at_install")
class TestAcceptedByWork(LeadScoringCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["lead.assignment.rule"].create(
            {"name": "All", "team_id": cls.team.id, "method": "round_robin"}
        )
        cls.company.resource_calendar_id = False
        cls.stage = cls.env["crm.stage"].create({"name": "Talks", "sequence": 50})

    def _offer(self, **vals):
        lead = self._make_qualified(**vals)
        lead._offer_qualified()
        return lead

    def _let_expire(self):
        for hours in (24, 48):
            self._travel(hours=hours)
            self._run_cron("lead_scoring.ir_cron_offer_leads")

    def assertAccepted(self, lead, user):
        self.assertEqual((lead.user_id, lead.lifecycle), (user, "sql"))
        self.assertEqual((lead.handover_ids.user_id, lead.type), (user, "opportunity"))
        self.assertEqual(lead.handover_ids.mapped("state"), ["accepted"])

    def test_message_to_the_customer_keeps_the_lead(self):
        lead = self._offer()
        rep = lead.user_id
        self._travel(hours=1)
        lead.with_user(rep).message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

        self._let_expire()

        self.assertAccepted(lead, rep)

    def test_note_and_message_of_another_do_not(self):
        lead = self._offer()
        rep = lead.user_id
        self._travel(hours=1)
        lead.with_user(rep).message_post(body="Later", subtype_xmlid="mail.mt_note")
        lead.with_user(self.manager).message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

        self._let_expire()

        self.assertNotEqual(lead.user_id, rep)
        self.assertEqual(sorted(lead.handover_ids.mapped("state")), ["expired", "offered"])

    def test_done_activity_keeps_the_lead_a_planned_one_does_not(self):
        called, planned = self._offer(), self._offer()
        caller, planner = called.user_id, planned.user_id
        self._travel(hours=1)
        for lead in called + planned:
            lead.with_user(lead.user_id).activity_schedule(
                "mail.mail_activity_data_call", user_id=lead.user_id.id
            )
        called.with_user(caller).activity_ids.action_feedback(feedback="Spoke")

        self._let_expire()

        self.assertAccepted(called, caller)
        self.assertNotEqual(planned.user_id, planner)

    def test_moved_stage_accepts_at_once(self):
        lead, near_miss = self._offer(), self._offer()

        lead.with_user(lead.user_id).stage_id = self.stage
        near_miss.with_user(near_miss.user_id).name = "Renamed"

        self.assertAccepted(lead, lead.user_id)
        self.assertEqual(near_miss.lifecycle, "mql")

    def test_convert_of_core_accepts(self):
        lead, other = self._offer(), self._make_qualified(user_id=self.user_ann.id)

        for each in lead + other:
            each.with_user(each.user_id).convert_opportunity(each.partner_id)

        self.assertAccepted(lead, lead.user_id)
        self.assertEqual((other.lifecycle, other.type), ("mql", "opportunity"))

    def test_owner_and_lifecycle_in_one_write_leave_no_offer(self):
        lead = self._offer()
        other = (self.reps - lead.user_id)[0]

        lead.write({"user_id": other.id, "lifecycle": "sql"})

        self.assertNotIn("offered", lead.handover_ids.mapped("state"))
        self.assertEqual(lead.lifecycle, "sql")

    def test_given_by_hand_does_not_expire_and_is_accepted_once(self):
        lead = self._offer()
        other = (self.reps - lead.user_id)[0]
        lead.with_user(self.manager).user_id = other

        self._let_expire()
        self.assertEqual(lead.user_id, other)
        lead.with_user(other).action_accept_handover()

        self.assertEqual(lead.lifecycle, "sql")
        self.assertEqual(sorted(lead.handover_ids.mapped("state")), ["accepted", "expired"])

    def test_archived_lead_is_not_accepted(self):
        lead = self._offer()
        lead.active = False
        with self.assertRaisesRegex(UserError, "is archived"):
            lead.with_user(lead.user_id).action_accept_handover()

    def test_reason_for_waiting_goes_with_its_cause(self):
        self.rule.active = False
        given, lost, waiting = self._make_qualified(3)
        (given + lost + waiting)._offer_qualified()

        given.user_id = self.user_ann
        lost.action_set_lost()

        self.assertFalse(given.waiting_reason)
        self.assertFalse(lost.waiting_reason)
        self.assertTrue(waiting.waiting_reason)

    def test_no_buyer_is_not_offered_any_more(self):
        lead, customer, sold = self._make_qualified(3)
        customer.lifecycle = "customer"
        sold.lifecycle = "sql"

        (lead + customer + sold).write({"not_a_buyer": "press"})

        self.assertEqual(
            [each.lifecycle for each in lead + customer + sold], ["disqualified", "customer", "sql"]
        )
        lead.lifecycle = "mql"
        self.assertFalse(lead._offer_qualified())
        self.assertNotIn(lead, self.env["crm.lead"].search(lead._get_to_offer_domain()))

    @mute_logger("odoo.addons.lead_scoring.models.crm_lead_offer")
    def test_failing_reminder_stops_nobody_else(self):
        first, second = self._offer(), self._offer()
        self._travel(hours=24)
        waiting = self._make_qualified()
        notify = type(self.env["crm.lead"])._notify_offer

        def fail(leads, user):
            if user == first.user_id:
                raise ValueError("no address")
            return notify(leads, user)

        with patch.object(type(self.env["crm.lead"]), "_notify_offer", fail):
            self._run_cron("lead_scoring.ir_cron_offer_leads")

        self.assertFalse(first.handover_ids.reminded_at)
        self.assertEqual(second.handover_ids.reminded_at, fields.Datetime.now())
        self.assertTrue(waiting.user_id)
