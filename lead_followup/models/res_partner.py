from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _is_lead_customer(self):
        """Tell whether this contact bought before; addons that know orders may override."""
        self.ensure_one()
        partners = self | self.commercial_partner_id
        if "customer_rank" in self and any(partners.mapped("customer_rank")):
            return True
        return bool(
            self.env["crm.lead"].search_count(
                [("partner_id", "child_of", partners.ids), ("won_status", "=", "won")], limit=1
            )
        )
