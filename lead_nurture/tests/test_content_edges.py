from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.lead_followup.tests.common import LeadFollowupCase

from ..hooks import uninstall_hook
from .content_common import ContentMixin

QUEUE_LOG = "odoo.addons.lead_followup.models.lead_touch_queue"
RENDER_LOG = "odoo.addons.mail.models.mail_render_mixin"


@tagged("post_install", "-at_install")
class TestContentAccess(ContentMixin, LeadFollowupCase):
    """Who works with mailings need see no leads, and the other way round."""

    def test_an_author_without_leads_opens_makes_and_saves_mailings(self):
        author = self._make_user("amy", "mass_mailing.group_mass_mailing_user")
        pumps = self._make_tag("lead.interest", "Pumps!")
        mailings = self.env["mailing.mailing"].with_user(author)

        with Form(mailings) as form:
            form.subject = "Newsletter"
        newsletter = form.record
        with Form(newsletter) as form:
            form.subject = "Second newsletter"
        context = {"default_is_lead_content": True, "default_is_lead_content_ready": False}
        leads = self.env.ref("crm.model_crm_lead")
        with Form(mailings.with_context(**context, default_mailing_model_id=leads.id)) as form:
            form.subject = "Pump guide"
            form.lead_interest_ids.add(pumps)
        form.record.write({"body_html": "<p>Pumps</p>", "is_lead_content_ready": True})
        self.env.invalidate_all()

        self.assertEqual(newsletter.subject, "Second newsletter")
        [values] = form.record.web_read(
            {"lead_interest_ids": {"fields": {"display_name": {}}}, "lead_segment_ids": {}}
        )
        self.assertEqual(values["lead_interest_ids"][0]["display_name"], "Pumps!")

    def test_an_author_looks_at_the_library_and_searches_it(self):
        author = self._make_user("amy", "mass_mailing.group_mass_mailing_user")
        segment = self._make_tag("lead.segment", "Graz", domain="[('city', '=', 'Graz')]")
        piece = self._make_content("Graz", lead_segment_ids=segment.ids).with_user(author)
        action = self.env.ref("lead_nurture.lead_content_action")
        self.env.invalidate_all()

        views = piece.get_views([(view.view_id.id, view.view_mode) for view in action.view_ids])
        names = views["models"]["mailing.mailing"]["fields"]
        stored = [name for name in names if name in piece._fields]
        self.assertTrue(piece.web_read({name: {} for name in stored}))
        self.assertEqual(piece.search([("lead_segment_ids", "ilike", "graz")]), piece)

    def test_an_author_changes_no_tag_and_sees_none_of_other_companies(self):
        author = self._make_user("amy", "mass_mailing.group_mass_mailing_user")
        other = self.env["res.company"].create({"name": "Other"})
        ours = self._make_tag("lead.segment", "Ours")
        theirs = self._make_tag("lead.segment", "Theirs", company_id=other.id)

        self.assertEqual((ours | theirs).with_user(author)._filtered_access("read"), ours)
        for model in ("lead.interest", "lead.segment"):
            tags = self.env[model].with_user(author)
            self.assertFalse(any(map(tags.has_access, ("write", "create", "unlink"))))

    def test_a_salesperson_searches_what_brings_answers_by_content(self):
        self._make_content("Pump guide")
        found = self._start(user_id=self.user_rep.id).touch_ids
        reader = self.env["lead.touch"].with_user(self.user_rep)
        self.env.invalidate_all()

        for xmlid in (
            "lead_nurture.lead_touch_answers_action",
            "lead_followup.lead_touch_report_action",
        ):
            view = self.env.ref(xmlid).search_view_id
            with self.subTest(xmlid):
                arch = reader.get_view(view.id, "search")["arch"]
                self.assertIn('name="content_subject"', arch)
                self.assertNotIn('<field name="content_id"', arch)
        self.assertEqual(reader.search([("content_subject", "ilike", "pump")]), found)
        self.assertFalse(reader.search([("content_subject", "ilike", "valve")]))

    def test_uninstalling_leaves_no_activity_on_a_cadence(self):
        self._start()
        on_cadences = self.env["mail.activity"].with_context(active_test=False)
        self.assertTrue(on_cadences.search([("res_model", "=", "lead.cadence")]))
        on_lead = self._make_lead().activity_schedule("mail.mail_activity_data_todo")

        uninstall_hook(self.env)

        self.assertFalse(on_cadences.search([("res_model", "=", "lead.cadence")]))
        self.assertTrue(on_lead.exists())


