from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .engagement_common import EngagementCase


@tagged("post_install", "-at_install")
class TestReactionOfTrack(EngagementCase):
    """What brings a lead to sales is its track's to say, where the track does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.lead_marketing_user_id = cls.user_marketing
        cls.track = cls.env.ref("lead_nurture.lead_cadence_stay_in_touch")
        cls.other_track = cls.track.copy({"name": "Another track"})
        cls.track.has_own_reaction = True

    def _nurture(self, track=None, **vals):
        with freeze_time(fields.Datetime.now() - timedelta(days=10)):
            lead = self._make_lead(user_id=self.user_marketing.id, **vals)
            (track or self.track)._enroll(lead)
            lead.lifecycle = "nurture"
        return lead

    def _log(self, lead, kind, days_ago=0, **vals):
        at = fields.Datetime.now() - timedelta(days=days_ago)
        self.env["lead.event"]._log([{"lead_id": lead.id, "kind": kind, "occurred_at": at, **vals}])

    def test_a_reply_does_not_qualify_in_a_track_that_does_not_want_it(self):
        self.track.react_to_reply = False
        mine = self._nurture()
        other = self._nurture(self.other_track, email_from="bob@best.example")

        self._log(mine, "reply")
        self._log(other, "reply")

        self.assertEqual(mine.lifecycle, "nurture")
        self.assertEqual(other.lifecycle, "mql")

    def test_a_reply_qualifies_in_a_track_that_wants_it_though_the_company_does_not(self):
        self.company.lead_react_to_reply = False
        mine = self._nurture()
        other = self._nurture(self.other_track, email_from="bob@best.example")

        self._log(mine, "reply")
        self._log(other, "reply")

        self.assertEqual(mine.lifecycle, "mql")
        self.assertEqual(other.lifecycle, "nurture")

    def test_switched_off_what_it_says_does_not_count(self):
        self.track.write({"react_to_reply": False, "has_own_reaction": False})
        lead = self._nurture()

        self._log(lead, "reply")

        self.assertEqual(lead.lifecycle, "mql")

    def test_the_price_list_three_times_in_a_week(self):
        self.track.write({"react_page_count": 3, "react_page_days": 7})
        twice, thrice = self._nurture(), self._nurture(email_from="bob@best.example")
        self._log(thrice, "price_page", days_ago=6)
        for lead in (twice, thrice):
            self._log(lead, "price_page", days_ago=1)

        for lead in (twice, thrice):
            self._log(lead, "price_page")

        self.assertEqual(twice.lifecycle, "nurture")
        self.assertEqual(thrice.lifecycle, "mql")

    def test_a_link_that_counts_in_this_track_alone(self):
        self.company.lead_react_links = "/jobs"
        self.track.react_links = " /NEWS \n"
        mine = self._nurture()
        other = self._nurture(self.other_track, email_from="bob@best.example")
        wrong = self._nurture(email_from="cleo@crisp.example")

        for lead in (mine, other):
            self._click(self._trace(lead), self.link_news)
        self._click(self._trace(wrong), self.link_jobs)

        self.assertEqual(mine.lifecycle, "mql")
        self.assertEqual(other.lifecycle, "nurture")
        self.assertEqual(wrong.lifecycle, "nurture")

    def test_a_lead_is_qualified_from_the_score_of_its_track_on(self):
        # a meeting is 20; the company qualifies from 40 on
        lower = self._nurture()
        other = self._nurture(self.other_track, email_from="bob@best.example")
        self.track.react_score = 20
        for lead in (lower, other):
            self._log(lead, "meeting")
        (lower | other)._update_scores()
        self.assertEqual((lower.lifecycle, other.lifecycle), ("mql", "nurture"))

    def test_a_point_below_the_score_of_its_track_it_is_not(self):
        self.company.lead_mql_threshold = 20
        self.track.react_score = 33
        lead = self._nurture()

        self._log(lead, "meeting")
        self._log(lead, "web_form")  # 20 and 12
        lead._update_scores()
        self.assertEqual((lead.score_total, lead.lifecycle), (32, "nurture"))

        self._log(lead, "open")
        lead._update_scores()
        self.assertEqual(lead.score_total, 33)
        self.assertEqual(lead.lifecycle, "mql")

    def test_a_track_that_is_over_names_no_score(self):
        self.track.react_score = 20
        lead = self._nurture()
        lead.enrollment_id.action_stop()

        self._log(lead, "meeting")
        lead._update_scores()

        self.assertEqual(lead.lifecycle, "nurture")

    def test_who_finishes_an_old_version_is_judged_as_the_track_says_today(self):
        lead = self._nurture()
        self.track.write(
            {
                "people_inside": "finish",
                "step_ids": [(1, self.track.step_ids[:1].id, {"wait_days": 60})],
            }
        )
        self.assertEqual(lead.cadence_id.version_of_id, self.track)
        self.track.react_to_reply = False

        self._log(lead, "reply")

        self.assertEqual(lead.lifecycle, "nurture")

    def test_numbers_out_of_bounds_are_refused(self):
        for vals in (
            {"react_page_count": -1},
            {"react_page_days": 0},
            {"react_score": 101},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.track.write(vals)

    def test_the_form_asks_of_tracks_only(self):
        with Form(self.track) as form:
            form.react_score = 25
        self.assertEqual(self.track.react_score, 25)
        with (
            Form(self.env.ref("lead_followup.lead_cadence_general")) as form,
            self.assertRaises(AssertionError),
        ):
            form.react_score = 25

    def test_reactions_of_many_leads_cost_as_many_queries_as_of_one(self):
        def cost(count):
            leads = self.env["crm.lead"]
            for number in range(count):
                leads |= self._nurture(email_from=f"r{count}.{number}@ample.example")
            events = self.env["lead.event"].create(
                [{"lead_id": lead.id, "kind": "scan", "ref": f"r{lead.id}"} for lead in leads]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len({lead._get_reaction() for lead in events.lead_id}), 1)
            return self.env.cr.sql_log_count - before

        cost(1)
        self.assertEqual(cost(8), cost(2))
