from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.base.tests.common import MockSmtplibCase

from .common import LeadFollowupCase

# The lead lives by New York's clock and is due by Saturday 12:00 UTC. Friday is none of its best
# days, so its first e-mail goes out on Friday from 09:00 to 17:00 there: 13:00 to 21:00 UTC.
PLANNED = "2026-03-20 13:00:00"
IN_THE_AFTERNOON = "2026-03-20 18:30:00"
AFTER_HOURS = "2026-03-21 00:30:00"
ON_MONDAY = "2026-03-23 13:00:00"


class LeadApprovalCase(MockSmtplibCase, LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_other = cls._make_user("ted", "sales_team.group_sale_salesman")
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_general").copy(
            {"name": "Signed by hand", "is_first_email_approved": True}
        )

    def _make_held(self, name="ann", user=None, **vals):
        """Return the touch of a lead whose first e-mail waits for approval."""
        lead = self._make_lead(
            email_from=f"{name}@ample.example", user_id=(user or self.user_rep).id, **vals
        )
        self.cadence._enroll(lead)
        return lead.touch_ids

    def _send_mails(self, touches, at="2026-03-27 12:00:00"):
        with freeze_time(at), self.mock_smtplib_connection():
            touches.mail_id.with_context(test_mode=True).send()

    def assertState(self, touch, touch_state, mail_state):
        self.assertEqual((touch.state, touch.mail_id.state), (touch_state, mail_state))


