from odoo.tests import Form, tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadCadenceExit(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_general")
        stages = cls.env["crm.stage"]
        cls.team = cls.env["crm.team"].create({"name": "Pumps"})
        cls.stage_new = stages.create({"name": "Just in", "sequence": -2})
        cls.stage_proposal = stages.create({"name": "Quoted", "sequence": 8})
        cls.stage_other = stages.create({"name": "Looked at", "sequence": 5})
        cls.tag_partner, cls.tag_other = cls.env["crm.tag"].create(
            [{"name": "Partner of ours"}, {"name": "Pump fan"}]
        )
        cls.cadence.write(
            {
                "exit_stage_ids": [(6, 0, cls.stage_proposal.ids)],
                "exit_tag_ids": [(6, 0, cls.tag_partner.ids)],
            }
        )

    def _make_enrolled(self, **vals):
        lead = self._make_lead(**{"user_id": self.user_rep.id, "type": "opportunity", **vals})
        self.assertEqual(self.cadence._enroll(lead).state, "active")
        return lead

    def test_a_stage_that_ends_it_ends_it_at_once_and_says_so(self):
        lead = self._make_enrolled()
        mail = lead.touch_ids.mail_id

        lead.stage_id = self.stage_proposal

        enrollment = lead.enrollment_ids
        self.assertEqual((enrollment.state, enrollment.stop_reason), ("stopped", "exit_stage"))
        self.assertEqual(lead.stop_reason_text, "Reached a stage that ends the cadence")
        self.assertEqual((lead.touch_ids.state, mail.state), ("cancelled", "cancel"))
        self.assertIn("the stage “Quoted” ends it", lead.message_ids[0].body)

    def test_another_stage_ends_nothing(self):
        lead = self._make_enrolled()

        lead.stage_id = self.stage_other

        self.assertEqual(lead.enrollment_id.state, "active")

    def test_a_tag_that_ends_it_ends_it_at_once(self):
        lead = self._make_enrolled()

        lead.tag_ids = [(4, self.tag_other.id)]
        self.assertEqual(lead.enrollment_id.state, "active")
        lead.tag_ids = [(4, self.tag_partner.id)]

        self.assertEqual(lead.enrollment_ids.stop_reason, "exit_tag")
        self.assertIn("the tag “Partner of ours” ends it", lead.message_ids[0].body)

    def test_what_is_paused_ends_too(self):
        lead = self._make_enrolled()
        lead.enrollment_id.action_pause()

        lead.stage_id = self.stage_proposal

        self.assertEqual(lead.enrollment_ids.state, "stopped")

    def test_another_cadence_goes_on(self):
        cadence = self.cadence.copy({"exit_stage_ids": False})
        lead = self._make_lead(user_id=self.user_rep.id)
        cadence._enroll(lead)

        lead.stage_id = self.stage_proposal

        self.assertEqual(lead.enrollment_id.state, "active")

    def test_a_stage_that_follows_from_the_team_ends_it(self):
        self.stage_proposal.write({"team_ids": [(6, 0, self.team.ids)], "sequence": -3})
        lead = self._make_enrolled(stage_id=self.stage_new.id)
        self.stage_new.team_ids = self.env["crm.team"].create({"name": "Others"})

        lead.team_id = self.team

        self.assertEqual(lead.stage_id, self.stage_proposal)
        self.assertEqual(lead.enrollment_ids.stop_reason, "exit_stage")

    def test_a_rep_who_moves_his_lead_ends_it(self):
        lead = self._make_enrolled()

        lead.with_user(self.user_rep).stage_id = self.stage_proposal

        self.assertEqual(lead.enrollment_ids.state, "stopped")
        self.assertEqual(lead.message_ids[0].author_id, self.user_rep.partner_id)

    def test_who_is_there_already_stays_out(self):
        quoted = self._make_lead(name="quoted", stage_id=self.stage_proposal.id)
        partner = self._make_lead(name="partner", tag_ids=[(4, self.tag_partner.id)])
        fine = self._make_lead(name="fine", stage_id=self.stage_other.id)

        can, left_out = self.cadence._split_enrollable(quoted | partner | fine)

        self.assertEqual((can, left_out), (fine, {"exit_stage": quoted, "exit_tag": partner}))

    def test_a_stage_added_later_ends_it_for_those_inside_who_are_told_before(self):
        lead = self._make_enrolled(stage_id=self.stage_other.id)
        stays = self._make_enrolled(stage_id=self.stage_new.id, email_from="b@best.example")
        with (
            self.assertLogs("odoo.tests.form.onchange", "WARNING") as said,
            Form(self.cadence) as form,
        ):
            form.exit_stage_ids.add(self.stage_other)

        self.assertIn("1 of the leads inside", said.output[0])
        self.assertEqual(lead.enrollment_ids.stop_reason, "exit_stage")
        self.assertEqual(stays.enrollment_id.state, "active")

    def test_without_exits_a_move_costs_no_query_more(self):
        self.cadence.write({"exit_stage_ids": False, "exit_tag_ids": False})
        lead = self._make_enrolled()
        self.env["lead.cadence"]._has_exits()
        self.env.flush_all()

        with self.assertQueryCount(0):
            self.env["lead.cadence"]._has_exits()
        lead.stage_id = self.stage_proposal

        self.assertEqual(lead.enrollment_id.state, "active")

    def test_many_leave_with_as_many_queries_as_few(self):
        def count_queries(size):
            leads = self.env["crm.lead"].union(
                *(self._make_enrolled(email_from=f"n{size}{n}@ample.example") for n in range(size))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads.tag_ids = [(4, self.tag_partner.id)]
            self.env.flush_all()
            self.assertEqual(leads.enrollment_ids.mapped("stop_reason"), ["exit_tag"] * size)
            return self.env.cr.sql_log_count - before

        count_queries(1)
        few = count_queries(3)
        self.assertLessEqual(count_queries(12), few + 9)
