from odoo import models
from odoo.tools import email_normalize

# what Odoo looks after itself: who is blacklisted stays so, messages go with their record
_OWN = ("mail.message", "mail.blacklist", "phone.blacklist")


class PrivacyLookupWizard(models.TransientModel):
    """Odoo's lookup finds what has no address of its own as well: rows of imports, events, letters.

    What belongs to the leads and contacts that have exactly the address that is looked up; Odoo's
    own search by name finds namesakes too, and leaves the choice to whoever looks.
    """

    _inherit = "privacy.lookup.wizard"

    def action_lookup(self):
        action = super().action_lookup()
        self._add_lead_lines()
        return action

    def _add_lead_lines(self):
        """Add a line for each record of ours that Odoo has not found itself."""
        self.ensure_one()
        address = email_normalize(self.email.strip())
        # sudo: whoever looks people up is an administrator, of all companies
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        same = [("email_normalized", "=", address)]
        people = leads._find_people(leads.search(same), partners.search(same))
        people = people._replace(emails=tuple({*people.emails, address}))
        companies = self.env["res.company"].sudo().search([("id", "!=", False)])
        privacy = self.env["lead.privacy"].sudo().with_context(allowed_company_ids=companies.ids)
        known = {(line.res_model, line.res_id) for line in self.line_ids}
        models_by_name = self.env["ir.model"]
        self.line_ids = [
            (
                0,
                0,
                {
                    "res_model_id": models_by_name._get_id(model),
                    "res_id": record.id,
                    "is_active": "active" not in record or record.active,
                },
            )
            for model, records in privacy._find_rows(people).items()
            if model not in _OWN
            for record in records
            if (model, record.id) not in known
        ]
