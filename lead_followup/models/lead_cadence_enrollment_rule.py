from odoo import fields, models


class LeadCadenceEnrollment(models.Model):
    _inherit = "lead.cadence.enrollment"

    is_by_rule = fields.Boolean("Entered by Itself", readonly=True)
