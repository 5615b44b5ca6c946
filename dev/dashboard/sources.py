"""What is read: the filters, the pivots and the list that the figures stand on."""

from .contents import COUNTS, FILTERS, MONEY, PEOPLE_MEASURES, RATES, SHOW_MEASURES


def make_filters():
    period = {"id": "period", "type": "date", "label": "Period", "defaultValue": "last_90_days"}
    return [
        period,
        *(
            {"id": name, "type": "relation", "label": label, "modelName": model}
            for name, label, model, _field in FILTERS
        ),
    ]


def match_fields(offset=0):
    """Return which field of the funnel each filter is about; ``offset`` -1: the period before."""
    return {
        "period": {"chain": "date", "type": "datetime", "offset": offset},
        **{name: {"chain": field, "type": "many2one"} for name, _label, _model, field in FILTERS},
    }


def make_pivots():
    totals = [
        *(f"{name}:sum" for name, *_rest in COUNTS + MONEY),
        *(f"{name}:{function}" for name, *_rest in RATES for function in ("avg", "count")),
    ]
    stages = [f"{name}:sum" for name, title, *_rest in COUNTS if title]
    show, people = SHOW_MEASURES, PEOPLE_MEASURES
    month = {"fieldName": "date", "granularity": "month", "order": "desc"}
    channel = {"fieldName": "medium_id"}
    is_mql = [["mql_count", ">", 0]]
    sql_rate = ["sql_rate_pct:avg", "sql_rate_pct:count"]
    return {
        "1": make_pivot(1, "This period", totals),
        "2": make_pivot(2, "The period before", totals, offset=-1),
        "3": make_pivot(3, "Month by month", stages, row=month),
        "4": make_pivot(4, "Shows", show, {"fieldName": "trade_show_id"}, "inquiry_count:sum"),
        "5": make_pivot(5, "Salespeople", people, {"fieldName": "user_id"}, "revenue:sum"),
        "6": make_pivot(6, "Channels", sql_rate, channel, "sql_rate_pct:count", domain=is_mql),
    }


def make_pivot(number, name, measures, row=None, sorted_by=None, offset=0, domain=None):
    pivot = {
        "type": "ODOO",
        "id": str(number),
        "formulaId": str(number),
        "name": name,
        "model": "lead.funnel.report",
        "context": {},
        "domain": domain or ([[row["fieldName"], "!=", False]] if row else []),
        "measures": [
            {
                "id": measure,
                "fieldName": field,
                "aggregator": function,
                **({"format": "#,##0.0"} if function == "avg" else {}),
            }
            for measure in measures
            for field, function in [measure.split(":")]
        ],
        "columns": [],
        "rows": [row] if row else [],
        "sortedColumn": None,
        "fieldMatching": match_fields(offset),
    }
    if sorted_by:
        pivot["sortedColumn"] = {"measure": sorted_by, "order": "desc", "domain": []}
    return pivot


def make_leak_list():
    return {
        "id": "1",
        "name": "Where it leaks",
        "model": "lead.health.check",
        "columns": ["name", "count", "trend_text"],
        "domain": [],
        "context": {},
        "orderBy": [],
        "fieldMatching": {},
    }
