from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import LeadFollowupCase
from .public_common import PublicFormMixin


@tagged("post_install", "-at_install")
class TestLeadPublicDetails(PublicFormMixin, LeadFollowupCase, HttpCase):
    """The personal link by which a lead completes its details. Now is a Friday, 12:00 UTC."""

    def setUp(self):
        super().setUp()
        self.interest = self.env["lead.interest"].create({"name": "Gear pumps"})
        self.lead = self._make_lead(user_id=self.user_rep.id, partner_name="Ample Pumps")
        self.link = self._get_link()

    def _get_link(self, lead=None):
        lead = lead or self.lead
        return self.env["lead.public.link"]._get_for("details", lead)[lead]

    def _get_events(self, lead=None):
        events = (lead or self.lead).event_ids
        return events.filtered(lambda event: event.kind != "lifecycle")

    def _get_answers(self, lead=None):
        return {
            given.qualifier_id.code: given.answer_id.code
            for given in (lead or self.lead).qualification_ids
        }

    def test_nothing_known_is_shown_but_the_first_name(self):
        self.lead.write({"function": "Plant manager", "street": "1 Sample St", "city": "Reno"})

        page = self._open(self.link).text

        self.assertIn("Ann", page)
        for secret in ("Ample", "ann@", "Plant", "Sample St", "Reno", "Rosa", "A lead"):
            self.assertNotIn(secret, page)

    def test_only_what_is_unknown_is_asked(self):
        asked = ("q_budget", "q_timeframe", "q_need", "phone", "interest")
        page = self._open(self.link).text
        for name in asked:
            self.assertIn(f'name="{name}"', page)
        self.assertNotIn('name="q_authority"', page)  # a salesperson's question
        self.assertNotIn('name="email"', page)

        self.lead.write({"phone": "+1 212 555 0100", "interest_ids": self.interest.ids})
        self.lead._record_answers({self.lead: {"budget": "gt250k"}}, source="Call")

        page = self._open(self.link).text
        for name in ("phone", "interest", "q_budget"):
            self.assertNotIn(f'name="{name}"', page)
        self.assertIn('name="q_timeframe"', page)

    def test_an_expired_answer_is_asked_again(self):
        self.lead._record_answers(
            {self.lead: {"budget": "gt250k"}},
            source="Call",
            answered_at_by_lead={self.lead: fields.Datetime.now() - timedelta(days=366)},
        )

        self.assertIn('name="q_budget"', self._open(self.link).text)
        self._send(self.link, {"q_budget": "lt10k"})
        self.assertEqual(self._get_answers(), {"budget": "lt10k"})

    def test_what_turned_out_wrong_is_asked_anew_and_taken(self):
        self.lead.phone = "+1 212 555 0100"
        self.lead._mark_number_wrong("+12125550100")
        self.lead._mark_email_wrong("ann@ample.example")

        page = self._open(self.link).text
        self.assertNotIn("555", page)
        self.assertNotIn("ann@", page)
        self._send(self.link, {"email": "ann@new.example", "phone": "212 555 0199"})

        self.assertEqual(self.lead.email_from, "ann@new.example")
        self.assertFalse(self.lead.email_wrong)
        self.assertEqual(self.lead.phone_sanitized, "+12125550199")
        self.assertEqual(self.lead._get_call_numbers(), ["+12125550199"])

    def test_what_has_become_known_meanwhile_is_not_overwritten(self):
        hidden = self._read_hidden(self._open(self.link).text)
        self.lead.phone = "+1 212 555 0100"
        self.lead._record_answers({self.lead: {"budget": "gt250k"}}, source="Call")

        self._send(
            self.link,
            {"phone": "+1 212 555 0199", "q_budget": "none", "note": "Hello"},
            hidden,
        )

        self.assertEqual(self.lead.phone_sanitized, "+12125550100")
        self.assertEqual(self._get_answers(), {"budget": "gt250k"})
        self.assertIn("0199", self.lead.message_ids[0].body)

    def test_answers_are_kept_with_their_source_and_count_once(self):
        # timeframe 0_3m 15 and need some 8 of fit, a web form 12 of engagement
        response = self._send(
            self.link,
            {
                "q_timeframe": "0_3m",
                "q_need": "some",
                "interest": str(self.interest.id),
                "note": "Ten pumps",
            },
        )

        self.assertEqual(response.status_code, 200)
        self.assertEqual(self._get_answers(), {"timeframe": "0_3m", "need": "some"})
        self.assertEqual(set(self.lead.qualification_ids.mapped("source")), {"Web form"})
        self.assertEqual(self.lead.interest_ids, self.interest)
        self.assertEqual(self._get_events().mapped("kind"), ["web_form"])
        self.assertEqual((self.lead.score_fit, self.lead.score_engagement), (23, 12))
        body = self.lead.message_ids[0].body
        for text in ("Ten pumps", "Gear pumps", "personal link"):
            self.assertIn(text, body)

    def test_sent_in_twice_it_is_one(self):
        hidden = self._read_hidden(self._open(self.link).text)
        data = {"q_timeframe": "0_3m", "note": "Ten pumps"}

        first, second = (self._send(self.link, data, hidden) for _time in range(2))

        self.assertEqual((first.status_code, second.status_code), (200, 200))
        self.assertEqual(len(self._get_events()), 1)
        self.assertEqual(len(self.lead.activity_ids), 1)
        notes = self.lead.message_ids.filtered(lambda note: "personal link" in note.body)
        self.assertEqual(len(notes), 1)

    def test_an_answer_ends_the_cadence_and_is_on_a_list(self):
        self.env.ref("lead_followup.lead_cadence_general")._enroll(self.lead)
        self.assertEqual(self.lead.enrollment_id.state, "active")

        self._send(self.link, {"note": "Ten <b>pumps</b>"})

        enrollment = self.lead.enrollment_ids
        self.assertEqual((enrollment.state, enrollment.stop_reason), ("stopped", "replied"))
        todo = self.lead.activity_ids
        self.assertIn("Completed the details", todo.summary)
        self.assertEqual(todo.user_id, self.user_rep)
        self.assertIn("Ten &lt;b&gt;pumps", todo.note)

    def test_a_call_is_planned_at_the_wished_hour_in_his_own_zone(self):
        self.lead.phone = "+1 212 555 0100"
        # Tuesday 24 March, 14 to 17 in Tehran, which is at UTC+3:30: 10:30 UTC
        response = self._send(
            self.link,
            {"call_day": "2026-03-24", "call_part": "afternoon", "tz": "Asia/Tehran"},
        )

        self.assertIn("will call you then", response.text)
        touch = self.lead.touch_ids
        self.assertEqual(
            (touch.channel, touch.state, touch.slot_rule), ("call", "queued", "agreed")
        )
        self.assertEqual(fields.Datetime.to_string(touch.planned_at), "2026-03-24 10:30:00")
        self.assertEqual(self.lead.activity_ids.user_id, self.user_rep)
        self.assertEqual(sorted(self._get_events().mapped("kind")), ["request_call", "web_form"])
        self.assertEqual(self.lead.lifecycle, "mql")

    def test_a_zone_that_is_none_is_that_of_the_lead(self):
        self.lead.phone = "+1 415 555 0100"  # San Francisco: UTC-7 in March

        self._send(
            self.link, {"call_day": "2026-03-24", "call_part": "morning", "tz": "Mars/Phobos"}
        )

        self.assertEqual(
            fields.Datetime.to_string(self.lead.touch_ids.planned_at), "2026-03-24 16:00:00"
        )

    def test_a_wish_for_today_while_its_part_runs_is_for_now(self):
        self.lead.phone = "+1 212 555 0100"
        # 12:00 UTC is 08:00 in New York: the morning is ahead; in Berlin 13:00: noon is running
        self._send(
            self.link, {"call_day": "2026-03-20", "call_part": "noon", "tz": "Europe/Berlin"}
        )

        self.assertEqual(self.lead.touch_ids.planned_at, fields.Datetime.now())

    def test_a_wish_that_cannot_be_is_refused_in_words(self):
        for data, words in (
            ({"call_day": "2026-03-20", "call_part": "morning"}, "at that time"),  # over in Berlin
            ({"call_day": "2026-03-19"}, "at that time"),
            ({"call_day": "2026-07-20"}, "within three months"),
            ({"call_day": "9999-12-31"}, "at that time"),
            ({"call_day": "tomorrow"}, "at that time"),
            ({"call_day": "2026-03-24", "call_part": "midnight"}, "at that time"),
            ({"call_part": "morning"}, "choose the day"),
        ):
            with self.subTest(data):
                response = self._send(self.link, {**data, "tz": "Europe/Berlin"})
                self.assertRefused(response, words)
        self.assertFalse(self._get_events())

    def test_who_cannot_be_called_is_on_a_list_all_the_same(self):
        for vals in ({}, {"phone": "+1 212 555 0100", "phone_opt_out": True}):
            lead = self._make_lead(
                user_id=self.user_rep.id, email_from=f"{len(vals)}@ample.example", **vals
            )
            self._send(self._get_link(lead), {"call_day": "2026-03-24", "tz": "UTC"})

            self.assertFalse(lead.touch_ids)
            self.assertIn("cannot be called", lead.activity_ids.summary)

    def test_nothing_filled_in_is_said(self):
        self.assertRefused(self._send(self.link, {}), "Nothing is filled in")
        self.assertFalse(self._get_events())

    def test_a_lost_lead_is_taken_up_again(self):
        self.lead.action_set_lost()

        self._send(self.link, {"note": "Still there?"})

        self.assertTrue(self.lead.active)
        self.assertEqual(self.lead.rotation, 1)
        self.assertEqual(self.lead.activity_ids.user_id, self.user_rep)

    def test_an_archived_lead_that_must_not_be_contacted_stays_so_and_somebody_reads_it(self):
        self.lead.write({"do_not_contact": True, "phone": "+1 212 555 0100"})
        self.lead.action_archive()

        self._send(self.link, {"call_day": "2026-03-24", "tz": "UTC"})

        self.assertTrue(self.lead.do_not_contact)
        self.assertFalse(self.lead.active)
        self.assertFalse(self.lead.touch_ids)
        self.assertIn("must not", self.lead.activity_ids.summary)

    def test_a_blacklisted_lead_may_answer_and_stays_blacklisted(self):
        self.env["mail.blacklist"]._add("ann@ample.example")

        page = self._open(self.link)
        self.assertEqual(page.status_code, 200)
        response = self._send(self.link, {"note": "Call me"})

        self.assertIn("Thank you", response.text)
        self.assertTrue(self.lead.is_blacklisted)
        self.assertTrue(self.lead.activity_ids)

    def test_a_lead_of_another_company_is_asked_that_company_s_questions(self):
        company = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        own = self.env["lead.qualifier"].create(
            {
                "name": "Colour",
                "question": "Which colour?",
                "code": "colour",
                "company_id": company.id,
                "answer_ids": [(0, 0, {"name": "Red", "code": "red"})],
            }
        )
        lead = self._make_lead(company_id=company.id, email_from="bob@best.example", team_id=False)
        link = self._get_link(lead)

        self.assertNotIn("Which colour?", self._open(self.link).text)
        page = self._open(link).text
        self.assertIn("Which colour?", page)
        self.assertIn("Elsewhere Ltd", page)
        self._send(link, {"q_colour": "red"})
        self._send(self.link, {"q_colour": "red", "note": "Hello"})

        self.assertEqual(lead.qualification_ids.answer_id, own.answer_ids)
        self.assertFalse(self.lead.qualification_ids)

    def test_a_merged_lead_s_link_leads_to_the_one_that_stays(self):
        other = self._make_lead(user_id=self.user_rep.id, email_from="ann@ample.example")
        link = self._get_link(other)

        merged = (self.lead | other).merge_opportunity(auto_unlink=True)

        self.assertEqual((link | self.link).lead_id, merged)
        self._send(link, {"note": "Hello"})
        self.assertTrue(self._get_events(merged))

    def test_the_page_speaks_the_language_of_the_lead(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.lead.lang_id = self.env.ref("base.lang_fa_IR")

        page = self._open(self.link, **{"Accept-Language": "en"}).text

        self.assertIn('dir="rtl"', page)

    def test_the_template_carries_the_link_of_its_lead(self):
        template = self.env.ref("lead_followup.mail_template_details")
        body = template.with_user(self.user_rep)._render_field("body_html", self.lead.ids)

        self.assertIn(self.link.url, body[self.lead.id])
        self.assertFalse(self.env["lead.cadence.step"].search([("template_id", "=", template.id)]))

    def test_a_rep_copies_the_link_of_his_own_lead_only(self):
        action = self.lead.with_user(self.user_rep).action_get_details_link()
        self.assertEqual(action["res_id"], self.link.id)

        other = self._make_lead(user_id=self.user_marketing.id, email_from="eve@else.example")
        with self.assertRaises(AccessError):
            other.with_user(self.user_rep).action_get_details_link()

    def test_the_link_lasts_two_months(self):
        with freeze_time(fields.Datetime.now() + timedelta(days=59)):
            self.assertTrue(self.env["lead.public.link"]._find(self.link.token, "details"))
        with freeze_time(fields.Datetime.now() + timedelta(days=60)):
            self.assertFalse(self.env["lead.public.link"]._find(self.link.token, "details"))
