from odoo import models


class CrmLead(models.Model):
    """Whoever comes back from being lost shows interest by that very sign, as a nurtured lead does.

    So an answer, or a link that counts, qualifies it at once, with the reason; its salesperson is
    the same if he is still there.
    """

    _inherit = "crm.lead"

    def _is_nurtured(self):
        # sudo: whose row it is does not matter; it knows its sign of life only after this
        row = self.recycle_id.sudo()
        is_coming_back = row.state == "back" and not row.came_back_kind
        return super()._is_nurtured() or (
            is_coming_back and self.lifecycle in (False, "inquiry") and self.active
        )
