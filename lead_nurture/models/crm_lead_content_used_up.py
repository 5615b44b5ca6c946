from odoo import fields, models


class CrmLead(models.Model):
    """A lead in a track says that it has had all content there is for it."""

    _inherit = "crm.lead"

    content_used_up = fields.Boolean(related="enrollment_id.content_used_up")
