from odoo import models


class LeadReferral(models.Model):
    """The personal link of a referral."""

    _inherit = "lead.referral"

    def _link(self):
        """Give each referral its personal link, for as long as its company's links work."""
        for company, mine in self.grouped("company_id").items():
            links = self.env["lead.public.link"]._get_for(
                "referral", mine, company.lead_referral_link_days
            )
            for referral, link in links.items():
                referral.link_id = link

    def _revoke_links(self):
        # sudo: nobody writes links by hand
        self.sudo().link_id._revoke()
