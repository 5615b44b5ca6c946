from odoo import api, fields, models


class LeadPublicLink(models.Model):
    """The link by which a customer names friends; it works as long as his referral is there."""

    _inherit = "lead.public.link"

    kind = fields.Selection(
        selection_add=[("referral", "Refer a friend")], ondelete={"referral": "cascade"}
    )
    referral_id = fields.Many2one(
        "lead.referral", readonly=True, index="btree_not_null", ondelete="cascade"
    )

    @api.model
    def _get_paths(self):
        return {**super()._get_paths(), "referral": "/lead/refer/"}

    @api.model
    def _get_record_fields(self):
        return {**super()._get_record_fields(), "referral": "referral_id"}

    @api.model
    def _get_days(self):
        return {**super()._get_days(), "referral": 90}

    @api.model
    def _get_caps(self):
        return {**super()._get_caps(), "referral": (20, 60)}
