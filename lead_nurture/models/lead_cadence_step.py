from odoo import fields, models


class LeadCadenceStep(models.Model):
    """A step whose e-mail belongs to a mailing, so that opens, clicks and replies are traced."""

    _inherit = "lead.cadence.step"

    mailing_id = fields.Many2one(
        "mailing.mailing",
        domain="[('mailing_model_id.model', '=', 'crm.lead')]",
        ondelete="restrict",
        help="Opens, clicks and answers are counted on the mailing. In a track that begins again "
        "that is its first round: a mailing writes to an address once only.",
    )