@tagged("post_install", "-at_install")
class TestLeadTouchApproval(LeadApprovalCase):
    """A first e-mail goes out when its sender has approved it, as he left it, and only then."""

    def setUp(self):
        super().setUp()
        self.touch = self._make_held()
        self.lead = self.touch.lead_id
        self.enrollment = self.touch.enrollment_id

    def test_the_first_email_is_prepared_and_in_no_queue(self):
        with freeze_time("2026-03-30 12:00:00"), self.mock_smtplib_connection():
            self.env["mail.mail"].process_email_queue()

        self.assertState(self.touch, "approval", "approval")
        self.assertIn("Your request", self.touch.email_subject)
        self.assertEqual(str(self.touch.planned_at), PLANNED)
        self.assertFalse(self.emails)

    def test_a_cadence_that_does_not_ask_queues_as_ever(self):
        self.cadence.is_first_email_approved = False

        touch = self._make_held("bob")

        self.assertState(touch, "queued", "outgoing")

    def test_what_somebody_puts_in_the_queue_past_the_sender_is_held_back(self):
        self.touch.mail_id.mark_outgoing()

        self._send_mails(self.touch)

        self.assertState(self.touch, "approval", "approval")
        self.assertFalse(self.emails)

    def test_approved_before_its_moment_it_goes_out_then(self):
        with freeze_time("2026-03-20 12:30:00"):
            self.touch.with_user(self.user_rep).action_approve_emails()

        self.assertState(self.touch, "queued", "outgoing")
        self.assertEqual(str(self.touch.mail_id.scheduled_date), PLANNED)
        self.assertEqual(self.touch.approved_user_id, self.user_rep)
        self._send_mails(self.touch)
        self.assertEqual(self.touch.state, "done")
        self.assertEqual([email["smtp_to_list"] for email in self.emails], [["ann@ample.example"]])

    def test_approved_after_its_moment_it_goes_out_in_the_next_good_one(self):
        with freeze_time(IN_THE_AFTERNOON):  # 14:30 there
            self.touch._approve()

        self.assertEqual(str(self.touch.mail_id.scheduled_date), IN_THE_AFTERNOON)
        self.assertFalse(self.touch.is_late_by_plan)
        self.assertPlanned(self.lead, "email", IN_THE_AFTERNOON)

    def test_approved_after_hours_it_waits_for_the_next_working_day_and_is_late(self):
        with freeze_time(AFTER_HOURS):
            self.touch._approve()

        self.assertEqual(str(self.touch.planned_at), ON_MONDAY)
        self.assertTrue(self.touch.is_late_by_plan)

    def test_approved_late_it_keeps_the_sender_s_daily_cap(self):
        self.cadence.is_first_email_approved = False
        second = self._make_held("bob")
        self.assertEqual(str(second.planned_at), "2026-03-20 17:00:00")  # middle of 13 to 21
        self.env.company.lead_email_cap = 1

        with freeze_time(IN_THE_AFTERNOON):
            self.touch._approve()

        self.assertEqual(str(self.touch.planned_at), ON_MONDAY)
        self.assertEqual(self.touch.moved_by, "cap")

    def test_one_that_lies_past_its_moment_takes_nobody_s_place(self):
        self.env.company.lead_email_cap = 1

        before = self._make_held("bob")
        with freeze_time(IN_THE_AFTERNOON):
            after = self._make_held("carl")

        self.assertEqual(str(before.planned_at), ON_MONDAY)
        self.assertEqual(after.planned_at.date().isoformat(), "2026-03-20")

    def test_what_is_edited_is_what_goes_out(self):
        self.touch.step_id.template_id.subject = "Changed since"
        review = self._review(self.touch)
        review.write({"subject": "Pumps, Ann?", "body": "<p>Shall I call at ten?</p>"})

        review.action_approve()
        self._send_mails(self.touch)

        [email] = self.emails
        self.assertIn("Pumps, Ann?", email["message"])
        self.assertIn("Shall I call at ten?", email["message"])
        self.assertNotIn("Changed since", email["message"])
        self.assertIn("Shall I call at ten?", self.touch.mail_id.mail_message_id.body)

    def test_what_is_not_edited_stays_as_it_was_rendered(self):
        body = self.touch.mail_id.body_html

        self._review(self.touch).action_approve()

        self.assertEqual(self.touch.mail_id.body_html, body)

    def test_an_email_without_text_or_subject_is_not_sent(self):
        review = self._review(self.touch)
        for vals in ({"body": "<p><br></p>"}, {"body": "<p>Hello</p>", "subject": " "}):
            review.write(vals)
            with self.subTest(vals), self.assertRaisesRegex(UserError, "nothing was sent"):
                review.action_approve()

        self.assertState(self.touch, "approval", "approval")

    def test_one_prepared_anew_since_it_was_opened_is_not_sent_unread(self):
        review = self._review(self.touch, self.user_marketing)
        self.lead.user_id = self.user_other

        with self.assertRaisesRegex(UserError, "prepared anew"):
            review.action_approve()
        self.assertState(self.touch, "approval", "approval")

    def test_who_may_not_be_written_to_any_more_is_blocked_in_sight(self):
        for name, vals, reason in (
            ("new", {"email_from": "else@ample.example"}, "address_changed"),
            ("no", {"email_consent": "no"}, "no_consent"),
        ):
            with self.subTest(reason):
                touch = self._make_held(name)
                touch.lead_id.write(vals)

                message = touch.with_user(self.user_rep).action_approve_emails()

                self.assertState(touch, "blocked", "cancel")
                self.assertEqual(touch.reason, reason)
                self.assertEqual(message["params"]["type"], "warning")

    def test_who_opts_out_while_it_is_held_is_never_written_to(self):
        self.env["mail.blacklist"]._add("ann@ample.example")

        self.assertState(self.touch, "cancelled", "cancel")
        self.assertEqual(self.enrollment.stop_reason, "opted_out")

    def test_approved_twice_it_goes_out_once(self):
        review = self._review(self.touch)
        self.touch.with_user(self.user_marketing).action_approve_emails()
        moment = self.touch.approved_at

        with freeze_time(IN_THE_AFTERNOON):
            with self.assertRaisesRegex(UserError, "waits for approval any more"):
                review.action_approve()
            self.assertFalse(self.touch._approve())

        self.assertEqual((self.touch.approved_at, str(self.touch.planned_at)), (moment, PLANNED))
        self.assertEqual(len(self.lead.touch_ids), 1)

    def test_the_second_email_needs_no_word(self):
        self.touch._approve()
        self._send_mails(self.touch)
        self.lead.phone = False  # so that no call comes between

        with freeze_time("2026-03-27 12:00:00"):
            self._run_cadences()

        second = self.lead.touch_ids.filtered(lambda touch: touch.channel == "email") - self.touch
        self.assertState(second, "queued", "outgoing")

    def test_a_rejected_one_makes_the_next_email_the_first(self):
        self._reject(self.touch, "skip")
        self.assertState(self.touch, "blocked", False)
        self.assertEqual(self.touch.reason_text, "Not approved: Spoke to her")
        self.assertIn("Spoke to her", self.lead.message_ids[0].body)

        self._run_cadences()

        second = self.lead.touch_ids.filtered(lambda touch: touch.channel == "email") - self.touch
        self.assertState(second, "approval", "approval")
        self.assertEqual(self.enrollment.state, "active")

    def test_rejecting_may_stop_the_cadence(self):
        self._reject(self.touch, "stop")

        self.assertState(self.touch, "cancelled", False)
        self.assertEqual(self.enrollment.stop_reason_text, "Its e-mail was not approved")

    def test_rejecting_asks_why(self):
        with self.assertRaisesRegex(UserError, "say in a word"):
            self._reject(self.touch, "skip", note=" ")

        self.assertState(self.touch, "approval", "approval")

    def test_the_cadence_waits_for_the_word(self):
        self.enrollment._ask_for_plan()
        self._run_cadences()

        self.assertEqual(self.lead.touch_ids, self.touch)

    def test_a_pause_takes_it_back_and_a_resume_prepares_it_anew(self):
        mail = self.touch.mail_id

        self.enrollment.action_pause()
        self.assertFalse(mail.exists() or self.lead.touch_ids)

        self.enrollment.action_resume()
        self.assertState(self.lead.touch_ids, "approval", "approval")

    def test_a_reply_takes_it_back(self):
        self.enrollment._stop("replied")

        self.assertState(self.touch, "cancelled", "cancel")

    def test_a_bounced_address_blocks_it(self):
        self.lead._mark_email_wrong("ann@ample.example")

        self.assertState(self.touch, "blocked", "cancel")

    def test_another_rep_gets_it_in_his_own_name(self):
        mail = self.touch.mail_id

        self.lead.user_id = self.user_other

        self.assertFalse(mail.exists())
        self.assertState(self.touch, "approval", "approval")
        self.assertEqual(self.touch.user_id, self.user_other)
        self.assertEqual(self.touch.mail_id.author_id, self.user_other.partner_id)
        self.assertIn("Ted", self.touch.mail_id.body_html)

    def test_merged_into_another_rep_s_lead_it_is_prepared_anew_in_his_name(self):
        head = self._make_lead(user_id=self.user_other.id)

        head._merge_dependences(head | self.lead)

        self.assertEqual(self.touch.lead_id, head)
        self.assertEqual(self.touch.user_id, self.user_other)
        self.assertState(self.touch, "approval", "approval")
        self.assertEqual(self.touch.mail_id.res_id, head.id)

    def test_the_same_rep_again_leaves_it_as_it_is(self):
        mail = self.touch.mail_id

        self.lead.user_id = self.user_rep

        self.assertEqual(self.touch.mail_id, mail)

    def test_a_lead_given_back_has_it_blocked_where_nobody_signs(self):
        self.env.company.lead_marketing_user_id = False

        self.lead.user_id = False

        self.assertEqual((self.touch.state, self.touch.reason), ("blocked", "no_sender"))

    def test_who_leaves_leaves_it_to_whoever_signs_now(self):
        self.env.company.lead_marketing_user_id = self.user_marketing

        self.user_rep.active = False

        self.assertEqual(self.touch.user_id, self.user_marketing)
        self.assertState(self.touch, "approval", "approval")

    def test_asked_for_later_a_cadence_takes_queued_first_emails_out_of_the_queue(self):
        self.cadence.is_first_email_approved = False
        self.touch._approve()
        queued = self._make_held("bob")

        self.cadence.is_first_email_approved = True

        self.assertState(queued, "approval", "approval")
        self.assertState(self.touch, "queued", "outgoing")  # its sender has read it

    def test_unapproved_the_first_contact_is_at_risk_then_late(self):
        leads = self.env["crm.lead"]
        for moment, state in ((PLANNED, "at_risk"), ("2026-03-21 12:00:01", "late")):
            with self.subTest(state), freeze_time(moment):
                self.lead.invalidate_recordset(["clock_state"])
                self.assertEqual(self.lead.clock_state, state)
                self.assertIn(self.lead, leads.search([("clock_state", "=", state)]))
                self.assertNotIn(self.lead, leads.search([("clock_state", "=", "in_time")]))

    def test_approved_the_first_contact_is_in_time(self):
        self.touch._approve()

        self.assertEqual(self.lead.clock_state, "in_time")
        found = self.env["crm.lead"].search([("clock_state", "=", "in_time")])
        self.assertIn(self.lead, found)

    def test_the_forecast_of_an_import_says_that_they_wait(self):
        for is_asked in (True, False):
            self.cadence.is_first_email_approved = is_asked
            job = self.env["lead.import"].new()
            job.forecast = {
                "cadence_id": self.cadence.id,
                "open": [],
                "unreached_count": 0,
                "left_out": {},
            }
            with self.subTest(is_asked):
                texts = " ".join(text for _colour, text in job._get_forecast_notes())
                self.assertEqual("its sender has approved it" in texts, is_asked)

    def test_an_email_that_was_deleted_is_said_so(self):
        self.touch.mail_id.unlink()

        self.touch._approve()

        self.assertEqual((self.touch.state, self.touch.reason), ("blocked", "mail_missing"))

    def test_many_cost_as_many_queries_as_few(self):
        few = self._make_held("f0") | self._make_held("f1")
        many = self.env["lead.touch"].union(*(self._make_held(f"m{n}") for n in range(8)))

        counts = []
        for touches in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            touches._approve()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0] + 2)

    def _review(self, touch, user=None):
        action = touch.with_user(user or self.user_rep).action_review_email()
        return (
            self.env["lead.touch.review"].with_user(user or self.user_rep).browse(action["res_id"])
        )

    def _reject(self, touch, what_next, note="Spoke to her"):
        action = touch.with_user(self.user_rep).action_reject_emails()
        wizard = self.env["lead.touch.reject"].with_user(self.user_rep).browse(action["res_id"])
        wizard.write({"what_next": what_next, "note": note})
        return wizard.action_confirm()


