from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """What follows a sale: a track for customers, and the next purchase when it is due.

    Each takes what is won from then on.
    """

    _inherit = "res.company"

    lead_after_sale_track_id = fields.Many2one(
        "lead.cadence",
        "Track after the Sale",
        domain="[('is_after_sale', '=', True), ('company_id', 'in', (False, id))]",
        ondelete="set null",
    )
    lead_repeat_sales = fields.Boolean("Take Up Repeat Sales")
    lead_repeat_months = fields.Integer(
        "Bought Again after (months)",
        help="For what no interest of the lead says; 0: such a purchase is not expected again.",
    )

    _lead_repeat_months_in_bounds = models.Constraint(
        "CHECK(lead_repeat_months BETWEEN 0 AND 600)",
        "Something is bought again after 1 to 600 months; 0: never.",
    )

    @api.constrains("lead_after_sale_track_id")
    def _check_lead_after_sale_track(self):
        for company in self:
            track = company.lead_after_sale_track_id
            if track and not track.is_after_sale:
                raise ValidationError(
                    self.env._(
                        "“%s” is no track after the sale. Choose another, or mark it as one.",
                        track.name,
                    )
                )
            if track.company_id not in (company, self.browse()):
                raise ValidationError(
                    self.env._(
                        "The track “%(track)s” belongs to another company. Choose one of "
                        "%(company)s, or one of all.",
                        track=track.name,
                        company=company.name,
                    )
                )
