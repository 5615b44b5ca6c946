from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .engagement_common import EngagementCase


@tagged("post_install", "-at_install")
class TestReaction(EngagementCase):
    """A nurtured lead that shows interest goes to sales at once, with the reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"lead_marketing_user_id": cls.user_marketing.id})
        cls.env["lead.assignment.rule"].search([]).active = False
        team = cls.env["crm.team"].create({"name": "Pumps", "use_leads": True})
        cls.env["crm.team.member"].create({"crm_team_id": team.id, "user_id": cls.user_rep.id})
        cls.env["lead.assignment.rule"].create(
            {"name": "All", "team_id": team.id, "method": "round_robin"}
        )
        cls.reason_not_now = cls.env["lead.return.reason"].search(
            [("destination", "=", "nurture")], limit=1
        )

    def _nurture(self, **vals):
        """Return a lead that has been in the monthly track for ten days, kept by marketing."""
        now = fields.Datetime.now()
        with freeze_time(now - timedelta(days=10)):
            lead = self._make_lead(user_id=self.user_marketing.id, **vals)
            lead.action_start_nurture()
        return lead

    def _log(self, lead, kind, days_ago=0, **vals):
        at = fields.Datetime.now() - timedelta(days=days_ago)
        self.env["lead.event"]._log([{"lead_id": lead.id, "kind": kind, "occurred_at": at, **vals}])

    def _offer(self):
        with self.enter_registry_test_mode():
            self.env.ref("lead_scoring.ir_cron_offer_leads").method_direct_trigger()

    def test_a_reply_brings_a_nurtured_lead_to_sales_and_its_track_rests(self):
        lead = self._nurture()
        track = lead.enrollment_id

        self._log(lead, "reply", note="Re: Pumps")

        self.assertEqual(lead.lifecycle, "mql")
        self.assertEqual((track.state, track.stop_reason), ("paused", "with_sales"))
        self.assertFalse(lead.next_touch_at)
        reason = lead.event_ids.filtered(lambda event: event.kind == "interest_shown").note
        self.assertEqual(reason, "It answered: Re: Pumps")

        self._offer()
        self.assertEqual(lead.user_id, self.user_rep)
        self.assertEqual(lead.handover_ids.state, "offered")
        notice = self.env["mail.message"].search(
            [("partner_ids", "in", self.user_rep.partner_id.ids)], limit=1
        )
        self.assertIn("Showed interest: It answered: Re: Pumps", notice.body)

    def test_a_lead_returned_to_nurture_goes_on_in_its_track(self):
        lead = self._nurture()
        self._log(lead, "reply")
        self._offer()

        lead.with_user(self.user_rep)._return_handover(self.reason_not_now)

        self.assertEqual(lead.lifecycle, "nurture")
        self.assertEqual(lead.user_id, self.user_marketing)
        self.assertEqual(lead.enrollment_id.state, "active")
        self.assertTrue(lead.next_touch_at)

    def test_a_track_paused_by_hand_does_not_go_on_by_itself(self):
        lead = self._nurture()
        lead.enrollment_id.action_pause()
        self._log(lead, "reply")

        lead.lifecycle = "nurture"

        self.assertEqual(lead.enrollment_id.state, "paused")

    def test_a_reply_of_who_is_not_nurtured_qualifies_nobody(self):
        lead = self._make_lead()

        self._log(lead, "reply")

        self.assertEqual(lead.lifecycle, "inquiry")
        self.assertEqual(lead.event_ids.mapped("kind"), ["reply"])

    def test_a_reply_qualifies_nobody_where_the_company_does_not_want_it(self):
        self.company.lead_react_to_reply = False
        lead = self._nurture()

        self._log(lead, "reply")

        self.assertEqual(lead.lifecycle, "nurture")

    def test_the_price_list_on_two_days_within_fourteen(self):
        seen_once, too_far_apart, same_day, seen_twice = (
            self._nurture(email_from=f"p{number}@ample.example") for number in range(4)
        )
        self._log(too_far_apart, "price_page", days_ago=14)
        self._log(same_day, "price_page")
        self._log(seen_twice, "price_page", days_ago=13)

        for lead in (seen_once, too_far_apart, same_day, seen_twice):
            self._log(lead, "price_page")

        self.assertEqual(seen_once.lifecycle, "nurture")
        self.assertEqual(too_far_apart.lifecycle, "nurture")
        self.assertEqual(same_day.lifecycle, "nurture")
        self.assertEqual(seen_twice.lifecycle, "mql")

    def test_a_click_on_a_link_that_counts(self):
        self.company.lead_react_links = "/Prices\n/quote"
        curious, idle = self._nurture(), self._nurture(email_from="bob@best.example")

        self._click(self._trace(curious), self.link_prices)
        self._click(self._trace(idle), self.link_news)

        self.assertEqual(curious.lifecycle, "mql")
        self.assertEqual(idle.lifecycle, "nurture")

    def test_a_scanners_click_on_a_link_that_counts_does_not(self):
        self.company.lead_react_links = "/prices"
        lead = self._nurture()
        trace = self._trace(lead)
        self.env["lead.mail.hit"].create(
            [
                {"trace_id": trace.id, "kind": "click", "link_id": link.id}
                for link in (self.link_news, self.link_prices, self.link_jobs)
            ]
        )

        with freeze_time(fields.Datetime.now() + timedelta(minutes=1)):
            self._judge()
        self.assertEqual(self._kinds(lead)[1:], [("click", "machine")] * 3)
        self.assertEqual(lead.lifecycle, "nurture")

        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            self._click(trace, self.link_prices)
        self.assertEqual(lead.lifecycle, "mql")

    def test_above_the_threshold_the_track_rests_as_well(self):
        lead = self._nurture()

        # two meetings are 40
        self._log(lead, "meeting")
        self._log(lead, "meeting")
        lead._update_scores()

        self.assertEqual(lead.lifecycle, "mql")
        self.assertEqual(lead.enrollment_id.stop_reason, "with_sales")
        self.assertFalse(lead.user_id)

    def test_whoever_must_not_be_contacted_is_no_ones_offer(self):
        lead = self._nurture()
        lead.not_a_buyer = "student"

        self._log(lead, "reply")

        self.assertEqual(lead.lifecycle, "disqualified")
