from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadCadenceLocked(CronMixinCase, LeadFollowupCase):
    """What somebody is at work on is passed over, and looked at again in a minute."""

    def setUp(self):
        super().setUp()
        lead = self._make_lead(user_id=self.user_rep.id)
        self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(lead)
        self.enrollment = lead.enrollment_ids
        self.enrollment.needs_plan = True

    def _run(self):
        """Return how often the job was asked to run again."""
        with self.capture_triggers("lead_followup.ir_cron_run_cadences") as captured:
            self._run_cadences()
        return len(captured.records)

    def test_locked_enrollment_is_looked_at_again(self):
        none = self.enrollment.browse()
        with patch.object(type(none), "try_lock_for_update", lambda _self, **_kwargs: none):
            asked = self._run()

        self.assertEqual((asked, self.enrollment.needs_plan), (1, True))

    def test_nothing_is_asked_for_where_nobody_was_in_the_way(self):
        self.assertEqual((self._run(), self.enrollment.needs_plan), (0, False))
