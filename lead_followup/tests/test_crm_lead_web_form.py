from odoo.tests import HttpCase, tagged
from odoo.tools import plaintext2html

from .common import LeadFollowupCase

FORM = {
    "name": "Need pumps",
    "contact_name": "Ann Ample",
    "email_from": "Ann@Ample.example",
    "description": plaintext2html("Forty pumps, please."),
}


class WebFormCase(LeadFollowupCase):
    def _submit(self, custom="", **vals):
        """Make a lead as the website's controller does, as the superuser for the public user."""
        public = self.env["crm.lead"].with_user(self.env.ref("base.public_user"))
        leads = public.with_user(self.env.ref("base.user_root")).with_context(
            mail_create_nosubscribe=True, lead_door="web_form"
        )
        lead = leads.create({**FORM, **vals})
        if custom:
            before = {**FORM, **vals}["description"]
            lead.update({"description": before + "<br/>Other Information:<br/>" + custom})
        return self.env["crm.lead"].browse(lead.id)

    def assertNextAction(self, lead, user, text="web form"):
        self.assertEqual(lead.activity_ids.user_id, user)
        self.assertIn(text, lead.activity_ids.summary)


@tagged("post_install", "-at_install")
class TestWebFormNew(WebFormCase):
    def test_a_new_person_is_a_lead_with_event_points_and_clock(self):
        lead = self._submit(user_id=False)

        self.assertEqual(lead.event_ids.mapped("kind"), ["web_form"])
        self.assertEqual(lead.score_engagement, 12)
        self.assertEqual(str(lead.first_touch_deadline), "2026-03-21 12:00:00")
        self.assertFalse(lead.enrollment_ids)  # nobody has confirmed a cadence for such people
        self.assertFalse(lead.partner_id)

    def test_the_company_s_cadence_for_newcomers_takes_him_in(self):
        cadence = self.env.ref("lead_followup.lead_cadence_general")
        self.env.company.lead_auto_cadence_id = cadence
        self.env.company.lead_marketing_user_id = self.user_marketing  # the sender

        lead = self._submit()

        self.assertEqual(lead.enrollment_id.cadence_id, cadence)
        self.assertEqual(lead.enrollment_id.state, "active")

    def test_a_cadence_without_steps_does_not_spoil_the_form(self):
        self.env.company.lead_auto_cadence_id = self.env["lead.cadence"].create({"name": "Empty"})

        with self.assertLogs("odoo.addons.lead_followup.models.crm_lead_arrival", "ERROR"):
            lead = self._submit()

        self.assertTrue(lead.exists())
        self.assertFalse(lead.enrollment_ids)

    def test_a_mistyped_address_is_flagged_and_kept(self):
        lead = self._submit(email_from="ann@gmial.com")

        self.assertEqual(lead.email_from, "ann@gmial.com")
        self.assertIn("gmail.com", lead.message_ids[0].body)

    def test_a_sound_address_leaves_no_warning(self):
        lead = self._submit()

        self.assertNotIn("Please check", "".join(lead.message_ids.mapped("body")))

    def test_a_customer_is_a_new_lead_beside_the_won_one_his_owner_told(self):
        self.env.company.lead_auto_cadence_id = self.env.ref("lead_followup.lead_cadence_general")
        contact = self.env["res.partner"].create(
            {"name": "Ann", "email": "ann@ample.example", "phone": "+1 202 555 0100"}
        )
        won = self._make_lead(partner_id=contact.id, user_id=self.user_rep.id)
        won.action_set_won()

        lead = self._submit(phone="+1 202 555 0199", user_id=False)

        self.assertNotEqual(lead, won)
        self.assertEqual(lead.partner_id, contact)
        self.assertEqual(contact.phone, "+1 202 555 0100")  # the public changes no contact
        self.assertFalse(lead.enrollment_ids)
        told = lead.message_ids.filtered(lambda m: "turned to us" in (m.subject or ""))
        told |= self.env["mail.message"].search([("subject", "=", "Need pumps turned to us")])
        self.assertEqual(told.notified_partner_ids, self.user_rep.partner_id)

    def test_a_lead_made_otherwise_is_no_form(self):
        lead = self._make_lead()

        self.assertFalse(lead.event_ids)
        lead.description = "<p>changed</p>"
        self.assertEqual(lead.description, "<p>changed</p>")


