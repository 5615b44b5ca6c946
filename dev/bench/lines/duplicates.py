"""Finding the leads that many newcomers are: by Odoo's own method, and by our three keys."""

from odoo.tools import SQL

from ..readings import Goal, Outcome
from ..session import Differs

TITLE = "find the duplicates of 1,000 leads among 100k"
NEEDS = "≥ 100× core, ≥ 10× core given the same btree index"
_COUNT = 1000


def run(bench):
    """Compare core's search by e-mail, one lead after the other, with ours by all keys at once.

    Half of the newcomers are known. Core's method looks for the e-mail address only; ours looks
    for numbers, names and companies as well, and must find by e-mail what core finds.
    """
    count = bench.part(_COUNT)
    ours, core = bench.database("ours"), bench.database("core")
    runs = bench.compare(
        {
            "ours": (ours, lambda env, meter: _ours(env, meter, count)),
            "core": (core, lambda env, meter: _core(env, meter, count)),
            "core with the index": (core, lambda env, meter: _core_with_index(env, meter, count)),
            "bare SQL": (ours, lambda env, meter: _bare_sql(env, meter, count)),
        },
        _check,
    )
    return Outcome(
        ways=runs.medians(),
        goals=[
            Goal("core ÷ ours", runs.ratio("core", "ours"), at_least=100),
            Goal(
                "core with the index ÷ ours", runs.ratio("core with the index", "ours"), at_least=10
            ),
            Goal("ours ÷ bare SQL", runs.ratio("ours", "bare SQL")),
        ],
        same=f"each of the {count // 2} known ones found by e-mail, none of the others",
    )


def _get_newcomers(env, count):
    """Give ``count`` people as rows of a file, every second one a lead spread over the database."""
    rows = env.execute_query(
        SQL(
            """SELECT email_normalized, phone_sanitized, contact_name, partner_name
                 FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY id) AS number FROM crm_lead
                        WHERE email_normalized IS NOT NULL) AS lead
                WHERE number %% GREATEST((SELECT COUNT(*) FROM crm_lead) / %s, 1) = 0
                ORDER BY id LIMIT %s""",
            count,
            count,
        )
    )
    words = ("email", "phone", "name", "company")
    newcomers = [dict(zip(words, row, strict=True)) for row in rows]
    for number, newcomer in enumerate(newcomers):
        newcomer["mobile"] = None
        if number % 2:
            newcomer.update(
                email=f"new{number}@newcomer.example",
                phone=f"+4989{number:07}",
                name=f"New {number}",
            )
    return newcomers


def _ours(env, meter, count):
    from odoo.addons.lead_followup.models.candidates import Candidates

    newcomers = _get_newcomers(env, count)
    leads = env["crm.lead"]
    with meter:
        candidates = Candidates(leads._search_candidates(newcomers, env.company))
        found = [candidates.find(newcomer) for newcomer in newcomers]
    return [lead.email_normalized if rule == "email" else None for lead, rule in found]


def _core(env, meter, count):
    newcomers = _get_newcomers(env, count)
    leads = env["crm.lead"]
    with meter:
        found = [
            leads._get_lead_duplicates(email=newcomer["email"], include_lost=True)
            for newcomer in newcomers
        ]
    return [duplicates[:1].email_normalized or None for duplicates in found]


def _core_with_index(env, meter, count):
    env.cr.execute("CREATE INDEX ON crm_lead (email_normalized)")
    return _core(env, meter, count)


def _bare_sql(env, meter, count):
    newcomers = _get_newcomers(env, count)
    query = SQL(
        "SELECT id, email_normalized FROM crm_lead WHERE email_normalized = ANY(%s)",
        [newcomer["email"] for newcomer in newcomers],
    )
    with meter:
        known = {email for _id, email in env.execute_query(query)}
    return [newcomer["email"] if newcomer["email"] in known else None for newcomer in newcomers]


def _check(results):
    expected = results["core"]
    for way, found in results.items():
        if found != expected:
            different = sum(one != other for one, other in zip(found, expected, strict=False))
            raise Differs(f"“{way}” and core disagree on {different} of {len(expected)}")
    if sum(map(bool, expected)) != (len(expected) + 1) // 2:
        raise Differs(f"{sum(map(bool, expected))} of {len(expected)} found, not one half")
