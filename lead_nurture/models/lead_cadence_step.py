from odoo import fields, models


class LeadCadenceStep(models.Model):
    """A step whose e-mail belongs to a mailing, so that opens, clicks and replies are traced."""

    _inherit = "lead.cadence.step"

    mailing_id = fields.Many2one(
        "mailing.mailing",
        domain="[('mailing_model_id.model', '=', 'crm.lead')]",
        ondelete="restrict",
        help="Opens, clicks and answers of this e-mail are counted on the mailing.",
    )
