from odoo import fields, models

_KEPT = 100


class LeadPublicLink(models.Model):
    """Which forms a personal link was sent in with: one that comes again is no news.

    Not for posters: all visitors of a hall would write to one row.
    """

    _inherit = "lead.public.link"

    form_keys = fields.Json(readonly=True, copy=False)  # [key], the latest ones, oldest first

    def _take_key(self, key):
        """Note that the form with ``key`` came in; return whether that is news."""
        self.ensure_one()
        keys = self.form_keys or []
        if key in keys:
            return False
        self.form_keys = [*keys, key][-_KEPT:]
        return True
