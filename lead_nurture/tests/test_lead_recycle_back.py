import datetime as dt

from freezegun import freeze_time

from odoo.tests import tagged

from .recycle_common import LeadRecycleCase


@tagged("post_install", "-at_install")
class TestLeadRecycleBack(LeadRecycleCase):
    """From the track back to the salesperson: what is a sign of life, and what stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.events = cls.env["lead.event"]

    def _make_in_track(self, **vals):
        lead = self._make_lost(**vals)
        self._run_recycling("2026-06-20 01:00:00")
        return lead

    def _click(self, lead, kind="click", at="2026-07-20 15:00:00"):
        with freeze_time(at):
            self.events._log(
                [{"lead_id": lead.id, "kind": kind, "occurred_at": at, "ref": f"{kind},{lead.id}"}]
            )

    def test_a_click_reopens_it_with_its_history(self):
        lead = self._make_in_track(rotation=1)
        self._send(lead, "2026-06-23 14:00:00")

        self._click(lead)

        self.assertEqual((lead.active, lead.won_status, lead.rotation), (True, "pending", 2))
        self.assertEqual(lead.user_id, self.user_rep)
        self.assertEqual(str(lead.engagement_since), "2026-07-20 15:00:00")
        self.assertEqual(str(lead.first_touch_deadline), "2026-07-21 15:00:00")
        row = lead.recycle_id
        self.assertEqual((row.state, row.came_back_kind), ("back", "click"))
        # 20 March 12:00 to 20 July 15:00: 11 + 30 + 31 + 30 + 20 days
        self.assertEqual((row.days_away, row.message_count), (122, 1))
        self.assertEqual(str(row.ended_at), "2026-03-20 12:00:00")
        self.assertEqual(row.lost_reason_id, self.reason_price)
        self.assertEqual(lead.enrollment_ids.stop_reason, "came_back")
        self.assertFalse(lead.enrollment_id)
        self.assertIn("shows interest again", lead.activity_ids.summary)
        self.assertEqual(lead.activity_ids.user_id, self.user_rep)

    def test_engagement_begins_anew_and_fit_stays(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        self.env["lead.qualification"].create(
            {
                "lead_id": lead.id,
                "qualifier_id": self.env.ref("lead_scoring.lead_qualifier_budget").id,
                "answer_id": self.env.ref("lead_scoring.lead_qualifier_budget")
                .answer_ids.filtered(lambda answer: answer.code == "gt250k")
                .id,
            }
        )
        self.events._log([{"lead_id": lead.id, "kind": "reply"}])
        lead._update_scores()
        self.assertEqual((lead.score_fit, lead.score_engagement), (15, 15))
        self._lose(lead)

        self._click(lead, at="2026-03-20 13:00:00")
        with freeze_time("2026-03-20 13:00:00"):
            lead._update_scores()

        # the reply from before is gone, the click itself counts 5
        self.assertEqual((lead.score_fit, lead.score_engagement), (15, 5))

    def _events(self, lead, *kinds):
        events = lead.event_ids.filtered(lambda event: event.kind in kinds).sorted("id")
        return events.mapped("note")

    def test_its_lifecycle_moves_once_and_its_old_deeds_do_not_qualify_it(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        for _meeting in range(2):  # 40 together
            self.events._log([{"lead_id": lead.id, "kind": "meeting"}])
        lead._update_scores()
        self.assertEqual(lead.lifecycle, "mql")
        self._lose(lead)
        self._run_recycling("2026-06-20 01:00:00")
        before = len(self._events(lead, "lifecycle"))

        self._click(lead)
        with freeze_time("2026-07-20 15:00:00"):
            lead._update_scores()

        self.assertEqual(self._events(lead, "lifecycle")[before:], ["Nurtured → Inquiry"])
        self.assertEqual(lead.lifecycle, "inquiry")

    def test_a_link_that_counts_qualifies_it_with_the_reason_and_another_does_not(self):
        self.env.company.write({"lead_react_links": "/prices", "lead_offer_start_at": False})
        curious, idle = self._make_in_track(), self._make_in_track(email_from="b@best.example")
        links = self.env["link.tracker"].create(
            [{"url": f"https://pumps.example/{name}", "title": name} for name in ("prices", "news")]
        )

        with freeze_time("2026-07-20 15:00:00"):
            for lead, link in zip((curious, idle), links, strict=True):
                self.events._log(
                    [
                        {
                            "lead_id": lead.id,
                            "kind": "click",
                            "ref": f"click,{lead.id},{link.id}",
                            "note": f"Pumps: {link.title}",
                        }
                    ]
                )

        self.assertEqual((curious.lifecycle, idle.lifecycle), ("mql", "inquiry"))
        self.assertEqual(
            self._events(curious, "interest_shown"), ["It followed a link: Pumps: prices"]
        )
        self.assertEqual((curious.user_id, curious.rotation), (self.user_rep, 1))
        self.assertIn("Pumps: prices", curious.activity_ids.note)
        self.assertFalse(self._events(idle, "interest_shown"))
        self.assertTrue(idle.active)

    def test_an_answer_from_its_track_qualifies_it_with_the_reason(self):
        self.env.company.lead_offer_start_at = False
        lead = self._make_in_track()

        with freeze_time("2026-07-20 15:00:00"):
            lead._note_incoming_mail("ann@ample.example", "Re: Now", "<1@x>", False, lead.ids)

        self.assertEqual((lead.lifecycle, lead.rotation), ("mql", 1))
        self.assertEqual(self._events(lead, "interest_shown"), ["It answered: Re: Now"])

    def test_opting_out_ends_the_track_of_a_lost_lead_at_once(self):
        lead, other = self._make_in_track(), self._make_in_track(email_from="b@best.example")

        self.env["mail.blacklist"]._add("ann@ample.example")

        self.assertRecycling(lead, "over", "opted_out")
        self.assertEqual(lead.enrollment_ids.stop_reason, "opted_out")
        self.assertEqual(set(lead.touch_ids.mapped("state")), {"cancelled"})
        self.assertRecycling(other, "track")

    def test_an_open_is_no_sign_and_an_opted_out_click_neither(self):
        lead, opted_out = self._make_in_track(), self._make_in_track(email_from="b@best.example")
        self.env["mail.blacklist"]._add("b@best.example")

        self._click(lead, kind="open")
        self._click(opted_out)

        self.assertFalse(lead.active or opted_out.active)
        self.assertRecycling(lead, "track")
        self.assertRecycling(opted_out, "over", "opted_out")

    def test_who_does_not_buy_is_not_reopened_by_a_click(self):
        lead = self._make_lost(not_a_buyer="competitor")

        self._click(lead)

        self.assertFalse(lead.active)

    def test_a_reply_while_it_rests_brings_it_back(self):
        lead = self._make_lost()

        with freeze_time("2026-04-20 12:00:00"):
            lead._note_incoming_mail("ann@ample.example", "Now", "<1@x>", False, lead.ids)

        self.assertEqual((lead.active, lead.rotation), (True, 1))
        self.assertEqual((lead.recycle_id.state, lead.recycle_id.came_back_kind), ("back", "reply"))
        # 11 days of March and 20 of April
        self.assertEqual(lead.recycle_id.days_away, 31)
        self._run_recycling("2026-06-20 01:00:00")
        self.assertFalse(lead.enrollment_ids)

    def test_a_form_answers_the_last_message_of_the_track(self):
        lead = self._make_in_track()
        self._send(lead, "2026-06-23 14:00:00")

        with freeze_time("2026-06-25 14:00:00"):
            lead._receive_again("web_form", {"city": "Oz"})

        self.assertEqual(
            (lead.recycle_id.state, lead.recycle_id.came_back_kind), ("back", "web_form")
        )
        self.assertTrue(lead.active)
        done = lead.touch_ids.filtered(lambda touch: touch.state == "done")
        self.assertTrue(done.answered_at)

    def test_a_scan_at_the_next_show_brings_it_back_with_the_day_of_the_visit(self):
        lead = self._make_lost(contact_name="Ann Ample")
        with freeze_time("2026-04-20 12:00:00"):
            self._import([["Name", "E-mail"], ["Ann Ample", "ann@ample.example"]])

        self.assertEqual((lead.recycle_id.state, lead.recycle_id.came_back_kind), ("back", "scan"))
        self.assertEqual(lead.rotation, 1)

    def test_an_owner_who_has_left_his_teams_or_is_away_is_replaced(self):
        team = self.env["crm.team"].create({"name": "T"})
        former, away = (
            self._make_user(name, "sales_team.group_sale_salesman") for name in ("fred", "amy")
        )
        member = self.env["crm.team.member"].create({"crm_team_id": team.id, "user_id": former.id})
        leads = [
            self._make_lost(user_id=user.id, email_from=f"{user.login}@best.example")
            for user in (former, away, self.user_rep)
        ]
        member.active = False
        away.lead_is_away = True

        for lead in leads:
            self._click(lead)

        self.assertEqual([lead.user_id.login for lead in leads], [False, False, "rosa_followup"])

    def test_restored_by_hand_is_no_return_and_no_rotation(self):
        lead = self._make_in_track()

        lead.action_unarchive()

        self.assertRecycling(lead, "over", "restored")
        self.assertEqual(lead.rotation, 0)
        self.assertFalse(lead.enrollment_id)

    def test_what_came_back_is_worth_what_was_won(self):
        lead = self._make_in_track(type="opportunity", expected_revenue=1000)
        self._click(lead)

        with freeze_time("2026-08-01 12:00:00"):
            lead.action_set_won()
        lead.expected_revenue = 1200

        row = lead.recycle_id
        self.assertEqual((str(row.won_at), row.won_revenue), ("2026-08-01 12:00:00", 1200))
        lead.write({"stage_id": self.env["crm.stage"].search([], limit=1).id, "probability": 20})
        self.assertEqual((row.won_at, row.won_revenue), (False, 0))

    def test_a_sale_without_recycling_is_worth_nothing_to_it(self):
        lead = self._make_lead(type="opportunity", expected_revenue=1000)

        lead.action_set_won()

        self.assertFalse(lead.recycle_ids)

    def test_won_straight_from_its_rest(self):
        lead = self._make_lost(type="opportunity", expected_revenue=700)

        lead.action_set_won()

        self.assertEqual((lead.recycle_id.state, lead.recycle_id.won_revenue), ("back", 700))

    def test_one_year_of_a_lead_moved_by_the_scheduler(self):
        with freeze_time("2026-03-03 12:00:00"):
            lead = self._make_lost(type="opportunity", expected_revenue=5000)
        for day in ("2026-03-04", "2026-04-03", "2026-05-03", "2026-06-02", "2026-06-03"):
            self._run_recycling(f"{day} 02:00:00")
        self.assertRecycling(lead, "track")  # 3 June
        self.assertEqual(str(lead.recycle_id.entered_at), "2026-06-03 02:00:00")

        # Wednesday 3 June 02:00 UTC; 09:00 in New York; 30 days on is Friday 3 July, and the
        # window opens again on Tuesday the 7th
        self.assertPlanned(lead, "email", "2026-06-03 13:00:00")
        self._send(lead, "2026-06-03 13:00:00")
        self.assertPlanned(lead, "email", "2026-07-07 13:00:00")
        self._send(lead, "2026-07-07 13:00:00")
        with freeze_time("2026-07-20 12:00:00"):
            lead._note_incoming_mail("ann@ample.example", "Yes", "<2@x>", False, lead.ids)
        with freeze_time("2026-08-10 12:00:00"):
            lead.action_set_won()

        row = lead.recycle_ids
        self.assertEqual(row.lost_reason_id, self.reason_price)
        self.assertEqual((row.rest_until, row.message_count), (dt.date(2026, 6, 3), 2))
        self.assertEqual((row.state, row.came_back_kind, row.won_revenue), ("back", "reply", 5000))
        for text in ("03/03/2026", "06/03/2026", "07/20/2026 after 2 messages", "08/10/2026"):
            self.assertIn(text, row.story)
        self._run_recycling("2027-03-03 12:00:00")
        self.assertEqual(len(lead.recycle_ids), 1)

    def test_lost_again_after_its_return_keeps_both_losses(self):
        lead = self._make_in_track()
        self._click(lead)

        with freeze_time("2026-08-01 12:00:00"):
            self._lose(lead, self.reason_skill)

        rows = lead.recycle_ids.sorted("id")
        self.assertEqual(rows.mapped("state"), ["back", "resting"])
        self.assertEqual(rows.mapped("rotation"), [0, 1])
        self.assertEqual(rows[1].rest_until, dt.date(2026, 11, 1))
        self.assertFalse(rows[0].won_at)

    def test_an_import_undone_lets_it_rest_on(self):
        lead = self._make_lost()
        row = lead.recycle_id
        job = self._import([["Name", "E-mail"], ["Ann Ample", "ann@ample.example"]])
        self.assertEqual(row.state, "back")

        job.action_undo()

        self.assertEqual(lead.won_status, "lost")
        self.assertEqual(lead.recycle_ids, row)
        self.assertRecycling(lead, "resting")
        self.assertEqual(row.rest_until, dt.date(2026, 6, 20))
        self.assertFalse(row.came_back_at or row.came_back_kind)
