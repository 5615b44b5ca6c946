from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.lead_followup.tests.sending_common import SendingMixin

from .engagement_common import EngagementCase

_DAY = 24 * 60


@tagged("post_install", "-at_install")
class TestMailingCap(SendingMixin, EngagementCase):
    """At most one mailing a lead in seven days, by all tracks and mailings."""

    def setUp(self):
        super().setUp()
        self.company.lead_marketing_user_id = self.user_marketing
        self.track = self.env.ref("lead_nurture.lead_cadence_stay_in_touch")

    def _start(self, **vals):
        lead = self._make_lead(**vals)
        self.track._enroll(lead)
        return lead

    def _make_mailing(self, **vals):
        return self.env["mailing.mailing"].create(
            {
                "subject": "News",
                "body_html": "<p>News</p>",
                "mailing_model_id": self.env.ref("crm.model_crm_lead").id,
                "is_lead_nurture": True,
                **vals,
            }
        )

    def test_a_tracks_e_mail_waits_for_the_day_the_cap_allows(self):
        lead = self._make_lead()
        self._trace(lead, minutes_ago=2 * _DAY)

        self.track._enroll(lead)

        # seven days after Wednesday 18 March; at 12:00 UTC it is 08:00 in New York
        self.assertPlanned(lead, "email", "2026-03-25 13:00:00")

    def test_what_was_sent_seven_days_ago_is_no_hindrance(self):
        lead = self._make_lead()
        self._trace(lead, minutes_ago=7 * _DAY)

        self.track._enroll(lead)

        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")

    def test_a_mailing_to_a_contact_of_the_address_counts_as_well(self):
        contact = self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})
        other = self.env["res.partner"].create({"name": "Bob", "email": "bob@best.example"})
        self._trace(contact, minutes_ago=2 * _DAY)
        self._trace(other, minutes_ago=1)

        lead = self._start()

        self.assertPlanned(lead, "email", "2026-03-25 13:00:00")

    def test_a_mailing_to_the_lead_at_its_former_address_counts(self):
        lead = self._make_lead()
        self._trace(lead, minutes_ago=2 * _DAY)
        lead.email_from = "ann@new.example"

        self.track._enroll(lead)

        self.assertPlanned(lead, "email", "2026-03-25 13:00:00")

    def test_what_never_reached_anybody_does_not_count(self):
        lead = self._make_lead()
        for status in ("bounce", "cancel", "error"):
            self._trace(lead, trace_status=status)
        self._trace(lead, is_test_trace=True)

        self.track._enroll(lead)

        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")

    def test_two_in_seven_days_where_the_company_allows_two(self):
        self.company.lead_mailing_cap = 2
        once, twice = self._make_lead(), self._make_lead(email_from="bob@best.example")
        self._trace(once, minutes_ago=_DAY)
        self._trace(twice, minutes_ago=_DAY)
        self._trace(twice, minutes_ago=3 * _DAY)

        self.track._enroll(once | twice)

        self.assertPlanned(once, "email", "2026-03-20 13:00:00")
        # seven days after the older of the two: Tuesday 24 March, 12:00
        self.assertPlanned(twice, "email", "2026-03-24 13:00:00")

    def test_no_cap_where_the_company_wants_none(self):
        self.company.lead_mailing_cap = 0
        lead = self._make_lead()
        self._trace(lead, minutes_ago=5)

        self.track._enroll(lead)

        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")

    def test_a_salespersons_cadence_is_not_held_up(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        self._trace(lead, minutes_ago=5)

        self.cadence._enroll(lead)

        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")

    def test_a_mailing_sent_meanwhile_puts_a_queued_e_mail_off_and_does_not_lose_it(self):
        lead = self._start()
        with freeze_time("2026-03-20 12:30:00"):
            self._trace(lead, minutes_ago=0)

        self.assertFalse(self._run_queue("2026-03-20 13:00:00"))

        # seven days after 20 March 12:30
        self.assertPlanned(lead, "email", "2026-03-27 13:00:00")
        self.assertFalse(self._run_queue("2026-03-27 12:50:00"))
        self.assertEqual(len(self._run_queue("2026-03-27 13:00:00")), 1)
        self.assertFalse(self._run_queue("2026-03-27 14:00:00"))

    def test_the_cap_holds_when_the_mail_server_is_back_after_a_day(self):
        lead = self._start()
        with freeze_time("2026-03-21 12:00:00"):
            self._trace(lead, minutes_ago=30)

        self.assertFalse(self._run_queue("2026-03-23 13:30:00"))

        self.assertEqual(lead.touch_ids.state, "queued")
        # seven days after Saturday 21 March 11:30 is Saturday the 28th: the next window is Tuesday
        self.assertGreaterEqual(
            lead.next_touch_at, fields.Datetime.to_datetime("2026-03-28 11:30:00")
        )

    def test_an_e_mail_of_a_track_with_a_mailing_counts_once(self):
        self.company.lead_mailing_cap = 2
        self.track.step_ids.mailing_id = self.mailing
        lead = self._start()
        self._run_queue("2026-03-20 13:00:00")

        with freeze_time("2026-03-20 14:00:00"):
            people = set(lead._get_addressees().values())
            over = lead._filter_over_mailing_cap(people, self.company)
        self.assertFalse(over)
        self._trace(lead, minutes_ago=0)
        with freeze_time("2026-03-20 14:00:00"):
            over = lead._filter_over_mailing_cap(people, self.company)
        self.assertEqual(over, people)

    def test_a_nurture_mailing_leaves_out_whom_sales_is_at_and_who_had_one(self):
        free, busy, had, twin = (
            self._make_lead(email_from=f"{name}@ample.example")
            for name in ("free", "busy", "had", "busy")
        )
        busy.user_id = self.user_rep
        self.cadence._enroll(busy)
        self._trace(had, minutes_ago=2 * _DAY)
        leads = free | busy | had | twin
        mailing = self._make_mailing(mailing_domain=str([("id", "in", leads.ids)]))

        mailing.action_count_lead_left_out()
        self.assertEqual((mailing.lead_with_sales_count, mailing.lead_over_cap_count), (2, 1))
        self.assertEqual(mailing._get_remaining_recipients(), free.ids)

        mailing._action_send_mail()
        mailing.invalidate_recordset()
        self.assertEqual(mailing.mailing_trace_ids.mapped("res_id"), free.ids)
        self.assertEqual((mailing.lead_with_sales_count, mailing.lead_over_cap_count), (2, 1))
        self.assertFalse(mailing._get_remaining_recipients())

    def test_a_nurture_mailing_to_contacts_goes_by_the_address(self):
        busy = self._make_lead(user_id=self.user_rep.id)
        self.cadence._enroll(busy)
        contacts = self.env["res.partner"].create(
            [{"name": name, "email": f"{name}@ample.example"} for name in ("ann", "bob")]
        )
        mailing = self._make_mailing(
            mailing_model_id=self.env.ref("base.model_res_partner").id,
            mailing_domain=str([("id", "in", contacts.ids)]),
        )

        self.assertEqual(mailing._get_recipients(), contacts[1].ids)

    def test_a_plain_mailing_goes_to_all(self):
        busy = self._make_lead(user_id=self.user_rep.id)
        self.cadence._enroll(busy)
        mailing = self._make_mailing(
            is_lead_nurture=False, mailing_domain=str([("id", "=", busy.id)])
        )

        self.assertEqual(mailing._get_recipients(), busy.ids)
        self.assertEqual(mailing.lead_with_sales_count, 0)

    def test_a_span_of_no_days_is_refused(self):
        with (
            self.assertRaisesRegex(CheckViolation, "lead_mailing_cap_in_bounds"),
            mute_logger("odoo.sql_db"),
        ):
            self.company.lead_mailing_cap_days = 0
            self.company.flush_recordset()

    def test_many_leads_cost_as_many_queries_as_one(self):
        def cost(count):
            leads = self.env["crm.lead"]
            for number in range(count):
                leads |= self._make_lead(email_from=f"q{count}.{number}@ample.example")
                self._trace(leads[-1], minutes_ago=_DAY)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(leads._get_next_mailing_at(self.company)), count)
            return self.env.cr.sql_log_count - before

        cost(1)
        self.assertEqual(cost(8), cost(2))
