from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import email_normalize, mute_logger

from odoo.addons.lead_followup.tests.sending_common import SendingMixin

from .engagement_common import EngagementCase

_QUEUE = "odoo.addons.lead_followup.models.lead_touch_queue"
_BROKEN = '<p>Hi <t t-out="object.partner_id.name.upper()"/></p>'


class TrackCase(SendingMixin, EngagementCase):
    def setUp(self):
        super().setUp()
        self.company.lead_marketing_user_id = self.user_marketing
        self.track = self.env.ref("lead_nurture.lead_cadence_stay_in_touch")
        self.step = self.track.step_ids
        self.template = self.step.template_id

    def _start(self, **vals):
        lead = self._make_lead(**vals)
        lead.action_start_nurture()
        return lead

    def _run_crons(self, moment):
        """Let the cadences and then the mail queue run at ``moment``; return what was sent."""
        with freeze_time(moment):
            self._run_cadences()
        return self._run_queue(moment)

    def _get_leads_written_to(self):
        addresses = [email_normalize(address) for address in self._get_recipients()]
        return [one for one in addresses if one != self.user_marketing.email]

    def _run_hourly(self, begin, hours):
        moment = fields.Datetime.to_datetime(begin)
        for _hour in range(hours):
            self._run_crons(moment)
            moment += timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestTrackTexts(TrackCase):
    """A text that cannot be made concerns its leads only, is told once, and made once mended."""

    def setUp(self):
        super().setUp()
        partner = self.env["res.partner"].create({"name": "Ample"})
        self.good_body = self.template.body_html
        self.named = partner

    def _write_body(self, body):
        """Change the text; the record that Odoo tries it on as it is saved passes."""
        with patch.object(type(self.template), "_check_can_be_rendered"):
            self.template.body_html = body

    def _get_notices(self):
        return self.env["mail.message"].search(
            [
                ("partner_ids", "in", self.user_marketing.partner_id.ids),
                ("subject", "like", "cannot be made"),
            ]
        )

    @mute_logger(_QUEUE)
    def _break(self, *leads_vals):
        """Enroll leads, most without a partner, while the text asks for its name."""
        self._write_body(_BROKEN)
        leads = self.env["crm.lead"]
        for vals in leads_vals:
            leads |= self._make_lead(**vals)
        self.track._enroll(leads)
        return leads

    def test_it_fails_for_those_and_the_others_get_theirs(self):
        bob, cleo, dan = self._break(
            {"email_from": "bob@best.example"},
            {"email_from": "cleo@crisp.example", "partner_id": self.named.id},
            {"email_from": "dan@deep.example"},
        )

        self.assertEqual((bob | dan).touch_ids.mapped("state"), ["failed", "failed"])
        self.assertIn(f"Its template “{self.template.name}” fails", bob.touch_ids.reason_text)
        self.assertEqual(cleo.touch_ids.state, "queued")
        self._run_hourly("2026-03-20 12:30:00", 10)
        self.assertEqual(self._get_leads_written_to(), ["cleo@crisp.example"])

    def test_who_looks_after_it_is_told_once_and_not_once_a_lead(self):
        self._break({"email_from": "bob@best.example"}, {"email_from": "dan@deep.example"})
        with mute_logger(_QUEUE):
            eve = self._start(email_from="eve@even.example")

        self.assertEqual(eve.touch_ids.state, "failed")
        notice = self._get_notices()
        self.assertEqual(len(notice), 1)
        self.assertIn("For 2 leads just now", notice.body)
        self.assertIn(self.template.name, notice.body)

    def test_a_text_that_fails_again_after_a_change_is_told_again(self):
        self._break({"email_from": "bob@best.example"})
        self._break({"email_from": "dan@deep.example"})  # saves the template once more

        with mute_logger(_QUEUE):
            self._run_cadences()
        self.assertEqual(len(self._get_notices()), 2)

    def test_a_text_that_works_is_told_to_nobody(self):
        self._start()

        self.assertFalse(self._get_notices())

    def test_once_mended_the_track_goes_on_with_the_same_step(self):
        bob = self._break({"email_from": "bob@best.example"})
        self._run_hourly("2026-03-20 12:10:00", 2)
        self.assertEqual(bob.enrollment_id.state, "active")

        with freeze_time("2026-03-20 15:00:00"):
            self._write_body(self.good_body)
        self._run_hourly("2026-03-20 15:10:00", 8)

        self.assertEqual(self._get_leads_written_to(), ["bob@best.example"])
        done = bob.touch_ids.filtered(lambda touch: touch.state == "done")
        self.assertEqual(done.round, 1)

    def test_mended_after_a_month_it_has_gone_on_and_nothing_is_doubled(self):
        bob = self._break({"email_from": "bob@best.example"})
        self._run_hourly("2026-03-20 12:10:00", 2)
        round_end = bob.enrollment_id.next_round_at
        self.assertTrue(round_end)
        self.env.cr.execute(
            "UPDATE mail_template SET body_html = jsonb_build_object('en_US', %s::text) "
            "WHERE id = %s",
            [self.good_body, self.template.id],
        )  # mended past us
        self.template.invalidate_recordset()
        self._run_hourly(round_end, 96)
        self.assertEqual(self._get_leads_written_to(), ["bob@best.example"])

        with freeze_time(round_end + timedelta(days=5)):
            self._write_body(self.good_body + "<p>.</p>")
        self._run_hourly(round_end + timedelta(days=5), 24)

        self.assertEqual(self._get_leads_written_to(), ["bob@best.example"])
        failed = bob.touch_ids.filtered(lambda touch: touch.state == "failed")
        self.assertEqual(failed.round, 1)

    def test_a_track_of_one_round_waits_for_the_mending_as_well(self):
        self.track.is_endless = False
        bob = self._break({"email_from": "bob@best.example"})
        self.assertEqual(bob.enrollment_id.state, "active")

        self._write_body(self.good_body)
        self._run_hourly("2026-03-20 12:10:00", 6)

        self.assertEqual(self._get_leads_written_to(), ["bob@best.example"])
        self.assertEqual(bob.enrollment_ids.state, "done")
        self.assertFalse(bob.enrollment_ids.stop_reason)

    # the mailing on the step

    def test_a_mailing_that_a_step_counts_on_is_not_deleted(self):
        self.step.mailing_id = self.mailing

        with self.assertRaisesRegex(UserError, f"counts what is opened.*{self.track.name}"):
            self.mailing.unlink()
        self.step.mailing_id = False
        self.mailing.unlink()
        self.assertFalse(self.mailing.exists())

    def test_with_an_archived_mailing_the_track_goes_on_and_is_traced(self):
        self.step.mailing_id = self.mailing
        self.mailing.active = False
        lead = self._start()

        self._run_hourly("2026-03-20 12:30:00", 2)

        self.assertEqual(self._get_leads_written_to(), ["ann@ample.example"])
        self.assertEqual(self.mailing.mailing_trace_ids.res_id, lead.id)

    def test_a_mailing_archived_after_it_was_queued_keeps_nothing_back(self):
        self.step.mailing_id = self.mailing
        self._start()

        self.mailing.active = False
        self._run_hourly("2026-03-20 12:30:00", 2)

        self.assertEqual(self._get_leads_written_to(), ["ann@ample.example"])


