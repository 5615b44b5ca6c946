from odoo import models
from odoo.tools import SQL, Query

from .lead_funnel_report import _COST_BY_CASE, _MEDIANS, _STATED_BY

_KEY = "lead_funnel_groups"  # in the context: the leads, added up by the finest grouping asked for
_COUNT = "__count"
_PARTS = {"sum": ("SUM",), "avg": ("SUM", "COUNT"), "count": ("COUNT",), "min": ("MIN",)}
_PARTS["max"] = ("MAX",)

# Rates that their counts give: who is counted in the first is counted in the second.
_COUNTS_BY_RATE = {
    "mql_rate_pct": ("mql_count", "inquiry_count"),
    "accepted_rate_pct": ("accepted_count", "offered_count"),
    "sql_rate_pct": ("sql_count", "mql_count"),
    "won_rate_pct": ("won_count", "sql_count"),
    "won_of_inquiries_pct": ("won_count", "inquiry_count"),
}


class LeadFunnelReport(models.Model):
    """Leads are added up once, by the finest grouping; coarser ones add up those few sums.

    Odoo has PostgreSQL sort all leads, and add each figure up anew for every level of a pivot. Here
    the inner query yields a row a group, sums and counts in place of leads, and Odoo's own query
    runs over these. Medians can't be told from sums; a pivot with one goes the ordinary way.
    """

    _inherit = "lead.funnel.report"

    def _read_group(
        self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None
    ):
        groups = None if having else self._add_up(domain, groupby, aggregates, order)
        if groups is None:
            return super()._read_group(domain, groupby, aggregates, having, offset, limit, order)
        return super(LeadFunnelReport, groups)._read_group(
            [], groupby, aggregates, offset=offset, limit=limit, order=order
        )

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        groupby = list(dict.fromkeys(spec for group in grouping_sets for spec in group))
        groups = self._add_up(domain, groupby, aggregates, order)
        if groups is None:
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)
        return super(LeadFunnelReport, groups)._read_grouping_sets(
            [], grouping_sets, aggregates, order
        )

    def _add_up(self, domain, groupby, aggregates, order):
        """Return this model over the sums of the groups, None where that can't give the figures."""
        terms = [term.split()[0] for term in (order or "").split(",") if term.strip()]
        parts = self._get_parts([*aggregates, *(term for term in terms if term not in groupby)])
        if not groupby or parts is None or not self._are_columns(groupby, parts):
            return None
        query = self._search(domain)
        if query.is_empty():
            return None
        keys = {
            _column(spec): self._read_group_groupby(self._table, spec, query) for spec in groupby
        }
        values = {name: self._field_to_sql(self._table, name, query) for name, _function in parts}
        # OFFSET 0: seen from outside a month is a column like any other, and PostgreSQL hashes it;
        # an expression it takes for as many values as there are leads, and sorts them
        leads = SQL(
            "%s OFFSET 0",
            query.select(
                *(
                    SQL("%s AS %s", value, SQL.identifier(name))
                    for name, value in (keys | values).items()
                )
            ),
        )
        key_columns = SQL(", ").join(SQL.identifier(key) for key in keys)
        figures = [
            SQL("%s(%s) AS %s", SQL(function), SQL.identifier(name), _identify(name, function))
            for name, function in parts
        ]
        groups = SQL(
            "(SELECT %s, %s FROM (%s) AS leads GROUP BY %s)",
            key_columns,
            SQL(", ").join([SQL("COUNT(*) AS %s", SQL.identifier(_COUNT)), *figures]),
            leads,
            key_columns,
        )
        return self.with_context(**{_KEY: groups})

    def _are_columns(self, groupby, parts):
        """Tell whether each of ``groupby`` is a column of its own that many leads share."""
        names = {name for name, _function in parts}
        return not any("." in spec or spec == "lead_id" or spec in names for spec in groupby)

    def _get_parts(self, specs):
        """Return ``{(field, SQL function): None}`` to add up ``specs`` from; None if impossible."""
        parts = {}
        for spec in specs:
            if spec == _COUNT:
                continue
            name, _colon, function = spec.partition(":")
            field = self._fields.get(name)
            if field is None or field.type not in ("integer", "float", "monetary"):
                return None
            self._check_field_access(field, "read")
            if function == "sum_currency":  # all money is in one currency already
                function = field.aggregator
            if function == "count":
                name = _STATED_BY.get(name, name)
            is_ratio = function in ("sum", "avg")
            if name in _MEDIANS and is_ratio or function not in _PARTS:
                return None
            if name in _COUNTS_BY_RATE and function in ("avg", "count"):
                parts |= {(column, "SUM"): None for column in _COUNTS_BY_RATE[name]}
                continue
            if name == "return_pct" and is_ratio:
                parts |= {("costed_revenue", "SUM"): None, ("cost", "SUM"): None}
            elif name in _COST_BY_CASE and is_ratio:
                parts |= {(column, "SUM"): None for column in _COST_BY_CASE[name]}
            else:
                parts |= {(name, part): None for part in _PARTS[function]}
        return parts

    def _get_groups(self):
        """Return the SQL of the groups that stand for the leads, None where leads are meant."""
        groups = self.env.context.get(_KEY)
        return groups if isinstance(groups, SQL) else None  # nothing a client can send

    def _search(self, domain, *args, **kwargs):
        groups = self._get_groups()
        if groups is None:
            return super()._search(domain, *args, **kwargs)
        return Query(self.env, self._table, groups)  # what may be seen was asked inside

    def _read_group_groupby(self, alias, groupby_spec, query):
        if self._get_groups() is None:
            return super()._read_group_groupby(alias, groupby_spec, query)
        return SQL.identifier(alias, _column(groupby_spec))

    def _read_group_postprocess_groupby(self, groupby_spec, raw_values):
        if self._get_groups() is None:
            return super()._read_group_postprocess_groupby(groupby_spec, raw_values)
        context = {name: value for name, value in self.env.context.items() if name != _KEY}
        plain = self.with_context(context)  # pylint: disable=context-overridden
        return super(LeadFunnelReport, plain)._read_group_postprocess_groupby(
            groupby_spec, raw_values
        )

    def _read_group_select(self, aggregate_spec, query):
        if self._get_groups() is None:
            return super()._read_group_select(aggregate_spec, query)
        if aggregate_spec == _COUNT:
            return SQL("COALESCE(SUM(%s), 0)::bigint", SQL.identifier(self._table, _COUNT))
        name, _colon, function = aggregate_spec.partition(":")
        if function == "sum_currency":
            function = self._fields[name].aggregator
        if function in ("sum", "avg") and (name in _COST_BY_CASE or name == "return_pct"):
            return self._get_ratio_sql(name, query)
        if name in _COUNTS_BY_RATE and function in ("avg", "count"):
            part, whole = (SQL.identifier(self._table, column) for column in _COUNTS_BY_RATE[name])
            if function == "count":
                return SQL("COALESCE(SUM(%s), 0)::bigint", whole)
            return SQL("100 * SUM(%s)::float8 / NULLIF(SUM(%s), 0)::float8", part, whole)
        if function == "count":
            name = _STATED_BY.get(name, name)
        total, *count = (
            SQL.identifier(self._table, _name(name, part)) for part in _PARTS[function]
        )
        if function == "avg":
            return SQL("SUM(%s) / NULLIF(SUM(%s), 0)", total, *count)
        if function == "count":
            return SQL("COALESCE(SUM(%s), 0)::bigint", total)
        if function == "sum" and self._fields[name].type == "integer":
            return SQL("SUM(%s)::bigint", total)
        return SQL("%s(%s)", SQL(function), total)


def _column(groupby_spec):
    return groupby_spec.replace(":", "__")


def _name(name, function):
    """Return the column that holds the part of a figure; its sum stands under its own name."""
    return name if function == "SUM" else f"{name}__{function.lower()}"


def _identify(name, function):
    return SQL.identifier(_name(name, function))
