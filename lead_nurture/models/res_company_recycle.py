from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """Which leads go on by themselves when their road has ended.

    A way that is switched on takes those that end from then on.
    """

    _inherit = "res.company"

    lead_recycle_lost = fields.Boolean("Recycle Lost Leads", default=True)
    lead_recycle_returned = fields.Boolean("Nurture Returned Leads")
    lead_recycle_silent = fields.Boolean("Nurture Leads That Never Answered")
    lead_recycle_unqualified = fields.Boolean("Nurture Leads That Are Not Qualified")
    lead_recycle_unqualified_days = fields.Integer("Not Qualified After (days)", default=30)
    lead_recycle_unqualified_since = fields.Datetime(readonly=True)

    @api.constrains("lead_recycle_unqualified_days")
    def _check_lead_recycle_unqualified_days(self):
        for company in self:
            if company.lead_recycle_unqualified_days < 1:
                raise ValidationError(
                    self.env._("A lead is not qualified after one day or more, not before.")
                )

    def write(self, vals):
        if vals.get("lead_recycle_unqualified"):
            switched_on = self.filtered(lambda company: not company.lead_recycle_unqualified)
            super(ResCompany, switched_on).write(
                {"lead_recycle_unqualified_since": fields.Datetime.now()}
            )
        return super().write(vals)
