from odoo import SUPERUSER_ID, fields, models


class CrmLead(models.Model):
    """When a person last changed a lead, in whatever field, tracked or not.

    ``write_uid`` does not tell: the next score by the scheduler overwrites it. What the program
    writes while a person acts is no work of his: what runs as sudo, an import, an offer.
    """

    _inherit = "crm.lead"

    worked_on_at = fields.Datetime(
        readonly=True, copy=False, help="When somebody last changed this lead by hand."
    )

    def write(self, vals):
        if vals and self._is_work():
            vals = {**vals, "worked_on_at": fields.Datetime.now()}
        return super().write(vals)

    def _is_work(self):
        """Tell whether it is a person who writes right now."""
        context = self.env.context
        return not (
            self.env.su
            or self.env.uid == SUPERUSER_ID
            or context.get("lead_no_work")
            or context.get("lead_offering")
        )
