from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LeadFollowupCase
from .sending_common import SendingMixin

MAGIC = {"id", "create_uid", "create_date", "write_uid", "write_date"}
MONDAY = "2026-03-23 16:00:00"


@tagged("post_install", "-at_install")
class TestLeadCadenceGuards(SendingMixin, LeadFollowupCase):
    """No e-mail and no promised call slips past an end, a pause or a deletion."""

    def _make_enrolled(self, **vals):
        """Return a lead of the rep's whose first e-mail waits in the queue."""
        vals = {"phone": "+12025550155", "type": "opportunity", "probability": 10, **vals}
        touch = self._enroll(**vals)
        self.assertEqual((touch.state, touch.mail_id.state), ("queued", "outgoing"))
        return touch.lead_id

    def _make_promised(self, moment="2026-03-24 18:00:00"):
        """Return such a lead, and the call agreed with it for ``moment``."""
        lead = self._make_enrolled()
        lead._plan_call(moment, slot_rule="agreed", enrollment_id=lead.enrollment_id.id)
        return lead, lead.touch_ids.filtered(lambda touch: touch.slot_rule == "agreed")

    # -- deleted

    def test_a_deleted_enrollment_or_touch_takes_its_mail_out_of_the_queue(self):
        def delete_enrollment(lead):
            lead.enrollment_id.with_user(self.user_marketing).unlink()

        for number, delete in enumerate((delete_enrollment, lambda lead: lead.touch_ids.unlink())):
            lead = self._make_enrolled(email_from=f"ann{number}@ample.example")
            mail = lead.touch_ids.mail_id
            delete(lead)
            self.assertEqual(mail.state, "cancel")
        self.assertFalse(self._run_queue(MONDAY))

    def test_a_deleted_enrollment_takes_its_call_off_the_list(self):
        lead, call = self._make_promised()
        other = lead.activity_schedule("mail.mail_activity_data_todo", user_id=self.user_rep.id)
        self.assertTrue(call.activity_id)

        lead.enrollment_id.with_user(self.user_marketing).unlink()

        self.assertEqual(lead.activity_ids, other)

    def test_a_salesman_deletes_no_enrollment(self):
        lead = self._make_enrolled()
        with self.assertRaises(AccessError):
            lead.enrollment_id.with_user(self.user_rep).unlink()
        self.assertEqual(lead.touch_ids.mail_id.state, "outgoing")

    def test_a_deleted_lead_takes_its_mail_along(self):
        lead, call = self._make_promised()
        mail, activity = lead.touch_ids.mail_id, call.activity_id
        lead.unlink()
        self.assertFalse(mail.exists() or activity.exists() or call.exists())
        self.assertFalse(self._run_queue(MONDAY))

    # -- written by hand

    def test_nobody_writes_an_enrollment_by_hand(self):
        enrollment = self._make_enrolled().enrollment_id
        enrollment._stop("manual")
        stored = {name for name, field in enrollment._fields.items() if field.store} - MAGIC
        self.assertLessEqual({"state", "needs_plan", "resume_at", "stop_reason"}, stored)
        for user in (self.user_rep, self.user_marketing):
            for name in sorted(stored):
                with (
                    self.subTest(user=user.login, field=name),
                    self.assertRaisesRegex(AccessError, "cannot be set by hand"),
                ):
                    enrollment.with_user(user).write({name: enrollment[name]})
            with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                enrollment.with_user(user).create(
                    {"lead_id": enrollment.lead_id.id, "cadence_id": self.cadence.id}
                )

    def test_the_actions_do_what_is_theirs(self):
        enrollment = self._make_enrolled().enrollment_id.with_user(self.user_rep)
        enrollment._pause(fields.Date.to_date("2026-03-30"))
        self.assertEqual((enrollment.state, enrollment.stop_reason), ("paused", "paused"))
        enrollment.action_resume()
        self.assertEqual((enrollment.state, enrollment.resume_at), ("active", False))
        enrollment.action_skip()
        enrollment._move_next(fields.Datetime.to_datetime("2026-03-25 16:00:00"))
        self.assertEqual(str(enrollment.next_touch_at), "2026-03-25 16:00:00")
        enrollment.action_stop()
        self.assertEqual(enrollment.state, "stopped")

    def test_a_colleague_s_enrollment_is_neither_paused_nor_resumed(self):
        enrollment = self._make_enrolled().enrollment_id
        other = enrollment.with_user(self._make_user("ted", "sales_team.group_sale_salesman"))
        with self.assertRaises(AccessError):
            other.action_pause()
        enrollment.action_pause()
        with self.assertRaises(AccessError):
            other.action_resume()
        self.assertEqual(enrollment.state, "paused")

    # -- closed

    def _close_unseen(self, lead, **vals):
        """Write what closes ``lead`` past all that would end its cadence."""
        with patch.object(type(self.env["lead.cadence.enrollment"]), "_stop", lambda *_a: None):
            lead.write(vals)

    def test_before_sending_it_is_looked_whether_the_lead_may_be_written_to(self):
        for number, (vals, word, text, end) in enumerate(
            (
                ({"do_not_contact": True}, "do_not_contact", "Must not be contacted", None),
                ({"active": False, "probability": 0}, "closed", "Won or lost", "lost"),
                ({"active": False}, "archived", "Archived", None),
            )
        ):
            with self.subTest(word):
                lead = self._make_enrolled(email_from=f"ann{number}@ample.example")
                touch, enrollment = lead.touch_ids, lead.enrollment_id
                self._close_unseen(lead, **vals)

                self.assertFalse(self._run_queue(MONDAY))

                self.assertEqual((touch.state, touch.reason), ("blocked", word))
                self.assertEqual(touch.reason_text, text)
                self._run_cadences()
                self.assertEqual(enrollment.state, "stopped")
                self.assertEqual(enrollment.stop_reason, end or word)
                self.assertFalse(lead.activity_ids)
        self._make_enrolled(email_from="near@ample.example").lifecycle = "customer"
        self.assertEqual(len(self._run_queue(MONDAY)), 1)

    def test_resuming_is_no_way_round_what_closes_a_lead(self):
        closed = self._make_enrolled()
        free = self._make_enrolled(email_from="free@ample.example")
        both = (closed | free).enrollment_id
        both.action_pause()
        self._close_unseen(closed, do_not_contact=True)

        both.with_user(self.user_rep).action_resume()

        self.assertEqual(both.mapped("state"), ["stopped", "active"])
        self.assertEqual(both[0].stop_reason, "do_not_contact")
        self.assertFalse(closed.touch_ids)
        self.assertEqual(free.touch_ids.state, "queued")

    def test_an_archived_lead_is_written_to_no_more_until_it_is_back(self):
        lead = self._make_enrolled()
        mail, enrollment = lead.touch_ids.mail_id, lead.enrollment_id

        lead.with_user(self.user_rep).action_archive()

        self.assertEqual(lead.won_status, "pending")
        self.assertEqual((enrollment.state, enrollment.stop_reason), ("stopped", "archived"))
        self.assertEqual((enrollment.stop_reason_text, mail.state), ("Archived", "cancel"))
        self.assertEqual(self.cadence._split_enrollable(lead), (lead.browse(), {"archived": lead}))
        self.assertEqual(self.cadence._get_entry_reason_texts()["archived"], "Archived")

        lead.action_unarchive()
        self.assertTrue(self.cadence._enroll(lead))

    def test_a_lost_lead_is_lost_and_not_merely_archived(self):
        lead = self._make_enrolled()
        enrollment = lead.enrollment_id
        lead.with_user(self.user_rep).action_set_lost()
        self.assertEqual((lead.won_status, enrollment.stop_reason), ("lost", "lost"))
        self.assertEqual(self.cadence._split_enrollable(lead)[1], {"closed": lead})

    def test_merged_into_an_archived_lead_a_cadence_ends(self):
        lead = self._make_enrolled()
        head = self._make_lead(email_from="head@ample.example", active=False, probability=10)
        mail, enrollment = lead.touch_ids.mail_id, lead.enrollment_id

        head._merge_dependences(lead)

        self.assertEqual(enrollment.lead_id, head)
        self.assertEqual((enrollment.state, enrollment.stop_reason), ("stopped", "archived"))
        self.assertEqual(mail.state, "cancel")

    # -- promised

    def test_a_pause_leaves_a_promised_call_on_its_list(self):
        lead, call = self._make_promised()

        lead.enrollment_id.with_user(self.user_rep).action_pause()

        self.assertEqual(lead.enrollment_id.state, "paused")
        self.assertEqual((lead.touch_ids, call.state), (call, "queued"))
        self.assertEqual(lead.activity_ids, call.activity_id)

    def test_a_fault_leaves_a_promised_call_on_its_list(self):
        lead, call = self._make_promised()
        lead.enrollment_id._hold("broken")
        self.assertEqual((lead.touch_ids, lead.activity_ids), (call, call.activity_id))

    def test_a_cadence_that_goes_on_does_not_wait_for_a_promised_call(self):
        lead, call = self._make_promised("2026-06-24 18:00:00")
        first = lead.touch_ids - call

        first._mark_done(fields.Datetime.now(), is_human=False)
        self._run_cadences()

        self.assertEqual(len(lead.touch_ids), 3)
        self.assertLess(str(lead.next_touch_at), "2026-06-24")

    def test_a_dated_pause_ends_behind_a_promised_call(self):
        lead, call = self._make_promised("2026-03-27 18:00:00")
        free = self._make_enrolled(email_from="free@ample.example")
        both = (lead | free).enrollment_id
        both._pause(fields.Date.to_date("2026-03-25"))

        with freeze_time("2026-03-25 12:00:00"):
            self._run_cadences()
            self.assertEqual(both.mapped("state"), ["paused", "active"])
            self.assertEqual((both[0].stop_reason, both[0].resume_at), ("call_back", False))
            self.assertPlanned(lead, "call", "2026-03-27 18:00:00")
            self.assertEqual(lead.touch_ids, call)

        with freeze_time("2026-03-27 18:05:00"):
            call.activity_id._action_done()
            self._run_cadences()
            self.assertEqual(both[0].state, "active")
            self.assertEqual(lead.next_channel, "email")

    # -- faults

    def test_a_fault_ends_the_date_of_a_pause_and_is_not_tried_again(self):
        enrollment = self._make_enrolled().enrollment_id
        enrollment._pause(fields.Date.to_date("2026-03-25"))

        def fail(_enrollments):
            raise ValueError("no such hour")

        with (
            freeze_time("2026-03-25 12:00:00"),
            patch.object(type(enrollment), "_plan_next", fail),
            mute_logger("odoo.addons.lead_followup.models.lead_cadence_enrollment"),
        ):
            self._run_cadences()

        self.assertEqual((enrollment.state, enrollment.resume_at), ("paused", False))
        self.assertEqual(enrollment.stop_reason_text, "no such hour")
        with freeze_time("2026-03-25 13:00:00"):
            due = enrollment.filtered_domain(enrollment._get_due_domain())
        self.assertFalse(due)
