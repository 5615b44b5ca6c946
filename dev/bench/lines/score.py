"""Scoring every open lead by twenty rules, and letting scores fade."""

from datetime import timedelta

from odoo.tools import SQL

from ..readings import Goal, Outcome
from ..session import Differs

TITLE = "score 100k leads by 20 rules"
NEEDS = "≥ 10× search() per rule + UPDATE of crm_lead; 1M in ≤ 11× 100k; fading writes what changed"

# (filter, points); they add up to 38 at most, so that nobody becomes qualified by them
_RULES = [
    *(([("country_id.code", "=", code)], 3) for code in ("DE", "FR", "US", "GB", "IR", "TR")),
    *(([("partner_name", "ilike", word)], 2) for word in ("pump", "valve", "robot", "laser")),
    *(([("expected_revenue", ">=", limit)], 3) for limit in (10_000, 20_000, 30_000, 40_000)),
    ([("phone", "!=", False)], 3),
    ([("email_normalized", "like", "anna.%")], 2),
    ([("email_normalized", "!=", False)], 3),
    ([("contact_name", "ilike", "max")], 2),
    ([("type", "=", "opportunity")], 3),
    ([("partner_name", "!=", False), ("contact_name", "!=", False)], 4),
]
_OPEN = [("won_status", "=", "pending"), ("active", "=", True)]
_AGED = 15  # days that pass before the fading


def run(bench):
    """Compare our scorer's cron over all open leads with core's way of writing a number to leads.

    Core's way: one ``search()`` a rule, the sums in Python, one UPDATE of a column of ``crm_lead``.
    Ours judges temperature and qualification besides.
    """
    # The cron commits batch by batch; the ways stay alike in copies, as each begins anew.
    ours, core = bench.copied(bench.database("ours")), bench.copied(bench.database("core"))
    ways = {
        "ours": (ours, _ours),
        "search() + UPDATE": (core, _core),
        "ours, fading": (ours, lambda env, meter: _fading(env, meter, bench.part(1000))),
    }
    if bench.size == "1m":
        ways["ours, 100k"] = (bench.copied(bench.database("ours", size="100k")), _ours)
    runs = bench.compare(ways, _check, commit=True)
    bench.drop_copies()
    goals = [Goal("search() + UPDATE ÷ ours", runs.ratio("search() + UPDATE", "ours"), at_least=10)]
    if bench.size == "1m":
        goals.append(Goal("1M ÷ 100k", runs.ratio("ours", "ours, 100k"), at_most=11))
    goals.append(Goal("fading of all ÷ scoring of all", runs.ratio("ours, fading", "ours")))
    return Outcome(
        ways=runs.medians(),
        goals=goals,
        same="sum of points and number of leads a score, for every score",
        notes=[
            "fading: what happened to one lead in a hundred has aged by 15 days; their scores were "
            "written, no other"
        ],
    )


def _use_only(env, rules):
    """Have just these rules, and no answers that give points as well, told or implied."""
    env["lead.score.rule"].search([]).active = False
    env["lead.qualification"].search([]).unlink()
    env["lead.qualifier.answer"].search([]).is_implied_by_interest = False
    env["lead.score.rule"].create(
        [
            {"name": f"Rule {number}", "domain": repr(domain), "points": points}
            for number, (domain, points) in enumerate(rules)
        ]
    )
    env.flush_all()


def _ours(env, meter):
    _use_only(env, _RULES)
    env["lead.score"]._mark_stale(SQL("TRUE"))
    env.cr.commit()
    with meter:
        env["crm.lead"]._cron_score_leads()
        env.cr.commit()
    return _count_by_score(
        env,
        """SELECT score.total, COUNT(*) FROM lead_score AS score JOIN crm_lead AS lead USING (id)
            WHERE lead.active AND lead.won_status = 'pending' AND NOT score.is_stale GROUP BY 1""",
    )


def _core(env, meter):
    leads = env["crm.lead"]
    with meter:
        points_by_lead = dict.fromkeys(leads.search(_OPEN)._ids, 0)
        for domain, points in _RULES:
            for lead_id in leads.search(_OPEN + domain)._ids:
                points_by_lead[lead_id] += points
        env.execute_query(
            SQL(
                """UPDATE crm_lead SET color = scored.points
                     FROM UNNEST(%s::int[], %s::int[]) AS scored (id, points)
                    WHERE scored.id = crm_lead.id RETURNING 1""",
                list(points_by_lead),
                list(points_by_lead.values()),
            )
        )
        env.cr.commit()
    return _count_by_score(
        env,
        """SELECT color, COUNT(*) FROM crm_lead
            WHERE active AND won_status = 'pending' GROUP BY 1""",
    )


def _fading(env, meter, count):
    """Score, let ``count`` leads age, fade; give what was written and should have been."""
    _use_only(env, _RULES)
    env["lead.score.rule"].create({"name": "Reply", "event_kind": "reply", "points": 16})
    env.cr.execute("DELETE FROM lead_event WHERE kind = 'reply'")
    env.cr.execute(
        """INSERT INTO lead_event (lead_id, kind, occurred_at)
           SELECT id, 'reply', now() AT TIME ZONE 'UTC' FROM crm_lead
            WHERE active AND won_status = 'pending' ORDER BY hashint4(id) LIMIT %s""",
        [count],
    )
    env["lead.score"]._mark_stale(SQL("TRUE"))
    env["crm.lead"]._cron_score_leads()
    env.cr.execute(
        "UPDATE lead_event SET occurred_at = occurred_at - %s WHERE kind = 'reply'",
        [timedelta(days=_AGED)],
    )
    env.cr.execute("SELECT pg_current_xact_id()::xid::text::bigint")
    [(marker,)] = env.cr.fetchall()
    env.cr.commit()
    with meter:
        env["crm.lead"]._cron_fade_scores()
        env.cr.commit()
    query = "SELECT COUNT(*) FROM lead_score WHERE xmin::text::bigint > %s"
    [(written,)] = env.execute_query(SQL(query, marker))
    return written, count


def _count_by_score(env, query):
    return dict(env.execute_query(SQL(query)))


def _check(results):
    ours, core = results["ours"], results["search() + UPDATE"]
    if ours != core:
        raise Differs(f"leads by score: ours {sorted(ours.items())}, core {sorted(core.items())}")
    written, expected = results["ours, fading"]
    if written != expected:
        raise Differs(f"fading wrote {written} scores, {expected} had changed")
