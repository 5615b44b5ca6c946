from odoo.tests import tagged

from odoo.addons.lead_nurture.hooks import uninstall_hook

from .recycle_common import LeadRecycleCase


@tagged("post_install", "-at_install")
class TestLeadRecycleData(LeadRecycleCase):
    def test_every_way_has_a_rule_and_only_lost_is_on(self):
        rules = self.env["lead.recycle.rule"].search([])
        company = self.env["res.company"].create({"name": "New Ltd"})

        self.assertEqual(set(rules.mapped("way")), {"lost", "returned", "silent", "unqualified"})
        self.assertTrue(company.lead_recycle_lost)
        self.assertFalse(
            company.lead_recycle_returned
            or company.lead_recycle_silent
            or company.lead_recycle_unqualified
        )

    def test_the_mails_of_the_track_read_well_with_and_without_interests(self):
        lead = self._make_lead()
        for template in self.track.step_ids.template_id:
            with self.subTest(template.name):
                body = template._render_field("body_html", lead.ids)[lead.id]
                self.assertIn("Hello Ann Ample", body)
                self.assertNotIn("t-if", body)

    def test_uninstalling_keeps_the_tracks_that_leads_were_in(self):
        used = self._make_lost()
        self._run_recycling("2026-06-20 01:00:00")
        stay = self.env.ref("lead_nurture.lead_cadence_stay_in_touch")

        uninstall_hook(self.env)

        self.assertEqual(used.enrollment_ids.state, "stopped")
        # who was in it keeps its history; what nobody was in goes with its addon
        self.assertFalse(self.track.active)
        name = f"lead_followup.lead_cadence_win_back_{self.track.id}"
        self.assertEqual(self.track.get_external_id()[self.track.id], name)
        self.assertTrue(stay.active)
        self.assertTrue(stay.get_external_id()[stay.id])

    def test_uninstalling_keeps_the_e_mails_that_other_cadences_send(self):
        template = self.env.ref("lead_nurture.mail_template_after_sale_check")
        unused = self.env.ref("lead_nurture.mail_template_after_sale_thanks")
        step = {"name": "Ask", "channel": "email", "template_id": template.id}
        self.env["lead.cadence"].create({"name": "Our own", "step_ids": [(0, 0, step)]})

        uninstall_hook(self.env)

        # it goes with the cadences, not before them
        name = f"lead_followup.mail_template_after_sale_check_{template.id}"
        self.assertEqual(template.get_external_id()[template.id], name)
        name = "lead_nurture.mail_template_after_sale_thanks"
        self.assertEqual(unused.get_external_id()[unused.id], name)
