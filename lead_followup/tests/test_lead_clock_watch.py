from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .clock_common import LeadClockCase

# A clock of 24 hours from Monday 23 March, 8:00: half time at 20:00, three quarters on Tuesday
# at 2:00, over on Tuesday at 8:00. One of 8 hours: 12:00, 14:00, 16:00.
MONDAY = "2026-03-23 08:00:00"


@tagged("post_install", "-at_install")
class TestLeadClockWatch(LeadClockCase):
    def setUp(self):
        super().setUp()
        self.company.lead_first_contact_hours = 8

    def _start(self, **vals):
        with freeze_time(MONDAY):
            return self._make_clock(**vals)

    def _watch_at(self, moment):
        with freeze_time(moment):
            return self._watch()

    def test_half_of_the_time_gone_the_rep_is_reminded_once(self):
        lead = self._start()

        self.assertEqual(self._watch_at("2026-03-23 11:59:59"), [])
        told = self._watch_at("2026-03-23 12:00:00")
        again = self._watch_at("2026-03-23 12:15:00")

        self.assertEqual([user for user, _subject in told], [self.user_rep])
        self.assertIn("“A lead” waits for its first contact: until", told[0][1])
        self.assertEqual(again, [])
        self.assertEqual(self._get_stages(lead), ["remind"])
        self.assertEqual(lead.clock_notice_ids.user_id, self.user_rep)

    def test_three_quarters_gone_the_leader_is_told_once(self):
        lead = self._start()
        self._watch_at("2026-03-23 12:00:00")

        self.assertEqual(self._watch_at("2026-03-23 13:59:59"), [])
        told = self._watch_at("2026-03-23 14:00:00")

        self.assertEqual([user for user, _subject in told], [self.user_leader])
        self.assertEqual(self._watch_at("2026-03-23 16:30:00"), [])
        self.assertEqual(self._get_stages(lead), ["leader", "remind"])

    def test_many_leads_are_one_message(self):
        with freeze_time(MONDAY):
            for number in range(3):
                self._make_clock(name=f"Early {number}", email_from=f"e{number}@ample.example")
        with freeze_time("2026-03-23 10:00:00"):
            for number in range(9):
                self._make_clock(name=f"Later {number}", email_from=f"l{number}@ample.example")

        told = self._watch_at("2026-03-23 14:00:00")

        by_user = dict(told)
        self.assertEqual(len(told), 2)
        # half time of the later ones is 14:00 too; they end at 18:00
        subject = by_user[self.user_rep].replace("\u202f", " ")
        self.assertEqual(subject, "12 leads wait for their first contact: 3 until 4:00 PM")
        # the leader hears of those whose three quarters are over
        self.assertIn("3 leads of your team", by_user[self.user_leader])

    def test_who_is_late_is_counted_as_late(self):
        self._start()
        with freeze_time("2026-03-23 12:00:00"):
            self._make_clock(name="Second", email_from="second@ample.example")

        told = dict(self._watch_at("2026-03-23 16:00:01"))

        # the second's half time is 16:00 as well, its deadline 20:00
        subject = told[self.user_rep].replace("\u202f", " ")
        self.assertEqual(subject, "2 leads wait for their first contact: 1 late, 1 until 8:00 PM")

    def test_a_contact_planned_in_time_needs_no_reminder_one_planned_too_late_does(self):
        lead = self._start()
        cadence = self.env.ref("lead_followup.lead_cadence_general")
        with freeze_time(MONDAY):
            enrollment = cadence._enroll(lead)

        enrollment.next_touch_at = "2026-03-23 16:00:00"
        self.assertEqual(self._watch_at("2026-03-23 15:00:00"), [])
        enrollment.next_touch_at = "2026-03-23 16:00:01"
        self.assertTrue(self._watch_at("2026-03-23 15:00:00"))

    def test_what_was_planned_and_not_done_for_an_hour_is_at_risk(self):
        lead = self._start()
        with freeze_time(MONDAY):
            enrollment = self.env.ref("lead_followup.lead_cadence_general")._enroll(lead)
        enrollment.next_touch_at = "2026-03-23 13:00:00"

        self.assertEqual(self._watch_at("2026-03-23 14:00:00"), [])
        told = self._watch_at("2026-03-23 14:00:01")

        self.assertEqual([user for user, _s in told], [self.user_rep, self.user_leader])

    def test_nobody_is_reminded_of_whom_nobody_need_contact(self):
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        for vals in (
            {"first_touch_at": MONDAY},
            {"not_a_buyer": "press"},
            {"do_not_contact": True},
            {"lifecycle": "disqualified"},
            {"lifecycle": "customer"},
            {"stage_id": won.id},
            {"active": False},
            {"first_touch_deadline": False},
        ):
            with self.subTest(vals):
                lead = self._start(email_from=f"{len(vals)}@x.example")
                lead.write(vals)

                self.assertEqual(self._watch_at("2026-03-23 15:00:00"), [])
                self.assertFalse(lead.clock_notice_ids)
                lead.unlink()

    def test_a_lost_lead_is_left_in_peace(self):
        self._start().action_set_lost()

        self.assertEqual(self._watch_at("2026-03-23 15:00:00"), [])

    def test_a_clock_that_starts_anew_is_watched_anew(self):
        lead = self._start()
        self._watch_at("2026-03-23 12:00:00")
        lead.first_touch_at = "2026-03-23 12:30:00"
        with freeze_time("2026-03-24 08:00:00"):
            lead.write(
                {
                    "first_touch_deadline": fields.Datetime.add(fields.Datetime.now(), hours=8),
                    "first_touch_at": False,
                }
            )

        self.assertEqual(self._watch_at("2026-03-24 11:59:00"), [])
        self.assertEqual(
            [user for user, _s in self._watch_at("2026-03-24 12:00:00")], [self.user_rep]
        )
        self.assertEqual(self._get_stages(lead), ["remind", "remind"])

    def test_the_deadline_moved_is_the_same_clock(self):
        lead = self._start()
        self._watch_at("2026-03-23 12:00:00")

        lead.first_touch_deadline = "2026-03-23 17:00:00"

        self.assertEqual(self._watch_at("2026-03-23 13:00:00"), [])

    def test_a_lead_without_a_rep_is_its_show_s_sender_s_else_marketing_s_else_the_leader_s(self):
        with freeze_time(MONDAY):
            lead = self._make_clock(user_id=False)
        at_show = lead.copy({"name": "Visitor", "user_id": False})
        with freeze_time(MONDAY):
            show = self._make_show(clock_start="scan", clock_hours=8, user_id=self.user_rep.id)
            self.env["lead.show.visit"].create(
                {"lead_id": at_show.id, "trade_show_id": show.id, "captured_at": MONDAY}
            )

        self.assertEqual(at_show._get_clock_keeper(), self.user_rep)
        self.assertEqual(lead._get_clock_keeper(), self.user_leader)
        self.company.lead_marketing_user_id = self.user_marketing
        self.assertEqual(lead._get_clock_keeper(), self.user_marketing)
        self.user_marketing.active = False
        self.assertEqual(lead._get_clock_keeper(), self.user_leader)

    def test_nobody_there_is_told_nothing_and_is_told_once_there_is_somebody(self):
        lead = self._start(user_id=False)
        self.team.user_id = False

        self.assertEqual(self._watch_at("2026-03-23 15:00:00"), [])
        self.assertFalse(lead.clock_notice_ids)
        self.team.user_id = self.user_leader

        self.assertEqual(len(self._watch_at("2026-03-23 15:15:00")), 2)

    def test_each_stage_can_be_switched_off(self):
        self._start()
        self.company.write({"lead_clock_remind": False, "lead_clock_leader": False})

        self.assertEqual(self._watch_at("2026-03-23 15:00:00"), [])

    def test_switched_on_it_minds_the_clocks_that_start_from_then_on(self):
        self.company.lead_clock_remind = False
        self.company.lead_clock_leader = False
        old = self._start(name="Old")
        with freeze_time("2026-03-23 09:00:00"):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE crm_lead SET create_date = %s WHERE id = %s", [MONDAY, old.id]
            )
            self.company.lead_clock_remind = True
        with freeze_time("2026-03-23 09:00:01"):
            new = self._make_clock(name="New", email_from="new@ample.example")

        told = self._watch_at("2026-03-23 15:00:00")

        self.assertEqual(len(told), 1)
        self.assertIn("New", told[0][1])
        self.assertFalse(old.clock_notice_ids)
        self.assertTrue(new.clock_notice_ids)

    def test_switched_on_already_it_stays_since_when_it_was(self):
        before = self.company.lead_clock_remind_since

        with freeze_time(MONDAY):
            self.company.write({"lead_clock_remind": True, "lead_clock_remind_pct": 40})

        self.assertEqual(self.company.lead_clock_remind_since, before)

    def test_leads_imported_after_a_show_that_closed_before_are_minded(self):
        self.company.lead_clock_remind_since = "2026-03-20 11:00:00"  # the show closed at 1:00
        self._import([["Name", "E-mail"], ["Bob", "bob@x.example"]])
        lead = self.show.visit_ids.lead_id
        self.env.flush_all()
        self.env.cr.execute("UPDATE lead_show_visit SET create_date = '2026-03-20 12:00:00'")
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2026-03-20 12:00:00' WHERE id = %s", [lead.id]
        )
        self.env.invalidate_all()
        lead.enrollment_id._stop("manual")

        watched = self.env["crm.lead"]._get_clocks_to_watch(self.company, "remind")
        self.assertIn(lead, watched)
        self.company.lead_clock_remind_since = "2026-03-20 12:00:01"
        watched = self.env["crm.lead"]._get_clocks_to_watch(self.company, "remind")
        self.assertNotIn(lead, watched)

    def test_another_company_s_leads_follow_its_own_settings(self):
        other = self.env["res.company"].create({"name": "Elsewhere", "lead_clock_remind": False})
        self.user_rep.company_ids |= other
        lead = self._start(company_id=other.id, team_id=False)

        self.assertEqual(lead.company_id, other)
        self._watch_at("2026-03-23 12:00:00")

        self.assertNotIn("remind", self._get_stages(lead))

    def test_told_at_night_nobody_is_told_in_the_morning(self):
        self.company.lead_first_contact_hours = 48
        with freeze_time("2026-03-23 00:00:00"):
            lead = self._make_clock()  # half time on Tuesday at 0:00, over on Wednesday at 0:00

        self.assertEqual(self._watch_at("2026-03-24 07:45:00"), [])
        self.assertEqual(len(self._watch_at("2026-03-24 08:00:00")), 1)
        self.assertEqual(self._get_stages(lead), ["remind"])

    def test_a_clock_that_ends_on_saturday_is_told_on_friday(self):
        self.company.lead_first_contact_hours = 24
        with freeze_time("2026-03-20 15:00:00"):
            self._make_clock()  # half time on Saturday at 3:00, over at 15:00

        self.assertEqual(self._watch_at("2026-03-20 15:45:00"), [])
        told = self._watch_at("2026-03-20 16:00:00")

        self.assertEqual({user for user, _s in told}, {self.user_rep, self.user_leader})

    def test_the_rep_s_own_hours_count_not_only_the_company_s(self):
        own = self.calendar.copy({"name": "Afternoons"})
        own.attendance_ids.hour_from = 13
        self.env["resource.resource"].create(
            {"name": "Rosa", "user_id": self.user_rep.id, "calendar_id": own.id, "tz": "UTC"}
        )
        self._start()

        self.assertEqual(self._watch_at("2026-03-23 12:15:00"), [])
        self.assertEqual(len(self._watch_at("2026-03-23 13:00:00")), 1)

    def test_who_cannot_be_told_stops_nobody_else_and_is_told_later(self):
        lead = self._start()
        other_rep = self._make_user("otto", "sales_team.group_sale_salesman", tz="UTC")
        other = self._start(user_id=other_rep.id, email_from="o@ample.example")
        notify = type(lead)._notify_clocks

        def fail_for_rosa(leads, stage, user):
            if user == self.user_rep:
                raise ValueError("no way")
            return notify(leads, stage, user)

        with (
            patch.object(type(lead), "_notify_clocks", fail_for_rosa),
            self.assertLogs("odoo.addons.lead_followup.models.crm_lead_clock_watch", "ERROR"),
        ):
            self._watch_at("2026-03-23 12:00:00")

        self.assertEqual(self._get_stages(other), ["remind"])
        self.assertFalse(lead.clock_notice_ids)
        self.assertEqual(
            [user for user, _s in self._watch_at("2026-03-23 12:15:00")], [self.user_rep]
        )

    def test_a_thousand_leads_cost_no_search_more(self):
        def count_queries(leads):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with freeze_time("2026-03-23 12:00:00"):
                keepers = {lead: lead._get_clock_keeper() for lead in leads}
                due = leads._filter_clocks_due(self.company, "remind", keepers)
            self.assertEqual(due, leads)
            return self.env.cr.sql_log_count - before

        with freeze_time(MONDAY):
            leads = self.env["crm.lead"].create(
                [
                    {"name": str(n), "user_id": self.user_rep.id, "team_id": self.team.id}
                    for n in range(200)
                ]
            )
        count_queries(leads[:2])

        self.assertEqual(count_queries(leads[:2]), count_queries(leads))

    def test_a_rep_sees_notices_of_his_own_leads_only_and_writes_none(self):
        mine, his = self._start(), self._start(user_id=self.user_leader.id)
        (mine | his)._log_clock_notices("remind", self.user_leader)

        notices = self.env["lead.clock.notice"].with_user(self.user_rep)
        seen = notices.search([("lead_id", "in", (mine | his).ids)])

        self.assertEqual(seen.lead_id.ids, mine.ids)
        for operation in ("write", "create", "unlink"):
            self.assertFalse(notices.has_access(operation))
        everybodys = self.env["lead.clock.notice"].with_user(self.user_leader)
        self.assertEqual(len(everybodys.search([("lead_id", "in", (mine | his).ids)])), 2)

    def test_who_is_no_salesperson_sees_no_notice(self):
        clerk = self._make_user("carl", "base.group_user")

        self.assertFalse(self.env["lead.clock.notice"].with_user(clerk).has_access("read"))
