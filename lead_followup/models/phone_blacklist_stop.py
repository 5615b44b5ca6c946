from odoo import fields, models


class PhoneBlacklist(models.Model):
    """Which numbers were closed as everything was stopped for somebody."""

    _inherit = "phone.blacklist"

    lead_stopped_at = fields.Datetime(
        "Everything Stopped On", readonly=True, index="btree_not_null"
    )
    lead_was_closed = fields.Boolean(
        "Closed Before", readonly=True, help="It was on the list before everything was stopped."
    )

    def write(self, vals):
        if vals.get("active") is False:
            vals = {**vals, "lead_stopped_at": False, "lead_was_closed": False}
        return super().write(vals)
