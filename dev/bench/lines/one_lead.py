"""One lead opened, made and changed, with the addons and without."""

from .. import web_view
from ..readings import Goal, Outcome
from ..session import Differs

TITLE = "one lead: form, create, write"
NEEDS = "≤ 1.1× core's time; ≤ 3 queries more"
_TIMES = 40


def run(bench):
    """Compare what the web client calls for the form of a lead, and what it saves.

    The form is read with every field of its view; ours shows more. A lead is made as a
    salesperson types one in, then its expected revenue and priority are changed, then its stage.
    """
    ours, core = bench.database("ours"), bench.database("core")
    ways = {"form": _read_form, "create": _create, "write": _write, "stage": _move}
    runs = bench.compare(
        {
            f"{name}, {kind}": (database, way)
            for name, way in ways.items()
            for kind, database in (("ours", ours), ("core", core))
        },
        lambda results: _check(ways, results),
    )
    goals = []
    for name in ways:
        with_us, without = f"{name}, ours", f"{name}, core"
        more = runs.middle(with_us, "queries") - runs.middle(without, "queries")
        goals += [
            Goal(f"{name}: ours ÷ core", runs.ratio(with_us, without), at_most=1.1),
            Goal(f"{name}: queries more", more / _TIMES, at_most=3),
        ]
    return Outcome(
        ways=runs.medians(),
        goals=goals,
        same=f"the same leads with the same values, {_TIMES} of each",
        notes=["Queries and seconds are of all leads together."],
    )


def _read_form(env, meter):
    leads = _get_leads(env)
    asked = web_view.specification(leads[0].env, "form")

    def read(lead):
        lead.web_read(asked)
        return lead

    return _measure(env, meter, leads, read)


def _create(env, meter):
    leads = _get_leads(env)[0].browse()
    vals_list = [
        {
            "name": f"Typed in {number}",
            "type": "opportunity",
            "contact_name": f"New Person {number}",
            "partner_name": f"New House {number}",
            "email_from": f"person{number}@newhouse{number}.example",
            "phone": f"+49 30 5550{number:04}",
            "expected_revenue": 1000 + number,
        }
        for number in range(_TIMES + 1)
    ]
    return _measure(env, meter, vals_list, leads.create)


def _write(env, meter):
    def write(lead):
        lead.write({"expected_revenue": 4321, "priority": "2"})
        return lead

    return _measure(env, meter, _get_leads(env), write)


def _move(env, meter):
    leads = _get_leads(env)
    stages = env["crm.stage"].search([("is_won", "=", False)], order="sequence, id")

    def move(lead):
        lead.write({"stage_id": stages[-1 if lead.stage_id != stages[-1] else 0].id})
        return lead

    return _measure(env, meter, leads, move)


def _get_leads(env):
    """Give open opportunities that are a salesperson's, as he sees them."""
    rep = env["res.users"].search([("login", "=", "bench_rep7")])
    leads = env["crm.lead"].with_user(rep).with_context(tz="UTC", default_type="opportunity")
    mine = [("type", "=", "opportunity"), ("user_id", "=", rep.id), ("won_status", "=", "pending")]
    found = leads.search(mine, limit=_TIMES + 1, order="id desc")
    return [leads.browse(lead_id) for lead_id in found.ids]  # one by one: no common prefetching


def _measure(env, meter, items, do):
    """Do it with the first to fill the caches of the process, then measure the others."""
    first, *others = items
    do(first)
    env.flush_all()
    done = []
    with meter:
        for item in others:
            env.invalidate_all()
            done.append(do(item))
            env.flush_all()
    return [
        (lead.name, lead.stage_id.name, lead.expected_revenue, lead.priority, lead.team_id.name)
        for lead in done
    ]


def _check(ways, results):
    for name in ways:
        if results[f"{name}, ours"] != results[f"{name}, core"]:
            raise Differs(f"“{name}”: other leads or other values with the addons")
