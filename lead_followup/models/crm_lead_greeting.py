from odoo import api, fields, models

from ..tools import public


class CrmLead(models.Model):
    """By which name our e-mails greet a lead: whoever typed it may have typed an advertisement."""

    _inherit = "crm.lead"

    greeting_name = fields.Char(
        "Name to Greet By",
        compute="_compute_greeting_name",
        help="The contact's name; empty where it holds an address of the web or of e-mail.",
    )

    @api.depends("contact_name")
    def _compute_greeting_name(self):
        for lead in self:
            name = lead.contact_name or ""
            is_advert = public.has_address(name, may_be_domain=False)
            lead.greeting_name = False if is_advert else name
