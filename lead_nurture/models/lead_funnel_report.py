from odoo import api, fields, models
from odoo.tools import SQL

_MANAGER = "sales_team.group_sale_manager"

# Measures that no average of a column gives: (what is summed, by what it is divided).
_COST_BY_CASE = {
    "cost_per_sql": ("cost", "costed_sql_count"),
    "cost_per_customer": ("cost", "costed_won_count"),
}
# Measures that are about other leads than those whose own row states them: all with a cost.
_STATED_BY = dict.fromkeys((*_COST_BY_CASE, "return_pct"), "cost")
_MEDIANS = (
    "capture_touch_hours",
    "capture_human_hours",
    "mql_touch_hours",
    "mql_human_hours",
)


class LeadFunnelReport(models.Model):
    """How far leads come, how fast, and at what cost: one row a lead, archived ones included.

    A lead counts for every stage it has ever reached: who accepted or bought was qualified.
    Every rate is a ratio of sums at any grouping: its column is empty for the leads that are not
    stated in it and 0 or 100 for the others, so that its average is the rate; nothing to divide
    by stays empty. Hours are medians. Money is in the currency of the company one works in.

    The joins that a grouping does not ask for are dropped by PostgreSQL, since each has at most
    one row a lead; see ``lead_funnel_report_query.py``.
    """

    _name = "lead.funnel.report"
    _description = "Funnel Analysis"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one("crm.lead", readonly=True)
    date = fields.Datetime("Created On", readonly=True)
    mql_at = fields.Datetime("Qualified On", readonly=True)
    sql_at = fields.Datetime("Accepted On", readonly=True)
    won_at = fields.Datetime("Won On", readonly=True)
    capture_at = fields.Datetime(
        "Turned to Us On",
        readonly=True,
        help="The hours to the first contact start here: the scan or creation of the lead, or the "
        "sign of life that took it up again.",
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    source_id = fields.Many2one("utm.source", readonly=True)
    medium_id = fields.Many2one("utm.medium", "Channel", readonly=True)
    campaign_id = fields.Many2one("utm.campaign", readonly=True)
    trade_show_id = fields.Many2one(
        "lead.trade.show",
        readonly=True,
        help="The one show this lead and its money are put down to; a setting chooses the first "
        "or the latest.",
    )
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    interest_id = fields.Many2one(
        "lead.interest", "First Interest", readonly=True, help="Of several, the one known longest."
    )
    segment_id = fields.Many2one(
        "lead.segment", "First Segment", readonly=True, help="Of several, the first in their order."
    )
    lost_reason_id = fields.Many2one("crm.lost.reason", readonly=True)
    temperature = fields.Selection(
        lambda self: self.env["crm.lead"]._fields["temperature"]._description_selection(self.env),
        readonly=True,
    )
    lifecycle = fields.Selection(
        lambda self: self.env["crm.lead"]._fields["lifecycle"]._description_selection(self.env),
        readonly=True,
    )
    won_status = fields.Selection(
        lambda self: self.env["crm.lead"]._fields["won_status"]._description_selection(self.env),
        readonly=True,
    )
    not_a_buyer = fields.Selection(
        lambda self: self.env["crm.lead"]._fields["not_a_buyer"]._description_selection(self.env),
        readonly=True,
    )
    is_archived = fields.Boolean(readonly=True)
    is_recycled = fields.Boolean(
        readonly=True, help="Was lost or put away and taken up again at least once."
    )
    is_referred = fields.Boolean(readonly=True)
    is_repeat = fields.Boolean(
        "Is a Repeat Sale", readonly=True, help="Made to sell again to a customer; no inquiry."
    )

    inquiry_count = fields.Integer("Inquiries", readonly=True)
    mql_count = fields.Integer("MQL", readonly=True)
    offered_count = fields.Integer("Offered", readonly=True)
    accepted_count = fields.Integer("Accepted", readonly=True)
    sql_count = fields.Integer("SQL", readonly=True)
    won_count = fields.Integer("Won", readonly=True)

    mql_rate_pct = fields.Float(
        "MQL of Inquiries (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    offered_rate_pct = fields.Float(
        "Offered of MQL (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    accepted_rate_pct = fields.Float(
        "Accepted of Offered (%)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="How good the leads are that sales is offered. Offers still open count as offered.",
    )
    sql_of_accepted_pct = fields.Float(
        "SQL of Accepted (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    sql_rate_pct = fields.Float(
        "SQL of MQL (%)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="With those never offered.",
    )
    won_rate_pct = fields.Float("Won of SQL (%)", readonly=True, aggregator="avg", digits=(16, 1))
    won_of_inquiries_pct = fields.Float(
        "Won of Inquiries (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )

    days_to_mql = fields.Float("Days to MQL", readonly=True, aggregator="avg", digits=(16, 1))
    days_to_offer = fields.Float(
        "Days from MQL to Offer", readonly=True, aggregator="avg", digits=(16, 1)
    )
    days_to_accept = fields.Float(
        "Days from Offer to Accepted", readonly=True, aggregator="avg", digits=(16, 1)
    )
    days_to_sql = fields.Float(
        "Days from MQL to SQL", readonly=True, aggregator="avg", digits=(16, 1)
    )
    days_to_win = fields.Float(
        "Days from SQL to Won", readonly=True, aggregator="avg", digits=(16, 1)
    )
    days_in_all = fields.Float("Days to Won", readonly=True, aggregator="avg", digits=(16, 1))

    capture_touch_hours = fields.Float(
        "Hours to First Touch (median)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    capture_touch_24_pct = fields.Float(
        "First Touch in 24 h (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    capture_touch_48_pct = fields.Float(
        "First Touch in 48 h (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    capture_human_hours = fields.Float(
        "Hours to First Human Touch (median)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    capture_human_24_pct = fields.Float(
        "First Human Touch in 24 h (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    capture_human_48_pct = fields.Float(
        "First Human Touch in 48 h (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    mql_touch_hours = fields.Float(
        "Hours from MQL to First Touch (median)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    mql_touch_24_pct = fields.Float(
        "First Touch in 24 h of MQL (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    mql_touch_48_pct = fields.Float(
        "First Touch in 48 h of MQL (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    mql_human_hours = fields.Float(
        "Hours from MQL to First Human Touch (median)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
    )
    mql_human_24_pct = fields.Float(
        "First Human Touch in 24 h of MQL (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    mql_human_48_pct = fields.Float(
        "First Human Touch in 48 h of MQL (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )

    touch_count = fields.Integer("Touches", readonly=True)
    touches_per_lead = fields.Float(
        "Touches a Lead", readonly=True, aggregator="avg", digits=(16, 1)
    )
    touched_3_pct = fields.Float(
        "With 3 Touches or More (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    touches_to_win = fields.Float("Touches to Win", readonly=True, aggregator="avg", digits=(16, 1))

    revenue = fields.Monetary(readonly=True, aggregator="sum", help="Of the leads that were won.")
    cost = fields.Monetary(readonly=True, aggregator="sum", groups=_MANAGER)
    costed_count = fields.Integer("Leads with a Cost", readonly=True, groups=_MANAGER)
    uncosted_count = fields.Integer("Leads without a Cost", readonly=True, groups=_MANAGER)
    costed_sql_count = fields.Integer("SQL with a Cost", readonly=True, groups=_MANAGER)
    costed_won_count = fields.Integer("Won with a Cost", readonly=True, groups=_MANAGER)
    costed_revenue = fields.Monetary(
        "Revenue of Leads with a Cost", readonly=True, aggregator="sum", groups=_MANAGER
    )
    cost_per_lead = fields.Monetary("Cost a Lead", readonly=True, aggregator="avg", groups=_MANAGER)
    cost_per_sql = fields.Monetary("Cost a SQL", readonly=True, aggregator="avg", groups=_MANAGER)
    cost_per_customer = fields.Monetary(
        "Cost a Customer", readonly=True, aggregator="avg", groups=_MANAGER
    )
    return_pct = fields.Float(
        "Return (%)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        groups=_MANAGER,
        help="What came in beyond the cost, of a hundred spent; of leads with a cost alone.",
    )

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        if name in self._fields and function in ("avg", "sum", "sum_currency"):
            field = self._fields[name]
            if name in _COST_BY_CASE or name in _MEDIANS or name == "return_pct":
                self._check_field_access(field, "read")
                return self._get_ratio_sql(name, query)
            if function == "sum_currency":  # all money is in one currency already
                return super()._read_group_select(f"{name}:{field.aggregator}", query)
        if name in _STATED_BY and function == "count":
            return super()._read_group_select(f"{_STATED_BY[name]}:count", query)
        return super()._read_group_select(aggregate_spec, query)

    def _get_ratio_sql(self, name, query):
        """Return what stands for ``name`` where leads are grouped; NULL where nothing is stated."""

        def column(column_name):
            return self._field_to_sql(self._table, column_name, query)

        if name in _MEDIANS:
            return SQL("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %s)", column(name))
        if name == "return_pct":
            return SQL(
                "100.0 * (SUM(%(revenue)s) - SUM(%(cost)s)) / NULLIF(SUM(%(cost)s), 0)",
                revenue=column("costed_revenue"),
                cost=column("cost"),
            )
        cost, cases = _COST_BY_CASE[name]
        return SQL("SUM(%s) / NULLIF(SUM(%s), 0)", column(cost), column(cases))

    @api.model
    def _get_measure_names(self):
        """Return the measures the user may see."""
        return [
            name
            for name, field in self._fields.items()
            if field.aggregator
            and field.type in ("integer", "float", "monetary")
            and name != "id"
            and self._has_field_access(field, "read")
        ]
