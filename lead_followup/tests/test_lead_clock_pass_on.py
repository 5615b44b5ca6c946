from freezegun import freeze_time

from odoo.tests import tagged

from .clock_common import LeadClockCase

# A clock of 8 hours from Monday 23 March, 8:00, is over at 16:00. Two working hours later it is
# Tuesday 9:00, since all work from 8:00 to 17:00.
MONDAY = "2026-03-23 08:00:00"
TOO_EARLY, UP = "2026-03-24 08:59:59", "2026-03-24 09:00:00"


@tagged("post_install", "-at_install")
class TestLeadClockPassOn(LeadClockCase):
    def setUp(self):
        super().setUp()
        self.env["lead.assignment.rule"].search([]).active = False
        self.user_next = self._make_user("nils", "sales_team.group_sale_salesman", tz="UTC")
        self.env["lead.assignment.rule"].create(
            {
                "name": "In order",
                "method": "fixed",
                "member_ids": [(6, 0, (self.user_rep | self.user_next).ids)],
            }
        )
        self.company.write(
            {
                "lead_first_contact_hours": 8,
                "lead_clock_remind": False,
                "lead_clock_leader": False,
                "lead_offer_enabled": True,
                "lead_clock_pass_on": True,
                "lead_clock_pass_on_hours": 2,
                "lead_clock_pass_on_since": "2026-03-20 12:00:00",
            }
        )

    def _start(self, lifecycle="mql", **vals):
        with freeze_time(MONDAY):
            lead = self._make_clock(**vals)
            lead.lifecycle = lifecycle
            self._own_since(lead, MONDAY)
        return lead

    def _own_since(self, lead, moment):
        lead.date_open = moment  # Odoo writes it by the server's clock, which no test can freeze

    def _watch_at(self, moment):
        with freeze_time(moment):
            return self._watch()

    def test_an_accepted_lead_nobody_contacted_is_offered_to_the_next(self):
        lead = self._start()
        with freeze_time("2026-03-23 10:00:00"):
            lead.with_user(self.user_rep).action_accept_handover()
        self.assertEqual(lead.lifecycle, "sql")
        qualified_on = lead.mql_at

        self._watch_at(TOO_EARLY)
        self.assertEqual(lead.user_id, self.user_rep)
        told = self._watch_at(UP)

        self.assertEqual((lead.user_id, lead.lifecycle), (self.user_next, "mql"))
        self.assertEqual(lead.mql_at, qualified_on)
        offered, accepted = lead.handover_ids
        self.assertEqual((offered.user_id, offered.state), (self.user_next, "offered"))
        self.assertEqual((accepted.user_id, accepted.state), (self.user_rep, "accepted"))
        self.assertEqual(accepted.taken_back_why, "late")
        self.assertEqual({user for user, _s in told}, {self.user_rep, self.user_next})
        self.assertEqual(self._get_stages(lead), ["pass_on"])

    def test_an_open_offer_ends_and_is_kept(self):
        with freeze_time(MONDAY):
            lead = self._make_clock(user_id=False)
            lead.lifecycle = "mql"
            lead._offer_qualified()
        self.assertEqual(lead.user_id, self.user_rep)

        self._watch_at(UP)

        self.assertEqual(lead.user_id, self.user_next)
        self.assertEqual(lead.handover_ids.mapped("state"), ["offered", "expired"])
        self.assertEqual(lead.handover_ids[1].taken_back_why, "late")

    def test_it_happens_once_a_clock(self):
        lead = self._start()
        self._watch_at(UP)

        self._watch_at("2026-03-26 12:00:00")

        self.assertEqual(lead.user_id, self.user_next)
        self.assertEqual(len(lead.clock_notice_ids), 1)

    def test_who_was_contacted_or_has_time_keeps_his_lead(self):
        contacted = self._start()
        contacted.first_touch_at = "2026-03-24 08:30:00"  # late, but made
        inquiry = self._start(lifecycle="inquiry", email_from="i@ample.example")
        with freeze_time("2026-03-23 17:30:00"):
            fresh = self._make_clock(email_from="f@ample.example")
            fresh.lifecycle = "mql"
            self._own_since(fresh, MONDAY)

        self._watch_at(UP)

        for lead in (contacted, inquiry, fresh):
            self.assertEqual(lead.user_id, self.user_rep)
            self.assertFalse(lead.clock_notice_ids)

    def test_who_got_a_late_lead_has_his_hours_from_then_on(self):
        lead = self._start(user_id=False)
        with freeze_time("2026-03-24 11:00:00"):
            lead.user_id = self.user_rep

        self._watch_at("2026-03-24 12:59:59")
        self.assertEqual(lead.user_id, self.user_rep)
        self._watch_at("2026-03-24 13:00:00")

        self.assertEqual(lead.user_id, self.user_next)

    def test_never_to_who_is_away_or_has_his_full_share(self):
        team = self.env["crm.team"].create({"name": "Valves"})
        member = self.env["crm.team.member"].create(
            {"crm_team_id": team.id, "user_id": self.user_next.id}
        )
        for vals, reason in (
            ({"lead_absent_from": "2026-03-20"}, "Nils away"),
            ({"lead_absent_from": False, "assignment_max": 0}, "full share"),
            ({"assignment_max": 30, "assignment_optout": True}, "paused"),
        ):
            with self.subTest(reason):
                member.write(vals)
                lead = self._start(email_from=f"{len(reason)}@ample.example")

                told = self._watch_at(UP)

                self.assertFalse(lead.user_id)
                self.assertIn(reason, lead.waiting_reason)
                self.assertIn("Rosa has had it already", lead.waiting_reason)
                self.assertIn(self.user_leader, [user for user, _subject in told])
                lead.unlink()

    def test_switched_off_or_without_offers_nothing_is_taken_away(self):
        lead = self._start()
        for vals in ({"lead_clock_pass_on": False}, {"lead_offer_enabled": False}):
            with self.subTest(vals):
                self.company.write({"lead_clock_pass_on": True, "lead_offer_enabled": True})
                self.company.lead_clock_pass_on_since = "2026-03-20 12:00:00"
                self.company.write(vals)

                self._watch_at(UP)

                self.assertEqual(lead.user_id, self.user_rep)

    def test_what_was_missed_before_it_was_switched_on_stays(self):
        lead = self._start()
        with freeze_time(UP):
            self.company.lead_clock_pass_on = False
            self.company.lead_clock_pass_on = True
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id = %s", [MONDAY, lead.id])
        self.env.invalidate_all()

        self._watch_at("2026-03-25 12:00:00")

        self.assertEqual(lead.user_id, self.user_rep)

    def test_many_at_once_are_told_once_a_person(self):
        for number in range(5):
            self._start(name=f"Lead {number}", email_from=f"n{number}@ample.example")

        told = self._watch_at(UP)

        self.assertEqual(
            sorted(user.name for user, _subject in told), [self.user_next.name, self.user_rep.name]
        )
