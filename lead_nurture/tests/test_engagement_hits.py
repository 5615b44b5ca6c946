from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..models import lead_mail_hit
from .engagement_common import EngagementCase


@tagged("post_install", "-at_install")
class TestEngagementHits(EngagementCase):
    """Whose hits are kept, how many and how long, and what is left when they are gone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_other = cls.env["res.company"].create({"name": "Another Company"})
        cls.contact = cls.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})

    def _hits(self, trace):
        return self.env["lead.mail.hit"].search([("trace_id", "=", trace.id)])

    def _scan(self, trace, *links, later=0, count=1):
        """Let a scanner follow ``links`` so many minutes from now, and judge it."""
        at = fields.Datetime.now() + timedelta(minutes=later)
        vals = {"trace_id": trace.id, "kind": "click", "agent": "scanner", "occurred_at": at}
        self.env["lead.mail.hit"].create([{**vals, "link_id": one.id} for one in links] * count)
        trace._judge_hits()

    def test_a_mailings_click_is_no_event_of_another_companys_lead(self):
        theirs = self._make_lead(company_id=self.company_other.id, user_id=False)

        self._click(self._trace(self.contact), self.link_news)
        self.assertFalse(theirs.event_ids)

        ours = self._make_lead(company_id=self.company.id)
        self._click(self._trace(self.contact), self.link_news)
        self.assertEqual(self._kinds(ours), [("click", "human")])
        self.assertFalse(theirs.event_ids)

    def test_a_lead_of_no_company_has_the_click_of_any(self):
        lead = self._make_lead(company_id=False)

        self._click(self._trace(self.contact), self.link_news)

        self.assertEqual(self._kinds(lead), [("click", "human")])

    def test_the_contacts_own_company_goes_before_the_mailings(self):
        self.contact.company_id = self.company_other
        theirs = self._make_lead(company_id=self.company_other.id, user_id=False)
        ours = self._make_lead(company_id=self.company.id)

        self._click(self._trace(self.contact), self.link_news)

        self.assertEqual(self._kinds(theirs), [("click", "human")])
        self.assertFalse(ours.event_ids)

    def test_nothing_is_kept_of_whoever_is_no_lead(self):
        lead, trace = self._make_lead(), self._trace(self.contact)
        nobody = self.env["res.partner"].create({"name": "Bob", "email": "bob@best.example"})
        other = self._trace(nobody)

        (trace | other).set_opened()
        self._click(other, self.link_news)

        self.assertFalse(self._hits(other))
        self.assertEqual(len(self._hits(trace)), 1)
        self.assertEqual(self._kinds(lead), [("open", "human")])

    def test_noting_many_openings_costs_as_many_queries_as_noting_few(self):
        def cost(count):
            traces = self.env["mailing.trace"]
            for number in range(count):
                email = f"q{count}.{number}@ample.example"
                self._make_lead(email_from=email)
                traces |= self._trace(self.contact.copy({"email": email}))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            hits = self.env["lead.mail.hit"]._create_for(traces, "open", None, False)
            self.assertEqual(len(hits), count)
            return self.env.cr.sql_log_count - before

        cost(1)
        self.assertEqual(cost(9), cost(2))

    def test_judged_hits_go_after_thirty_days_and_what_they_showed_stays(self):
        lead = self._make_lead()
        trace = self._trace(lead)
        self._click(trace, self.link_news)
        clicked_at = fields.Datetime.now()

        with freeze_time(clicked_at + timedelta(days=30)):
            self.env["lead.mail.hit"]._sweep()
            self.assertTrue(self._hits(trace))
        with freeze_time(clicked_at + timedelta(days=30, minutes=1)):
            self.env["lead.mail.hit"]._sweep()
            self.assertFalse(self._hits(trace))
            self._scan(trace, self.link_news)

        self.assertEqual(self._kinds(lead), [("click", "human")])
        self.assertEqual(lead.event_ids.occurred_at, clicked_at)

    def test_hits_go_after_as_many_days_as_the_settings_say_and_never_unjudged(self):
        self.env["res.config.settings"].create({"lead_hit_kept_days": 3}).execute()
        judged, waiting = self._trace(self._make_lead()), self._trace(self._make_lead())
        self._click(judged, self.link_news)
        self.env["lead.mail.hit"].create({"trace_id": waiting.id, "kind": "open"})

        with freeze_time(fields.Datetime.now() + timedelta(days=3, minutes=1)):
            self.env["lead.mail.hit"]._sweep()

        self.assertFalse(self._hits(judged))
        self.assertTrue(self._hits(waiting))

    def test_a_burst_is_forgotten_as_a_whole(self):
        lead = self._make_lead()
        trace = self._trace(lead)
        self._click(trace, self.link_prices)
        with freeze_time(fields.Datetime.now() + timedelta(seconds=4)):
            self._click(trace, self.link_news, self.link_jobs)

        with freeze_time(fields.Datetime.now() + timedelta(days=30, seconds=2)):
            self.env["lead.mail.hit"]._sweep()
            self._scan(trace, self.link_news)

        self.assertEqual(self._kinds(lead), [("click", "machine")] * 3)

    def test_a_readers_click_counts_after_any_number_of_a_scanners(self):
        lead = self._make_lead()
        trace = self._trace(lead)
        with patch.object(lead_mail_hit, "_MOST_HITS", 5):
            self._scan(trace, self.link_news, count=5)
            self._click(trace, self.link_news)
            self.assertEqual(len(self._hits(trace)), 5)

            with freeze_time(fields.Datetime.now() + timedelta(minutes=10)):
                self._click(trace, self.link_news)

        self.assertEqual(self._kinds(lead), [("click", "human")])
        self.assertEqual(len(self._hits(trace)), 1)

    def test_a_full_links_hits_keep_no_other_link_from_counting(self):
        lead = self._make_lead()
        trace = self._trace(lead)
        with patch.object(lead_mail_hit, "_MOST_HITS", 5):
            self._scan(trace, self.link_news, later=-1, count=5)
            self._click(trace, self.link_prices)

        self.assertEqual(self._kinds(lead), [("click", "machine"), ("click", "human")])
        self.assertEqual(len(self._hits(trace)), 6)

    def test_what_a_reader_did_stays_when_a_full_mail_starts_anew(self):
        lead = self._make_lead()
        trace = self._trace(lead)
        self._click(trace, self.link_news)
        with patch.object(lead_mail_hit, "_MOST_HITS", 5):
            self._scan(trace, self.link_news, later=5, count=5)
            with freeze_time(fields.Datetime.now() + timedelta(minutes=10)):
                hits = self.env["lead.mail.hit"]
                hits._create_for(trace, "click", self.link_news, False).agent = "scanner"
                trace._judge_hits()

        self.assertEqual(len(self._hits(trace)), 1)
        self.assertEqual(self._kinds(lead), [("click", "human")])

    def test_the_only_links_early_click_takes_up_no_lost_lead_and_a_later_one_does(self):
        (self.link_news | self.link_jobs).unlink()
        lead = self._make_lead()
        lead.action_set_lost()
        now = fields.Datetime.now()
        trace = self._trace(lead, sent_datetime=now - timedelta(seconds=15))

        self._click(trace, self.link_prices)
        self.assertIn(("click", "doubtful"), self._kinds(lead))
        self.assertEqual(lead.won_status, "lost")

        with freeze_time(now + timedelta(seconds=45)):
            self._click(trace, self.link_prices)
        self.assertIn(("click", "human"), self._kinds(lead))
        self.assertEqual(lead.won_status, "pending")

    def test_the_only_links_early_click_makes_no_offer_and_a_later_one_does(self):
        (self.link_news | self.link_jobs).unlink()
        self.company.lead_react_links = "/prices"
        lead = self._make_lead()
        lead.lifecycle = "nurture"
        now = fields.Datetime.now()
        trace = self._trace(lead, sent_datetime=now - timedelta(seconds=15))

        self._click(trace, self.link_prices)
        self.assertNotIn("interest_shown", lead.event_ids.mapped("kind"))

        with freeze_time(now + timedelta(seconds=45)):
            self._click(trace, self.link_prices)
        lead.invalidate_recordset()
        self.assertIn("interest_shown", lead.event_ids.mapped("kind"))
