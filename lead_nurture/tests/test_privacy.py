from odoo.tests import tagged

from .recycle_common import LeadRecycleCase


@tagged("post_install", "-at_install")
class TestNurturePrivacy(LeadRecycleCase):
    """Recycling and mailings are part of everything: stopped, told and erased with the rest."""

    def _make_trace(self, lead, **vals):
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": "News",
                "mailing_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "body_html": "x",
            }
        )
        return self.env["mailing.trace"].create(
            {
                "mass_mailing_id": mailing.id,
                "model": "crm.lead",
                "res_id": lead.id,
                "email": lead.email_normalized,
                **vals,
            }
        )

    def test_who_rests_is_given_up_and_the_note_says_so(self):
        lead = self._make_lost()
        other = self._make_lost(contact_name="Bob", email_from="bob@best.example")
        self.assertRecycling(lead, "resting")

        lead.action_stop_everything()

        self.assertRecycling(lead, "never", "do_not_contact")
        self.assertIn("recycling given up: 1", lead.message_ids[0].body)
        self.assertRecycling(other, "resting")

    def test_a_mailing_that_waits_is_cancelled_for_this_address_alone(self):
        lead = self._make_lead()
        other = self._make_lead(contact_name="Bob", email_from="bob@best.example")
        mails = self.env["mail.mail"].create(
            [{"email_to": one.email_from, "body_html": "x"} for one in (lead, other)]
        )
        mine, his = (
            self._make_trace(one, mail_mail_id=mail.id, trace_status="outgoing")
            for one, mail in zip((lead, other), mails, strict=True)
        )

        lead.action_stop_everything()

        self.assertEqual(mails.mapped("state"), ["cancel", "outgoing"])
        self.assertEqual([mine.trace_status, his.trace_status], ["cancel", "outgoing"])

    def test_erased_the_mailing_was_sent_to_nobody_we_know(self):
        lead = self._make_lost()
        trace = self._make_trace(lead, trace_status="sent")
        people = self.env["crm.lead"]._find_people(lead, self.env["res.partner"])
        found = self.env["lead.privacy"]._find_rows(people)
        self.assertEqual(found["mailing.trace"], trace)
        self.assertEqual(found["lead.recycle"], lead.recycle_ids)

        self.env["lead.privacy"]._erase(people, "Asked for it")

        self.assertFalse(trace.email)
        self.assertEqual(trace.trace_status, "sent")
        self.assertEqual(lead.recycle_id.lost_reason_id, self.reason_price)

    def test_erased_a_mailing_to_the_contact_forgets_the_address_as_well(self):
        lead = self._make_lead(email_from="ann@ample.example")
        contact = self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})
        mine = self._make_trace(lead, model="res.partner", res_id=contact.id)
        his = self._make_trace(lead, model="res.partner", res_id=1, email="bob@best.example")
        people = self.env["crm.lead"]._find_people(lead, self.env["res.partner"])

        self.env["lead.privacy"]._erase(people, "Asked for it")

        self.assertFalse(mine.email)
        self.assertEqual(his.email, "bob@best.example")
