from odoo import fields, models


class ResCompany(models.Model):
    """What visitors agree to when they fill in a public form."""

    _inherit = "res.company"

    lead_consent_text = fields.Text(
        "Consent on Public Forms",
        translate=True,
        help="What a visitor agrees to with his tick, in each language. Left empty, a general "
        "sentence stands there. Without the tick he gets no e-mail.",
    )
