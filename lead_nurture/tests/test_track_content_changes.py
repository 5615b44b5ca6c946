from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.lead_followup.tests.common import LeadFollowupCase

from .content_common import ContentMixin

SENT = "2026-03-20 13:00:00"
LATER = "2026-03-20 13:05:00"
QUEUE_LOG = "odoo.addons.lead_followup.models.lead_touch_queue"
RENDER_LOG = "odoo.addons.mail.models.mail_render_mixin"


@tagged("post_install", "-at_install")
class TestTrackContentChanges(ContentMixin, LeadFollowupCase):
    """Between the choice and the sending: changed, withdrawn, deleted, put off, not approved."""

    def setUp(self):
        super().setUp()
        self.first = self._make_content("First", lead_sequence=1)
        self.second = self._make_content("Second", lead_sequence=2)

    def _send(self):
        """Let the mail queue run twice; return the subjects it sent."""
        subjects = [message["Subject"] for message in self._run_queue(SENT)]
        return subjects + [message["Subject"] for message in self._run_queue(LATER)]

    def test_an_unchanged_piece_goes_at_once(self):
        lead = self._start()
        self.first.lead_sequence = 77

        self.assertEqual([m["Subject"] for m in self._run_queue(SENT)], ["First"])
        self.assertEqual(lead.touch_ids.content_id, self.first)

    def test_a_new_text_goes_in_the_place_of_the_old(self):
        lead = self._start()
        self.first.body_html = "<p>Corrected</p>"

        self.assertEqual(self._run_queue(SENT), [])
        [message] = self._run_queue(LATER)

        self.assertIn("Corrected", message.get_body(("html",)).get_content())
        self.assertEqual(lead.touch_ids.filtered("done_at").content_id, self.first)
        self.assertEqual(len(self.first.mailing_trace_ids), 1)

    def test_another_is_chosen_for_one_that_is_archived(self):
        self._start()
        self.first.active = False

        self.assertEqual(self._send(), ["Second"])
        self.assertFalse(self.first.mailing_trace_ids)

    def test_another_is_chosen_for_one_that_is_deleted(self):
        lead = self._start()
        self.first.unlink()

        self.assertEqual(self._send(), ["Second"])
        self.assertEqual(lead.touch_ids.filtered("done_at").content_id, self.second)

    def test_nothing_left_is_said(self):
        lead = self._start()
        (self.first | self.second).is_lead_content_ready = False

        self.assertEqual(self._send(), [])
        touch = lead.touch_ids
        self.assertEqual((touch.state, touch.reason), ("skipped", "content_none"))
        self.assertIn("holds no content", touch.reason_text)

    def test_what_was_given_is_not_deleted(self):
        self._start()
        self._run_queue(SENT)

        with self.assertRaisesRegex(UserError, "“First” was given to leads, so many: 1"):
            self.first.unlink()
        self.second.unlink()

    def test_an_original_is_not_deleted_without_its_translations(self):
        english = self.env["res.lang"].search([("code", "=", "en_US")])
        translation = self._make_content(
            "Same", lead_translation_of_id=self.second.id, lead_lang_id=english.id
        )

        with self.assertRaisesRegex(UserError, "has translations"):
            self.second.unlink()
        (self.second | translation).unlink()

    def test_an_approved_text_goes_as_it_was_read(self):
        self.track.is_first_email_approved = True
        lead = self._start(user_id=self.user_rep.id)
        self.assertEqual(lead.touch_ids.state, "approval")

        lead.touch_ids._approve()
        self.first.body_html = "<p>Corrected</p>"
        [message] = self._run_queue(SENT)

        self.assertNotIn("Corrected", message.get_body(("html",)).get_content())

    def test_a_changed_text_is_read_before_it_is_approved(self):
        self.track.is_first_email_approved = True
        lead = self._start(user_id=self.user_rep.id)
        self.first.body_html = "<p>Corrected</p>"

        self.assertFalse(lead.touch_ids._approve())
        self.assertEqual(lead.touch_ids.state, "approval")
        self.assertIn("Corrected", lead.touch_ids.mail_id.body_html)

        lead.touch_ids._approve()
        self.assertEqual(self._send(), ["First"])

    def test_a_withdrawn_piece_asks_for_a_new_word(self):
        self.track.is_first_email_approved = True
        lead = self._start(user_id=self.user_rep.id)
        lead.touch_ids._approve()
        self.first.active = False

        self.assertEqual(self._send(), [])
        self.assertEqual(
            (lead.touch_ids.state, lead.touch_ids.content_id), ("approval", self.second)
        )

    def test_what_its_sender_rejects_does_not_come_again(self):
        self.track.is_first_email_approved = True
        lead = self._start(user_id=self.user_rep.id)

        lead.touch_ids._reject("Not for her", is_stop=False)
        with freeze_time("2026-03-20 12:30:00"):
            self._run_cadences()
        with freeze_time("2026-04-20 13:00:00"):
            self._run_cadences()
            self._run_cadences()

        again = lead.touch_ids.filtered(lambda touch: touch.round == 2)
        self.assertEqual((again.state, again.content_id), ("queued", self.second))

    def test_what_is_withdrawn_by_a_pause_is_still_to_be_had(self):
        lead = self._start()

        lead.enrollment_id.action_pause()
        lead.enrollment_id.action_resume()

        self.assertEqual(lead.touch_ids.content_id, self.first)
        self.assertEqual(len(self.first.mailing_trace_ids), 1)

    def test_an_ended_track_leaves_no_trace_of_what_did_not_go(self):
        lead = self._start()

        lead.enrollment_id._stop("manual")
        self.assertEqual(self.first.mailing_trace_ids.trace_status, "cancel")
        self.track._enroll(lead)

        touch = lead.enrollment_id.touch_ids
        self.assertEqual((touch.state, touch.content_id), ("queued", self.first))

    def test_put_off_by_the_cap_it_keeps_its_piece(self):
        lead = self._start()
        other = self.env["mailing.mailing"].create(
            {"subject": "News", "mailing_model_id": self.env.ref("crm.model_crm_lead").id}
        )
        self.env["mailing.trace"].create(
            {
                "mass_mailing_id": other.id,
                "model": "crm.lead",
                "res_id": lead.id,
                "email": "ann@ample.example",
                "trace_status": "sent",
                "sent_datetime": "2026-03-20 12:30:00",
            }
        )

        self.assertEqual(self._send(), [])
        touch = lead.touch_ids
        self.assertEqual((touch.state, touch.content_id), ("queued", self.first))
        self.assertEqual(touch.put_off_reason, "over_cap")
        self.assertIn("mailings as the settings allow", touch.reason_text)

    @mute_logger(QUEUE_LOG, RENDER_LOG)
    def test_a_piece_that_fails_for_one_lead_fails_for_it_alone_and_once(self):
        self.first.body_html = '<p t-out="object.contact_name.upper()"/>'
        self.env.flush_all()
        good, bad = self._start(), self._start(email_from="bob@best.example", contact_name=False)

        self.assertEqual((good.touch_ids.state, good.touch_ids.content_id), ("queued", self.first))
        self.assertEqual((bad.touch_ids.state, bad.touch_ids.content_id), ("failed", self.first))
        self.assertIn("The content “First” fails for this lead", bad.touch_ids.reason)
        with freeze_time("2026-03-21 13:00:00"):
            self._run_cadences()
        with freeze_time("2026-04-21 13:00:00"):
            self._run_cadences()
            self._run_cadences()
        queued = bad.touch_ids.filtered(lambda touch: touch.state == "queued")
        self.assertEqual(queued.content_id, self.second)

    @mute_logger(QUEUE_LOG, RENDER_LOG)
    def test_a_corrected_piece_is_given_to_whom_it_failed(self):
        self.first.body_html = '<p t-out="object.contact_name.upper()"/>'
        lead = self._start(contact_name=False)
        self.assertEqual(lead.touch_ids.state, "failed")

        self.first.body_html = "<p>Right</p>"
        with freeze_time("2026-03-21 13:00:00"):
            self._run_cadences()
        with freeze_time("2026-04-21 13:00:00"):
            self._run_cadences()
            self._run_cadences()

        queued = lead.touch_ids.filtered(lambda touch: touch.state == "queued")
        self.assertEqual(queued.content_id, self.first)

    @mute_logger(QUEUE_LOG, RENDER_LOG)
    def test_whose_piece_fails_is_told_once_and_again_after_a_change(self):
        author = self._make_user("author", "sales_team.group_sale_manager")
        self.first.write(
            {"user_id": author.id, "body_html": '<p t-out="object.contact_name.upper()"/>'}
        )
        for address in ("ann@ample.example", "bob@best.example"):
            self._start(email_from=address, contact_name=False)

        told = self.env["mail.notification"].search([("res_partner_id", "=", author.partner_id.id)])
        self.assertEqual(len(told), 1)
        self.assertIn("The content “First” fails", str(told.mail_message_id.body))
        self.assertTrue(self.first.text_fault_told_at)
        self.second.subject = "Second, and better"  # another piece: nothing is mended by that
        self.assertTrue(self.first.text_fault_told_at)
        self.first.body_html = "<p>Right</p>"
        self.assertFalse(self.first.text_fault_told_at)

    def test_a_broken_placeholder_is_found_when_it_is_saved(self):
        for body in ('<p t-out="object.no_such_field"/>', '<p t-out="object.name +"/>'):
            with (
                self.subTest(body=body),
                mute_logger(RENDER_LOG),
                self.assertRaisesRegex(ValidationError, "can't be written for a lead"),
            ):
                self._make_content("Broken", body_html=body)
        with mute_logger(RENDER_LOG), self.assertRaisesRegex(ValidationError, "its Subject"):
            self.first.subject = "Hello {{ object.no_such_field }}"
        with self.assertRaisesRegex(ValidationError, "has no text yet"):
            self._make_content("Empty", body_html="<p><br></p>")

    def test_a_broken_placeholder_may_stay_until_it_is_ready(self):
        leads = self.env["crm.lead"].with_context(active_test=False).search_count([])
        draft = self._make_content(
            "Draft", body_html='<p t-out="object.no_such_field"/>', is_lead_content_ready=False
        )

        with mute_logger(RENDER_LOG), self.assertRaisesRegex(ValidationError, "no_such_field"):
            draft.is_lead_content_ready = True
        draft.write({"body_html": "<p>Right</p>", "is_lead_content_ready": True})

        # the example lead is taken back
        self.assertEqual(
            self.env["crm.lead"].with_context(active_test=False).search_count([]), leads
        )

    def test_what_no_track_can_give_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "no e-mail to leads"):
            self.first.mailing_model_id = self.env.ref("base.model_res_partner")
        with self.assertRaisesRegex(ValidationError, "A/B test"):
            self.second.ab_testing_enabled = True

    def test_a_translation_of_a_translation_or_without_a_language_is_refused(self):
        english = self.env["res.lang"].search([("code", "=", "en_US")])
        with self.assertRaisesRegex(ValidationError, "without a language"):
            self.second.lead_translation_of_id = self.first
        self.second.write({"lead_translation_of_id": self.first.id, "lead_lang_id": english.id})
        with self.assertRaisesRegex(ValidationError, "translation of a translation"):
            self._make_content(
                "Third", lead_translation_of_id=self.second.id, lead_lang_id=english.id
            )

    def test_a_copy_waits_until_it_is_ready(self):
        self.assertFalse(self.first.copy().is_lead_content_ready)

    def test_without_the_library_an_email_needs_a_template(self):
        with self.assertRaisesRegex(ValidationError, "needs a template"):
            self.step.content_source = "template"

    def test_a_step_that_becomes_a_task_asks_no_library(self):
        self.step.channel = "task"
        lead = self._start(user_id=self.user_rep.id)

        self.assertEqual((lead.touch_ids.state, lead.touch_ids.content_id.ids), ("queued", []))
