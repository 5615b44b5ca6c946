from odoo import api, fields, models


class WebsitePage(models.Model):
    """A page may tell how much a visitor wants: the price list does, a page may carry points.

    Such a page is tracked, for only then does Odoo note who looks at it.
    """

    _inherit = "website.page"

    is_lead_price_list = fields.Boolean(
        "Price List", help="A visit counts for a lead as one to the price list."
    )
    lead_points = fields.Integer(
        "Points for Leads",
        help="What a visit is worth for a lead's engagement, once a day; 0: what the score rule "
        "for such visits says.",
    )

    _lead_points_in_bounds = models.Constraint(
        "CHECK(lead_points BETWEEN -100 AND 100)", "A page gives from -100 to 100 points."
    )

    @api.model_create_multi
    def create(self, vals_list):
        pages = super().create(vals_list)
        pages._track_for_leads()
        return pages

    def write(self, vals):
        result = super().write(vals)
        if vals.get("is_lead_price_list") or vals.get("lead_points"):
            self._track_for_leads()
        return result

    def _track_for_leads(self):
        """Have Odoo note who looks at those pages that count for leads."""
        counting = self.filtered(lambda page: page.is_lead_price_list or page.lead_points)
        counting.filtered(lambda page: not page.track).write({"track": True})

    def _prepare_visit_vals(self):
        """Return what of a lead's event follows from the page that was visited."""
        kind = "price_page" if self.is_lead_price_list else "page_view"
        return {"kind": kind, "points": self.lead_points or None, "note": self.name}
