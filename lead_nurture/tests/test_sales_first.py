from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.lead_followup.tests.sending_common import SendingMixin

from .engagement_common import EngagementCase


@tagged("post_install", "-at_install")
class TestSalesFirst(SendingMixin, EngagementCase):
    """Tracks stand back behind salespeople and newsletters, in sight; other mail is left alone."""

    def setUp(self):
        super().setUp()
        self.company.lead_marketing_user_id = self.user_marketing
        self.track = self.env.ref("lead_nurture.lead_cadence_stay_in_touch")

    def _start(self, **vals):
        lead = self._make_lead(**vals)
        lead.action_start_nurture()
        return lead

    def _make_nurture_mailing(self, model, records):
        return self.env["mailing.mailing"].create(
            {
                "subject": "News",
                "body_html": "<p>News</p>",
                "mailing_model_id": self.env.ref(model).id,
                "is_lead_nurture": True,
                "mailing_domain": str([("id", "in", records.ids)]),
            }
        )

    # a mailing that has nothing to do with cadences

    def test_plain_mailings_are_sent(self):
        contact_list = self.env["mailing.list"].create(
            {
                "name": "Readers",
                "contact_ids": [
                    (0, 0, {"name": name, "email": f"{name}@best.example"}) for name in "ab"
                ],
            }
        )
        lead = self._make_lead()
        common = {"subject": "News", "body_html": "<p>News</p>", "mailing_type": "mail"}
        mailings = self.env["mailing.mailing"].create(
            [
                {
                    **common,
                    "contact_list_ids": contact_list.ids,
                    "mailing_model_id": self.env.ref("mass_mailing.model_mailing_list").id,
                },
                {
                    **common,
                    "mailing_model_id": self.env.ref("crm.model_crm_lead").id,
                    "mailing_domain": str([("id", "=", lead.id)]),
                },
            ]
        )
        mailings.action_put_in_queue()

        with self.enter_registry_test_mode(), self.mock_smtplib_connection():
            self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").method_direct_trigger()
            self.env["mail.mail"].process_email_queue()

        self.assertEqual(
            sorted(mail["smtp_to_list"][0] for mail in self.emails),
            ["a@best.example", "ann@ample.example", "b@best.example"],
        )
        self.assertEqual(mailings.mailing_trace_ids.mapped("trace_status"), ["sent"] * 3)
        self.assertIn("/mail/track/", self.emails[0]["message"])

    # two leads of one address

    def test_a_new_leads_first_contact_goes_before_a_track_that_began_earlier(self):
        nurtured = self._start()
        new = self._make_lead(user_id=self.user_rep.id)

        self.cadence._enroll(new)

        self.assertEqual(new.touch_ids[-1:].state, "queued")
        # a minute after the place that the track's e-mail had: they are of one house
        [message] = self._run_queue("2026-03-20 13:01:00")
        self.assertIn("rosa@", message["From"])
        touch = nurtured.touch_ids
        self.assertEqual((touch.state, touch.put_off_reason), ("queued", "followups_first"))
        self.assertIn("a salesperson's cadence writes to this address", touch.reason_text)
        # a week on at the least
        self.assertGreaterEqual(touch.planned_at, fields.Datetime.to_datetime("2026-03-27 13:00"))

        new.enrollment_id._stop("manual")
        self.assertEqual(len(self._run_queue(touch.planned_at)), 1)
        self.assertEqual((touch.state, touch.reason_text), ("done", False))

    def test_a_track_that_begins_later_waits_as_well(self):
        new = self._make_lead(user_id=self.user_rep.id)
        self.cadence._enroll(new)

        nurtured = self._start()

        self.assertEqual(nurtured.touch_ids.put_off_reason, "followups_first")
        self.assertIn("times: 1", nurtured.touch_ids.reason_text)

    def test_of_two_tracks_the_first_e_mails(self):
        first, second = self._start(), self._start()

        self.assertEqual(first.touch_ids.state, "queued")
        self.assertEqual(second.touch_ids.mapped("reason"), ["same_address"])

    # the newsletter

    def test_a_weekly_newsletter_starves_no_track_in_silence(self):
        lead = self._start()
        touch = lead.touch_ids
        news = fields.Datetime.to_datetime("2026-03-20 12:30:00")
        counts = []
        for _week in range(6):
            with freeze_time(news):
                self._trace(lead, minutes_ago=0)
            if touch.state == "queued":
                self.assertFalse(self._run_queue(touch.planned_at))
                counts.append(touch.put_off_count)
            news += timedelta(days=7)

        # put off on 20 and 27 March, 3, 10 and 17 April; on 24 April five weeks are over
        self.assertEqual(counts, [1, 2, 3, 4, 5, 5])
        self.assertEqual((touch.state, touch.reason), ("skipped", "over_cap"))
        self.assertIn("as many mailings as the settings allow", touch.reason_text)
        self.assertEqual(touch.mail_id.state, "cancel")

        with freeze_time("2026-04-24 14:00:00"):
            self._run_cadences()
        self.assertTrue(lead.enrollment_id.next_round_at)

    def test_who_is_put_off_reads_why_and_since_when(self):
        lead = self._make_lead()
        self._trace(lead, minutes_ago=60)

        lead.action_start_nurture()

        self.assertEqual(
            lead.touch_ids.reason_text,
            "Put off since 03/20/2026, times: 1, because it has had as many mailings as the "
            "settings allow",
        )
        self.assertFalse(self._start(email_from="bob@best.example").touch_ids.reason_text)

    def test_planning_asks_the_cap_that_sending_asks(self):
        other = self.env["res.company"].create({"name": "Other", "lead_mailing_cap": 0})
        self.user_marketing.write({"company_ids": [(4, other.id)], "company_id": other.id})
        lead = self._make_lead(company_id=False)
        self._trace(lead, minutes_ago=60)

        lead.action_start_nurture()

        self.assertFalse(lead.company_id)
        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")
        self.assertEqual(len(self._run_queue("2026-03-20 13:00:00")), 1)

    # sales

    def test_a_track_rests_for_a_lead_that_becomes_accepted_at_once(self):
        lead = self._start()

        lead.lifecycle = "sql"

        track = lead.enrollment_id
        self.assertEqual((track.state, track.stop_reason), ("paused", "with_sales"))
        lead.lifecycle = "inquiry"
        self.assertEqual((track.state, track.stop_reason), ("active", False))

    def test_a_pause_by_hand_that_is_over_goes_on_after_sales_only(self):
        with_sales, free = self._start(), self._start(email_from="bob@best.example")
        (with_sales | free).enrollment_id._pause(fields.Date.to_date("2026-03-21"))
        with_sales.lifecycle = "mql"

        with freeze_time("2026-03-21 13:00:00"):
            self._run_cadences()

            track = with_sales.enrollment_id
            self.assertEqual((track.state, track.stop_reason), ("paused", "with_sales"))
            self.assertEqual(free.enrollment_id.state, "active")
            with_sales.lifecycle = "nurture"
            self.assertEqual(track.state, "active")

    def test_a_lead_with_sales_enters_no_track(self):
        leads = {word: self._make_lead(email_from=f"{word}@best.example") for word in _WORDS}
        for word, lead in leads.items():
            lead.lifecycle = word

        can, left_out = self.track._split_enrollable(self.env["crm.lead"].union(*leads.values()))

        self.assertEqual(can.mapped("lifecycle"), ["inquiry", "nurture"])
        self.assertEqual(left_out["with_sales"].mapped("lifecycle"), ["mql", "sql"])
        with self.assertRaisesRegex(UserError, "returned to nurture first: 1"):
            leads["sql"].action_start_nurture()

    def test_a_lost_lead_that_was_accepted_may_enter(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        lead.lifecycle = "sql"
        lead.action_set_lost(lost_reason_id=self.env.ref("crm.lost_reason_1").id)

        lead.recycle_id.rest_until = fields.Date.today()
        lead.recycle_id._enter()

        self.assertEqual(lead.recycle_id.state, "track")
        self.assertEqual(lead.enrollment_id.state, "active")

    def test_a_nurture_mailing_leaves_out_who_is_with_sales_without_a_cadence(self):
        leads = {word: self._make_lead(email_from=f"{word}@best.example") for word in _WORDS}
        for word, lead in leads.items():
            lead.lifecycle = word
        twin = self._make_lead(email_from="sql@best.example")
        everyone = twin.union(*leads.values())
        mailing = self._make_nurture_mailing("crm.model_crm_lead", everyone)

        self.assertEqual(
            sorted(mailing._get_recipients()), (leads["inquiry"] | leads["nurture"]).ids
        )
        mailing.action_count_lead_left_out()
        self.assertEqual(mailing.lead_with_sales_count, 3)

        contact = self.env["res.partner"].create({"name": "Eve", "email": "mql@best.example"})
        mailing = self._make_nurture_mailing("base.model_res_partner", contact)
        self.assertFalse(mailing._get_recipients())
        leads["mql"].lifecycle = "nurture"
        self.assertEqual(mailing._get_recipients(), contact.ids)


_WORDS = ("inquiry", "mql", "sql", "nurture")
