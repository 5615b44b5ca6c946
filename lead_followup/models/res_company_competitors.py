from odoo import fields, models


class ResCompany(models.Model):
    """Whose visitors don't buy, by whatever door they come in."""

    _inherit = "res.company"

    lead_competitor_names = fields.Text(
        "Own Competitors",
        help="Companies, one a line, whose people don't buy: they come in as “not a buyer”, from "
        "files, at the booth and by a poster.",
    )
