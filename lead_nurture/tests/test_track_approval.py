from odoo.tests import tagged

from odoo.addons.lead_followup.tests.common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestTrackApproval(LeadFollowupCase):
    """A track's first e-mail with a mailing, held until its sender approves it."""

    def setUp(self):
        super().setUp()
        self.mailing = self.env["mailing.mailing"].create(
            {
                "subject": "Monthly",
                "mailing_model_id": self.env.ref("crm.model_crm_lead").id,
            }
        )
        self.track = self.env.ref("lead_nurture.lead_cadence_stay_in_touch")
        self.track.is_first_email_approved = True
        self.track.step_ids.mailing_id = self.mailing
        self.lead = self._make_lead(user_id=self.user_rep.id)
        self.lead.action_start_nurture()
        self.touch = self.lead.touch_ids

    def test_another_rep_s_is_no_second_email_of_the_mailing(self):
        self.lead.user_id = self.user_marketing

        self.assertEqual(self.touch.state, "approval")
        self.assertEqual(self.mailing.mailing_trace_ids.mail_mail_id, self.touch.mail_id)

    def test_the_next_round_needs_no_word(self):
        self.touch._approve()
        self.touch._mark_done("2026-03-20 13:00:00", is_human=False)

        self._run_cadences()
        second = self.lead.touch_ids - self.touch
        second.planned_at = "2026-03-21 13:00:00"
        second._queue()

        self.assertEqual((second.round, second.state), (2, "queued"))
