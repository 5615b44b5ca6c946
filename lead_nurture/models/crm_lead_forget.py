from odoo import models


class CrmLead(models.Model):
    """The address goes from what mailings keep of these leads; that they were sent stays."""

    _inherit = "crm.lead"

    def _forget_told(self):
        result = super()._forget_told()
        # sudo: whoever erases a person need not see mailings
        traces = self.env["mailing.trace"].sudo()
        traces.search([("model", "=", self._name), ("res_id", "in", self.ids)]).write(
            {"email": False, "failure_reason": False}
        )
        return result
