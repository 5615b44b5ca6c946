from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common import LeadFollowupCase
from .sending_common import SendingMixin

MORNING = "2026-03-20 13:30:00"
SEND_EMAIL = "odoo.addons.base.models.ir_mail_server.IrMail_Server.send_email"


@tagged("post_install", "-at_install")
class TestLeadSendingFaults(SendingMixin, CronMixinCase, LeadFollowupCase):
    """What goes wrong between queueing and sending concerns that e-mail only, and is in sight."""

    def setUp(self):
        super().setUp()
        self.touch = self._enroll()
        self.lead, self.mail = self.touch.lead_id, self.touch.mail_id

    def _make_other_mail(self):
        return self.env["mail.mail"].create(
            {"email_to": "client@buyer.example", "body_html": "<p>Invoice</p>"}
        )

    def assertTouch(self, touch, state, reason, mail_state):
        self.assertEqual(
            (touch.state, touch.reason, touch.mail_id.state), (state, reason, mail_state)
        )

    def test_an_address_that_is_gone_blocks_its_e_mail_and_holds_up_no_other(self):
        for email_from, reason in ((False, "no_email"), ("ann at ample", "mail_email_invalid")):
            with self.subTest(reason):
                touch = self._enroll(email_from=f"{reason}@ample.example")
                other = self._make_other_mail()
                touch.lead_id.email_from = email_from
                touch.mail_id.scheduled_date = "2026-03-20 12:00:00"

                self._run_queue("2026-03-20 12:30:00")

                self.assertTouch(touch, "blocked", reason, "cancel")
                self.assertEqual(other.state, "sent")

    @mute_logger("odoo.addons.lead_followup.models.lead_touch_send")
    def test_an_e_mail_that_cannot_be_looked_at_holds_up_no_other(self):
        other = self._make_other_mail()
        with patch.object(type(self.touch), "_get_send_obstacle", side_effect=ValueError("odd")):
            self._run_queue(MORNING)

        self.assertTouch(self.touch, "failed", "odd", "cancel")
        self.assertEqual(other.state, "sent")

    def test_an_address_that_ends_like_the_new_one_is_another(self):
        touch = self._enroll(email_from="joann@other.example")
        touch.lead_id.email_from = "ann@other.example"
        touch.mail_id.scheduled_date = MORNING

        self._run_queue(MORNING)

        self.assertTouch(touch, "blocked", "address_changed", "cancel")

    def test_an_address_that_is_written_otherwise_is_the_same(self):
        self.mail.email_to = '"Ann, of Ample" <ANN@Ample.example>'

        self._run_queue(MORNING)

        self.assertEqual(self.touch.state, "done")

    def test_whom_a_mail_is_made_out_to_is_not_written_to_for_another(self):
        partner = self.env["res.partner"].create({"name": "Old", "email": "old@ample.example"})
        self.mail.write({"email_to": False, "recipient_ids": partner.ids})

        self._run_queue(MORNING)

        self.assertTouch(self.touch, "blocked", "address_changed", "cancel")

    def test_a_partner_who_is_the_lead_is_written_to(self):
        partner = self.env["res.partner"].create({"name": "Ann", "email": "Ann@ample.example"})
        self.mail.write({"email_to": False, "recipient_ids": partner.ids})

        self._run_queue(MORNING)

        self.assertEqual(self.touch.state, "done")

    def test_nobody_who_said_no_gets_it_beside_the_lead(self):
        self.mail.email_to = "ann@ample.example, bob@ample.example"
        self.env["mail.blacklist"]._add("bob@ample.example")

        self._run_queue(MORNING)

        self.assertTouch(self.touch, "blocked", "opted_out", "cancel")

    def test_sent_by_hand_it_leaves_with_the_queue_s_next_turn(self):
        at = "2026-03-22 20:00:00"  # a Sunday, long after its moment
        with (
            freeze_time(at),
            patch("odoo.modules.module.current_test", None),
            patch(SEND_EMAIL) as send_email,
            self.capture_triggers("mail.ir_cron_mail_scheduler_action") as captured,
        ):
            self.assertTrue(self.mail.send())
        send_email.assert_not_called()
        self.assertEqual(len(captured.records), 1)
        self.assertTouch(self.touch, "queued", False, "outgoing")

        [message] = self._run_queue(at)

        self.assertEqual(message["To"], "ann@ample.example")
        self.assertEqual(self.touch.state, "done")

    def test_other_mails_sent_by_hand_leave_at_once(self):
        other = self._make_other_mail()
        with patch("odoo.modules.module.current_test", None), self.mock_smtplib_connection():
            (other | self.mail).with_context(test_mode=True).send()

        self.assertEqual([email["smtp_to_list"] for email in self.emails], [[other.email_to]])
        self.assertEqual((other.state, self.mail.state), ("sent", "outgoing"))

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_a_refused_test_costs_the_lead_no_step(self):
        self.company.write({"lead_test_email": "tester@seller.example", "lead_test_mode": True})
        with patch(SEND_EMAIL, side_effect=RuntimeError("550 no such user")):
            self._run_queue(MORNING)

        self.assertTouch(self.touch, "queued", "test_refused", "outgoing")
        self.assertIn("was refused", self.touch.reason_text)
        self.assertIn("550", self.mail.failure_reason)
        self._release(MORNING)
        self.assertEqual(self.touch.reason, "test_refused")  # the test goes on
        self.company.lead_test_mode = False
        self._release(MORNING)
        [message] = self._run_queue("2026-03-20 14:00:00")
        self.assertEqual(message["To"], "ann@ample.example")
        self.assertTouch(self.touch, "done", False, "sent")

    def test_what_was_made_says_no_more_why_it_was_not(self):
        self.touch.reason = "tested"

        self._run_queue(MORNING)

        self.assertTouch(self.touch, "done", False, "sent")

    def test_a_cancelled_or_deleted_e_mail_is_seen_and_the_cadence_goes_on(self):
        others = {
            "mail_cancelled": self._enroll(email_from="c@ample.example", phone="+12025550155"),
            "mail_missing": self._enroll(email_from="d@ample.example", phone="+12025550155"),
        }
        others["mail_cancelled"].mail_id.cancel()
        others["mail_missing"].mail_id.unlink()

        self._run_cadences()

        for reason, touch in others.items():
            with self.subTest(reason):
                self.assertEqual((touch.state, touch.reason), ("blocked", reason))
                self.assertNotEqual(touch.reason_text, reason)
                self.assertEqual(touch.lead_id.next_channel, "call")
        self.assertTouch(self.touch, "queued", False, "outgoing")

    def test_what_was_given_up_is_not_sent_by_a_retry(self):
        for state in ("blocked", "skipped", "cancelled"):
            with self.subTest(state):
                self.touch.state = state
                self.mail.mark_outgoing()
                self.assertFalse(self._run_queue(MORNING))
                self.assertEqual((self.touch.state, self.mail.state), (state, "cancel"))

    def test_a_failed_e_mail_may_be_tried_again_until_a_later_one_is_on_its_way(self):
        self.touch._mark_failed("unknown")
        self.assertTrue(self.touch._may_send_now())
        step = self.cadence._get_steps().filtered(lambda step: step.channel == "email")[-1]
        later = self.touch.copy({"step_id": step.id, "state": "queued"})

        self.assertFalse(self.touch._may_send_now())
        self.assertEqual(self.mail.state, "cancel")

        later.state = "blocked"
        self.assertTrue(self.touch._may_send_now())

    def test_who_is_never_e_mailed_keeps_no_other_from_it(self):
        for name in ("consent", "calls"):
            with self.subTest(name):
                email = f"{name}@ample.example"
                first = self._enroll(email_from=email, phone="+12025550155").lead_id
                if name == "consent":
                    first.email_consent = "no"
                else:
                    steps = self.cadence._get_steps().filtered(lambda step: step.channel == "call")
                    cadence = self.cadence.copy({"name": "Calls", "step_ids": False})
                    steps[0].copy({"cadence_id": cadence.id})
                    first.enrollment_id._stop("manual")
                    cadence._enroll(first)
                second = self._enroll(email_from=email)
                self.assertEqual(second.mapped("state"), ["queued"])
                third = self._enroll(email_from=email, phone="+12025550155")
                self.assertIn("same_address", third.mapped("reason"))

    def test_while_all_is_stopped_a_first_contact_is_at_risk(self):
        domain = [("id", "=", self.lead.id), ("clock_state", "=", "at_risk")]
        self.assertEqual(self.lead.clock_state, "in_time")
        self.company.lead_sending_stopped = True
        self.env.invalidate_all()

        own = self.lead.with_user(self.user_rep)
        self.assertEqual(own.clock_state, "at_risk")
        self.assertEqual(own.search(domain), own)

        self.company.lead_sending_stopped = False
        self._release("2026-03-20 12:00:00")
        self.env.invalidate_all()
        self.assertEqual(own.clock_state, "in_time")
        self.assertFalse(own.search(domain))