@tagged("post_install", "-at_install")
class TestTrackAddresses(TrackCase):
    """An address that changes in mid track, and one that several leads have."""

    def _get_first_round(self, lead):
        return lead.touch_ids.filtered(lambda touch: touch.round == 1)

    def test_what_is_queued_goes_to_the_new_address_once_and_never_to_the_old(self):
        lead = self._start()

        lead.email_from = "ann@new.example"
        self._run_hourly("2026-03-20 12:30:00", 30)

        self.assertEqual(self._get_leads_written_to(), ["ann@new.example"])
        self.assertEqual(self._get_first_round(lead).state, "done")

    def test_a_mailings_trace_follows_to_the_new_address(self):
        self.step.mailing_id = self.mailing
        lead = self._start()

        lead.email_from = "ann@new.example"
        self._run_hourly("2026-03-20 12:30:00", 3)

        self.assertEqual(self._get_leads_written_to(), ["ann@new.example"])
        self.assertEqual(self.mailing.mailing_trace_ids.mapped("email"), ["ann@new.example"])

    def test_an_address_that_comes_with_the_contact_counts_as_well(self):
        partner = self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})
        lead = self._start(partner_id=partner.id)

        partner.email = "ann@new.example"
        self._run_hourly("2026-03-20 12:30:00", 3)

        self.assertEqual(lead.email_normalized, "ann@new.example")
        self.assertEqual(self._get_leads_written_to(), ["ann@new.example"])

    def test_a_new_address_that_may_not_be_written_to_is_blocked_and_says_why(self):
        self.env["mail.blacklist"]._add("gone@out.example")
        cases = [
            ("gone@out.example", "opted_out"),
            (False, "no_email"),
            ("ann at ample", "mail_email_invalid"),
        ]
        leads = {}
        for number, (address, reason) in enumerate(cases):
            lead = self._start(email_from=f"n{number}@house{number}.example")
            lead.email_from = address
            leads[lead] = reason

        self._run_hourly("2026-03-20 12:30:00", 6)

        self.assertFalse(self.outbox)
        for lead, reason in leads.items():
            touch = lead.touch_ids.filtered(lambda touch: touch.round == 1)
            self.assertEqual((touch.state, touch.reason), ("blocked", reason))

    def test_an_address_that_came_back_before_is_not_written_to_again(self):
        lead = self._start()
        lead.sudo().wrong_email = "old@ample.example"

        lead.email_from = "old@ample.example"
        self._run_hourly("2026-03-20 12:30:00", 6)

        self.assertFalse(self.outbox)
        self.assertEqual(lead.touch_ids.mapped("reason"), ["email_bounced"])

    def test_two_leads_that_come_to_have_one_address_get_one_e_mail(self):
        ann, bob = self._start(), self._start(email_from="bob@best.example")

        bob.email_from = "ann@ample.example"
        self._run_hourly("2026-03-20 12:30:00", 30)

        self.assertEqual(self._get_leads_written_to(), ["ann@ample.example"])
        self.assertEqual(self._get_first_round(ann).state, "done")
        self.assertEqual((bob.touch_ids.state, bob.touch_ids.reason), ("blocked", "same_address"))
        self.assertEqual(
            bob.touch_ids.reason_text, "Another lead with this address is written to already"
        )

    def test_two_leads_of_one_address_in_two_tracks_get_one_e_mail(self):
        other_track = self.track.copy({"name": "Another track"})
        ann = self._start()
        twin = self._make_lead(email_from="Ann <ANN@ample.example>")
        other_track._enroll(twin)

        self._run_hourly("2026-03-20 12:30:00", 30)

        self.assertEqual(self._get_leads_written_to(), ["ann@ample.example"])
        self.assertEqual(self._get_first_round(ann).state, "done")
        self.assertEqual(twin.touch_ids.mapped("reason"), ["same_address"])

    def test_a_letter_apart_the_address_is_another(self):
        self._start()
        self._start(email_from="anne@ample.example")

        self._run_hourly("2026-03-20 12:30:00", 30)

        self.assertEqual(
            sorted(self._get_leads_written_to()), ["ann@ample.example", "anne@ample.example"]
        )


@tagged("post_install", "-at_install")
class TestTrackClock(TrackCase):
    """A clock that jumps doubles nothing and loses nothing."""

    def test_an_hour_back_sends_nothing_twice(self):
        lead = self._start()
        for moment in ("13:00", "12:05", "12:30", "13:00", "14:00"):
            self._run_crons(f"2026-03-20 {moment}:00")

        self.assertEqual(len(self.outbox), 1)
        coming = lead.touch_ids.filtered(lambda touch: touch.state != "done")
        self.assertEqual(len(coming), 1)
        self.assertEqual(coming.round, 2)

    def test_an_hour_back_before_sending_only_waits(self):
        self._start()
        self._run_crons("2026-03-20 12:59:00")
        self._run_crons("2026-03-20 11:59:00")
        self.assertFalse(self.outbox)

        self._run_crons("2026-03-20 13:00:00")
        self.assertEqual(len(self.outbox), 1)

    def test_the_hour_that_comes_twice_in_autumn_is_one(self):
        # in New York the clock goes back on 1 November 2026, at 06:00 UTC
        with freeze_time("2026-10-30 12:00:00"):
            self._start()
        self._run_hourly("2026-10-30 12:00:00", 96)

        self.assertEqual(len(self.outbox), 1)
