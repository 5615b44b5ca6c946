from odoo import fields, models
from odoo.tools import SQL

_COUNT = "COUNT(*) FILTER (WHERE %s)"
_NO_MORE = SQL()


class LeadTradeShow(models.Model):
    """The sums behind the scorecards of shows, and the leads behind each of them.

    What a sum counts and what it opens is one condition. It is on ``pair`` (a show, the show that
    is looked at, and until when; both the same show: up to now), its ``visit`` or its ``lead``,
    and the lead's row in the ``funnel``.
    """

    _inherit = "lead.trade.show"

    def _get_figure_sums(self, pairs):
        """Return what became of the visits and of the money of each pair; three queries.

        :param pairs: ``[(show id, id of the show looked at, until (naive UTC))]``, of shows whose
            money is told in the currency of ``env.company``.
        :return: ``({(show id, other id): {sum: number}}, {show id: {as written by the scanner:
            {"lead", "qualified", "won": number}}})``; without leads a pair is left out.
        """
        if not pairs:
            return {}, {}
        self.env.flush_all()
        sums = {}
        for from_sql, columns in (
            (self._get_visit_from_sql(), self._get_visit_sums_sql()),
            (self._get_credited_from_sql(), self._get_credited_sums_sql()),
        ):
            for row in self._query_figures(pairs, from_sql, columns):
                key = (row.pop("show_id"), row.pop("other_id"))
                sums.setdefault(key, {}).update(row)
        own = [pair for pair in pairs if pair[0] == pair[1]]
        return sums, self._get_staff_sums(own) if own else {}

    def _get_staff_sums(self, pairs):
        parts = self._get_visit_parts_sql()
        columns = {name: SQL(_COUNT, parts[name]) for name in ("lead", "qualified", "won")}
        columns["captured_by"] = SQL("visit.captured_by")
        named = SQL("%s AND visit.captured_by IS NOT NULL", self._get_visit_from_sql())
        staff = {}
        for row in self._query_figures(pairs, named, columns, SQL(", visit.captured_by")):
            by_name = staff.setdefault(row.pop("show_id"), {})
            by_name[row.pop("captured_by")] = row
        return staff

    def _query_figures(self, pairs, from_sql, columns, group=_NO_MORE):
        query = SQL(
            """SELECT pair.show_id, pair.other_id, %s FROM %s %s
                GROUP BY pair.show_id, pair.other_id%s""",
            SQL(", ").join(
                SQL("%s AS %s", column, SQL.identifier(name)) for name, column in columns.items()
            ),
            _pairs_sql(pairs),
            from_sql,
            group,
        )
        self.env.cr.execute(query)
        return self.env.cr.dictfetchall()

    def _get_visit_sums_sql(self):
        return {
            **{name: SQL(_COUNT, part) for name, part in self._get_visit_parts_sql().items()},
            "touch": SQL("COALESCE(SUM(%s), 0)", _touches()),
        }

    def _get_credited_sums_sql(self):
        parts = self._get_credited_parts_sql()
        return {
            "open_deal": SQL(_COUNT, parts["open_deal"]),
            "pipeline": SQL("COALESCE(SUM(funnel.open_pipeline), 0)"),
            "revenue": SQL("COALESCE(SUM(funnel.revenue) FILTER (WHERE %s), 0)", parts["revenue"]),
            "costed": SQL(_COUNT, parts["costed"]),
            "cost": SQL("SUM(funnel.cost)"),
            "cost_lead": SQL(_COUNT, parts["cost"]),
            "costed_revenue": SQL(
                "COALESCE(SUM(funnel.costed_revenue) FILTER (WHERE %s), 0)", parts["revenue"]
            ),
        }

    def _get_visit_parts_sql(self):
        """Return ``{figure: which visits it is of}``; a lead has one visit a show."""
        in_time = SQL("(visit.is_in_time AND %s)", _by(SQL("visit.first_touch_at")))
        human = SQL(
            "COALESCE(visit.first_human_touch_at <= visit.first_touch_deadline AND %s, FALSE)",
            _by(SQL("visit.first_human_touch_at")),
        )
        qualified_at = SQL(
            "COALESCE(LEAST(funnel.mql_at, funnel.sql_at, funnel.won_at), funnel.date)"
        )
        return {
            "lead": SQL("TRUE"),
            "qualified": SQL("(funnel.mql_count = 1 AND %s)", _by(qualified_at)),
            "due": SQL(
                """((visit.first_touch_at IS NOT NULL AND %s)
                    OR (visit.first_touch_deadline < LEAST(pair.until, %s::timestamp)
                        AND lead.not_a_buyer IS NULL
                        AND lead.lifecycle IS DISTINCT FROM 'disqualified'
                        AND lead.do_not_contact IS NOT TRUE))""",
                _by(SQL("visit.first_touch_at")),
                fields.Datetime.now(),
            ),
            "in_time": in_time,
            "human": human,
            "automatic": SQL("(%s AND NOT %s)", in_time, human),
            "touched": SQL("(%s > 0)", _touches()),
            "won": SQL(
                "(funnel.won_count = 1 AND %s)", _by(SQL("COALESCE(funnel.won_at, funnel.date)"))
            ),
        }

    def _get_credited_parts_sql(self):
        """Return ``{figure: which leads put down to a show}``; each lead counts for one show."""
        return {
            "open_deal": SQL("(funnel.open_deal_count = 1)"),
            "revenue": SQL(
                "(funnel.won_count = 1 AND %s)", _by(SQL("COALESCE(funnel.won_at, funnel.date)"))
            ),
            "costed": SQL("(funnel.costed_count = 1 AND %s)", _by(_known())),
            "cost": SQL("(funnel.costed_count = 1)"),
        }

    def _get_visit_from_sql(self):
        return SQL(
            """JOIN lead_show_visit visit ON visit.trade_show_id = pair.other_id
               JOIN crm_lead lead ON lead.id = visit.lead_id
               JOIN (%s) funnel ON funnel.id = visit.lead_id
              WHERE %s AND visit.lead_id IN %s""",
            self.env["lead.funnel.report"]._table_query,
            _by(_known()),
            self._get_leads_sql(),
        )

    def _get_credited_from_sql(self):
        return SQL(
            """JOIN (%s) funnel ON funnel.trade_show_id = pair.other_id
               JOIN crm_lead lead ON lead.id = funnel.id
               LEFT JOIN lead_show_visit visit
                 ON visit.lead_id = funnel.id AND visit.trade_show_id = pair.other_id
              WHERE funnel.id IN %s""",
            self.env["lead.funnel.report"]._table_query,
            self._get_leads_sql(),
        )

    def _get_leads_sql(self):
        """Return the leads that the user may see, lost and archived ones too."""
        leads = self.env["crm.lead"].with_context(active_test=False)
        return leads._search([]).subselect()

    def _get_figure_leads_sql(self, name, until, staff=()):
        """Return the leads behind the figure ``name`` of this show.

        :param until: naive UTC; False is up to now.
        :param staff: those taken down by one of these names alone, as the scanner wrote them.
        """
        self.ensure_one()
        pair = (0 if until else self.id, self.id, until or fields.Datetime.now())
        visits, credited = self._get_visit_parts_sql(), self._get_credited_parts_sql()
        return SQL(
            "(SELECT funnel.id FROM %s %s AND %s AND %s)",
            _pairs_sql([pair]),
            self._get_visit_from_sql() if name in visits else self._get_credited_from_sql(),
            {**visits, **credited}[name],
            SQL("visit.captured_by IN %s", tuple(staff)) if staff else SQL("TRUE"),
        )

    def _is_figure(self, name):
        return name in self._get_visit_parts_sql() or name in self._get_credited_parts_sql()


def _pairs_sql(pairs):
    """Return the pairs as a table ``pair`` of (show_id, other_id, until)."""
    rows = SQL(", ").join(SQL("(%s, %s, %s::timestamp)", *pair) for pair in pairs)
    return SQL("(VALUES %s) AS pair (show_id, other_id, until)", rows)


def _by(moment):
    """Return whether ``moment`` had come by the end of the pair; a show itself is up to now."""
    return SQL("(pair.other_id = pair.show_id OR %s <= pair.until)", moment)


def _known():
    """Return since when a lead is known from the show.

    A scan without a time stands at the show's closing, though it was entered before.
    """
    return SQL("COALESCE(LEAST(visit.captured_at, visit.create_date), funnel.date)")


def _touches():
    """Return how often we turned to a lead since it was at the show."""
    return SQL(
        """(SELECT COUNT(*) FROM lead_touch touch
             WHERE touch.lead_id = visit.lead_id AND touch.state = 'done' AND %s
               AND touch.done_at >= COALESCE(
                   LEAST(visit.captured_at, visit.create_date), touch.done_at))""",
        _by(SQL("touch.done_at")),
    )
