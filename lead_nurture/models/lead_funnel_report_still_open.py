from odoo import fields, models
from odoo.tools import SQL


class LeadFunnelReport(models.Model):
    """What is still open: opportunities neither won nor lost, at their expected revenue."""

    _inherit = "lead.funnel.report"
    _depends = {"crm.lead": ["active", "company_id", "expected_revenue", "type", "won_status"]}

    open_deal_count = fields.Integer("Open Deals", readonly=True)
    open_pipeline = fields.Monetary(
        readonly=True,
        aggregator="sum",
        help="Expected revenue of the opportunities that are neither won nor lost.",
    )

    def _get_column_sql(self, show, rate_by_company):
        is_open = SQL(
            "(lead.type = 'opportunity' AND lead.active"
            " AND COALESCE(lead.won_status, 'pending') = 'pending')"
        )
        return {
            **super()._get_column_sql(show, rate_by_company),
            "open_deal_count": SQL("%s::int", is_open),
            "open_pipeline": SQL(
                "CASE WHEN %s THEN %s END", is_open, self._get_expected_sql(rate_by_company)
            ),
        }
