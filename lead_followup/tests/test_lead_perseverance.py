from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadPerseverance(LeadFollowupCase):
    """“No response” is a reason only after enough touches; see rule 8 of the design."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.no_response = cls.env.ref("lead_followup.crm_lost_reason_no_response")
        cls.too_expensive = cls.env.ref("crm.lost_reason_1")

    def _make_visitor(self, **vals):
        lead = self._make_lead(user_id=self.user_rep.id, phone="+12025550155", **vals)
        self.env["lead.show.visit"].create({"lead_id": lead.id, "trade_show_id": self.show.id})
        return lead

    def _make_touches(self, lead, *channels, **vals):
        return self.env["lead.touch"].create(
            [
                {
                    "lead_id": lead.id,
                    "channel": channel,
                    "state": "done",
                    "done_at": "2026-03-19 12:00:00",
                    **vals,
                }
                for channel in channels
            ]
        )

    def _open(self, leads, user=None, reason=None, **vals):
        """The dialog as Odoo's buttons on form, list and kanban open it."""
        return (
            self.env["crm.lead.lost"]
            .with_user(user or self.user_rep)
            .with_context(default_lead_ids=leads.ids)
            .create({"lost_reason_id": (reason or self.no_response).id, **vals})
        )

    def assertEnough(self, lead):
        self.assertFalse(self._open(lead).is_too_early)
        self._open(lead).action_lost_reason_apply()
        self.assertEqual((lead.won_status, lead.lost_reason_id), ("lost", self.no_response))

    def assertTooEarly(self, lead, missing):
        with self.assertRaisesRegex(UserError, missing):
            self._open(lead).action_lost_reason_apply()
        self.assertEqual((lead.won_status, lead.lost_reason_id.id), ("pending", False))

    def test_three_touches_over_two_channels_are_enough_after_a_show(self):
        lead = self._make_visitor()
        self._make_touches(lead, "email", "email", "call")

        self.assertEnough(lead)

    def test_two_touches_or_one_channel_are_not(self):
        for channels, missing in (
            ((), "over two channels. Missing: 3, over another channel as well"),
            (("email", "call"), "over two channels. Missing: 1[.]"),
            (("email",) * 4, "Missing: one over another channel"),
        ):
            with self.subTest(channels):
                lead = self._make_visitor()
                self._make_touches(lead, *channels)

                self.assertTooEarly(lead, missing)

    def test_others_get_a_first_contact_and_five_follow_ups(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        self._make_touches(lead, *["email"] * 5)
        self.assertTooEarly(lead, "first contact and five follow-ups. Missing: 1[.]")

        self._make_touches(lead, "email")

        self.assertEnough(lead)

    def test_what_reached_nobody_does_not_count(self):
        lead = self._make_visitor()
        self._make_touches(lead, "email", "call")
        self._make_touches(lead, "email", outcome="bounced")
        self._make_touches(lead, "call", outcome="wrong_number")
        for state in ("planned", "blocked", "failed", "cancelled", "doubtful"):
            self._make_touches(lead, "letter", state=state, done_at=False)

        self.assertTooEarly(lead, "over two channels. Missing: 1[.]")

    def test_touches_before_it_was_taken_up_again_do_not_count(self):
        lead = self._make_visitor(engagement_since="2026-03-19 13:00:00")
        self._make_touches(lead, "email", "letter", "call")

        self.assertTooEarly(lead, "Missing: 3, over another")

    def test_another_reason_is_accepted_at_once(self):
        lead = self._make_visitor()

        self._open(lead, reason=self.too_expensive).action_lost_reason_apply()

        self.assertEqual(lead.lost_reason_id, self.too_expensive)

    def test_without_any_reason_odoo_s_dialog_works_as_before(self):
        lead = self._make_visitor()
        wizard = self._open(lead)
        wizard.lost_reason_id = False

        wizard.action_lost_reason_apply()

        self.assertEqual(lead.won_status, "lost")

    def test_several_leads_say_which_are_too_early(self):
        enough, early = self._make_visitor(name="Enough"), self._make_visitor(name="Early")
        self._make_touches(enough, "email", "email", "call")
        self._make_touches(early, "email")
        wizard = self._open(enough | early)

        self.assertEqual(wizard.early_lead_ids, early)
        self.assertIn("Early: touches made: 1 (Email).", wizard.touch_summary)
        self.assertNotIn("Enough", wizard.touch_summary)
        with self.assertRaisesRegex(UserError, "too early for 1 of these leads"):
            wizard.action_lost_reason_apply()
        self.assertEqual(set((enough | early).mapped("won_status")), {"pending"})

    def test_a_manager_may_overrule_with_a_reason_that_is_kept(self):
        lead = self._make_visitor()
        with self.assertRaisesRegex(UserError, "too early"):
            self._open(lead, user=self.user_marketing).action_lost_reason_apply()

        self._open(
            lead, user=self.user_marketing, overrule_reason="The company is closed"
        ).action_lost_reason_apply()

        self.assertEqual(lead.won_status, "lost")
        bodies = "".join(str(message.body) for message in lead.message_ids)
        self.assertIn("Closed early all the same: The company is closed", bodies)

    def test_a_rep_may_not_overrule_whatever_he_sends(self):
        lead = self._make_visitor()

        with self.assertRaisesRegex(UserError, "too early"):
            self._open(lead, overrule_reason="I say so").action_lost_reason_apply()
        self.assertFalse(self._open(lead).can_overrule)

    def test_programs_may_mark_lost_as_before(self):
        lead = self._make_visitor()

        lead.with_user(self.user_rep).action_set_lost(lost_reason_id=self.no_response.id)

        self.assertEqual(lead.won_status, "lost")

    def test_the_day_to_look_again_is_kept_on_the_leads(self):
        leads = self._make_visitor() | self._make_visitor()

        self._open(
            leads, reason=self.too_expensive, look_again_date="2026-06-20"
        ).action_lost_reason_apply()

        self.assertEqual(leads.mapped("look_again_date"), [date(2026, 6, 20)] * 2)

    def test_a_day_that_is_over_is_refused(self):
        lead = self._make_visitor()

        for day in ("2026-03-20", "2025-06-20"):
            with self.subTest(day), self.assertRaisesRegex(UserError, "is over"):
                self._open(
                    lead, reason=self.too_expensive, look_again_date=day
                ).action_lost_reason_apply()
        self.assertEqual(lead.won_status, "pending")

    def test_go_on_takes_the_stopped_cadence_up_where_it_was(self):
        lead = self._make_visitor()
        enrollment = self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(lead)
        lead.touch_ids._mark_done("2026-03-20 12:00:00", is_human=False)
        enrollment._stop("interested")

        self._open(lead).action_go_on()

        self.assertEqual((lead.enrollment_id, lead.won_status), (enrollment, "pending"))
        # the call: one working day on is Monday; Wednesday 10:00 in New York
        self.assertPlanned(lead, "call", "2026-03-25 14:00:00")

    def test_go_on_enrolls_who_never_was_and_leaves_the_others_alone(self):
        enough, early = self._make_visitor(), self._make_visitor(email_from="b@best.example")
        self._make_touches(enough, "email", "email", "call")

        self._open(enough | early).action_go_on()

        self.assertEqual(early.cadence_id, self.show.cadence_id)
        self.assertFalse(enough.enrollment_ids)

    def test_go_on_without_a_step_left_leaves_a_to_do(self):
        lead = self._make_visitor()
        self.env["lead.cadence"].create({"name": "Short", "step_ids": []})
        cadence = self.env["lead.cadence"].create(
            {"name": "Short", "step_ids": [(0, 0, {"name": "A letter", "channel": "letter"})]}
        )
        cadence._enroll(lead)  # no address: blocked, finished

        self._open(lead).action_go_on()

        self.assertEqual(lead.enrollment_ids.state, "done")
        self.assertIn("Contact once more", lead.activity_ids.summary)

    def test_a_cadence_that_goes_on_is_left_as_it_is(self):
        lead = self._make_visitor()
        self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(lead)

        self._open(lead).action_go_on()

        self.assertEqual(lead.touch_ids.state, "queued")

    def test_the_dialog_says_so_while_the_reason_is_chosen(self):
        lead = self._make_visitor()
        wizards = self.env["crm.lead.lost"].with_user(self.user_rep)

        with Form(wizards.with_context(default_lead_ids=lead.ids)) as form:
            form.lost_reason_id = self.too_expensive
            self.assertFalse(form.is_too_early)
            form.lost_reason_id = self.no_response
            self.assertTrue(form.is_too_early)
            self.assertIn("touches made: 0 (–)", form.touch_summary)

    def test_queries_do_not_grow_with_the_leads(self):
        def count(number):
            leads = self.env["crm.lead"].union(*(self._make_visitor() for _n in range(number)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads._get_missing_touches()
            return self.env.cr.sql_log_count - before

        count(2)
        self.assertEqual(count(5), count(30))
