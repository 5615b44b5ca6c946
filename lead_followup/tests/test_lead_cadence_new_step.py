from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadCadenceNewStep(LeadFollowupCase):
    def test_a_step_that_is_not_saved_yet_has_no_figures(self):
        cadence = self.env["lead.cadence"].new({"name": "New", "step_ids": [(0, 0, {})]})

        self.assertEqual((cadence.step_ids.made_count, cadence.step_ids.answered_count), (0, 0))
