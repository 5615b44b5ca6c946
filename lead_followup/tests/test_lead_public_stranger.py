from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import LeadFollowupCase
from .public_common import PublicFormMixin
from .test_lead_public_poster import VISITOR

OPEN = {**VISITOR, "consent": ""}  # the tick left open
EMAIL = VISITOR["email"]


@tagged("post_install", "-at_install")
class TestLeadPublicStranger(PublicFormMixin, LeadFollowupCase, HttpCase):
    """Anybody may type anybody's address into a public form, and type it again and again."""

    def setUp(self):
        super().setUp()
        self.link = self.show._get_poster_link()

    def _find(self, email=EMAIL):
        return self.env["crm.lead"].search([("email_normalized", "=", email)])

    def _get_details_link(self, lead):
        return self.env["lead.public.link"]._get_for("details", lead)[lead]

    def test_a_tick_left_open_withdraws_no_consent_of_somebody_we_know(self):
        for consent in ("yes", False):
            with self.subTest(consent):
                email = f"{consent}@visitor.example".lower()
                lead = self._make_lead(
                    email_from=email, contact_name="Vera", phone=False, email_consent=consent
                )
                answer = self._send(self.link, {**OPEN, "email": email, "phone": ""})

                self.assertEqual(answer.status_code, 200)
                self.assertEqual(lead.visit_ids.trade_show_id, self.show)
                self.assertEqual(lead.email_consent, consent)
                self.assertIn("May We E-mail?: No", _read_text(lead))

    def test_a_tick_left_open_closes_nothing_for_a_contact_who_has_no_open_lead(self):
        contact = self.env["res.partner"].create({"name": "Vera", "email": EMAIL})
        won = self._make_lead(partner_id=contact.id, email_from=EMAIL)
        won.action_set_won()
        other = self.env["res.partner"].create({"name": "Sam", "email": "sam@visitor.example"})
        refusing = self._make_lead(
            partner_id=other.id, email_from=other.email, email_consent="no", phone=False
        )
        refusing.action_set_won()

        self._send(self.link, OPEN)
        self._send(self.link, {**OPEN, "email": other.email, "name": "Sam", "phone": ""})

        lead, kept = self._find() - won, self._find(other.email) - refusing
        self.assertEqual((lead.partner_id, lead.email_consent), (contact, False))
        self.assertIn("left open on the form", lead.description)
        self.assertEqual(kept.email_consent, "no")  # he had said so before

    def test_a_tick_makes_up_for_one_left_open_before(self):
        self._send(self.link, OPEN)
        lead = self._find()
        self.assertEqual(lead.email_consent, "no")

        self._send(self.link, VISITOR)

        self.assertEqual(self._find(), lead)
        self.assertEqual(lead.email_consent, "yes")
        self._send(self.link, OPEN)
        self.assertEqual(lead.email_consent, "yes")

    def test_a_tick_takes_back_no_other_no(self):
        told = self._make_lead(email_from="told@visitor.example", email_consent="no", phone=False)
        self._send(self.link, {**VISITOR, "email": "told@visitor.example", "phone": ""})
        self.assertEqual(told.email_consent, "no")

        self._send(self.link, OPEN)
        lead = self._find()
        lead.user_id = self.user_rep
        lead.with_user(self.user_rep).email_consent = "no"  # said so to a person as well
        self._send(self.link, VISITOR)

        self.assertEqual(lead.email_consent, "no")

    def test_a_name_that_advertises_is_refused_in_words(self):
        for said in (
            {"name": "WIN 1000$ at http://evil.example/x"},
            {"name": "Win at evil.example"},
            {"company": "Win www.evil.example"},
            {"company": "evil.example/x"},
            {"job_title": "write to eve@evil.example"},
        ):
            with self.subTest(said):
                answer = self._send(self.link, {**VISITOR, **said})
                self.assertRefused(answer, "address of the web or of e-mail")
        self.assertFalse(self._find())

        self._send(self.link, {**VISITOR, "name": "A.B. Müller", "company": "Booking.com"})
        self.assertEqual(self._find().contact_name, "A.B. Müller")
        self.assertEqual(self._find().partner_name, "Booking.com")

    def test_our_e_mails_greet_nobody_by_an_advertisement(self):
        template = self.env.ref("lead_followup.mail_template_details")
        leads = self._make_lead(contact_name="Win at http://evil.example/x") | self._make_lead()

        bodies = template._render_field("body_html", leads.ids)

        self.assertNotIn("evil", bodies[leads[0].id])
        self.assertIn("Hello Ann Ample", bodies[leads[1].id])

    def test_a_show_that_names_no_questions_asks_the_usual_ones(self):
        self.show.poster_qualifier_ids = False
        lead = self._make_lead(trade_show_id=self.show.id)
        for link in (self.link, self._get_details_link(lead)):
            page = self._open(link).text
            self.assertIn('name="q_timeframe"', page)
            self.assertNotIn('name="q_authority"', page)  # a salesperson's question

        self.show.is_poster_without_questions = True
        for link in (self.link, self._get_details_link(lead)):
            self.assertNotIn('name="q_timeframe"', self._open(link).text)

    def test_an_address_is_kept_without_the_name_before_it(self):
        lead = self._make_lead(email_from=False, phone="+1 212 555 0100")

        self._send(self._get_details_link(lead), {"email": "Win <Ann@New.example>"})
        self._send(self.link, {**VISITOR, "email": "Win <vera@visitor.example>"})

        self.assertEqual(lead.email_from, "ann@new.example")
        self.assertEqual(self._find().email_from, EMAIL)

    def test_a_wish_for_a_call_takes_the_place_of_the_one_before(self):
        lead = self._make_lead(user_id=self.user_rep.id, phone="+1 212 555 0100")
        agreed = {"planned_at": "2026-03-26 15:00:00", "slot_rule": "agreed", "state": "planned"}
        other = self.env["lead.touch"].create(
            {"lead_id": lead.id, "channel": "call", "user_id": self.user_rep.id, **agreed}
        )
        link = self._get_details_link(lead)

        for day in ("2026-03-24", "2026-03-25"):
            self._send(link, {"call_day": day, "call_part": "afternoon", "tz": "UTC"})

        wished = (lead.touch_ids - other).sorted("id")
        self.assertEqual(wished.mapped("state"), ["cancelled", "queued"])
        self.assertEqual(str(wished[1].planned_at), "2026-03-25 14:00:00")
        self.assertEqual(lead.activity_ids, wished[1].activity_id)
        self.assertEqual(other.state, "planned")  # agreed with a salesperson: it stands

    def test_a_form_sent_again_and_again_is_one_task_and_one_event_a_day(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        link = self._get_details_link(lead)
        for note in ("One pump", "Two pumps"):
            self._send(link, {"note": note})
        self.assertIn("Two pumps", lead.activity_ids.note)
        self.assertEqual(len(lead.activity_ids), 1)
        for day in ("2026-03-24", "2026-03-25"):
            self._send(link, {"call_day": day, "tz": "UTC"})  # nothing to call

        self.assertEqual(
            lead.activity_ids.sorted("id").mapped("summary"),
            [
                "Completed the details by the link. Write or call back.",
                "Asks for a call, but must not or cannot be called. Look at the lead.",
            ],
        )
        self.assertEqual(str(lead.activity_ids.sorted("id")[1].date_deadline), "2026-03-25")
        kinds = lead.event_ids.filtered(lambda event: event.kind != "lifecycle").mapped("kind")
        self.assertEqual(sorted(kinds), ["request_call", "web_form"])
        self.assertEqual(len(_find_notes(lead)), 4)  # all that was said stays readable

        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            self._send(link, {"note": "Three pumps"})
            self.assertEqual(len(lead.event_ids.filtered(lambda one: one.kind == "web_form")), 2)


def _find_notes(lead):
    return lead.message_ids.filtered(lambda note: "personal link" in note.body)


def _read_text(lead):
    return "".join(lead.message_ids.mapped("preview"))
