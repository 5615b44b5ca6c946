import datetime as dt

from odoo.tests import tagged

from .recycle_common import LeadRecycleCase


@tagged("post_install", "-at_install")
class TestLeadRecycleHoles(LeadRecycleCase):
    """Nobody falls out of recycling unnoticed, and nobody gets into it who does not belong."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stay_in_touch = cls.env.ref("lead_nurture.lead_cadence_stay_in_touch")
        cls.general = cls.env.ref("lead_followup.lead_cadence_general")

    def _make_in_track(self, **vals):
        lead = self._make_lost(**vals)
        lead.recycle_id.rest_until = "2026-03-20"
        self._run_recycling()
        self.assertRecycling(lead, "track")
        return lead

    def _make_nurtured(self, **vals):
        lead = self._make_lead(**vals)
        lead.action_start_nurture()
        return lead

    # merging

    def test_the_track_of_a_lost_lead_is_not_handed_to_a_deal(self):
        lost = self._make_in_track()
        deal = self._make_lead(type="opportunity", email_from="b@best.example")
        deal.lifecycle = "sql"

        head = (lost | deal)._merge_opportunity()

        self.assertEqual(head, deal)
        self.assertFalse(head.enrollment_id)
        self.assertEqual(head.enrollment_ids.mapped("stop_reason"), ["merged"])
        self.assertRecycling(head, "over", "merged")
        self.assertNotIn("queued", head.touch_ids.mapped("state"))

    def test_the_track_of_a_nurtured_lead_rests_while_the_deal_is_with_sales(self):
        for lifecycle, state, reason in (
            ("sql", "paused", "with_sales"),
            ("inquiry", "active", False),
        ):
            with self.subTest(lifecycle):
                nurtured = self._make_nurtured(type="lead", email_from=f"{lifecycle}@best.example")
                deal = self._make_lead(type="opportunity", email_from=f"b{lifecycle}@best.example")
                deal.lifecycle = lifecycle

                head = (nurtured | deal)._merge_opportunity()

                self.assertEqual(head, deal)
                self.assertEqual(head.enrollment_id.cadence_id, self.stay_in_touch)
                self.assertEqual(
                    (head.enrollment_id.state, head.enrollment_id.stop_reason), (state, reason)
                )

    # lost once more

    def test_lost_or_archived_once_more_the_track_goes_on(self):
        again, archived = self._make_in_track(), self._make_in_track(email_from="b@best.example")

        again.action_set_lost(lost_reason_id=self.reason_skill.id)
        archived.write({"active": False})

        for lead in again | archived:
            self.assertRecycling(lead, "track")
            self.assertEqual(lead.enrollment_id.state, "active")
        self.assertEqual(again.recycle_id.lost_reason_id, self.reason_skill)

    def test_archived_the_track_of_an_open_lead_ends(self):
        archived = self._make_nurtured(probability=30)
        lost = self._make_nurtured(email_from="b@best.example")

        archived.action_archive()
        lost.action_set_lost()

        self.assertEqual(
            (archived | lost).enrollment_ids.mapped("stop_reason"), ["archived", "lost"]
        )

    # put away

    def test_archived_by_hand_is_put_away_whatever_the_probability(self):
        put_away = self._make_lead(probability=0)
        lost = self._make_lead(probability=0, email_from="b@best.example")

        put_away.action_archive()
        lost.action_set_lost()

        self.assertEqual(put_away.won_status, "lost")
        self.assertFalse(put_away.recycle_ids)
        self.assertRecycling(lost, "resting")
        put_away.action_set_lost()
        self.assertRecycling(put_away, "resting")

    # returned

    def _make_offered_from_track(self, **vals):
        lead = self._make_nurtured(**vals)
        lead.lifecycle = "mql"
        lead.user_id = self.user_rep
        self.env["lead.handover"].create({"lead_id": lead.id, "user_id": self.user_rep.id})
        return lead

    def _return(self, lead):
        lead.with_user(self.user_rep)._return_handover(
            self.env.ref("lead_scoring.lead_return_reason_not_now")
        )

    def test_what_is_returned_rests_first_where_its_rule_says_so(self):
        self.env.company.lead_recycle_returned = True
        rule = self.env.ref("lead_nurture.lead_recycle_rule_returned")
        for months, is_never, state, reason in (
            (6, False, "stopped", "resting"),
            (0, True, "stopped", "rule_never"),
            (0, False, "active", False),
        ):
            with self.subTest(months=months, is_never=is_never):
                rule.write({"rest_months": months, "rest_days": 0, "is_never": is_never})
                lead = self._make_offered_from_track(email_from=f"{months}{is_never}@best.example")

                self._return(lead)

                enrollment = lead.enrollment_ids
                self.assertEqual((enrollment.state, enrollment.stop_reason), (state, reason))
        rested = self.env["lead.recycle"].search([("state", "=", "resting")], order="id", limit=1)
        self.assertEqual(rested.rest_until, dt.date(2026, 9, 20))
        self._run_recycling("2026-09-20 12:00:00")
        self.assertEqual(rested.lead_id.cadence_id, self.stay_in_touch)

    def test_returned_without_a_rule_the_track_goes_on(self):
        lead = self._make_offered_from_track()

        self._return(lead)

        self.assertEqual(lead.enrollment_id.state, "active")
        self.assertFalse(lead.recycle_ids)

    def test_given_back_it_enters_the_track_again_that_sales_had_replaced(self):
        lead, stopped, later, never = (
            self._make_offered_from_track(email_from=f"{name}@best.example") for name in "abcd"
        )
        self.general._enroll(lead | later)
        (lead | later).enrollment_id._stop("manual")
        stopped.enrollment_id._stop("manual")
        never.enrollment_ids.unlink()
        later.look_again_date = "2026-03-21"

        for one in lead | stopped | later | never:
            self._return(one)

        self.assertEqual(lead.cadence_id, self.stay_in_touch)
        self.assertEqual(lead.enrollment_id.state, "active")
        self.assertFalse((stopped | later | never).enrollment_id)

    def test_after_the_rep_s_cadence_a_nurtured_lead_goes_back_to_its_track(self):
        lead, other = (self._make_nurtured(email_from=f"{name}@best.example") for name in "ab")
        (lead | other).lifecycle = "mql"
        self.general._enroll(lead | other)
        lead.lifecycle = "nurture"
        self.assertEqual(lead.cadence_id, self.general)

        (lead | other).enrollment_id.write({"state": "done"})

        self.assertEqual(lead.cadence_id, self.stay_in_touch)
        self.assertFalse(other.enrollment_id)

    # senders

    def test_another_signs_for_whoever_has_left(self):
        lead = self._make_in_track()
        queued = lead.touch_ids
        self.assertEqual((queued.state, queued.user_id), ("queued", self.user_rep))

        self.user_rep.active = False
        self.assertFalse(queued._may_send_now())

        touch = lead.touch_ids
        self.assertEqual((touch.state, touch.user_id), ("queued", self.user_marketing))
        self.assertTrue(touch._may_send_now())

    def test_the_leader_of_the_team_signs_where_nobody_else_does(self):
        self.env.company.lead_marketing_user_id = False
        lead = self._make_nurtured(user_id=False)
        self.assertEqual(lead.enrollment_id.stop_reason, "no_sender")

        lead.team_id = self.env["crm.team"].create({"name": "T", "user_id": self.user_rep.id})
        self._run_cadences()

        self.assertEqual(lead.touch_ids.user_id, self.user_rep)

    def test_without_anybody_to_sign_the_track_waits_in_sight(self):
        self.env.company.lead_marketing_user_id = False
        lead = self._make_in_track(team_id=False)
        self.user_rep.active = False

        self.assertFalse(lead.touch_ids._may_send_now())
        self._run_cadences()

        enrollment = lead.enrollment_id
        self.assertEqual((enrollment.state, enrollment.stop_reason), ("paused", "no_sender"))
        self.assertIn("Nobody is there to sign", enrollment.stop_reason_text)
        self.assertFalse(lead.touch_ids)
        self.assertRecycling(lead, "track")
        self.env.company.lead_marketing_user_id = self.user_marketing
        self._run_cadences()
        self.assertEqual((enrollment.state, enrollment.round), ("active", 1))
        self.assertEqual(lead.touch_ids.state, "queued")
        self.assertEqual(lead.touch_ids.step_id, self.track.step_ids[:1])

    def test_the_lead_of_nobody_waits_as_well_and_other_cadences_don_t(self):
        self.env.company.lead_marketing_user_id = False
        lead = self._make_in_track(team_id=False)
        other = self._make_lead(
            user_id=self.user_rep.id, email_from="b@best.example", team_id=False
        )
        self.general._enroll(other)

        (lead | other).user_id = False
        self._run_cadences()

        self.assertEqual(lead.enrollment_id.stop_reason, "no_sender")
        self.assertFalse(lead.touch_ids)
        self.assertIn("no_sender", other.touch_ids.mapped("reason"))

    # rules

    def test_with_its_rule_gone_the_next_one_counts(self):
        lead = self._make_lost()
        longer = self.rule.copy({"sequence": 99, "rest_months": 4})

        self.rule.unlink()

        self.assertEqual(lead.recycle_id.rule_id, longer)
        self.assertEqual(lead.recycle_id.rest_until, dt.date(2026, 7, 20))

    def test_with_no_rule_left_a_new_one_finds_it(self):
        by_unlink, by_run = self._make_lost(), self._make_lost(email_from="b@best.example")
        vals = {"name": "New", "way": "lost", "track_id": self.track.id}
        by_run.recycle_id.write({"rule_id": False, "rest_until": "2026-03-20"})

        self.rule.unlink()
        self.assertRecycling(by_unlink, "never", "no_rule")
        self._run_recycling()

        self.assertRecycling(by_run, "never", "no_rule")
        new = self.env["lead.recycle.rule"].create(vals)
        self.assertLessEqual(by_unlink | by_run, new._find_earlier())

    # changes in the track

    def test_a_reason_that_says_never_ends_the_track_and_another_does_not(self):
        never = self.env["crm.lost.reason"].create({"name": "Never"})
        self.rule.copy({"sequence": 1, "is_never": True, "lost_reason_ids": [(6, 0, never.ids)]})
        lead, other = self._make_in_track(), self._make_in_track(email_from="b@best.example")

        lead.lost_reason_id = never
        other.lost_reason_id = self.reason_skill

        self.assertRecycling(lead, "never", "rule_never")
        self.assertEqual(lead.enrollment_ids.stop_reason, "rule_never")
        self.assertRecycling(other, "track")
        self.assertEqual(other.recycle_id.lost_reason_id, self.reason_skill)

    def test_a_later_day_to_look_again_ends_the_track_until_then(self):
        lead, today = self._make_in_track(), self._make_in_track(email_from="b@best.example")
        self.rule.rest_months = 0

        lead.look_again_date = "2026-10-01"
        today.look_again_date = "2026-03-20"

        self.assertRecycling(lead, "resting")
        self.assertEqual(lead.enrollment_ids.stop_reason, "resting")
        self.assertRecycling(today, "track")
        self._run_recycling("2026-09-30 12:00:00")
        self.assertRecycling(lead, "resting")
        self._run_recycling("2026-10-01 12:00:00")
        self.assertRecycling(lead, "track")

    # fresh e-mails

    def test_a_fresh_mail_of_a_lost_lead_in_its_track_is_noticed(self):
        lead = self._make_in_track()
        ended = self._make_in_track(email_from="b@best.example")
        ended.enrollment_id._stop("manual")

        for address in ("ann@ample.example", "b@best.example"):
            self.env["crm.lead"]._note_incoming_mail(address, "Hi", f"<{address}>", False, [])

        self.assertTrue(lead.active)
        self.assertEqual((lead.recycle_id.state, lead.recycle_id.came_back_kind), ("back", "reply"))
        self.assertFalse(ended.active)
