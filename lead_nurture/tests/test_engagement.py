from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .engagement_common import EngagementCase

_REPLY = """From: Ann Ample <{sender}>
To: info@seller.example.com
Subject: {subject}
Message-Id: <{id}@ample.example>
In-Reply-To: <mailing-1@seller.example>
{extra}
Tell me more.
"""


@tagged("post_install", "-at_install")
class TestEngagement(EngagementCase):
    """What mailing traces know becomes dated events of the leads, once each."""

    def test_an_opening_and_a_click_are_one_event_each_however_often(self):
        lead = self._make_lead()
        trace = self._trace(lead)

        trace.set_opened()
        trace.set_opened()
        self._click(trace, self.link_prices, self.link_prices)

        self.assertEqual(self._kinds(lead), [("open", "human"), ("click", "human")])
        # 5 for the click and 1 for the opening
        self.assertEqual(lead.score_engagement, 6)
        self.assertEqual(lead.event_ids[0].note, "Pumps in May: Prices")

    def test_a_click_is_no_opening_beside(self):
        lead = self._make_lead()

        self._click(self._trace(lead), self.link_prices)

        self.assertEqual(self._kinds(lead), [("click", "human")])

    def test_three_clicks_count_of_four_on_different_links(self):
        lead = self._make_lead()
        for minutes in (400, 300, 200, 100):
            trace = self._trace(lead, minutes_ago=500)
            with freeze_time(fields.Datetime.now() - timedelta(minutes=minutes)):
                self._click(trace, self.link_news)

        lead._update_scores()

        self.assertEqual(len(lead.event_ids), 4)
        self.assertEqual(lead.score_engagement, 15)

    def test_all_links_within_seconds_are_a_scanners_and_a_later_click_is_the_leads(self):
        lead = self._make_lead()
        trace = self._trace(lead)

        self._click(trace, self.link_prices, self.link_news, self.link_jobs)
        self.assertEqual(self._kinds(lead), [("click", "machine")] * 3)
        # three times 0.5
        self.assertEqual(lead.score_engagement, 2)

        with freeze_time(fields.Datetime.now() + timedelta(hours=3)):
            self._click(trace, self.link_prices)
            event = lead.event_ids.filtered(lambda event: event.confidence == "human")
            self.assertEqual(event.note, "Pumps in May: Prices")
            self.assertEqual(event.occurred_at, fields.Datetime.now())
        self.assertEqual(len(lead.event_ids), 3)
        # 5 + 0.5 + 0.5
        self.assertEqual(lead.score_engagement, 6)

    def test_two_of_three_links_are_a_persons(self):
        lead = self._make_lead()

        trace = self._trace(lead)

        self._click(trace, self.link_prices)
        with freeze_time(fields.Datetime.now() + timedelta(seconds=2)):
            self._click(trace, self.link_news)

        self.assertEqual(self._kinds(lead), [("click", "human")] * 2)

    def test_a_click_before_delivery_is_plausible_is_a_scanners(self):
        soon, late = self._make_lead(), self._make_lead(email_from="bob@best.example")
        now = fields.Datetime.now()

        self._click(self._trace(soon, sent_datetime=now - timedelta(seconds=9)), self.link_news)
        self._click(self._trace(late, sent_datetime=now - timedelta(seconds=10)), self.link_news)

        self.assertEqual(self._kinds(soon), [("click", "machine")])
        self.assertEqual(self._kinds(late), [("click", "human")])

    def test_a_contacts_click_is_that_of_the_one_open_lead_with_the_address(self):
        lead = self._make_lead()
        self._make_lead(active=False, probability=0)
        contact = self.env["res.partner"].create({"name": "Ann", "email": "Ann@ample.example"})

        self._click(self._trace(contact), self.link_news)

        self.assertEqual(self._kinds(lead), [("click", "human")])

    def test_a_contacts_click_is_nobodys_where_two_open_leads_have_the_address(self):
        leads = self._make_lead() | self._make_lead(name="Another")
        contact = self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})

        self._click(self._trace(contact), self.link_news)

        self.assertFalse(leads.event_ids)

    def test_a_test_of_a_mailing_is_no_event(self):
        lead = self._make_lead()

        self._click(self._trace(lead, is_test_trace=True), self.link_news)

        self.assertFalse(lead.event_ids)

    def test_a_bounce_is_an_event_without_points_and_no_news(self):
        lead = self._make_lead()
        lead.lifecycle = "nurture"

        self._trace(lead).set_bounced()
        self._trace(lead).set_bounced()

        self.assertEqual([kind for kind, _who in self._kinds(lead)][1:], ["bounce", "bounce"])
        self.assertEqual(lead.score_engagement, 0)

    def test_an_answer_to_a_mailing_is_one_reply_of_its_lead(self):
        lead = self._make_lead(email_from="ann@ample.example")
        trace = self._trace(lead, message_id="<mailing-1@seller.example>")

        self._receive("reply-1", sender="ann.private@ample.example", thread=self._elsewhere())

        self.assertEqual(self._kinds(lead), [("reply", False)])
        self.assertEqual(trace.trace_status, "reply")

    def test_an_automatic_answer_is_no_reply(self):
        lead = self._make_lead()
        self._trace(lead, message_id="<mailing-1@seller.example>")

        self._receive("away", thread=self._elsewhere(), extra="Auto-Submitted: auto-replied\n")

        self.assertFalse(lead.event_ids)

    def test_an_answer_in_the_leads_own_thread_is_no_second_reply(self):
        lead = self._make_lead()
        self._trace(lead, message_id="<mailing-1@seller.example>")

        self._receive("reply-2", thread=lead)

        self.assertEqual(self._kinds(lead), [("reply", False)])

    def test_a_mailing_answered_otherwise_is_a_reply_once(self):
        lead = self._make_lead()
        trace = self._trace(lead)

        trace.set_replied()
        trace.set_replied()

        self.assertEqual(self._kinds(lead), [("reply", False)])

    def test_whoever_leaves_a_list_or_asks_for_no_more_has_it_noted_once(self):
        lead, other = self._make_lead(), self._make_lead(email_from="bob@best.example")
        contact = self.env["mailing.contact"].create({"name": "Ann", "email": "ann@ample.example"})
        self.env["mailing.list"].create({"name": "News", "contact_ids": [(4, contact.id)]})
        contact.invalidate_recordset()

        contact.subscription_ids.opt_out = True
        contact.subscription_ids.opt_out = True
        entry = self.env["mail.blacklist"]._add("ann@ample.example")
        entry.active = True

        events = lead.event_ids - lead.consent_event_ids
        self.assertEqual(events.mapped("kind"), ["opt_out"] * 2)
        self.assertEqual(set(events.mapped("note")), {"No e-mail at all", "News"})
        self.assertFalse(other.event_ids)

    def test_an_address_that_odoo_closes_for_bounces_is_nobodys_wish(self):
        lead = self._make_lead()

        self.env["mail.blacklist"].with_context(lead_bounce_handling=True)._add("ann@ample.example")

        self.assertFalse(lead.event_ids)

    def test_a_fault_of_ours_keeps_nobody_from_following_a_link(self):
        lead = self._make_lead()
        trace = self._trace(lead)
        hits = self.env.registry["lead.mail.hit"]

        with (
            patch.object(hits, "_create_for", side_effect=ValueError("broken")),
            mute_logger("odoo.addons.lead_nurture.models.lead_mail_hit"),
        ):
            self._click(trace, self.link_news)

        self.assertTrue(trace.links_click_datetime)
        self.assertFalse(lead.event_ids)

    def test_one_mail_that_cannot_be_judged_keeps_no_other_waiting(self):
        traces = self.env["mailing.trace"]
        for number in range(3):
            lead = self._make_lead(email_from=f"p{number}@ample.example")
            traces |= self._trace(lead)
        self.env["lead.mail.hit"].create(
            [{"trace_id": trace.id, "kind": "open"} for trace in traces]
        )
        bad = traces[1]
        original = type(traces)._prepare_hit_events

        def fail_on_bad(trace, lead, link_count):
            if trace == bad:
                raise ValueError("broken")
            return original(trace, lead, link_count)

        with (
            freeze_time(fields.Datetime.now() + timedelta(minutes=1)),
            patch.object(type(traces), "_prepare_hit_events", fail_on_bad),
            mute_logger("odoo.addons.lead_nurture.models.mailing_trace"),
        ):
            self._judge()

        leads = self.env["crm.lead"].browse(traces.mapped("res_id"))
        self.assertEqual([len(lead.event_ids) for lead in leads], [1, 0, 1])

    def test_judging_many_mails_costs_as_many_queries_as_judging_one(self):
        def cost(count):
            traces = self.env["mailing.trace"]
            for number in range(count):
                lead = self._make_lead(email_from=f"q{count}.{number}@ample.example")
                traces |= self._trace(lead)
            self.env["lead.mail.hit"].create(
                [{"trace_id": trace.id, "kind": "open"} for trace in traces]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            traces._judge_hits()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(1)
        self.assertLessEqual(cost(12), cost(2) + 2)

    def _elsewhere(self):
        """Return a record of another kind, to which the mailing let answers go."""
        return self.env["res.partner"].create({"name": "Inbox"})

    def _receive(self, name, thread, sender="ann@ample.example", extra=""):
        self.env["mail.message"].create(
            {
                "model": thread._name,
                "res_id": thread.id,
                "message_id": "<mailing-1@seller.example>",
                "body": "Pumps",
            }
        )
        self.env["mail.thread"].message_process(
            False, _REPLY.format(id=name, sender=sender, subject="Re: Pumps in May", extra=extra)
        )