@tagged("post_install", "-at_install")
class TestLeadTouchApprovalPeople(LeadApprovalCase):
    """Who decides, and how he learns that there is something to decide."""

    def test_nobody_approves_in_another_s_name_but_a_manager(self):
        touch = self._make_held()
        boss_of_none = self._make_user("eva", "sales_team.group_sale_salesman_all_leads")

        for user in (self.user_other, boss_of_none):
            with self.subTest(user.name), self.assertRaises(AccessError):
                touch.with_user(user).action_approve_emails()
        touch.with_user(self.user_marketing).action_approve_emails()

        self.assertEqual(touch.approved_user_id, self.user_marketing)
        self.assertEqual(touch.mail_id.author_id, self.user_rep.partner_id)

    def test_a_rep_does_not_approve_the_show_sender_s_mail_to_nobody_s_lead(self):
        self.show.sender_id = self.user_marketing
        lead = self._make_lead(email_from="free@ample.example")
        self.env["lead.show.visit"].create({"lead_id": lead.id, "trade_show_id": self.show.id})
        self.cadence._enroll(lead)

        with self.assertRaises(AccessError):
            lead.touch_ids.with_user(self.user_rep).action_approve_emails()

        self.assertEqual(lead.touch_ids.state, "approval")

    def test_who_does_not_see_the_lead_decides_nothing_by_the_wizards(self):
        touch = self._make_held()
        reviews = self.env["lead.touch.review"]
        review = (
            reviews.with_user(self.user_other)
            .sudo()
            .create({"touch_id": touch.id, "subject": "x", "mail_ref": touch.mail_id.id})
        )
        review = review.sudo(False)  # opened while the lead was his
        reject = self.env["lead.touch.reject"].with_user(self.user_other)

        with self.assertRaises(AccessError):
            review.action_approve()
        with self.assertRaises(AccessError):
            reject.create({"touch_ids": touch.ids, "note": "x"}).action_confirm()
        with self.assertRaises(AccessError):
            review._open(touch.ids)

    def test_one_line_tells_a_rep_of_all_of_them(self):
        for name in ("ann", "bob"):  # for 13:00 and 17:00
            self._make_held(name)
        self._make_held("his", user=self.user_other)

        with freeze_time("2026-03-20 16:30:00"):
            groups = self.env["res.users"].with_user(self.user_rep)._get_activity_groups()

        [line] = [group for group in groups if group["model"] == "lead.touch"]
        self.assertEqual(
            (line["total_count"], line["overdue_count"], line["today_count"]), (2, 1, 1)
        )

    def test_nothing_to_approve_is_no_line(self):
        self._make_held("his", user=self.user_other)
        clerk = self._make_user("carla", "base.group_user")

        for user in (self.user_rep, clerk):
            with self.subTest(user.name):
                groups = self.env["res.users"].with_user(user)._get_activity_groups()
                self.assertNotIn("lead.touch", [group["model"] for group in groups])

    def test_a_row_of_many_is_read_one_after_the_other(self):
        # for 13:00, 17:00 and 15:00
        first, third, second = (self._make_held(name) for name in ("a", "b", "c"))
        reviews = self.env["lead.touch.review"].with_user(self.user_rep)

        def shown(action):
            return reviews.browse(action["res_id"])

        review = shown(first.with_user(self.user_rep).action_review_email())
        self.assertEqual((review.touch_id, review.waiting_count), (first, 2))
        review = shown(review.action_approve())
        self.assertEqual(review.touch_id, second)
        review = shown(review.action_next())  # later
        self.assertEqual(review.touch_id, third)
        review = shown(review.action_approve())
        self.assertEqual((review.touch_id, review.waiting_count), (second, 0))
        self.assertEqual(review.action_approve()["tag"], "display_notification")

        self.assertEqual((first | second | third).mapped("state"), ["queued"] * 3)

    def test_chosen_ones_are_approved_at_once(self):
        touches = self._make_held("a") | self._make_held("b")
        left = self._make_held("c")

        message = touches.with_user(self.user_rep).action_approve_emails()

        self.assertIn("2 e-mails are approved", message["params"]["message"])
        self.assertEqual(touches.mapped("state") + [left.state], ["queued", "queued", "approval"])
        self.assertEqual(fields.Datetime.to_string(min(touches.mapped("planned_at"))), PLANNED)