@tagged("post_install", "-at_install")
class TestContentMailDeleted(ContentMixin, LeadFollowupCase):
    """An e-mail deleted in Odoo's own list before it went out was not had."""

    def test_what_is_deleted_unsent_is_to_be_had_and_holds_no_cap(self):
        piece = self._make_content("One")
        lead = self._start()
        self.assertEqual(lead._get_content_had()[lead], set(piece.ids))

        lead.touch_ids.mail_id.unlink()
        self._run_cadences()
        self.env["lead.touch"]._give_up_lost()

        self.assertEqual(piece.mailing_trace_ids.trace_status, "cancel")
        self.assertEqual((lead.touch_ids.state, lead.touch_ids.reason), ("blocked", "mail_missing"))
        self.assertEqual(lead._get_content_had()[lead], set())
        self.assertFalse(lead._get_next_mailing_at(self.company))

    def test_what_is_deleted_sent_was_had(self):
        piece = self._make_content("One")
        lead = self._start()
        self._run_queue("2026-03-20 13:00:00")

        lead.touch_ids.filtered("done_at").mail_id.unlink()

        self.assertEqual(piece.mailing_trace_ids.trace_status, "sent")
        self.assertEqual(lead._get_content_had()[lead], set(piece.ids))


@tagged("post_install", "-at_install")
class TestContentRests(ContentMixin, LeadFollowupCase):
    """Where the library has nothing the track waits as long as the step, and asks again."""

    def setUp(self):
        super().setUp()
        self.track.is_endless = False
        self.step.wait_days = 0
        for sequence in (20, 30):
            self.step.copy({"cadence_id": self.track.id, "sequence": sequence, "wait_days": 30})
        self.steps = self.track.step_ids.sorted("sequence")

    def _run_at(self, *moments):
        for moment in moments:
            with freeze_time(moment):
                self._run_cadences()

    def _get_steps(self, lead):
        """Return ``[(place of the step, state)]`` of the lead's touches."""
        places = list(self.steps)
        return [
            (places.index(touch.step_id) + 1, touch.state) for touch in lead.touch_ids.sorted("id")
        ]

    def _use_up(self):
        """Return a lead that has had the only piece, and whose second step has found nothing."""
        self._make_content("One")
        lead = self._start()
        self._run_queue("2026-03-20 13:00:00")
        # the second step is due 30 days later, 19 April, a Sunday; put on its way a week before
        self._run_at("2026-03-20 13:10:00", "2026-04-14 13:00:00")
        return lead

    def test_the_other_steps_are_not_used_up_and_the_author_stays_told(self):
        lead = self._use_up()
        self._run_at("2026-04-21 13:00:00", "2026-05-10 13:00:00")

        self.assertEqual(self._get_steps(lead), [(1, "done"), (2, "skipped")])
        self.assertEqual(lead.enrollment_id.state, "active")
        self.assertTrue(lead.enrollment_id.content_used_up)
        self.assertIn("leads without: 1", self.track.content_notice_id.summary)

    def test_the_same_step_gives_what_was_added_meanwhile(self):
        lead = self._use_up()
        second = self._make_content("Two")
        planned_at = lead.touch_ids.filtered(lambda touch: touch.state == "skipped").planned_at
        again_at = lead.enrollment_id.content_again_at
        self.assertEqual(again_at, planned_at + timedelta(days=30))

        self._run_at(again_at - timedelta(minutes=1))
        self.assertEqual(self._get_steps(lead), [(1, "done"), (2, "skipped")])
        self._run_at(again_at)

        self.assertEqual(self._get_steps(lead), [(1, "done"), (2, "queued")])
        queued = lead.touch_ids.filtered(lambda touch: touch.state == "queued")
        self.assertEqual(queued.content_id, second)
        self.assertFalse(lead.enrollment_id.content_used_up)
        self.assertFalse(lead.enrollment_id.content_again_at)
        self.assertFalse(self.track.content_notice_id)

    def test_it_goes_without_again_where_nothing_was_added(self):
        lead = self._use_up()
        again_at = lead.enrollment_id.content_again_at

        self._run_at(again_at, again_at + timedelta(days=1))

        self.assertEqual(self._get_steps(lead), [(1, "done"), (2, "skipped")])
        self.assertGreaterEqual(lead.enrollment_id.content_again_at, again_at + timedelta(days=30))
        self.assertEqual(self.track.content_used_up_count, 1)

    def test_a_pause_meanwhile_uses_up_nothing(self):
        lead = self._use_up()

        lead.enrollment_id.action_pause()
        lead.enrollment_id.action_resume()
        self._run_at("2026-04-21 13:00:00")

        self.assertEqual(self._get_steps(lead), [(1, "done"), (2, "skipped")])
        lead.enrollment_id.action_pause()
        self._make_content("Two")
        with freeze_time("2026-08-01 13:00:00"):
            lead.enrollment_id.action_resume()
        self.assertEqual(self._get_steps(lead), [(1, "done"), (2, "queued")])

    def test_a_preview_shows_the_step_that_finds_nothing(self):
        lead = self._use_up()

        html = self.env["lead.cadence.preview"].get_foreseen_html(
            {"lead_id": lead.id, "cadence_id": self.track.id}
        )

        self.assertIn("has had all that fits it", html)
        self.assertEqual(self._get_steps(lead), [(1, "done"), (2, "skipped")])

    def test_an_endless_track_asks_again_in_the_same_round(self):
        self.track.is_endless = True
        lead = self._use_up()
        self._make_content("Two")

        self._run_at(lead.enrollment_id.content_again_at)

        self.assertEqual(self._get_steps(lead), [(1, "done"), (2, "queued")])
        self.assertEqual(lead.touch_ids.mapped("round"), [1, 1])

    def test_a_library_without_anything_for_a_lead_rests_a_day_at_least(self):
        lead = self._start()

        self._run_at("2026-03-20 14:00:00", "2026-03-21 11:59:00")
        self.assertEqual(self._get_steps(lead), [(1, "skipped")])
        self.assertIn("no content left", self.track.content_notice_id.summary)
        self._make_content("One")
        self._run_at("2026-03-21 12:00:00")
        self.assertEqual(self._get_steps(lead), [(1, "queued")])


