"""The pipeline of a salesperson on the screen, with the addons and without."""

from .. import web_view
from ..readings import Goal, Outcome
from ..session import Differs

TITLE = "list and kanban of the pipeline"
NEEDS = "≤ 1.2× core's time; ≤ 3 queries more"
_TIMES = 20
_PAGE = 80  # leads in a list
_COLUMN = 20  # leads of a stage, as the kanban loads at first


def run(bench):
    """Compare the calls of the web client for its list and its kanban of one's own leads.

    Every field of the views is read, hidden columns too, as the web client does; ours have more
    of them. Each call begins with an empty cache of records, as in a request of its own.
    """
    ours, core = bench.database("ours"), bench.database("core")
    runs = bench.compare(
        {
            f"{screen}, {kind}": (name, way)
            for screen, way in (("list", _read_list), ("kanban", _read_kanban))
            for kind, name in (("ours", ours), ("core", core))
        },
        _check,
    )
    goals = []
    for screen in ("list", "kanban"):
        with_us, without = f"{screen}, ours", f"{screen}, core"
        more = runs.middle(with_us, "queries") - runs.middle(without, "queries")
        goals += [
            Goal(f"{screen}: ours ÷ core", runs.ratio(with_us, without), at_most=1.2),
            Goal(f"{screen}: queries more", more / _TIMES, at_most=3),
        ]
    return Outcome(
        ways=runs.medians(),
        goals=goals,
        same=f"the same leads by name, {_TIMES} calls each",
        notes=["Queries and seconds are of all calls together."],
    )


def _read_list(env, meter):
    leads, domain = _get_pipeline(env)
    asked = web_view.specification(leads.env, "list", env.ref("crm.crm_case_tree_view_oppor").id)

    def read():
        page = leads.web_search_read(domain, asked, limit=_PAGE, count_limit=10001)
        return page["length"], [row["name"] for row in page["records"]]

    return _measure(env, meter, read)


def _read_kanban(env, meter):
    leads, domain = _get_pipeline(env)
    asked = web_view.specification(
        leads.env, "kanban", env.ref("crm.crm_case_kanban_view_leads").id
    )
    bar = {
        "field": "activity_state",
        "colors": {"planned": "success", "today": "warning", "overdue": "danger"},
    }

    def read():
        columns = leads.web_read_group(
            domain,
            ["stage_id"],
            ["expected_revenue:sum", "recurring_revenue_monthly:sum"],
            auto_unfold=True,
            unfold_read_specification=asked,
            unfold_read_default_limit=_COLUMN,
        )
        bars = leads.read_progress_bar(domain, "stage_id", bar)
        return bars, [
            (column["__count"], [row["name"] for row in column.get("__records", [])])
            for column in columns["groups"]
        ]

    return _measure(env, meter, read)


def _get_pipeline(env):
    rep = env["res.users"].search([("login", "=", "bench_rep7")])
    leads = env["crm.lead"].with_user(rep).with_context(tz="UTC", default_type="opportunity")
    return leads, [("type", "=", "opportunity"), ("user_id", "=", rep.id)]


def _measure(env, meter, read):
    shown = read()
    with meter:
        for _time in range(_TIMES):
            env.invalidate_all()
            read()
    return shown


def _check(results):
    for screen in ("list", "kanban"):
        if results[f"{screen}, ours"] != results[f"{screen}, core"]:
            raise Differs(f"The {screen} shows other leads with the addons")
