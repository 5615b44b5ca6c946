from email.message import EmailMessage
from email.mime.text import MIMEText

from odoo.tests import tagged

from .common import LeadFollowupCase

OUTLOOK = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name="Generator"
content="Microsoft Word 15"></head><body lang="DE"><div class="WordSection1"><p class="MsoNormal">
Bitte rufen Sie mich an.<o:p></o:p></p></div></body></html>"""
GMAIL = '<div dir="ltr">Please send me a quote.</div>'
GMAIL_FORWARD = """<div dir="ltr">One for you?<br><br>
<div class="gmail_quote gmail_quote_container">
<div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From:
<strong class="gmail_sendername" dir="auto">Bob Best</strong> <span dir="auto">&lt;<a
href="mailto:bob@best.example">bob@best.example</a>&gt;</span><br>Date: Thu, 19 Mar 2026<br>
Subject: Pumps<br>To: &lt;<a href="mailto:rosa@seller.example.com">rosa@seller.example.com</a>&gt;
<br></div><br>I need pumps.</div></div>"""
OUTLOOK_FORWARD = """Bitte übernehmen.

Von: Bob Best <bob@best.example>
Gesendet: Donnerstag, 19. März 2026 10:12
An: Rosa <rosa@seller.example.com>
Betreff: Pumpen

Ich brauche Pumpen.
"""
ALIAS = "sales@seller.example.com"


class MailCase(LeadFollowupCase):
    """Real messages of several mail programs through Odoo's real gateway."""

    def _make_mail(self, text="Please call me.", html=None, headers=None, **vals):
        mail = EmailMessage()
        mail["From"] = vals.get("sender", "Ann Ample <ann@ample.example>")
        mail["To"] = vals.get("to", ALIAS)
        mail["Subject"] = vals.get("subject", "Pumps")
        mail["Message-ID"] = f"<{vals.get('message_id', '1')}@ample.example>"
        mail["Date"] = "Fri, 20 Mar 2026 14:00:00 +0000"
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
        for name, value in (headers or {}).items():  # last: the content sets heads of its own
            mail[name] = value
        return mail

    def _receive(self, *args, **vals):
        """Receive a mail; return the lead it came to, none where there is none."""
        before = self.env["crm.lead"].with_context(active_test=False).search([])
        mail = self._make_mail(*args, **vals)
        thread_id = self.env["mail.thread"].message_process("crm.lead", mail.as_string())
        after = self.env["crm.lead"].with_context(active_test=False).search([])
        self.made = after - before
        return self.env["crm.lead"].browse(thread_id or [])

    def assertOnList(self, lead, user):
        self.assertEqual(lead.activity_ids.user_id, user)
        self.assertIn("Answered", lead.activity_ids.summary)


