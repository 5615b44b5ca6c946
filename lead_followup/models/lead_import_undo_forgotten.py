from odoo import models
from odoo.exceptions import UserError


class LeadImport(models.Model):
    """An import of which nothing is known any more is not undone."""

    _inherit = "lead.import"

    def action_undo(self):
        erased = self._filter_rows_forgotten()[:1]
        if erased:
            raise UserError(
                self.env._(
                    "“%(job)s” cannot be undone: what it did is erased. Archive the leads that "
                    "should not be there; nothing was changed.",
                    job=erased.name,
                )
            )
        return super().action_undo()
