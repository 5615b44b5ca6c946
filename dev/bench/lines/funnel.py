"""The funnel as its pivot opens, beside SQL written by hand over the same table."""

from odoo import fields

from ..readings import Goal, Outcome
from ..session import Differs

TITLE = "funnel pivot by month and source"
NEEDS = "≤ 2× bare SQL; ≤ 2 s of CPU on 1M leads"
_LEVELS = [[], ["date:month"], ["date:month", "source_id"]]
_MEASURES = [
    "inquiry_count:sum",
    "mql_count:sum",
    "mql_rate_pct:avg",
    "sql_count:sum",
    "sql_rate_pct:avg",
    "won_count:sum",
    "won_rate_pct:avg",
    "__count",
    "mql_rate_pct:count",
    "sql_rate_pct:count",
    "won_rate_pct:count",
]
_MORE = [*_MEASURES, "touches_per_lead:avg", "cost_per_lead:avg", "revenue:sum"]
_MOST_SECONDS = 2


def run(bench):
    """Compare the call that opens the pivot with the numbers alone, totals of months included.

    Beside it, without a goal: the same with touches, cost a lead and revenue.
    """
    name = bench.database("ours")
    runs = bench.compare(
        {
            "ours": (name, lambda env, meter: _ours(env, meter, _MEASURES)),
            "bare SQL": (name, _bare_sql),
            "ours with touches, cost and revenue": (
                name,
                lambda env, meter: _ours(env, meter, _MORE),
            ),
        },
        _check,
    )
    seconds = {"at_most": _MOST_SECONDS} if bench.size == "1m" else {}
    return Outcome(
        ways=runs.medians(),
        goals=[
            Goal("ours ÷ bare SQL", runs.ratio("ours", "bare SQL"), at_most=2),
            Goal("ours, seconds of CPU", runs.middle("ours"), **seconds),
            Goal(
                "with touches, cost and revenue ÷ bare SQL",
                runs.ratio("ours with touches, cost and revenue", "bare SQL"),
            ),
        ],
        same="each count and rate of each month and source, of each month, and of all",
    )


def _ours(env, meter, measures):
    manager = env["res.users"].search([("login", "=", "bench_manager")])
    report = env["lead.funnel.report"].with_user(manager).with_context(tz=manager.tz)
    with meter:
        levels = report.formatted_read_grouping_sets([], _LEVELS, measures)
    figures = {}
    for level in levels:
        for group in level:
            month = group.get("date:month")
            source = group.get("source_id")
            key = (
                len([name for name in _LEVELS[-1] if name in group]),
                month and month[0][:7],
                source and source[0],
            )
            figures[key] = tuple(round(group[name] or 0, 6) for name in _MEASURES)
    return figures


def _bare_sql(env, meter):
    with meter:
        env.cr.execute(_BARE, {"tz": "UTC", "companies": env.company.ids})
        rows = env.cr.fetchall()
    return {
        (
            2 - bin(level).count("1"),
            month and fields.Datetime.to_string(month)[:7] if not level & 2 else None,
            (source or False) if not level & 1 else None,
        ): tuple(round(float(value or 0), 6) for value in values)
        for level, month, source, *values in rows
    }


def _check(results):
    for way, figures in results.items():
        if figures != results["bare SQL"]:
            keys = figures.keys() ^ results["bare SQL"].keys()
            keys |= {key for key in figures if figures[key] != results["bare SQL"].get(key)}
            raise Differs(f"“{way}” and bare SQL disagree on {len(keys)} groups: {list(keys)[:3]}")


_BARE = """
SELECT GROUPING(month, source_id), month, source_id, COUNT(*),
       COUNT(*) FILTER (WHERE mql), AVG(CASE WHEN mql THEN 100.0 ELSE 0 END),
       COUNT(*) FILTER (WHERE sql), AVG(CASE WHEN sql THEN 100.0 ELSE 0 END) FILTER (WHERE mql),
       COUNT(*) FILTER (WHERE won), AVG(CASE WHEN won THEN 100.0 ELSE 0 END) FILTER (WHERE sql),
       COUNT(*), COUNT(*), COUNT(*) FILTER (WHERE mql), COUNT(*) FILTER (WHERE sql)
  FROM (SELECT DATE_TRUNC('month', create_date AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s) AS month,
               source_id,
               mql_at IS NOT NULL OR sql_at IS NOT NULL OR won_status = 'won'
                   OR lifecycle IN ('mql', 'sql', 'customer') AS mql,
               sql_at IS NOT NULL OR won_status = 'won'
                   OR lifecycle IN ('sql', 'customer') AS sql,
               won_status = 'won' AS won
          FROM crm_lead WHERE company_id = ANY(%(companies)s) OR company_id IS NULL) lead
 GROUP BY GROUPING SETS ((), (month), (month, source_id))
 ORDER BY month, source_id
"""
