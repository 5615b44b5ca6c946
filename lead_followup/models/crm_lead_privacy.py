from odoo import models


class CrmLead(models.Model):
    """The buttons by which managers give away, or erase, all that is known of a person."""

    _inherit = "crm.lead"

    def action_ask_export(self):
        """Tell what is known of these people, and offer it as a file."""
        self.env["lead.privacy"]._check_may_have_all()
        return self.env["lead.person.ask"]._open("export", leads=self)

    def action_ask_erase(self):
        """State what would be erased of these people, and what stays."""
        self.env["lead.privacy"]._check_may_have_all()
        return self.env["lead.person.ask"]._open("erase", leads=self)
