from odoo import models


class ResPartner(models.Model):
    """The same from a contact: his leads, his rows in imports, his referrals."""

    _inherit = "res.partner"

    def action_ask_export(self):
        """Tell what is known of these contacts, and offer it as a file."""
        self.env["lead.privacy"]._check_may_have_all()
        self.check_access("read")
        return self.env["lead.person.ask"]._open("export", partners=self)

    def action_ask_erase(self):
        """State what would be erased of these contacts' leads, and what stays."""
        self.env["lead.privacy"]._check_may_have_all()
        self.check_access("read")
        return self.env["lead.person.ask"]._open("erase", partners=self)
