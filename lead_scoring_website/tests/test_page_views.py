from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

_CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"


@tagged("post_install", "-at_install")
class TestPageViews(HttpCase):
    """What a visitor who is a lead looks at counts once a page and day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_registry_readonly_mode(False)  # as without a second server, or nothing is tracked
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.env.company.lead_offer_start_at = False
        cls.page_prices = cls._make_page("prices", is_lead_price_list=True)
        cls.page_jobs = cls._make_page("jobs", track=True)
        cls.page_plain = cls._make_page("plain")

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)  # one session, and so one visitor

    @classmethod
    def _make_page(cls, name, **vals):
        view = cls.env["ir.ui.view"].create(
            {
                "name": name,
                "type": "qweb",
                "key": f"lead_scoring_website.test_{name}",
                "arch": f"<t t-call='website.layout'><div>{name}</div></t>",
            }
        )
        return cls.env["website.page"].create(
            {"view_id": view.id, "url": f"/test-{name}", "is_published": True, **vals}
        )

    def _make_lead(self, **vals):
        return self.env["crm.lead"].create(
            {"name": "A lead", "type": "lead", "user_id": False, **vals}
        )

    def _look_at(self, *pages):
        for page in pages:
            answer = self.url_open(page.url, headers={"User-Agent": _CHROME})
            self.assertEqual(answer.status_code, 200)

    def _become(self, *leads):
        """Let the visitor of this session be ``leads``, as by a form he filled in."""
        self._look_at(self.page_jobs)
        visitor = self.env["website.visitor"].search([], order="id desc", limit=1)
        visitor.website_track_ids.unlink()
        visitor.lead_ids = [(6, 0, [lead.id for lead in leads])]
        return visitor

    def _run_cron(self):
        self.env.ref("lead_scoring_website.ir_cron_note_page_views").method_direct_trigger()

    def _kinds(self, lead):
        lead.invalidate_recordset()
        return lead.event_ids.sorted("id").mapped(lambda event: (event.kind, event.note))

    def test_the_price_list_is_worth_eight_points_once_a_day(self):
        lead = self._make_lead()
        self._become(lead)

        self._look_at(self.page_prices, self.page_prices)
        self._run_cron()
        self._run_cron()

        self.assertEqual(self._kinds(lead), [("price_page", "prices")])
        self.assertEqual(lead.score_engagement, 8)

    def test_another_day_counts_again(self):
        lead = self._make_lead()
        visitor = self._become(lead)
        self._look_at(self.page_prices)
        yesterday = fields.Datetime.now() - timedelta(days=1)
        visitor.website_track_ids.copy({"visit_datetime": yesterday})

        self.env["crm.lead"]._note_page_views(visitor.website_track_ids)

        self.assertEqual([kind for kind, _note in self._kinds(lead)], ["price_page"] * 2)

    def test_a_page_carries_points_of_its_own(self):
        lead = self._make_lead()
        self._become(lead)
        self.page_jobs.lead_points = -5
        self.page_plain.lead_points = 12

        self._look_at(self.page_plain, self.page_jobs)
        self._run_cron()

        self.assertEqual(self._kinds(lead), [("page_view", "plain"), ("page_view", "jobs")])
        self.assertEqual(lead.score_engagement, 7)

    def test_a_page_without_points_is_noted_and_worth_nothing(self):
        lead = self._make_lead()
        self._become(lead)

        self._look_at(self.page_jobs, self.page_plain)
        self._run_cron()

        self.assertEqual(self._kinds(lead), [("page_view", "jobs")])
        self.assertEqual(lead.score_engagement, 0)

    def test_a_visitor_who_is_nobody_leaves_no_event(self):
        lead = self._make_lead()

        self._look_at(self.page_prices)
        self._run_cron()

        self.assertFalse(lead.event_ids)

    def test_of_several_leads_the_open_ones_have_it(self):
        lead, lost = self._make_lead(), self._make_lead()
        lost.action_set_lost()
        self._become(lead, lost)

        self._look_at(self.page_prices)
        self._run_cron()

        self.assertEqual(len(lead.event_ids), 1)
        self.assertNotIn("price_page", lost.event_ids.mapped("kind"))

    def test_a_contact_with_two_open_leads_leaves_no_event(self):
        partner = self.env["res.partner"].create({"name": "Ann"})
        visitor = self._become()
        visitor.partner_id = partner
        lead = self._make_lead(partner_id=partner.id)

        self._look_at(self.page_prices)
        self._run_cron()
        self.assertEqual(len(lead.event_ids), 1)

        second = self._make_lead(partner_id=partner.id)
        visitor.website_track_ids.copy()
        self._run_cron()
        self.assertFalse(second.event_ids)
        self.assertEqual(len(lead.event_ids), 1)

    def test_what_was_looked_at_before_the_last_run_is_not_taken_again(self):
        lead = self._make_lead()
        visitor = self._become(lead)
        self._look_at(self.page_prices)
        long_ago = fields.Datetime.now() - timedelta(days=3)
        visitor.website_track_ids.copy({"visit_datetime": long_ago})

        self._run_cron()

        self.assertEqual(len(lead.event_ids), 1)

    def test_the_page_is_shown_whatever_happens_here(self):
        self._become(self._make_lead())
        triggers = self.env.registry["ir.cron"]

        with (
            patch.object(triggers, "_trigger", side_effect=ValueError("broken")),
            mute_logger("odoo.addons.lead_scoring_website.models.website_visitor"),
        ):
            self._look_at(self.page_prices)

    def test_a_page_that_counts_is_tracked(self):
        self.assertTrue(self.page_prices.track)
        self.assertFalse(self.page_plain.track)
        self.page_plain.lead_points = 3
        self.assertTrue(self.page_plain.track)

    def test_many_views_cost_as_many_queries_as_few(self):
        visitor = self._become(self._make_lead())
        self._look_at(self.page_jobs)
        track = visitor.website_track_ids

        def cost(count):
            self.env["lead.event"].sudo().search([("ref", "=like", "page,%")]).unlink()
            tracks = self.env["website.track"]
            for days in range(count):
                moment = track.visit_datetime - timedelta(days=days)
                tracks |= track.copy({"visit_datetime": moment})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["crm.lead"]._note_page_views(tracks)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(1)
        self.assertLessEqual(cost(9), cost(2) + 1)
