from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.lead_followup.tests.common import LeadFollowupCase

from .engagement_common import EngagementMixin

_CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"


@tagged("post_install", "-at_install")
class TestEngagementWeb(EngagementMixin, HttpCase):
    """Links and pictures of a mailing, as readers and scanners ask for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.country_us = cls.env.ref("base.us")
        cls._set_up_mailing()

    _make_lead = LeadFollowupCase._make_lead

    def _follow(self, link, trace, agent=_CHROME, method="GET"):
        return self.url_open(
            f"/r/{link.code}/m/{trace.id}",
            headers={"User-Agent": agent},
            allow_redirects=False,
            method=method,
        )

    def _load_picture(self, trace, agent):
        mail = self.env["mail.mail"].create({"body_html": "<p>Pumps</p>"})
        trace.write({"mail_mail_id": mail.id, "mail_mail_id_int": mail.id})
        url = mail._get_tracking_url().split("/", 3)[3]
        return self.url_open(f"/{url}", headers={"User-Agent": agent})

    def _settle(self):
        with freeze_time(fields.Datetime.now() + timedelta(minutes=2)):
            self.env.ref("lead_nurture.ir_cron_judge_hits").method_direct_trigger()

    def test_a_reader_is_sent_on_at_once_and_his_click_counts_a_little_later(self):
        lead = self._make_lead()
        trace = self._trace(lead)

        answer = self._follow(self.link_prices, trace)

        self.assertEqual(answer.status_code, 301)
        self.assertEqual(answer.headers["Location"], "https://pumps.example/prices")
        self.assertFalse(lead.event_ids)

        self._settle()
        self.assertEqual(self._kinds(lead), [("click", "human")])
        self.assertEqual(lead.score_engagement, 5)

    def test_a_scanner_that_follows_all_links_is_known_and_kept_with_low_weight(self):
        lead = self._make_lead()
        trace = self._trace(lead)

        for link in (self.link_prices, self.link_news, self.link_jobs):
            self.assertEqual(self._follow(link, trace).status_code, 301)
        self._settle()

        self.assertEqual(self._kinds(lead), [("click", "machine")] * 3)
        self.assertEqual(lead.score_engagement, 2)

    def test_a_look_at_the_head_and_a_known_scanner_are_machines(self):
        lead = self._make_lead()
        trace = self._trace(lead)

        self._follow(self.link_prices, trace, method="HEAD")
        self._follow(self.link_news, trace, agent="Barracuda Sentinel (EE)")
        self._settle()

        self.assertEqual(self._kinds(lead), [("click", "machine")] * 2)

    def test_openings_by_who_loads_the_picture(self):
        agents = {"human": _CHROME, "machine": "Mozilla/5.0", "doubtful": "GoogleImageProxy"}
        leads = {}
        for number, (grade, agent) in enumerate(agents.items()):
            leads[grade] = self._make_lead(email_from=f"p{number}@ample.example")
            self.assertEqual(self._load_picture(self._trace(leads[grade]), agent).status_code, 200)
        self._settle()

        for grade, lead in leads.items():
            self.assertEqual(self._kinds(lead), [("open", grade)])

    def test_a_fault_of_ours_keeps_nobody_from_following_a_link(self):
        trace = self._trace(self._make_lead())
        hits = self.env.registry["lead.mail.hit"]

        with (
            patch.object(hits, "_create_for", side_effect=ValueError("broken")),
            mute_logger("odoo.addons.lead_nurture.models.lead_mail_hit"),
        ):
            answer = self._follow(self.link_news, trace)

        self.assertEqual(answer.headers["Location"], "https://pumps.example/news")
        self.assertTrue(trace.links_click_datetime)

    def test_an_unknown_link_or_mail_is_answered_as_ever(self):
        self.assertEqual(self.url_open("/r/nothing/m/1").status_code, 404)
        answer = self.url_open(f"/r/{self.link_news.code}/m/999999999", allow_redirects=False)
        self.assertEqual(answer.headers["Location"], "https://pumps.example/news")
