from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_amount, format_date


class LeadShowCost(models.Model):
    """What a show, a campaign or a source cost, once or in a month, in any currency.

    An amount is spread evenly over the leads it is for: those put down to its show; those of its
    company with its campaign or source, and for a month those made in that month (by UTC). It is
    turned into the company's currency by the rate of its date. An amount of zero says that
    something was free.
    """

    _inherit = "lead.show.cost"
    _order = "date desc, id desc"

    trade_show_id = fields.Many2one(required=False)
    campaign_id = fields.Many2one("utm.campaign", ondelete="restrict", index="btree_not_null")
    source_id = fields.Many2one("utm.source", ondelete="restrict", index="btree_not_null")
    company_id = fields.Many2one(
        "res.company",
        related=None,
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    date = fields.Date(compute="_compute_date", store=True, readonly=False, precompute=True)
    period = fields.Selection(
        [("once", "One-off"), ("month", "For the month")],
        default="once",
        help="Months begin and end by UTC. A lead made within hours of that stands in the "
        "neighbouring month where the clock differs, and takes its share along.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        related=None,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_currency_id = fields.Many2one(
        string="Company Currency", related="company_id.currency_id"
    )
    company_amount = fields.Monetary(
        "In Company Currency",
        currency_field="company_currency_id",
        compute="_compute_company_amount",
        store=True,
        help="By the rate of its date.",
    )
    kind = fields.Selection(
        selection_add=[("advertising", "Advertising"), ("content", "Content and tools")],
        ondelete={
            "advertising": lambda costs: costs.write({"kind": "other"}),
            "content": lambda costs: costs.write({"kind": "other"}),
        },
    )
    lead_count = fields.Integer("Leads", compute="_compute_lead_count")
    cost_per_lead = fields.Monetary(
        "Cost a Lead", currency_field="company_currency_id", compute="_compute_lead_count"
    )

    _one_target = models.Constraint(
        "CHECK(num_nonnulls(trade_show_id, campaign_id, source_id) = 1)",
        "A cost is for one show, one campaign or one source: choose one of them.",
    )
    _show_is_one_off = models.Constraint(
        "CHECK(trade_show_id IS NULL OR period IS DISTINCT FROM 'month')",
        "What a show costs is one-off. Choose a campaign or a source for what is paid by the "
        "month.",
    )

    @api.depends("trade_show_id")
    def _compute_company_id(self):
        for cost in self:
            cost.company_id = cost.trade_show_id.company_id or cost.company_id or self.env.company

    @api.depends("trade_show_id")
    def _compute_date(self):
        for cost in self:
            cost.date = cost.date or cost.trade_show_id.date_begin or fields.Date.today()

    @api.depends("company_id")
    def _compute_currency_id(self):
        for cost in self:
            cost.currency_id = cost.currency_id or cost.company_id.currency_id

    @api.depends("amount", "currency_id", "company_id.currency_id", "date")
    def _compute_company_amount(self):
        for cost in self:
            currency, company = cost.currency_id, cost.company_id
            cost.company_amount = (
                currency._convert(cost.amount, company.currency_id, company, cost.date)
                if currency and company and cost.date
                else cost.amount
            )

    @api.onchange("kind", "name", "campaign_id", "source_id", "company_id", "date", "period")
    def _onchange_warn_of_twin(self):
        """Say that this month has such a cost already; two of them may be meant."""
        if self.period != "month" or not self.date or not (self.campaign_id or self.source_id):
            return None
        twin = self._find_twin()
        if not twin:
            return None
        return {
            "warning": {
                "title": self.env._("Entered already?"),
                "message": self.env._(
                    "%(amount)s of the same kind and description stand in %(month)s for "
                    "“%(target)s” already. Both are counted: leave one of them, unless both were "
                    "paid; then describe them differently.",
                    amount=format_amount(self.env, twin.amount, twin.currency_id),
                    month=format_date(self.env, twin.date, date_format="MMMM y"),
                    target=(twin.campaign_id or twin.source_id).display_name,
                ),
            }
        }

    def _find_twin(self):
        """Return an entry of the same monthly cost in the same month, or none."""
        self.ensure_one()
        month = fields.Date.start_of(self.date, "month")
        return self.search(
            [
                ("id", "!=", self._origin.id),
                ("period", "=", "month"),
                ("kind", "=", self.kind),
                ("name", "=", self.name),
                ("campaign_id", "=", self.campaign_id.id),
                ("source_id", "=", self.source_id.id),
                ("company_id", "=", self.company_id.id),
                ("date", ">=", month),
                ("date", "<", fields.Date.add(month, months=1)),
            ],
            limit=1,
        )

    @api.model
    def _convert_anew(self):
        """Turn the foreign amounts into company currency by the rates as they are now."""
        costs = self.sudo().search([("amount", "!=", 0)])  # any company: a rate may be everybody's
        foreign = costs.filtered(lambda cost: cost.currency_id != cost.company_currency_id)
        self.env.add_to_compute(self._fields["company_amount"], foreign)

    def _compute_lead_count(self):
        """Count the leads that each cost is spread over; one query for all."""
        costs = self.filtered("id")
        count_by_cost = {}
        if costs:
            self.env["crm.lead"].flush_model()
            self.env["lead.show.visit"].flush_model()
            costs.flush_recordset()
            count_by_cost = dict(self.env.execute_query(costs._get_lead_count_sql()))
        for cost in self:
            cost.lead_count = count_by_cost.get(cost.id, 0)
            cost.cost_per_lead = cost.company_amount / (cost.lead_count or 1)
            if not cost.lead_count:
                cost.cost_per_lead = False

    def _get_lead_count_sql(self):
        report = self.env["lead.funnel.report"]
        rows = report._table_query
        return SQL(" UNION ALL ").join(
            SQL(
                """SELECT cost.id, COUNT(*)
                     FROM lead_show_cost cost
                     JOIN (%(report)s) lead ON lead.%(column)s = cost.%(column)s
                    WHERE cost.id IN %(ids)s
                      AND (cost.trade_show_id IS NOT NULL
                           OR %(company)s = cost.company_id)
                      AND (cost.period IS DISTINCT FROM 'month'
                           OR DATE_TRUNC('month', lead.date) = DATE_TRUNC('month', cost.date))
                    GROUP BY cost.id""",
                report=rows,
                company=report._get_company_sql(),
                column=SQL.identifier(column),
                ids=self._ids,
            )
            for column in ("trade_show_id", "campaign_id", "source_id")
        )

    def action_open_leads(self):
        """Open the leads that this cost is spread over."""
        self.ensure_one()
        target = next(name for name in ("trade_show_id", "campaign_id", "source_id") if self[name])
        domain = [(target, "=", self[target].id)]
        if target != "trade_show_id":
            first = self.env["res.company"]._get_first_company_id()
            own = [self.company_id.id, *([False] if self.company_id.id == first else [])]
            domain.append(("company_id", "in", own))
        if self.period == "month":
            # with hours: dates alone would be read as days of the user's time zone
            begin = fields.Datetime.to_datetime(fields.Date.start_of(self.date, "month"))
            end = fields.Datetime.add(begin, months=1)
            domain += [("date", ">=", begin), ("date", "<", end)]
        action = self.env["lead.funnel.report"].action_open_leads(domain)
        return {**action, "name": self.env._("Leads of %s", self[target].display_name)}

    def action_repeat_monthly(self):
        """Go on with these monthly costs, each once: from its last month up to the current one."""
        vals_list = []
        this_month = fields.Date.start_of(fields.Date.today(), "month")
        for last in self._get_last_of_series():
            month = fields.Date.add(fields.Date.start_of(last.date, "month"), months=1)
            while month <= this_month:
                vals_list.append(last.copy_data({"date": month})[0])
                month = fields.Date.add(month, months=1)
        if not vals_list:
            raise UserError(
                self.env._(
                    "Nothing is left to repeat: these costs are one-off, or entered up to this "
                    "month already.\nChoose a cost “For the month” of an earlier month."
                )
            )
        return bool(self.create(vals_list))

    def _get_last_of_series(self):
        """Return the latest entry of each monthly cost that these are entries of; one query.

        Entries of one kind, description, target and company are the same cost, whose amount may
        have changed. Where a month has several of them, they are several costs, told apart by
        their amounts.
        """
        monthly = self.filtered(lambda cost: cost.period == "month")
        entries = self.search(
            [
                ("period", "=", "month"),
                ("company_id", "in", monthly.company_id.ids),
                "|",
                ("campaign_id", "in", monthly.campaign_id.ids),
                ("source_id", "in", monthly.source_id.ids),
            ],
            order="date, id",
        )
        last = self.browse()
        for alike in entries.grouped(_get_series_key).values():
            months = {fields.Date.start_of(cost.date, "month") for cost in alike}
            several = len(months) < len(alike)
            series = alike.grouped(_get_amount_key).values() if several else [alike]
            last = last.union(*(one[-1] for one in series if one & monthly))
        return last


def _get_series_key(cost):
    return (cost.kind, cost.name, cost.campaign_id, cost.source_id, cost.company_id)


def _get_amount_key(cost):
    return (cost.amount, cost.currency_id)
