from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadWritten(LeadFollowupCase):
    """What a person writes to a lead from the lead's own page."""

    def setUp(self):
        super().setUp()
        self.customer = self.env["res.partner"].create(
            {"name": "Ann Ample", "email": "ann@ample.example"}
        )
        self.lead = self._make_lead(user_id=self.user_rep.id)

    def _write(self, user=None, partner=None, **vals):
        lead = self.lead.with_user(user or self.user_rep)
        return lead.message_post(
            body="Here is the quote",
            subject="Quote",
            message_type="comment",
            **{
                "partner_ids": (partner or self.customer).ids,
                "subtype_xmlid": "mail.mt_comment",
                **vals,
            },
        )

    def test_a_message_to_the_lead_is_a_human_touch(self):
        self._write()

        self.assertRecordValues(
            self.lead.touch_ids,
            [
                {
                    "channel": "email",
                    "state": "done",
                    "slot_rule": "by_hand",
                    "done_user_id": self.user_rep.id,
                    "note": "Quote",
                }
            ],
        )
        self.assertEqual(str(self.lead.first_human_touch_at), "2026-03-20 12:00:00")

    def test_a_note_or_a_word_to_a_colleague_is_none(self):
        self._write(subtype_xmlid="mail.mt_note")
        self._write(partner=self.user_marketing.partner_id)

        self.assertFalse(self.lead.touch_ids)

    def test_what_the_lead_writes_itself_is_none(self):
        self._write(author_id=self.customer.id)

        self.assertFalse(self.lead.touch_ids)

    def test_a_cadence_s_own_e_mail_is_counted_once(self):
        self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(self.lead)

        self.assertEqual(self.lead.touch_ids.mapped("state"), ["queued"])