@tagged("post_install", "-at_install")
class TestLeadWizardSecurity(SendingMixin, LeadFollowupCase):
    """What somebody has open in a dialog is his."""

    def setUp(self):
        super().setUp()
        self.cadence = self.env.ref("lead_followup.lead_cadence_general").copy(
            {"name": "Signed by hand", "is_first_email_approved": True}
        )
        self.touch = self._enroll()
        self.other = self._make_user("ted", "sales_team.group_sale_salesman")

    def _review(self):
        action = self.touch.with_user(self.user_rep).action_review_email()
        return self.env["lead.touch.review"].with_user(self.user_rep).browse(action["res_id"])

    def test_an_e_mail_taken_back_meanwhile_is_said_so(self):
        review = self._review()
        self.touch.enrollment_id._pause()

        self.assertTrue(review.exists())
        with self.assertRaisesRegex(UserError, "taken back"):
            review.action_approve()
        self.assertEqual(review.action_next()["type"], "ir.actions.client")

    def test_nobody_reads_another_s_review(self):
        review = self._review()
        self.assertEqual(review.email_to, "ann@ample.example")

        with self.assertRaises(AccessError):
            review.with_user(self.other).read(["subject"])

    def test_nobody_opens_a_review_of_what_he_may_not_read(self):
        reviews = self.env["lead.touch.review"].with_user(self.other)
        with self.assertRaises(AccessError):
            reviews.create({"touch_id": self.touch.id, "subject": "x"})
        own = reviews.create({"subject": "x"})
        with self.assertRaises(AccessError):
            own.touch_id = self.touch

    def test_every_wizard_record_is_its_maker_s_alone(self):
        models = self.env["ir.model"].search(
            [("model", "=like", "lead.%"), ("transient", "=", True)]
        )
        here = models.filtered(lambda model: "lead_followup" in model.modules.split(", "))
        self.assertGreater(len(here), 8)
        for model in here:
            with self.subTest(model.model):
                domain = (
                    self.env["ir.rule"]
                    .with_user(self.user_rep)
                    ._compute_domain(model.model, "read")
                )
                self.assertIn("create_uid", str(domain))
