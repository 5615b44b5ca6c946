from odoo import models


class CrmLead(models.Model):
    """Which ways to somebody are closed: they stay so on a new lead made beside a won one."""

    _inherit = "crm.lead"

    def _get_closed_ways(self):
        """Return what of these leads closes a way to their person, as values of a lead."""
        ways = "do_not_contact", "phone_opt_out", "letter_opt_out"
        vals = {name: True for name in ways if any(self.mapped(name))}
        if "no" in self.mapped("email_consent"):
            vals["email_consent"] = "no"
        return vals