@tagged("post_install", "-at_install")
class TestContentFails(ContentMixin, LeadFollowupCase):
    """Whose text can't be written for a lead: that is no lack of content."""

    BROKEN = '<p t-out="object.contact_name.upper()"/>'

    def _run_at(self, *moments):
        for moment in moments:
            with freeze_time(moment):
                self._run_cadences()

    @mute_logger(QUEUE_LOG, RENDER_LOG)
    def test_a_library_of_broken_pieces_is_not_used_up(self):
        self._make_content("Broken", body_html=self.BROKEN)
        lead = self._start(contact_name=False)
        # failed; the next round begins 30 days later
        self._run_at("2026-03-21 13:00:00", "2026-04-20 13:00:00", "2026-04-20 13:05:00")

        skipped = lead.touch_ids.filtered(lambda touch: touch.state == "skipped")
        self.assertEqual(skipped.reason, "content_fails")
        self.assertIn("can't be written for it: “Broken”", skipped.reason_text)
        self.assertFalse(lead.enrollment_id.content_used_up)
        self.assertFalse(self.track.content_notice_id)
        self.assertEqual(lead._get_content_had()[lead], set())

    @mute_logger(QUEUE_LOG, RENDER_LOG)
    def test_with_something_had_and_something_broken_it_is_not_used_up_either(self):
        self._make_content("Fine", lead_sequence=1)
        lead = self._start(contact_name=False)
        self._run_queue("2026-03-20 13:00:00")
        broken = self._make_content("Broken", body_html=self.BROKEN, lead_sequence=2)
        self._run_at("2026-03-20 13:10:00", "2026-04-19 13:00:00", "2026-04-19 13:05:00")
        self._run_at("2026-06-01 13:00:00", "2026-06-01 13:05:00")

        states = lead.touch_ids.sorted("id").mapped("state")
        self.assertEqual(states, ["done", "failed", "skipped"])
        self.assertFalse(lead.enrollment_id.content_used_up)

        broken.is_lead_content_ready = False
        self._run_at(lead.enrollment_id.content_again_at)
        self.assertEqual(lead.touch_ids.sorted("id")[-1].reason, "content_used_up")
        self.assertTrue(lead.enrollment_id.content_used_up)

    def _get_told(self, user):
        notifications = self.env["mail.notification"].search(
            [("res_partner_id", "=", user.partner_id.id)], order="id"
        )
        return [str(one.mail_message_id.body) for one in notifications]

    @mute_logger(QUEUE_LOG, RENDER_LOG)
    def test_another_piece_that_fails_in_the_step_is_told_as_well(self):
        author = self._make_user("author", "sales_team.group_sale_manager")
        for number, name in enumerate(("One", "Two")):
            self._make_content(name, body_html=self.BROKEN, user_id=author.id, lead_sequence=number)
        lead = self._start(contact_name=False)
        self._start(email_from="bob@best.example", contact_name=False)
        [told] = self._get_told(author)
        self.assertIn("“One” fails", told)

        self._run_at("2026-03-21 13:00:00", "2026-04-20 13:00:00", "2026-04-20 13:05:00")

        self.assertEqual(lead.touch_ids.mapped("state"), ["failed", "failed"])
        _one, told = self._get_told(author)
        self.assertIn("“Two” fails", told)

    @mute_logger(QUEUE_LOG, RENDER_LOG)
    def test_a_saved_template_forgets_no_piece_that_failed(self):
        template = self.env.ref("lead_nurture.mail_template_stay_in_touch")
        self.step.template_id = template
        self._make_content("Broken", body_html=self.BROKEN)
        lead = self._start(contact_name=False)
        self.assertEqual(lead.touch_ids.state, "failed")
        failed = lead.touch_ids

        template.subject = "Something better"

        self.assertTrue(failed.exists())
        self.assertTrue(lead._get_content_failing()[lead])
