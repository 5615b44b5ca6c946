from odoo import fields, models


class CrmLead(models.Model):
    """The segments a lead is in; it enters and leaves them by itself."""

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    segment_ids = fields.Many2many(
        "lead.segment",
        "crm_lead_lead_segment_rel",
        "lead_id",
        "segment_id",
        string="Segments",
        readonly=True,
        copy=False,
    )
