from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from odoo.addons.lead_followup.tests.common import LeadFollowupCase

from .content_common import ContentMixin


@tagged("post_install", "-at_install")
class TestContentUsedUp(ContentMixin, LeadFollowupCase):
    """Who has had all: in sight, one notice a track, and going on by itself."""

    def _use_up(self, count=1):
        """Return so many leads in the track that have had all there is."""
        leads = self.env["crm.lead"]
        for number in range(count):
            leads |= self._make_lead(email_from=f"lead{number}@ample.example")
        self.track._enroll(leads)
        return leads

    def _get_notices(self):
        return self.env["mail.activity"].search(
            [("res_model", "=", "lead.cadence"), ("res_id", "=", self.track.id)]
        )

    def test_it_is_seen_on_lead_enrollment_and_track(self):
        lead = self._use_up()
        fed = self._make_lead(email_from="bob@best.example")
        self._make_content("One")
        self.track._enroll(fed)

        self.assertEqual((lead.content_used_up, fed.content_used_up), (True, False))
        self.assertEqual(lead.enrollment_id.state, "active")
        self.assertEqual(self.track.content_used_up_count, 1)
        action = self.track.action_open_content_used_up()
        self.assertEqual(
            self.env["lead.cadence.enrollment"].search(action["domain"]), lead.enrollment_id
        )

    def test_one_notice_a_track_counted_anew(self):
        self._use_up(2)
        [notice] = self._get_notices()
        self.assertEqual(notice.user_id, self.user_marketing)
        self.assertIn("leads without: 2", notice.summary)

        third = self._make_lead(email_from="bob@best.example")
        self.track._enroll(third)

        self.assertEqual(self._get_notices(), notice)
        self.assertIn("leads without: 3", notice.summary)

    def test_the_track_s_author_is_told_first(self):
        self.track.content_user_id = self.user_rep
        self._use_up()

        self.assertEqual(self._get_notices().user_id, self.user_rep)

    def test_an_author_who_may_not_see_tracks_stops_nobody(self):
        author = new_test_user(
            self.env, "amy", "mass_mailing.group_mass_mailing_user", email="amy@seller.example"
        )
        self.track.content_user_id = author

        lead = self._use_up()

        self.assertTrue(lead.content_used_up)
        self.assertEqual(self._get_notices().user_id, self.user_marketing)

    def test_a_notice_that_is_done_with_comes_again_after_a_month(self):
        self._use_up()
        self._get_notices()._action_done()
        self.track._enroll(self._make_lead(email_from="bob@best.example"))
        self.assertFalse(self._get_notices())

        with freeze_time("2026-04-20 12:00:00"):
            self.track._enroll(self._make_lead(email_from="cy@cold.example"))
        self.assertEqual(len(self._get_notices()), 1)

    def test_they_go_on_at_their_next_turn_in_the_window_and_under_the_cap(self):
        leads = self._use_up(3)
        self.company.lead_email_cap = 2
        self._make_content("New")

        with freeze_time("2026-03-20 12:10:00"):
            self._run_cadences()
            self._run_cadences()
        self.assertFalse(leads.touch_ids.filtered(lambda touch: touch.state == "queued"))
        # 30 days after the round's moments, 13:00 to 17:00 on 20 March: a Sunday
        with freeze_time("2026-04-19 17:30:00"):
            self._run_cadences()

        queued = leads.touch_ids.filtered(lambda touch: touch.state == "queued")
        self.assertEqual(len(queued), 3)
        days = sorted(str(touch.planned_at.date()) for touch in queued)
        # the first contact is late: the first daytime; two a day
        self.assertEqual(days, ["2026-04-20", "2026-04-20", "2026-04-21"])
        self.assertEqual(leads.mapped("content_used_up"), [False] * 3)
        self.assertFalse(self._get_notices())

    def test_a_preview_tells_nobody(self):
        lead = self._make_lead()

        html = self.env["lead.cadence.preview"].get_foreseen_html(
            {"lead_id": lead.id, "cadence_id": self.track.id}
        )

        self.assertIn("holds no content", html)
        self.assertFalse(self._get_notices())
        self.assertFalse(lead.touch_ids)

    def test_a_preview_says_what_it_would_get_and_why(self):
        content = self._make_content("Pump guide")
        lead = self._make_lead()

        html = self.env["lead.cadence.preview"].get_foreseen_html(
            {"lead_id": lead.id, "cadence_id": self.track.id}
        )

        self.assertIn("“Pump guide”", html)
        self.assertIn("for readers of any language", html)
        self.assertFalse(lead.touch_ids)
        self.assertFalse(content.mailing_trace_ids)

    def test_a_preview_of_two_steps_has_two_pieces(self):
        self.step.copy({"cadence_id": self.track.id, "sequence": 99})
        self._make_content("One", lead_sequence=1)
        self._make_content("Two", lead_sequence=2)

        html = self.env["lead.cadence.preview"].get_foreseen_html(
            {"lead_id": self._make_lead().id, "cadence_id": self.track.id}
        )

        self.assertLess(html.index("“One”"), html.index("“Two”"))

    def test_an_ended_track_counts_no_more(self):
        lead = self._use_up()

        lead.enrollment_id._stop("manual")

        self.assertEqual(self.track.content_used_up_count, 0)
