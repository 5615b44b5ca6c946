from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.lead_followup.tests.common import LeadFollowupCase

from .content_common import ContentMixin

SENT = "2026-03-20 13:00:00"


@tagged("post_install", "-at_install")
class TestTrackContent(ContentMixin, LeadFollowupCase):
    """What a track gives next: by language, by how well it fits, in order; none twice."""

    def _next_round(self, lead, days=31):
        """Note the queued e-mail as sent and run the track until the next one is queued."""
        touch = lead.touch_ids.filtered(lambda touch: touch.state == "queued")
        touch.mail_id.mailing_trace_ids.set_sent()
        touch._mark_done(touch.planned_at, is_human=False)
        with freeze_time(touch.planned_at + timedelta(days=days)):
            self._run_cadences()

    def test_the_order_of_the_library_decides_among_equals(self):
        self._make_content("Second", lead_sequence=2)
        self._make_content("First", lead_sequence=1)

        lead = self._start()
        self._next_round(lead)

        self.assertEqual(self._get_given(lead), ["First", "Second"])
        self.assertEqual(lead.touch_ids.mapped("content_reason"), ["no_lang", "no_lang"])

    def test_what_fits_comes_before_what_is_for_all_and_the_rest_never(self):
        pumps, valves = (self._make_tag("lead.interest", name) for name in ("Pumps!", "Valves!"))
        self._make_content("All", lead_sequence=1)
        self._make_content("Valves", lead_sequence=1, lead_interest_ids=valves.ids)
        self._make_content("Pumps", lead_sequence=9, lead_interest_ids=pumps.ids)
        self._make_content("Customers", lead_sequence=0, lead_lifecycle="customer")

        lead = self._start(interest_ids=pumps.ids)
        self._next_round(lead)
        self._next_round(lead)

        self.assertEqual(self._get_given(lead), ["Pumps", "All"])
        self.assertIn("fits its interests", lead.touch_ids.sorted("id")[0].content_reason_text)
        self.assertTrue(lead.enrollment_id.content_used_up)

    def test_a_segment_and_a_stage_fit_as_well(self):
        segment = self._make_tag("lead.segment", "Graz", domain="[('city', '=', 'Graz')]")
        self._make_content("All", lead_sequence=1)
        self._make_content("Graz", lead_sequence=2, lead_segment_ids=segment.ids)
        self._make_content("Inquiry", lead_sequence=3, lead_lifecycle="inquiry")

        inside = self._start(city="Graz")
        outside = self._start(email_from="bob@best.example", city="Linz")

        self.assertEqual(self._get_given(inside), ["Graz"])
        self.assertEqual(self._get_given(outside), ["Inquiry"])

    def test_the_language_decides_first(self):
        french = self.env["res.lang"]._activate_lang("fr_FR")
        pumps = self._make_tag("lead.interest", "Pumps!")
        english = self.env["res.lang"].search([("code", "=", "en_US")])
        guide = self._make_content("Guide", lead_lang_id=english.id, lead_interest_ids=pumps.ids)
        self._make_content("Nouvelles", lead_lang_id=french.id, lead_sequence=99)
        self._make_content("Le guide", lead_lang_id=french.id, lead_translation_of_id=guide.id)
        self._make_content("Any", lead_sequence=1)

        lead = self._start(lang_id=french.id, interest_ids=pumps.ids)
        self._next_round(lead)
        self._next_round(lead)
        self._next_round(lead)

        # the guide in English is the piece it has had in French
        self.assertEqual(self._get_given(lead), ["Le guide", "Nouvelles", "Any"])
        self.assertTrue(lead.enrollment_id.content_used_up)

    def test_without_its_language_the_company_s_comes_last(self):
        french = self.env["res.lang"]._activate_lang("fr_FR")
        german = self.env["res.lang"]._activate_lang("de_DE")
        english = self.env["res.lang"].search([("code", "=", "en_US")])
        self._make_content("Home", lead_lang_id=english.id, lead_sequence=1)
        self._make_content("Foreign", lead_lang_id=german.id, lead_sequence=1)
        self._make_content("Any", lead_sequence=2)

        lead = self._start(lang_id=french.id)
        self._next_round(lead)
        self._next_round(lead)

        self.assertEqual(self._get_given(lead), ["Any", "Home"])

    def test_another_lead_of_the_address_has_had_it(self):
        first, second = self._make_content("One"), self._make_content("Two", lead_sequence=11)
        lead = self._start()
        self._next_round(lead)
        lead.enrollment_id._stop("manual")

        with freeze_time("2026-06-01 12:00:00"):
            other = self._start()
            stranger = self._start(email_from="bob@best.example")

        # the second e-mail to the first lead was withdrawn: nobody had that
        self.assertEqual(other.touch_ids.content_id, second)
        self.assertEqual(stranger.touch_ids.content_id, first)

    def test_what_a_lost_lead_of_the_address_has_had_is_had(self):
        self._make_content("One", lead_sequence=1)
        second = self._make_content("Two", lead_sequence=2)
        lead = self._start()
        self._next_round(lead)
        lead.enrollment_id._stop("manual")
        lead.action_set_lost()

        with freeze_time("2026-06-01 12:00:00"):
            other = self._start()

        self.assertEqual(other.touch_ids.content_id, second)

    def test_where_archived_records_are_looked_at_archived_content_is_not(self):
        self._make_content("Gone", active=False)
        lead = self._make_lead()

        self.track.with_context(active_test=False)._enroll(lead)

        self.assertEqual(lead.touch_ids.reason, "content_none")

    def test_what_the_mailing_sent_by_itself_is_not_given_again(self):
        mailed = self._make_content("Mailed")
        self._make_content("Other", lead_sequence=11)
        trace = {"mass_mailing_id": mailed.id, "model": "crm.lead", "trace_status": "sent"}
        lead = self._make_lead()
        stranger = self._make_lead(email_from="bob@best.example")
        self.env["mailing.trace"].create(
            [
                {**trace, "res_id": lead.id, "email": "ann@ample.example"},
                {
                    **trace,
                    "res_id": stranger.id,
                    "email": "bob@best.example",
                    "trace_status": "error",
                },
            ]
        )
        self.company.lead_mailing_cap = 0

        self.track._enroll(lead | stranger)

        self.assertEqual(lead.touch_ids.content_id.subject, "Other")
        self.assertEqual(stranger.touch_ids.content_id, mailed)

    def test_one_trace_for_a_lead_and_piece_and_the_next_piece_each_round(self):
        pieces = self._make_content("One") | self._make_content("Two", lead_sequence=11)

        lead = self._start()
        self._next_round(lead)

        self.assertEqual(
            [(mailing, mailing.mailing_trace_ids.mapped("res_id")) for mailing in pieces],
            [(mailing, lead.ids) for mailing in pieces],
        )
        self.assertEqual(lead.touch_ids.mail_id.mailing_trace_ids, pieces.mailing_trace_ids)

    def test_content_of_another_company_is_not_given(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._make_content("Theirs", lead_company_id=other.id, lead_sequence=1)
        self._make_content("Ours", lead_company_id=self.company.id, lead_sequence=2)

        self.assertEqual(self._get_given(self._start(company_id=self.company.id)), ["Ours"])

    def test_what_is_not_ready_archived_or_no_content_is_not_given(self):
        self._make_content("Draft", is_lead_content_ready=False)
        self._make_content("Gone", active=False)
        self._make_content("Newsletter", is_lead_content=False)

        lead = self._start()

        self.assertEqual((lead.touch_ids.state, lead.touch_ids.reason), ("skipped", "content_none"))
        self.assertFalse(lead.touch_ids.mail_id)

    def test_the_template_goes_where_the_library_has_nothing_for_a_lead(self):
        template = self.env.ref("lead_nurture.mail_template_stay_in_touch")
        self.step.with_context(lead_people_inside="follow").template_id = template
        pumps = self._make_tag("lead.interest", "Pumps!")
        self._make_content("Pumps", lead_interest_ids=pumps.ids)

        plain = self._start()
        fitting = self._start(email_from="bob@best.example", interest_ids=pumps.ids)
        self._next_round(plain)
        self._next_round(fitting)

        self.assertEqual(plain.touch_ids.mapped("template_id"), template)
        self.assertEqual(plain.touch_ids.mapped("state"), ["queued", "done"])
        self.assertFalse(plain.enrollment_id.content_used_up)
        # whoever has had what fits gets no template in its place
        self.assertEqual(sorted(fitting.touch_ids.mapped("state")), ["done", "skipped"])
        self.assertTrue(fitting.enrollment_id.content_used_up)

    def test_stay_in_touch_goes_on_without_any_content(self):
        track = self.env.ref("lead_nurture.lead_cadence_stay_in_touch")
        track.step_ids.content_source = "library"
        lead = self._make_lead()

        lead.action_start_nurture()

        self.assertEqual((lead.touch_ids.state, lead.touch_ids.content_id.ids), ("queued", []))
        self.assertIn("Something that may help you", lead.touch_ids.mail_id.subject)

    def test_choosing_for_many_costs_the_queries_of_one(self):
        self._make_content("One", lead_interest_ids=self._make_tag("lead.interest", "P!").ids)
        self._make_content("Two")
        self.company.lead_sending_stopped = False
        touches = self.env["lead.touch"]
        for number in range(12):
            touches |= self._start(email_from=f"lead{number}@ample.example").touch_ids

        def count(chosen):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            chosen._choose_content()
            return self.env.cr.sql_log_count - before

        count(touches[:1])  # what is read once only
        self.assertEqual(count(touches[:1]), count(touches))

    def test_the_email_is_the_mailing_s_own(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        body = (
            '<div class="o_layout"><p t-out="object.contact_name"/>'
            '<p t-out="object.country_id.name"/>'
            '<a href="https://pumps.example/prices">Prices</a>'
            '<a href="/unsubscribe_from_list">Stop</a></div>'
        )
        content = self._make_content("For {{ object.contact_name }}", body_html=body)
        self.country_us.with_context(lang="fr_FR").name = "États-Unis"
        french = self.env["res.lang"].search([("code", "=", "fr_FR")])
        lead = self._start(lang_id=french.id)

        [message] = self._run_queue(SENT)

        html = message.get_body(("html",)).get_content()
        self.assertEqual(message["Subject"], "For Ann Ample")
        self.assertIn("États-Unis", html)
        self.assertIn("o_layout", html)
        self.assertIn(f"/mailing/{content.id}/confirm_unsubscribe", html)
        self.assertNotIn("/lead/opt-out/", html)
        self.assertRegex(html, rf"/r/\w+/m/{content.mailing_trace_ids.id}")
        self.assertIn("/mail/track/", html)
        self.assertIn(self.user_marketing.email, message["From"])
        self.assertEqual((lead.touch_ids[-1].state, content.state), ("done", "draft"))
        self.assertEqual(content.mailing_trace_ids.trace_status, "sent")
