from datetime import timedelta

from odoo import fields, models

_GIVE_UP = timedelta(days=5)  # RFC 5321, 4.5.4.1: a sender tries for four or five days at least


class LeadTouch(models.Model):
    """An e-mail that the mail server refuses for now is tried again, for five days."""

    _inherit = "lead.touch"

    refused_since = fields.Datetime(
        readonly=True, help="Since when the mail server says “not now” to this e-mail."
    )

    def _filter_tried_again(self):
        """Return those of these, just refused for now, for which it is not too late."""
        now = fields.Datetime.now()
        self.filtered(lambda touch: not touch.refused_since).refused_since = now
        return self.filtered(
            lambda touch: touch.state == "sending" and touch.refused_since > now - _GIVE_UP
        )
