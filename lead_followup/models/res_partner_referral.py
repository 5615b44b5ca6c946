from odoo import fields, models


class ResPartner(models.Model):
    """A customer's word of mouth, and asking him for it."""

    _inherit = "res.partner"

    referral_ids = fields.One2many("lead.referral", "partner_id", "Referrals")
    referral_count = fields.Integer(
        compute="_compute_referral_count", groups="sales_team.group_sale_salesman"
    )

    def _compute_referral_count(self):
        count_by_partner = dict(
            self.env["lead.referral"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.referral_count = count_by_partner.get(partner, 0)

    def unlink(self):
        # sudo: whoever may delete a contact takes what hangs on it along, messages and all
        self.sudo().referral_ids.unlink()
        return super().unlink()

    def action_ask_referral(self):
        """Ask before these customers are asked for a referral."""
        self.check_access("read")
        return self.env["lead.referral.ask"]._open(partners=self)

    def action_view_referrals(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("lead_followup.lead_referral_action")
        return {**action, "domain": [("partner_id", "in", self.ids)], "context": {}}
