import re
from urllib.parse import urlsplit

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from .common import LeadFollowupCase
from .sending_common import SendingMixin

SENT = "2026-03-20 13:00:00"


@tagged("post_install", "-at_install")
class TestLeadOptOut(SendingMixin, LeadFollowupCase, HttpCase):
    """The link in the foot of a cadence's e-mail, as mail programs and their scanners use it."""

    def setUp(self):
        super().setUp()
        self.touch = self._enroll()
        self.lead = self.touch.lead_id
        [self.message] = self._run_queue(SENT)
        url = urlsplit(self.message["List-Unsubscribe"].strip("<>"))
        self.link = f"{url.path}?{url.query}"

    def _get_entry(self, address="ann@ample.example"):
        return self.env["mail.blacklist"].search([("email", "=", address)])

    def _post(self, link=None, **data):
        self.opener.cookies.clear()  # mail programs have no session
        return self.url_open(link or self.link, data=data, method="POST")

    def assertNothingClosed(self):
        self.assertFalse(self.env["mail.blacklist"].search([]))
        self.assertEqual(self.lead.enrollment_ids.state, "active")

    def test_the_mail_carries_the_headers_once_and_the_link_in_its_foot(self):
        [post_header] = self.message.get_all("List-Unsubscribe-Post")
        self.assertEqual(post_header, "List-Unsubscribe=One-Click")
        [header] = self.message.get_all("List-Unsubscribe")
        base_url = self.lead.get_base_url()
        self.assertRegex(header, rf"^<{re.escape(base_url)}/lead/opt-out/{self.lead.id}/\w{{64}}\?")
        for kind in ("html", "plain"):
            self.assertIn(self.link.split("?")[0], self._get_text(kind))
        self.assertIn("No more e-mails, please", self._get_text("html"))
        self.assertNotIn("&lt;", self._get_text("html"))

    def _get_text(self, kind):
        return self.message.get_body((kind,)).get_content()

    def test_another_mail_of_odoo_has_neither(self):
        self.env["mail.mail"].create(
            {
                "email_to": "ann@ample.example",
                "body_html": "<p>Invoice</p>",
                "model": "crm.lead",
                "res_id": self.lead.id,
            }
        )

        [message] = self._run_queue(SENT)

        self.assertNotIn("List-Unsubscribe", message)
        self.assertNotIn("opt-out", message.as_string())

    def test_the_foot_speaks_the_language_of_the_lead(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        touch = self._enroll(
            email_from="parisa@pars.example", lang_id=self.env.ref("base.lang_fa_IR").id
        )

        self._run_queue(SENT)

        html = touch.mail_id._prepare_outgoing_list()[0]["body"]
        self.assertRegex(html, r'dir="rtl">\s*You get this e-mail')

    def test_looking_changes_nothing_and_says_what_is_closed(self):
        response = self.url_open(self.link)

        self.assertEqual(response.status_code, 200)
        self.assertIn("ann@ample.example", response.text)
        self.assertIn("no follow-ups, no news, no offers", response.text)
        self.assertIn("Nothing has changed yet", response.text)
        self.assertNothingClosed()
        self.assertEqual(self.url_open(self.link, method="HEAD").status_code, 200)
        self.assertNothingClosed()

    def test_one_click_closes_the_address_and_ends_the_cadence(self):
        response = self._post(**{"List-Unsubscribe": "One-Click"})

        self.assertEqual(response.status_code, 200)
        self.assertFalse(response.history)  # no redirect: RFC 8058
        entry = self._get_entry()
        self.assertIn("Opted out by the link", entry.message_ids[0].body)
        enrollment = self.lead.enrollment_ids
        self.assertEqual((enrollment.state, enrollment.stop_reason), ("stopped", "opted_out"))
        self.assertIn("Opted out of e-mail", self.lead.message_ids[0].body)

    def test_a_lost_lead_says_so_as_well(self):
        self.lead.action_set_lost(lost_reason_id=self.env.ref("crm.lost_reason_1").id)

        self._post()

        self.assertIn("Opted out of e-mail", self.lead.message_ids[0].body)

    def test_opting_out_twice_is_opting_out_once(self):
        self._post()
        self._post()

        self.assertEqual(len(self._get_entry()), 1)
        notes = self.lead.message_ids.filtered(lambda note: "by the link" in note.body)
        self.assertEqual(len(notes), 1)

    def test_a_mistake_is_taken_back_and_somebody_is_told(self):
        page = self._post()
        self.assertIn("Was that a mistake?", page.text)

        page = self._post(undo="1")

        self.assertIn("We may write to you again", page.text)
        self.assertFalse(self._get_entry())
        self.assertEqual(self.lead.enrollment_ids.state, "stopped")
        self.assertIn("Took back the opt-out", self.lead.activity_ids.summary)
        self.assertEqual(self.lead.activity_ids.user_id, self.user_rep)

    def test_what_others_put_on_the_list_is_not_taken_back(self):
        self.env["mail.blacklist"]._add("ann@ample.example")

        page = self._post()
        self.assertIn("You get no more e-mails", page.text)
        self.assertNotIn("Was that a mistake?", page.text)

        self._post(undo="1")
        self.assertTrue(self._get_entry())

    def test_what_was_lifted_and_put_back_by_hand_is_not_taken_back(self):
        self._post()
        self.env["mail.blacklist"]._remove("ann@ample.example")
        self.env["mail.blacklist"]._add("ann@ample.example")

        self._post(undo="1")

        self.assertTrue(self._get_entry())

    def test_a_forged_link_closes_nothing_and_all_answer_alike(self):
        other = self._make_lead(email_from="eve@else.example")
        path, query = self.link.split("?")
        token = path.rsplit("/", 1)[1]
        answers = set()
        for link in (
            f"/lead/opt-out/{other.id}/{token}?{query}",  # another lead
            f"{path}?email=eve%40else.example",  # another address
            path,
            f"{path[:-1]}{'0' if path[-1] != '0' else '1'}?{query}",
            f"/lead/opt-out/999999999/{token}?{query}",
            f"/lead/opt-out/{self.lead.id}/%D8%A2?{query}",
        ):
            for response in (self.url_open(link), self._post(link)):
                self.assertEqual(response.status_code, 404)
                answers.add(re.sub(r'csrf_token: "\w+"|"[0-9a-f]{40,}\w*"', "", response.text))

        self.assertNothingClosed()
        titles = {re.search(r"<h1[^>]*>([^<]*)", answer).group(1) for answer in answers}
        self.assertEqual(titles, {"This link does not work"})

    def test_the_link_works_when_the_lead_is_gone(self):
        self.lead.unlink()

        self.assertEqual(self._post().status_code, 200)
        self.assertTrue(self._get_entry())

    def test_who_has_another_address_by_now_is_left_alone_as_well(self):
        self.lead.email_from = "ann@new.example"

        self._post()

        self.assertEqual(self.lead.enrollment_ids.stop_reason, "opted_out")
        self.assertTrue(self._get_entry())
        self.assertFalse(self._get_entry("ann@new.example"))

    def test_the_link_is_for_the_address_the_mail_went_to(self):
        contact = self.env["res.partner"].create(
            {"name": "Cleo Client", "email": "Cleo <Cleo@client.example>"}
        )
        touch = self._enroll(partner_id=contact.id, email_from="cleo@client.example")

        url = touch.mail_id._get_opt_out_url(touch)

        self.assertTrue(touch.mail_id.recipient_ids)
        self.assertIn("email=cleo%40client.example", url)

    def test_the_page_of_a_persian_lead_runs_from_right_to_left(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.lead.lang_id = self.env.ref("base.lang_fa_IR")

        page = self.url_open(self.link).text

        self.assertIn('dir="rtl"', page)
        self.assertIn('lang="fa-IR"', page)

    def test_nothing_is_written_to_who_opted_out(self):
        self._post()
        with freeze_time("2026-03-23 12:00:00"):
            lead = self._make_lead(user_id=self.user_rep.id)
            self.cadence._enroll(lead)

        emails = lead.touch_ids.filtered(lambda touch: touch.channel == "email")
        self.assertEqual(set(emails.mapped("reason")), {"opted_out"})
