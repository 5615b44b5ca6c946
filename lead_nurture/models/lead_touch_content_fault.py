from odoo import api, models
from odoo.fields import Domain


class LeadTouch(models.Model):
    """Where a piece of content fails its author is told once a text of it, in whichever track.

    Another piece that fails in the same step is another text. What a step's template says now
    mends no piece.
    """

    _inherit = "lead.touch"

    def _get_failing_text(self):
        # sudo: a sender need not see mailings
        return self.sudo().content_id or super()._get_failing_text()

    @api.model
    def _get_template_fault_domain(self, templates):
        own = Domain("content_id", "=", False)
        return super()._get_template_fault_domain(templates) & own
