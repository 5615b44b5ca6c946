from odoo import fields, models


class CrmLostReason(models.Model):
    _inherit = "crm.lost.reason"

    asks_for_perseverance = fields.Boolean(
        "Only After Enough Touches",
        help="People may choose it only once a lead was contacted often enough: three times over "
        "two channels after a show, else a first contact and five follow-ups.",
    )
