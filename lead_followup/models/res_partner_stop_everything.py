from odoo import models


class ResPartner(models.Model):
    """A contact asks that everything is stopped: all his leads, his address, his asks."""

    _inherit = "res.partner"

    def action_ask_stop_everything(self):
        """Say what would be stopped for these contacts, with the count, before anything is."""
        self.check_access("read")
        return self.env["lead.person.ask"]._open("stop", partners=self)

    def action_stop_everything(self, reason=None):
        """Stop all that goes on for these contacts, at once; of a firm, for its own address."""
        self.check_access("write")
        leads = self.env["crm.lead"]
        leads.check_access("write")
        people = leads._find_people(leads, self)
        return leads._tell_stopped(people, leads._stop_everything(people, reason))
