from odoo import api, fields, models
from odoo.tools import SQL

_QUALIFIED = ("mql", "sql", "customer")


class _LeadIds(tuple):
    """The leads that alone are read."""


class LeadFunnelReport(models.Model):
    """Where the columns of the funnel come from.

    Every join has at most one row a lead, by a key PostgreSQL can tell from the ``GROUP BY`` or
    ``DISTINCT ON`` inside: what a pivot doesn't ask for is not read. A new join must keep to that.
    """

    _inherit = "lead.funnel.report"

    _depends = {
        "crm.lead": [
            "active",
            "campaign_id",
            "captured_at",
            "company_id",
            "country_id",
            "create_date",
            "date_closed",
            "do_not_contact",
            "engagement_since",
            "expected_revenue",
            "first_human_touch_at",
            "first_touch_at",
            "first_touch_deadline",
            "interest_ids",
            "lifecycle",
            "lost_reason_id",
            "medium_id",
            "mql_at",
            "not_a_buyer",
            "referral_id",
            "repeat_of_id",
            "rotation",
            "segment_ids",
            "source_id",
            "sql_at",
            "team_id",
            "temperature",
            "trade_show_id",
            "user_id",
            "won_status",
        ],
        "lead.handover": ["answered_at", "lead_id", "offered_at", "state"],
        "lead.segment": ["sequence"],
        "lead.show.cost": [
            "campaign_id",
            "company_amount",
            "company_id",
            "date",
            "period",
            "source_id",
            "trade_show_id",
        ],
        "lead.show.visit": [
            "captured_at",
            "first_human_touch_at",
            "first_touch_at",
            "lead_id",
            "trade_show_id",
        ],
        "lead.touch": ["done_at", "lead_id", "state"],
    }

    @property
    def _table_query(self):
        show = self._get_show_sql()
        rate_by_company = self._get_rate_by_company()
        return SQL(
            "SELECT %s FROM crm_lead lead %s",
            SQL(", ").join(
                SQL("%s AS %s", expression, SQL.identifier(name))
                for name, expression in self._get_column_sql(show, rate_by_company).items()
            ),
            SQL(" ").join(self._get_join_sql(show, _rate(SQL("cost.company_id"), rate_by_company))),
        )

    def _get_column_sql(self, show, rate_by_company):
        """Return ``{field: SQL}`` of one lead."""
        mql = SQL(
            "(lead.mql_at IS NOT NULL OR lead.sql_at IS NOT NULL OR lead.lifecycle IN %s"
            " OR lead.won_status = 'won')",
            _QUALIFIED,
        )
        sql = SQL(
            "(lead.sql_at IS NOT NULL OR lead.lifecycle IN %s OR lead.won_status = 'won')",
            _QUALIFIED[1:],
        )
        won = SQL("(lead.won_status = 'won')")
        offered = SQL("(offer.lead_id IS NOT NULL)")
        accepted = SQL("(offer.accepted_at IS NOT NULL)")
        won_at = SQL("CASE WHEN %s THEN lead.date_closed END", won)
        return {
            **{
                name: SQL.identifier("lead", name)
                for name in (
                    "id",
                    "mql_at",
                    "sql_at",
                    "company_id",
                    "source_id",
                    "medium_id",
                    "campaign_id",
                    "team_id",
                    "user_id",
                    "country_id",
                    "lost_reason_id",
                    "temperature",
                    "lifecycle",
                    "won_status",
                    "not_a_buyer",
                )
            },
            "lead_id": SQL("lead.id"),
            "date": SQL("lead.create_date"),
            "won_at": won_at,
            "currency_id": SQL("%s::int", self.env.company.currency_id.id),
            "trade_show_id": show,
            "interest_id": SQL("wish.interest_id"),
            "segment_id": SQL("part.segment_id"),
            "is_archived": SQL("(lead.active IS NOT TRUE)"),
            "is_recycled": SQL("(COALESCE(lead.rotation, 0) > 0)"),
            "is_referred": SQL("(lead.referral_id IS NOT NULL)"),
            "is_repeat": SQL("(lead.repeat_of_id IS NOT NULL)"),
            "inquiry_count": SQL("1"),
            "mql_count": SQL("%s::int", mql),
            "offered_count": SQL("%s::int", offered),
            "accepted_count": SQL("%s::int", accepted),
            "sql_count": SQL("%s::int", sql),
            "won_count": SQL("%s::int", won),
            "mql_rate_pct": _share(mql),
            "offered_rate_pct": _share(offered, mql),
            "accepted_rate_pct": _share(accepted, offered),
            "sql_of_accepted_pct": _share(sql, accepted),
            "sql_rate_pct": _share(sql, mql),
            "won_rate_pct": _share(won, sql),
            "won_of_inquiries_pct": _share(won),
            "days_to_mql": _days(SQL("lead.create_date"), SQL("lead.mql_at")),
            "days_to_offer": _days(SQL("lead.mql_at"), SQL("offer.offered_at")),
            "days_to_accept": SQL("offer.days_to_accept"),
            "days_to_sql": _days(SQL("lead.mql_at"), SQL("lead.sql_at")),
            "days_to_win": _days(SQL("lead.sql_at"), won_at),
            "days_in_all": _days(SQL("lead.create_date"), won_at),
            **self._get_speed_sql(),
            "touch_count": SQL("COALESCE(touch.made, 0)::int"),
            "touches_per_lead": SQL("COALESCE(touch.made, 0)"),
            "touched_3_pct": _share(SQL("(COALESCE(touch.made, 0) >= 3)")),
            "touches_to_win": SQL("CASE WHEN %s THEN COALESCE(before_win.made, 0) END", won),
            **self._get_money_sql(sql, won, rate_by_company),
        }

    def _get_money_sql(self, sql, won, rate_by_company):
        costed = SQL(
            "(COALESCE(show_cost.share, campaign_cost.share, source_cost.share) IS NOT NULL)"
        )
        cost = SQL(
            "(CASE WHEN %s THEN COALESCE(show_cost.share, 0) + COALESCE(campaign_cost.share, 0)"
            " + COALESCE(source_cost.share, 0) END)",
            costed,
        )
        revenue = self._get_expected_sql(rate_by_company)
        costed_revenue = SQL(
            "CASE WHEN %s AND %s THEN %s WHEN %s THEN 0 END", costed, won, revenue, costed
        )
        return {
            "revenue": SQL("CASE WHEN %s THEN %s END", won, revenue),
            "cost": cost,
            "costed_count": SQL("%s::int", costed),
            "uncosted_count": SQL("(NOT %s)::int", costed),
            "costed_sql_count": SQL("(%s AND %s)::int", costed, sql),
            "costed_won_count": SQL("(%s AND %s)::int", costed, won),
            "costed_revenue": costed_revenue,
            "cost_per_lead": cost,
            "cost_per_sql": SQL("CASE WHEN %s THEN %s END", sql, cost),
            "cost_per_customer": SQL("CASE WHEN %s THEN %s END", won, cost),
            "return_pct": SQL(
                "100.0 * (%(revenue)s - %(cost)s) / NULLIF(%(cost)s, 0)",
                revenue=costed_revenue,
                cost=cost,
            ),
        }

    def _get_expected_sql(self, rate_by_company):
        """Return what a lead is expected to bring, in the currency one works in."""
        return SQL(
            "COALESCE(lead.expected_revenue, 0) * %s",
            _rate(self._get_company_sql(), rate_by_company),
        )

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Find the rows first, then read what lies beside them, for them alone."""
        rows = super().search_fetch(domain, [], offset=offset, limit=limit, order=order)
        rows.with_context(lead_funnel_ids=_LeadIds(rows._ids)).fetch(field_names)
        return rows

    def _get_join_sql(self, show, rate):
        month = SQL("DATE_TRUNC('month', lead.create_date)")
        own = self._get_own_sql()
        return [
            SQL(
                """LEFT JOIN (
                    SELECT lead_id, MIN(offered_at) AS offered_at,
                           MIN(answered_at) FILTER (WHERE state = 'accepted') AS accepted_at,
                           (ARRAY_AGG(EXTRACT(EPOCH FROM answered_at - offered_at) / 86400
                                      ORDER BY answered_at, id)
                               FILTER (WHERE state = 'accepted'))[1] AS days_to_accept
                      FROM lead_handover WHERE %s GROUP BY lead_id
                   ) offer ON offer.lead_id = lead.id""",
                own,
            ),
            SQL(
                """LEFT JOIN (
                    SELECT lead_id, COUNT(*) AS made FROM lead_touch
                     WHERE state = 'done' AND %s GROUP BY lead_id
                   ) touch ON touch.lead_id = lead.id""",
                own,
            ),
            SQL(
                """LEFT JOIN (
                    SELECT made.lead_id, COUNT(*) AS made
                      FROM crm_lead sold JOIN lead_touch made ON made.lead_id = sold.id
                     WHERE sold.won_status = 'won' AND made.state = 'done'
                       AND made.done_at <= sold.date_closed AND %s
                     GROUP BY made.lead_id
                   ) before_win ON before_win.lead_id = lead.id""",
                own,
            ),
            SQL(
                """LEFT JOIN (
                    SELECT lead_id, MIN(interest_id) AS interest_id
                      FROM crm_lead_lead_interest_rel WHERE %s GROUP BY lead_id
                   ) wish ON wish.lead_id = lead.id""",
                own,
            ),
            SQL(
                """LEFT JOIN (
                    SELECT DISTINCT ON (rel.lead_id) rel.lead_id, rel.segment_id
                      FROM crm_lead_lead_segment_rel rel
                      JOIN lead_segment segment ON segment.id = rel.segment_id
                     WHERE %s
                     ORDER BY rel.lead_id, segment.sequence, segment.id
                   ) part ON part.lead_id = lead.id""",
                own,
            ),
            self._get_first_show_join_sql(own),
            self._get_visit_join_sql(own, show),
            SQL(
                """LEFT JOIN (
                    SELECT spread.trade_show_id,
                           SUM(cost.company_amount * %(rate)s / spread.leads) AS share
                      FROM (SELECT %(show)s AS trade_show_id, COUNT(*)::numeric AS leads
                              FROM crm_lead lead %(first_show)s
                             WHERE %(show)s IN (
                                 SELECT trade_show_id FROM lead_show_cost
                                  WHERE trade_show_id IS NOT NULL)
                             GROUP BY 1) spread
                      JOIN lead_show_cost cost ON cost.trade_show_id = spread.trade_show_id
                     GROUP BY spread.trade_show_id
                   ) show_cost ON show_cost.trade_show_id = %(show)s""",
                rate=rate,
                show=show,
                first_show=self._get_first_show_join_sql(SQL("TRUE")),
            ),
            *(
                SQL(
                    """LEFT JOIN (
                        SELECT spread.company_id, spread.month, spread.target_id,
                               SUM(cost.company_amount * %(rate)s / CASE cost.period
                                   WHEN 'month' THEN spread.month_leads ELSE spread.leads END
                               ) AS share
                          FROM (SELECT %(company)s AS company_id, %(month)s AS month,
                                       %(key)s AS target_id, COUNT(*)::numeric AS month_leads,
                                       SUM(COUNT(*)) OVER (PARTITION BY %(company)s, %(key)s)
                                           AS leads
                                  FROM crm_lead lead
                                 WHERE %(key)s IN (SELECT cost.%(column)s FROM lead_show_cost cost
                                                    WHERE cost.%(column)s IS NOT NULL)
                                 GROUP BY 1, 2, 3) spread
                          JOIN lead_show_cost cost
                            ON cost.%(column)s = spread.target_id
                           AND cost.company_id = spread.company_id
                           AND (cost.period IS DISTINCT FROM 'month'
                                OR DATE_TRUNC('month', cost.date) = spread.month)
                         GROUP BY spread.company_id, spread.month, spread.target_id
                       ) %(alias)s ON %(alias)s.company_id = %(company)s
                             AND %(alias)s.month = %(month)s AND %(alias)s.target_id = %(key)s""",
                    rate=rate,
                    company=self._get_company_sql(),
                    month=month,
                    key=SQL.identifier("lead", column),
                    column=SQL.identifier(column),
                    alias=SQL.identifier(alias),
                )
                for column, alias in (
                    ("campaign_id", "campaign_cost"),
                    ("source_id", "source_cost"),
                )
            ),
        ]

    def _get_company_sql(self):
        """Return the company that pays for a lead; for one without a company, the first."""
        return SQL("COALESCE(lead.company_id, %s)", self.env["res.company"]._get_first_company_id())

    def _get_own_sql(self):
        """Return which leads are looked at; all but where a few rows are read."""
        lead_ids = self.env.context.get("lead_funnel_ids")
        if not lead_ids or not isinstance(lead_ids, _LeadIds):  # nothing a client can send
            return SQL("TRUE")
        return SQL("lead_id = ANY(%s)", list(lead_ids))

    def _get_first_show_join_sql(self, own):
        return SQL(
            """LEFT JOIN (
                SELECT DISTINCT ON (lead_id) lead_id, trade_show_id FROM lead_show_visit
                 WHERE trade_show_id IS NOT NULL AND %s ORDER BY lead_id, captured_at, id
               ) first_show ON first_show.lead_id = lead.id""",
            own,
        )

    def _get_show_sql(self):
        """Return the show that a lead and its money are put down to."""
        companies = self.env["res.company"].sudo()  # the setting holds whoever looks
        latest = companies.search([("lead_show_credit", "=", "last")])
        if not latest:
            return SQL("COALESCE(first_show.trade_show_id, lead.trade_show_id)")
        return SQL(
            "CASE WHEN %s IN %s THEN lead.trade_show_id"
            " ELSE COALESCE(first_show.trade_show_id, lead.trade_show_id) END",
            self._get_company_sql(),
            latest._ids,
        )

    def _get_rate_by_company(self):
        """Return ``{company id: what its money is worth in the currency one works in}``.

        By today's rate, as in Odoo's own reports; companies with that very currency are left out.
        """
        shown = self.env.company.currency_id
        today = fields.Date.context_today(self)
        companies = self.env["res.company"].sudo()  # rates are nobody's secret
        return {
            company.id: self.env["res.currency"]._get_conversion_rate(
                company.currency_id, shown, company, today
            )
            for company in companies.search([("currency_id", "!=", shown.id)])
        }


def _rate(company, rate_by_company):
    """Return what turns money of ``company`` into the currency one works in."""
    if not rate_by_company:
        return SQL("1")
    cases = SQL(" ").join(SQL("WHEN %s THEN %s", *item) for item in rate_by_company.items())
    return SQL("(CASE %s %s ELSE 1 END)", company, cases)


def _share(part, whole=None):
    """Return 100 or 0 for the leads of ``whole`` (all if left out), NULL for the others."""
    share = SQL("CASE WHEN %s THEN 100::float8 ELSE 0::float8 END", part)
    return SQL("CASE WHEN %s THEN %s END", whole, share) if whole else share


def _days(start, end):
    """Return the days between, NULL where an end is missing or came before its start.

    The latter is a lead taken up again that has not come as far once more.
    """
    return SQL(
        "CASE WHEN %s >= %s THEN EXTRACT(EPOCH FROM %s - %s) / 86400 END", end, start, end, start
    )
