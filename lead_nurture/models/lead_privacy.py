from odoo import api, models
from odoo.fields import Domain


class LeadPrivacy(models.AbstractModel):
    """What nurture knows of a person: his recycling, mailings to him and what they caused."""

    _inherit = "lead.privacy"

    @api.model
    def _get_lead_tables(self):
        return (*super()._get_lead_tables(), "lead.recycle")

    @api.model
    def _find_rows(self, people):
        found = super()._find_rows(people)
        traces = self._search_rows(
            "mailing.trace",
            Domain("email", "in", people.emails)
            | Domain("model", "=", "crm.lead") & Domain("res_id", "in", people.leads.ids),
        )
        hits = traces.lead_hit_ids
        return {**found, **{one._name: one for one in (traces, hits) if one}}

    @api.model
    def _forget_found(self, people, found):
        """Mailings to a contact or an address of a list, too: that they were sent stays."""
        result = super()._forget_found(people, found)
        found.get("mailing.trace", self.env["mailing.trace"].sudo()).write(
            {"email": False, "failure_reason": False}
        )
        return result

    @api.model
    def _get_found_texts(self):
        return {
            **super()._get_found_texts(),
            "lead.recycle": self.env._("Recycling"),
            "mailing.trace": self.env._("Mailings"),
            "lead.mail.hit": self.env._("Clicks and openings of mailings"),
        }