@tagged("post_install", "-at_install")
class TestMailOfKnown(MailCase):
    def setUp(self):
        super().setUp()
        self.known = self._make_lead(user_id=self.user_rep.id)

    def assertLandsOn(self, lead, got):
        self.assertEqual(got, lead)
        self.assertFalse(self.made)
        mail = lead.message_ids.filtered(lambda message: message.message_type == "email")
        self.assertEqual(mail.email_from, '"Ann Ample" <ann@ample.example>')
        self.assertEqual(lead.event_ids.mapped("kind").count("reply"), 1)
        self.assertOnList(lead, self.user_rep)

    def test_whoever_writes_is_marked_so_that_the_booth_begins_anew(self):
        marks = self.env["lead.person.guard"]
        before = marks.search([])

        self._receive(sender="Uma Unseen <uma@unseen.example>")

        made = marks.search([]) - before
        self.assertEqual(len(made), 1)
        marks._hold([{"email": "Uma@unseen.example"}])  # the booth's own mark of her
        self.assertEqual(marks.search([]) - before, made)

    def test_a_plain_mail_lands_on_the_lead_and_on_somebody_s_list(self):
        self.assertLandsOn(self.known, self._receive())

    def test_so_does_outlook_s(self):
        self.assertLandsOn(
            self.known,
            self._receive(html=OUTLOOK, headers={"X-MS-Has-Attach": "", "Thread-Topic": "Pumps"}),
        )
        self.assertIn("Bitte rufen Sie mich an", self.known.message_ids[0].body)

    def test_so_does_gmail_s(self):
        self.assertLandsOn(
            self.known, self._receive(html=GMAIL, sender='"Ann Ample" <ann@ample.example>')
        )

    def test_it_stops_the_cadence(self):
        enrollment = self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(self.known)

        self.assertLandsOn(self.known, self._receive())

        self.assertEqual((enrollment.state, enrollment.stop_reason), ("stopped", "replied"))

    def test_by_an_address_of_a_team_as_well(self):
        alias = self.env["crm.team"].create({"name": "Pumps", "alias_name": "pumps-test"})
        alias.alias_id.alias_domain_id = self._domain()

        got = self._receive(to="pumps-test@seller.example.com")

        self.assertLandsOn(self.known, got)

    def _domain(self):
        domains = self.env["mail.alias.domain"]
        return domains.search([("name", "=", "seller.example.com")]) or domains.create(
            {"name": "seller.example.com"}
        )

    def test_a_lost_lead_is_taken_up_again(self):
        self.known.action_set_lost()

        self.assertLandsOn(self.known, self._receive())

        self.assertEqual((self.known.won_status, self.known.rotation), ("pending", 1))
        self.assertEqual(str(self.known.first_touch_deadline), "2026-03-21 12:00:00")

    def test_who_must_not_be_contacted_stays_lost(self):
        self.known.do_not_contact = True
        self.known.action_set_lost()

        self.assertLandsOn(self.known, self._receive())

        self.assertEqual(self.known.won_status, "lost")

    def test_a_won_lead_s_person_gets_a_new_lead_beside_it_and_the_next_mail_finds_that(self):
        self.known.action_set_won()

        first = self._receive()
        self.assertEqual(first, self.made)
        second = self._receive(message_id="2")

        self.assertEqual(second, first)
        self.assertFalse(self.made)

    def test_who_must_not_be_contacted_after_a_deal_stays_so_on_the_lead_beside_it(self):
        self.known.action_set_won()
        self.known.write({"do_not_contact": True, "email_consent": "no"})

        self._receive()

        self.assertRecordValues(self.made, [{"do_not_contact": True, "email_consent": "no"}])
        self.assertFalse(self.made.enrollment_id)

    def test_a_deal_closes_no_way_by_itself(self):
        self.known.action_set_won()

        self._receive()

        self.assertRecordValues(self.made, [{"do_not_contact": False, "email_consent": False}])

    def test_the_same_message_twice_is_one(self):
        self._receive()
        again = self._receive()

        self.assertFalse(again)
        self.assertEqual(len(self.known.activity_ids), 1)
        self.assertEqual(self.known.event_ids.mapped("kind"), ["reply"])

    def test_same_name_other_address_is_another_person(self):
        got = self._receive(sender="Ann Ample <ann.ample@elsewhere.example>")

        self.assertEqual(got, self.made)
        self.assertFalse(self.known.event_ids)

    def test_switched_off_each_mail_is_a_lead_but_the_cadence_stops(self):
        self.env.company.lead_match_incoming = False
        enrollment = self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(self.known)

        got = self._receive()

        self.assertEqual(got, self.made)
        self.assertEqual(enrollment.stop_reason, "replied")

    def test_a_team_of_another_company_does_not_know_him(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.known.company_id = self.env.company
        domain = self.env["mail.alias.domain"].create({"name": "other.example.com"})
        other.alias_domain_id = domain
        team = self.env["crm.team"].create(
            {"name": "Other", "company_id": other.id, "alias_name": "sales-other"}
        )
        team.alias_id.alias_domain_id = domain

        got = self._receive(to="sales-other@other.example.com")

        self.assertEqual(got, self.made)
        self.assertEqual(got.company_id, other)


@tagged("post_install", "-at_install")
class TestMailOfStranger(MailCase):
    def test_a_stranger_is_a_new_lead_with_name_event_and_clock(self):
        lead = self._receive(sender='"Best, Bob" <Bob@Best.example>')

        self.assertEqual(lead, self.made)
        self.assertEqual(lead.contact_name, "Bob Best")
        self.assertEqual(lead.email_normalized, "bob@best.example")
        self.assertEqual(lead.name, "Pumps")
        self.assertFalse(lead.user_id)
        self.assertFalse(lead.partner_id)
        self.assertEqual(lead.event_ids.mapped("kind"), ["reply"])
        self.assertEqual(str(lead.first_touch_deadline), "2026-03-21 12:00:00")

    def test_a_bare_address_is_no_name(self):
        lead = self._receive(sender="bob@best.example")

        self.assertFalse(lead.contact_name)

    def test_a_mistyped_domain_is_flagged_on_the_lead(self):
        lead = self._receive(sender="Bob <bob@gmial.com>")

        self.assertEqual(lead.email_normalized, "bob@gmial.com")
        self.assertIn("Please check", "".join(lead.message_ids.mapped("body")))

    def test_the_language_of_his_program_is_his_where_it_is_installed(self):
        self.env["res.lang"]._activate_lang("de_DE")

        german = self._receive(
            sender="bob@best.example", headers={"Content-Language": "de-AT", "Accept-Language": "x"}
        )
        unknown = self._receive(
            sender="eve@best.example", headers={"Content-Language": "fa-IR"}, message_id="2"
        )

        self.assertEqual(german.lang_id.code, "de_DE")
        self.assertFalse(unknown.lang_id)

    def test_he_enters_the_cadence_the_company_has_chosen_and_stays_in_it(self):
        self.env.company.lead_marketing_user_id = self.user_marketing
        self.env.company.lead_auto_cadence_id = self.env.ref("lead_followup.lead_cadence_general")

        lead = self._receive(sender="Bob <bob@best.example>")

        self.assertEqual(lead.enrollment_id.state, "active")

    def test_without_a_choice_he_enters_none(self):
        self.assertFalse(self._receive(sender="Bob <bob@best.example>").enrollment_ids)

    def test_a_colleague_s_own_mail_is_a_lead_as_ever_and_no_sign_of_life(self):
        lead = self._receive(sender=self.user_rep.email)

        self.assertEqual(lead, self.made)
        self.assertFalse(lead.event_ids)


@tagged("post_install", "-at_install")
class TestMailPassedOn(MailCase):
    """A colleague passes on what he has got."""

    def test_it_is_a_lead_of_whom_he_had_it_from(self):
        for number, vals in enumerate(
            (
                {"html": GMAIL_FORWARD, "subject": "Fwd: Pumps"},
                {"text": OUTLOOK_FORWARD, "subject": "WG: Pumps"},
            )
        ):
            with self.subTest(vals["subject"]):
                self.env["crm.lead"].search(
                    [("email_normalized", "=", "bob@best.example")]
                ).unlink()

                lead = self._receive(sender=self.user_rep.email, message_id=number, **vals)

                self.assertEqual(lead, self.made)
                self.assertEqual(lead.email_normalized, "bob@best.example")
                self.assertEqual((lead.contact_name, lead.name), ("Bob Best", "Pumps"))
                self.assertFalse(lead.partner_id)
                self.assertEqual(lead.message_ids[0].author_id, self.user_rep.partner_id)
                self.assertEqual(lead.event_ids.mapped("kind"), ["reply"])

    def test_of_a_known_person_it_lands_on_that_lead_and_stops_the_cadence(self):
        known = self._make_lead(
            email_from="bob@best.example", contact_name="Bob Best", user_id=self.user_rep.id
        )
        enrollment = self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(known)

        got = self._receive(OUTLOOK_FORWARD, sender=self.user_rep.email, subject="WG: Pumps")

        self.assertEqual(got, known)
        self.assertEqual(enrollment.stop_reason, "replied")
        self.assertOnList(known, self.user_rep)

    def test_a_colleague_s_answer_that_quotes_is_not_passed_on(self):
        known = self._make_lead(email_from="bob@best.example", user_id=self.user_rep.id)

        got = self._receive(OUTLOOK_FORWARD, sender=self.user_rep.email, subject="AW: Pumps")

        self.assertNotEqual(got, known)
        self.assertFalse(known.event_ids)

    def test_a_stranger_who_passes_something_on_speaks_for_himself(self):
        got = self._receive(OUTLOOK_FORWARD, sender="eve@else.example", subject="WG: Pumps")

        self.assertEqual(got.email_normalized, "eve@else.example")


ABSENT = {
    "english": ("Automatic reply: Pumps", "I am out of the office."),
    "english, ooo": ("Out of Office: Re: Pumps", "Back on Monday."),
    "german": ("Automatische Antwort: Pumpen", "Ich bin nicht im Büro."),
    "german, notes": ("Abwesenheitsnotiz: Pumpen", "Ich bin nicht im Büro."),
    "persian": ("پاسخ خودکار: پمپ", "من خارج از دفتر هستم."),
    "turkish": ("Otomatik yanıt: Pompalar", "Ofis dışındayım."),
    "arabic": ("رد تلقائي: مضخات", "أنا خارج المكتب."),
}


@tagged("post_install", "-at_install")
class TestMailOfMachine(MailCase):
    def test_an_absence_notice_makes_no_lead(self):
        for number, (name, (subject, text)) in enumerate(ABSENT.items()):
            with self.subTest(name):
                got = self._receive(text, subject=subject, message_id=number)

                self.assertFalse(got)
                self.assertFalse(self.made)

    def test_nor_by_its_header_alone(self):
        for number, headers in enumerate(
            (
                {"Auto-Submitted": "auto-replied"},
                {"X-Autoreply": "yes"},
                {"Precedence": "auto_reply"},
            )
        ):
            with self.subTest(headers):
                self._receive(subject="Re: Pumps", headers=headers, message_id=number)

                self.assertFalse(self.made)

    def test_of_a_known_lead_it_lands_there_and_stops_nothing(self):
        known = self._make_lead(user_id=self.user_rep.id)
        enrollment = self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(known)
        for number, (name, (subject, text)) in enumerate(ABSENT.items()):
            with self.subTest(name):
                got = self._receive(text, subject=subject, message_id=number)

                self.assertEqual(got, known)
                self.assertEqual(enrollment.state, "active")
                self.assertFalse(known.activity_ids)
                self.assertFalse(known.event_ids)

    def test_an_inquiry_that_begins_like_one_is_a_lead(self):
        for number, subject in enumerate(
            ("Out of office furniture for 40 people", "Automatic reply valves, 40 pieces?")
        ):
            with self.subTest(subject):
                got = self._receive(
                    subject=subject, sender=f"p{number}@best.example", message_id=number
                )

                self.assertTrue(got)
                self.assertEqual(got, self.made)

    def test_genuine_mail_with_bulk_marks_is_a_lead(self):
        got = self._receive(headers={"Precedence": "bulk", "X-Auto-Response-Suppress": "All"})

        self.assertTrue(got)
        self.assertEqual(got, self.made)

    def test_a_read_receipt_makes_no_lead(self):
        receipt = self._make_report(
            "disposition-notification",
            "message/disposition-notification",
            "Final-Recipient: rfc822;ann@ample.example\nDisposition: manual-action/"
            "MDN-sent-manually; displayed\n",
            subject="Read: Pumps",
        )

        self._process(receipt)

        self.assertFalse(self.made)

    def test_a_bounce_makes_no_lead(self):
        bounce = self._make_report(
            "delivery-status",
            "message/delivery-status",
            "Reporting-MTA: dns; mx.ample.example\n\nFinal-Recipient: rfc822; ann@ample.example\n"
            "Action: failed\nStatus: 5.1.1\n",
            subject="Undelivered Mail Returned to Sender",
            sender="MAILER-DAEMON@mx.ample.example",
        )

        self._process(bounce)

        self.assertFalse(self.made)

    def _process(self, text):
        before = self.env["crm.lead"].search([])
        self.env["mail.thread"].message_process("crm.lead", text)
        self.made = self.env["crm.lead"].search([]) - before

    def _make_report(self, report_type, part_type, part, subject, sender=None):
        note = MIMEText("See below.").as_string()
        return (
            f"From: {sender or 'Ann Ample <ann@ample.example>'}\nTo: {ALIAS}\n"
            f"Subject: {subject}\nMessage-ID: <report@ample.example>\nMIME-Version: 1.0\n"
            f'Content-Type: multipart/report; report-type={report_type}; boundary="b"\n\n'
            f"--b\n{note}\n--b\nContent-Type: {part_type}\n\n{part}\n--b--\n"
        )
