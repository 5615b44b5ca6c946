"""A lost lead, its rule, and the daily run of recycling."""

from freezegun import freeze_time

from odoo.addons.lead_followup.tests.common import LeadFollowupCase


class LeadRecycleCase(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.lead_marketing_user_id = cls.user_marketing
        cls.rule = cls.env.ref("lead_nurture.lead_recycle_rule_lost")
        cls.track = cls.env.ref("lead_nurture.lead_cadence_win_back")
        cls.reason_price = cls.env.ref("crm.lost_reason_1")
        cls.reason_skill = cls.env.ref("crm.lost_reason_2")

    def _lose(self, lead, reason=None):
        lead.action_set_lost(lost_reason_id=(reason or self.reason_price).id)
        return lead.recycle_id

    def _make_lost(self, **vals):
        lead = self._make_lead(**{"user_id": self.user_rep.id, **vals})
        self._lose(lead)
        return lead

    def _run_recycling(self, at=None):
        with freeze_time(at or "2026-03-20 12:00:00"), self.enter_registry_test_mode():
            self.env.ref("lead_nurture.ir_cron_recycle").method_direct_trigger()

    def _send(self, lead, at):
        """Let the queued e-mail of ``lead`` go out at ``at`` and the scheduler look after it."""
        with freeze_time(at):
            self._run_cadences()
            touch = lead.touch_ids.filtered(lambda touch: touch.state == "queued")
            self.assertEqual(len(touch), 1)
            touch._mark_done(at, is_human=False)
            self._run_cadences()

    def assertRecycling(self, lead, state, reason=False):
        row = lead.recycle_id
        self.assertEqual((row.state, row.reason), (state, reason))
