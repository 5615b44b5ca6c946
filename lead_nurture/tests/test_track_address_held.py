from odoo.tests import tagged

from odoo.addons.lead_followup.tests.common import LeadFollowupCase

from .content_common import ContentMixin

SENT = "2026-03-20 13:00:00"


@tagged("post_install", "-at_install")
class TestTrackAddressHeld(ContentMixin, LeadFollowupCase):
    """The address changes while the e-mail waits for approval: it is written anew, and read."""

    def setUp(self):
        super().setUp()
        self._make_content("First")
        self.track.is_first_email_approved = True
        self.lead = self._start(user_id=self.user_rep.id)
        self.touch = self.lead.touch_ids
        self.assertEqual(self.touch.state, "approval")

    def _approve(self):
        """Approve it as its sender does; return what he is told."""
        message = self.touch.with_user(self.user_rep).action_approve_emails()
        return message["params"]["message"]

    def test_it_is_made_out_to_the_new_address_and_waits_for_a_new_word(self):
        self.lead.email_from = "new@ample.example"

        said = self._approve()

        self.assertIn("waits to be read and approved again", said)
        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("approval", "approval"))
        self.assertEqual(self.touch._get_addressees(), {"new@ample.example"})
        self.assertFalse(self.touch.approved_at)
        self.assertFalse(self._run_queue(SENT))

    def test_approved_again_it_goes_to_the_new_address(self):
        self.lead.email_from = "new@ample.example"

        self._approve()
        said = self._approve()

        self.assertEqual(said, "The e-mail is approved and goes out at its moment.")
        [message] = self._run_queue(SENT)
        self.assertIn("new@ample.example", message["To"])

    def test_a_new_address_from_which_mail_came_back_is_not_written_to(self):
        self.lead.write({"email_from": "new@ample.example", "wrong_email": "new@ample.example"})

        self._approve()

        self.assertEqual((self.touch.state, self.touch.reason), ("blocked", "email_bounced"))
        self.assertFalse(self._run_queue(SENT))

    def test_what_somebody_wrote_himself_stays_blocked(self):
        self.touch._rewrite("Mine", "<p>My own words</p>")
        self.lead.email_from = "new@ample.example"

        self._approve()

        self.assertEqual((self.touch.state, self.touch.reason), ("blocked", "address_changed"))
        self.assertEqual(self.touch.email_subject, "Mine")

    def test_an_unchanged_address_is_approved_at_once(self):
        before = self.touch.mail_id

        self._approve()

        self.assertEqual((self.touch.state, self.touch.mail_id), ("queued", before))
