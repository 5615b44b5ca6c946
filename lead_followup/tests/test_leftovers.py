from odoo.tests import tagged

from ..hooks import uninstall_hook
from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeftovers(LeadFollowupCase):
    """What leads of the company refer to stays when the addon goes; the rest goes with it."""

    def _get_shipped(self, name):
        return self.env.ref(f"lead_followup.{name}", raise_if_not_found=False)

    def test_medium_and_lost_reason_of_leads_stay_as_the_company_s_own(self):
        medium = self._get_shipped("utm_medium_trade_show")
        reason = self._get_shipped("crm_lost_reason_no_response")
        self._make_lead(medium_id=medium.id, lost_reason_id=reason.id, active=False)

        uninstall_hook(self.env)

        self.assertTrue(medium.exists() and reason.exists())
        # without its name the uninstaller does not find it
        self.assertFalse(self._get_shipped("utm_medium_trade_show"))
        self.assertFalse(self._get_shipped("crm_lost_reason_no_response"))

    def test_what_no_lead_has_is_left_to_the_uninstaller(self):
        uninstall_hook(self.env)

        self.assertTrue(self._get_shipped("utm_medium_trade_show"))
        self.assertTrue(self._get_shipped("crm_lost_reason_no_response"))

    def test_cadences_go_before_what_they_hold(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        self.env.ref("lead_followup.lead_cadence_general")._enroll(lead)
        saved = self.env["ir.filters"].create({"name": "Due", "model_id": "lead.touch"})

        uninstall_hook(self.env)

        everything = {"active_test": False}
        for model in ("lead.touch", "lead.cadence.enrollment", "lead.cadence.step", "lead.cadence"):
            self.assertFalse(self.env[model].with_context(**everything).search([]), model)
        self.assertFalse(saved.exists())
        self.assertTrue(lead.exists())
