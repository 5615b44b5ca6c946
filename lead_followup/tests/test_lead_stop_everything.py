from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LeadFollowupCase
from .letter_common import LetterMixin


@tagged("post_install", "-at_install")
class TestLeadStopEverything(LetterMixin, LeadFollowupCase):
    """A person wants to hear no more, by any way; others who look alike go on."""

    def _enroll(self, **vals):
        lead = self._make_lead(user_id=self.user_rep.id, **vals)
        self.env.ref("lead_followup.lead_cadence_general")._enroll(lead)
        return lead

    def assertStopped(self, lead):
        self.assertTrue(lead.do_not_contact)
        self.assertTrue(lead.contact_stopped_at)
        self.assertFalse(lead.enrollment_id)

    def assertGoesOn(self, lead):
        self.assertFalse(lead.do_not_contact)
        self.assertEqual(lead.enrollment_id.state, "active")

    def test_all_that_is_on_its_way_to_one_lead_ends_and_one_note_says_so(self):
        lead = self._enroll(phone="+1 202 555 0155")
        self._run_cadences()
        mail = lead.touch_ids.filtered(lambda touch: touch.channel == "email").mail_id
        lead.activity_schedule("mail.mail_activity_data_call", summary="Ask again")
        task = lead.activity_schedule("mail.mail_activity_data_todo", summary="File it")
        link = self.env["lead.public.link"]._get_for("details", lead)[lead]
        before = lead.message_ids

        lead.with_user(self.user_rep).action_stop_everything("Asked on the phone")

        self.assertStopped(lead)
        self.assertEqual(mail.state, "cancel")
        self.assertEqual(lead.enrollment_ids.stop_reason, "do_not_contact")
        self.assertEqual(lead.activity_ids, task)
        self.assertEqual(link.state, "revoked")
        self.assertTrue(lead.is_blacklisted)
        self.assertTrue(lead.phone_sanitized_blacklisted)
        note = (lead.message_ids - before).filtered(lambda one: "Everything was" in one.body)
        self.assertEqual(len(note), 1)
        self.assertEqual(
            note.body,
            "<p>Everything was stopped for this person. Why: Asked on the phone. Taken back: "
            "cadences ended: 1; e-mails cancelled: 1; calls taken off the list: 1; "
            "personal links revoked: 1.</p>",
        )
        self.assertEqual(note.author_id, self.user_rep.partner_id)

    def test_a_letter_not_yet_posted_is_withdrawn(self):
        lead = self._make_addressed()
        letter = lead.touch_ids
        letter.action_make_letters()

        lead.action_stop_everything()

        self.assertEqual(letter.state, "cancelled")
        self.assertFalse(letter.letter_batch_id.letter_count)

    def test_the_same_address_or_number_and_name_is_the_same_person(self):
        lead = self._enroll(phone="+1 202 555 0155")
        by_address = self._make_lead(contact_name="A. Ample", active=False)
        by_number = self._make_lead(email_from=False, phone="+1 202 555 0155")
        contact = self.env["res.partner"].create({"name": "Ann Ample"})
        lead.partner_id = contact
        lead.email_from = "ann@ample.example"
        by_contact = self._make_lead(contact_name="Annie", partner_id=contact.id)
        by_contact.write({"email_from": False, "phone": False})
        lead.write({"email_from": "ann@ample.example", "phone": "+1 202 555 0155"})

        lead.action_stop_everything()

        for other in (lead, by_address, by_number, by_contact):
            self.assertTrue(other.do_not_contact)

    def test_a_namesake_and_a_colleague_at_the_switchboard_go_on(self):
        lead = self._make_lead(phone="+1 202 555 0155", partner_name="Ample")
        namesake = self._enroll(email_from="ann@elsewhere.example", partner_name="Ample")
        colleague = self._enroll(
            contact_name="Carl Colleague",
            email_from="carl@ample.example",
            phone="+1 202 555 0155",
            partner_name="Ample",
        )
        longer = self._enroll(contact_name="Joann", email_from="joann@ample.example")

        lead.action_stop_everything()

        self.assertStopped(lead)
        for other in (namesake, colleague, longer):
            self.assertGoesOn(other)
        self.assertFalse(colleague.phone_sanitized_blacklisted)
        self.assertEqual(
            self.env["mail.blacklist"].search([]).mapped("email"), ["ann@ample.example"]
        )

    def test_people_of_one_firm_are_not_one_person(self):
        firm = self.env["res.partner"].create({"name": "Ample Inc.", "is_company": True})
        ann, carl = self.env["res.partner"].create(
            [
                {"name": name, "email": f"{name.lower()}@ample.example", "parent_id": firm.id}
                for name in ("Ann", "Carl")
            ]
        )
        lead = self._make_lead(partner_id=ann.id)
        other = self._enroll(
            partner_id=carl.id, contact_name="Carl", email_from="carl@ample.example"
        )

        lead.action_stop_everything()

        self.assertStopped(lead)
        self.assertGoesOn(other)

    def test_a_lead_without_a_name_at_a_firm_does_not_stop_the_firm(self):
        firm = self.env["res.partner"].create({"name": "Ample Inc.", "is_company": True})
        lead = self._make_lead(partner_id=firm.id, contact_name=False)
        other = self._make_lead(partner_id=firm.id, contact_name="Carl", phone="+1 202 555 0155")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET email_from = 'carl@ample.example',"
            " email_normalized = 'carl@ample.example' WHERE id = %s",
            [other.id],
        )
        self.env.invalidate_all()

        lead.action_stop_everything()

        self.assertStopped(lead)
        self.assertFalse(other.do_not_contact)

    def test_leads_out_of_reach_are_stopped_and_not_told_of(self):
        mine = self._enroll()
        company = self.env["res.company"].create({"name": "Second Seller"})
        his = self._make_lead(company_id=company.id, user_id=False)

        answer = mine.with_user(self.user_rep).action_stop_everything()

        self.assertStopped(his)
        self.assertIn("Leads: 1;", answer["params"]["message"])

    def test_a_colleagues_lead_is_no_door(self):
        other = self._make_user("ted", "sales_team.group_sale_salesman")
        lead = self._enroll()

        with self.assertRaises(AccessError):
            lead.with_user(other).action_stop_everything()

        self.assertGoesOn(lead)

    def test_a_rep_stops_a_contact_he_may_see(self):
        contact = self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})
        lead = self._enroll()

        action = contact.with_user(self.user_rep).action_ask_stop_everything()
        ask = self.env["lead.person.ask"].with_user(self.user_rep).browse(action["res_id"])
        ask.action_apply()

        self.assertStopped(lead)

    def test_who_is_no_salesperson_stops_nobody_from_a_contact(self):
        clerk = self._make_user("carl", "base.group_user")
        contact = self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})

        with self.assertRaises(AccessError):
            contact.with_user(clerk).action_stop_everything()

    def test_from_a_contact_without_a_lead_the_address_is_closed_and_the_ask_withdrawn(self):
        contact = self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})
        ask = self.env["lead.referral"].create(
            {
                "partner_id": contact.id,
                "company_id": self.env.company.id,
                "user_id": self.user_rep.id,
                "is_ask": True,
                "state": "asked",
                "asked_at": fields.Datetime.now(),
            }
        )

        contact.action_stop_everything()

        self.assertTrue(contact.is_blacklisted)
        self.assertEqual(ask.state, "declined")

    def test_a_mail_to_somebody_else_about_the_lead_goes_on(self):
        lead = self._make_lead()
        mails = self.env["mail.mail"].create(
            [
                {"email_to": address, "model": "crm.lead", "res_id": lead.id, "body_html": "x"}
                for address in ("Ann <ann@ample.example>", "rosa@seller.example.com")
            ]
        )

        lead.action_stop_everything()

        self.assertEqual(mails.mapped("state"), ["cancel", "outgoing"])

    def test_twice_is_once_and_stops_what_came_since(self):
        lead = self._enroll()
        lead.action_stop_everything()
        count = len(lead.message_ids)
        stopped_at = lead.contact_stopped_at - timedelta(days=1)
        lead.contact_stopped_at = stopped_at

        lead.action_stop_everything()

        self.assertEqual(len(lead.message_ids), count)
        self.assertEqual(lead.contact_stopped_at, stopped_at)
        link = self.env["lead.public.link"]._get_for("details", lead)[lead]
        lead.action_stop_everything()
        self.assertEqual(link.state, "revoked")
        self.assertEqual(len(lead.message_ids), count + 1)

    def test_only_a_reason_takes_it_back_and_what_was_closed_before_stays_closed(self):
        lead = self._make_lead(user_id=self.user_rep.id, phone="+1 202 555 0155")
        lead._opt_out_by_link("ann@ample.example")
        lead.action_stop_everything()
        mine = lead.with_user(self.user_rep)

        with self.assertRaises(UserError):
            mine.do_not_contact = False
        with self.assertRaises(AccessError):
            mine.contact_stopped_at = False
        with self.assertRaises(UserError):
            mine._allow_contact("  ")
        self.assertStopped(lead)

        mine._allow_contact("Wrote on Monday that he wants our news")

        self.assertFalse(lead.do_not_contact)
        self.assertFalse(lead.contact_stopped_at)
        self.assertFalse(lead.phone_sanitized_blacklisted)
        self.assertTrue(lead.is_blacklisted)  # he opted out himself, before
        self.assertIn("Wrote on Monday", lead.message_ids[0].body)

    def test_the_question_counts_and_many_are_stopped_at_once(self):
        leads = self._enroll() | self._enroll(contact_name="Bob", email_from="bob@best.example")
        self._enroll(contact_name="Carl", email_from="carl@other.example")

        action = leads.with_user(self.user_rep).action_ask_stop_everything()
        ask = self.env["lead.person.ask"].with_user(self.user_rep).browse(action["res_id"])
        self.assertIn("Leads of these people: 2. Cadences that go on: 2", ask.question)
        ask.action_apply()

        for lead in leads:
            self.assertStopped(lead)

    def test_many_people_cost_the_searches_of_few(self):
        leads = self.env["crm.lead"].create(
            [{"name": f"L{n}", "email_from": f"a{n}@m.example"} for n in range(30)]
        )
        self.env.flush_all()
        self.env.invalidate_all()

        with self.assertQueryCount(20):
            self.env["crm.lead"]._find_people(leads, self.env["res.partner"])

    def test_merging_keeps_the_wish(self):
        head = self._make_lead(email_from="ann@other.example", type="opportunity")
        tail = self._make_lead(type="opportunity")
        tail.action_stop_everything()

        kept = (head | tail)._merge_opportunity()

        self.assertTrue(kept.do_not_contact)
        self.assertTrue(kept.contact_stopped_at)
