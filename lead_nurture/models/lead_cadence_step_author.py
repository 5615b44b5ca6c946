from odoo import models
from odoo.fields import Domain


class LeadCadenceStep(models.Model):
    """Whoever answers for a piece of content is told where its text cannot be made."""

    _inherit = "lead.cadence.step"

    def _get_author(self, leads):
        piece = self._get_failing_content(leads)
        user = piece.user_id
        if user.active and user._is_internal() and user.id != self.env.ref("base.user_root").id:
            return user
        return super()._get_author(leads)

    def _get_failing_content(self, leads):
        """Return the piece that could not be made for these leads last, if it was one."""
        # sudo: a sender need not see mailings
        touches = self.env["lead.touch"].sudo()
        return touches.search(
            touches._get_content_fault_domain()
            & Domain("step_id", "=", self.id)
            & Domain("lead_id", "in", leads.ids),
            order="id desc",
            limit=1,
        ).content_id
