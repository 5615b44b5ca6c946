import re
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.lead_followup.tests.common import LeadFollowupCase

from .engagement_common import EngagementMixin

_CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"


@tagged("post_install", "-at_install")
class TestOptOutLook(EngagementMixin, HttpCase):
    """Who looks at a page for opting out, a scanner or a curious reader, has done nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.country_us = cls.env.ref("base.us")
        cls._set_up_mailing()
        cls.link_out = cls.env["link.tracker"].create(
            {
                "url": "https://pumps.example/newsletter/unsubscribe?id=7",
                "title": "No more",
                "mass_mailing_id": cls.mailing.id,
            }
        )

    _make_lead = LeadFollowupCase._make_lead

    def _look(self, url, method="GET"):
        url = re.sub(r"^https?://[^/]+", "", url)
        headers = {"User-Agent": _CHROME}
        return self.url_open(url, headers=headers, allow_redirects=False, method=method)

    def _settle(self):
        with freeze_time(fields.Datetime.now() + timedelta(minutes=2)):
            self.env.ref("lead_nurture.ir_cron_judge_hits").method_direct_trigger()

    def _is_closed(self, lead):
        entries = self.env["mail.blacklist"].search_count([("email", "=", lead.email_normalized)])
        return bool(entries)

    def test_looking_at_the_mailings_page_opts_nobody_out_and_is_no_click(self):
        lead = self._make_lead()
        trace = self._trace(lead)
        url = self.mailing._get_unsubscribe_url(lead.email_normalized, lead.id)

        for method in ("GET", "HEAD", "GET"):
            self.assertEqual(self._look(url, method).status_code, 200)
        self._settle()

        self.assertFalse(self._is_closed(lead))
        self.assertFalse(lead.event_ids)
        self.assertFalse(trace.links_click_datetime)

    def test_a_programs_look_at_the_one_click_address_opts_nobody_out(self):
        lead = self._make_lead()
        url = self.mailing._get_unsubscribe_oneclick_url(lead.email_normalized, lead.id)

        for method in ("GET", "HEAD"):
            self.assertEqual(self._look(url, method).status_code, 405)
        self.assertFalse(self._is_closed(lead))

        self.assertEqual(self._look(url, "POST").status_code, 200)
        self.assertTrue(self._is_closed(lead))
        self.assertEqual(set(lead.event_ids.mapped("kind")), {"opt_out", "consent"})

    def test_looking_at_our_own_page_opts_nobody_out(self):
        lead = self._make_lead()
        url = lead._get_opt_out_url(lead.email_normalized)

        for method in ("GET", "HEAD"):
            self.assertEqual(self._look(url, method).status_code, 200)

        self.assertFalse(self._is_closed(lead))
        self.assertFalse(lead.event_ids)

    def test_a_tracked_link_to_an_opt_out_page_is_no_sign_of_interest(self):
        self.company.lead_react_links = "newsletter"
        lead = self._make_lead(lifecycle="nurture")
        trace = self._trace(lead)

        answer = self._look(f"/r/{self.link_out.code}/m/{trace.id}")
        self._settle()

        self.assertEqual(answer.headers["Location"], self.link_out.url)
        self.assertEqual(lead.event_ids.mapped("kind"), ["lifecycle"])
        self.assertEqual((lead.score_engagement, lead.lifecycle), (0, "nurture"))
        self.assertFalse(trace._is_followed())
        self.assertFalse(self._is_closed(lead))

    def test_a_lost_lead_that_looks_at_an_opt_out_page_stays_lost(self):
        lead = self._make_lead()
        lead.action_set_lost()
        trace = self._trace(lead)

        self._look(f"/r/{self.link_out.code}/m/{trace.id}")
        self._settle()

        self.assertEqual(lead.won_status, "lost")

    def test_another_link_half_an_hour_before_still_counts(self):
        lead = self._make_lead()
        trace = self._trace(lead)
        hits = self.env["lead.mail.hit"]
        with freeze_time(fields.Datetime.now() - timedelta(minutes=30)):
            hits.create({"trace_id": trace.id, "kind": "click", "link_id": self.link_news.id})

        self._look(f"/r/{self.link_out.code}/m/{trace.id}")
        self._settle()

        self.assertEqual(self._kinds(lead), [("click", "human")])
        self.assertTrue(trace._is_followed())