@tagged("post_install", "-at_install")
class TestWebFormKnown(WebFormCase):
    def setUp(self):
        super().setUp()
        self.known = self._make_lead(
            user_id=self.user_rep.id, description="<p>Mine</p>", phone=False, function="CEO"
        )
        self.count = self.env["crm.lead"].with_context(active_test=False).search_count([])

    def assertNoSecondLead(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        self.assertEqual(leads.search_count([]), self.count)

    def test_his_form_is_noted_on_the_lead_he_is(self):
        lead = self._submit(phone="+1 202 555 0155", function="CTO", custom="Budget : 40k")

        self.assertEqual(lead, self.known)
        self.assertNoSecondLead()
        self.assertEqual(lead.phone, "+1 202 555 0155")  # was blank
        self.assertEqual((lead.name, lead.function), ("A lead", "CEO"))  # were not
        self.assertEqual(lead.description, "<p>Mine</p>")
        notes = "".join(lead.message_ids.mapped("body"))
        for text in ("Need pumps", "Forty pumps", "CTO", "Budget : 40k"):
            self.assertIn(text, notes)
        self.assertEqual(notes.count("Forty pumps"), 1)
        self.assertEqual(lead.event_ids.mapped("kind"), ["web_form"])
        self.assertEqual(lead.score_engagement, 12)
        self.assertNextAction(lead, self.user_rep)

    def test_his_cadence_stops(self):
        enrollment = self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(self.known)

        self._submit()

        self.assertEqual((enrollment.state, enrollment.stop_reason), ("stopped", "replied"))
        self.assertFalse(self.known.enrollment_id)

    def test_what_he_writes_cannot_run(self):
        self._submit(custom="&lt;b&gt;<script>alert(1)</script>")

        notes = "".join(self.known.message_ids.mapped("body"))
        self.assertNotIn("<script", notes)

    def test_a_lost_lead_is_taken_up_again_with_a_new_clock(self):
        self.known.action_set_lost()
        self.known.first_touch_at = "2026-01-01 10:00:00"

        lead = self._submit()

        self.assertEqual(lead, self.known)
        self.assertEqual((lead.won_status, lead.rotation), ("pending", 1))
        self.assertFalse(lead.first_touch_at)
        self.assertEqual(str(lead.first_touch_deadline), "2026-03-21 12:00:00")
        self.assertEqual(lead.user_id, self.user_rep)

    def test_who_must_not_be_contacted_is_not_taken_up_again(self):
        self.known.do_not_contact = True
        self.known.action_set_lost()

        lead = self._submit()

        self.assertEqual(lead, self.known)
        self.assertEqual(lead.won_status, "lost")
        self.assertNextAction(lead, self.user_rep)  # a person decides

    def test_an_open_deal_has_the_form_noted(self):
        self.known.write({"type": "opportunity", "lifecycle": "sql"})

        self.assertEqual(self._submit(), self.known)
        self.assertNoSecondLead()

    def test_same_switchboard_other_name_is_another_person(self):
        self.known.write({"phone": "+1 202 555 0155", "email_from": False})

        lead = self._submit(contact_name="Bob Best", email_from=False, phone="+1 202 555 0155")

        self.assertNotEqual(lead, self.known)

    def test_same_name_without_company_is_another_person(self):
        self.known.email_from = False

        self.assertNotEqual(self._submit(), self.known)

    def test_another_company_s_lead_is_not_his(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.known.write({"user_id": False, "company_id": other.id})

        self.assertNotEqual(self._submit(), self.known)
        self.assertEqual(self._submit(company_id=other.id), self.known)

    def test_switched_off_each_form_is_a_lead(self):
        self.env.company.lead_match_incoming = False

        lead = self._submit()

        self.assertNotEqual(lead, self.known)
        self.assertEqual(lead.event_ids.mapped("kind"), ["web_form"])

    def test_what_the_website_sets_by_itself_is_not_told(self):
        medium = self.env["utm.medium"]._fetch_or_create_utm_medium("website")

        self._submit(medium_id=medium.id, type="lead", user_id=self.user_marketing.id)

        notes = "".join(self.known.message_ids.mapped("body"))
        for text in (medium.name, "Mara", "Type"):
            self.assertNotIn(text, notes)
        self.assertEqual(self.known.user_id, self.user_rep)

    def test_a_salesman_s_own_lead_is_never_taken_for_a_form(self):
        leads = self.env["crm.lead"].with_user(self.user_rep).with_context(lead_door="web_form")

        lead = leads.create(dict(FORM))

        self.assertNotEqual(lead, self.known)
        self.assertFalse(lead.sudo().event_ids)

    def test_the_same_form_twice_is_one_lead(self):
        first = self._submit(email_from="new@person.example", contact_name="New Person")
        second = self._submit(email_from="new@person.example", contact_name="New Person")

        self.assertEqual(first, second)


@tagged("post_install", "-at_install")
class TestWebFormHttp(HttpCase, LeadFollowupCase):
    """The website's own controller, where it is installed."""

    def setUp(self):
        super().setUp()
        if "website.visitor" not in self.env or "visitor_ids" not in self.env["crm.lead"]._fields:
            self.skipTest("website_crm is not installed")

    def _post(self, **data):
        response = self.url_open("/website/form/crm.lead", data=data)
        return self.env["crm.lead"].browse(response.json()["id"])

    def test_a_visitor_s_form_is_noted_on_the_lead_he_is(self):
        known = self._make_lead(description="<p>Mine</p>", phone=False)
        company = self.env["website"].search([], limit=1).company_id
        known.company_id = company
        count = self.env["crm.lead"].search_count([])

        lead = self._post(
            name="Need pumps",
            contact_name="Ann",
            email_from="ann@ample.example",
            description="Forty <b>pumps</b>",
            Budget="40k",
        )

        self.assertEqual(lead, known)
        self.assertEqual(self.env["crm.lead"].search_count([]), count)
        self.assertEqual(lead.description, "<p>Mine</p>")
        notes = "".join(lead.message_ids.mapped("body"))
        self.assertIn("Budget : 40k", notes)
        self.assertIn("&lt;b&gt;pumps", notes)
        self.assertEqual(notes.count("Forty"), 1)
        self.assertEqual(lead.event_ids.mapped("kind"), ["web_form"])
        self.assertTrue(lead.visitor_ids)

    def test_a_new_visitor_s_form_is_a_lead_with_its_notes(self):
        lead = self._post(
            name="Need pumps", contact_name="Bob", email_from="bob@best.example", Budget="40k"
        )

        self.assertIn("Budget : 40k", lead.description)
        self.assertEqual(lead.event_ids.mapped("kind"), ["web_form"])
        self.assertTrue(lead.first_touch_deadline)
