"""Giving many leads to five teams of ten salespeople."""

from collections import Counter

from odoo.tools import SQL

from .. import world
from ..readings import Goal, Outcome
from ..session import Differs

TITLE = "assign 10,000 leads to 5 teams × 10 members"
NEEDS = "≥ 20× core's _action_assign_leads; cost a lead constant from 1k to 10k"
_COUNT = 10_000
_CONSTANT = 1.2  # what a lead of many may cost for a lead of few


def run(bench):
    """Compare our offers, with rule, score and lines kept, with core's assignment of leads.

    A filter leads a fifth of the leads to each team. Core converts them to opportunities.
    """
    count, few, sample = bench.part(_COUNT), bench.part(_COUNT // 10), bench.sample(_COUNT)
    ours, core = bench.database("ours"), bench.database("core")
    runs = bench.compare(
        {
            "ours": (ours, lambda env, meter: _ours(env, meter, count)),
            "ours, a tenth": (ours, lambda env, meter: _ours(env, meter, few)),
            f"core, {sample:,} of them": (core, lambda env, meter: _core(env, meter, sample)),
        },
        lambda results: _check(dict(zip((count, few, sample), results.values(), strict=True))),
    )
    times_core = runs.ratio(f"core, {sample:,} of them", "ours") * count / sample
    times_few = runs.ratio("ours", "ours, a tenth") * few / count
    each = runs.middle("ours") / count * 1000
    return Outcome(
        ways=runs.medians(),
        goals=[
            Goal("core ÷ ours, a lead", times_core, at_least=20),
            Goal("a lead of 10k ÷ a lead of 1k", times_few, at_most=_CONSTANT),
        ],
        same="each lead has a salesperson of the team its filter names, a fifth of them each",
        notes=[
            f"ours: {each:.2f} ms a lead, with a hand-over each (rule, score) and one message to "
            "each of the 50; core keeps no reasons and tells nobody",
        ],
    )


def _ours(env, meter, count):
    teams = world.make_teams(env)
    env["lead.assignment.rule"].search([]).active = False
    env["lead.assignment.rule"].create(
        [
            {
                "name": f"Rule of {team.name}",
                "domain": repr([("referred", "=", f"bench {number}")]),
                "team_id": team.id,
                "method": "round_robin",
            }
            for number, team in enumerate(teams)
        ]
    )
    env["res.company"].search([]).write({"lead_offer_enabled": True, "lead_offer_start_at": False})
    leads = world.take_leads(
        env,
        count,
        """, lifecycle = 'mql', mql_at = now() AT TIME ZONE 'UTC', not_a_buyer = NULL,
             lifecycle_at = now() AT TIME ZONE 'UTC'""",
    )
    env["lead.handover"].search([("lead_id", "in", leads.ids)]).unlink()
    env.flush_all()
    env.invalidate_all()
    with meter:
        leads._offer_qualified()
        env.flush_all()
    offers = env["lead.handover"].search([("lead_id", "in", leads.ids), ("state", "=", "offered")])
    if len(offers) != count or len(offers.filtered("rule_id")) != count:
        raise Differs(f"{len(offers)} hand-overs of {count} leads")
    told = Counter(_get_told(env, teams))
    if len(told) != world.TEAMS * world.MEMBERS or set(told.values()) != {1}:
        raise Differs(f"not everybody was told just once: {sorted(told.values())}")
    return _count_by_team(leads)


def _core(env, meter, count):
    teams = world.make_teams(env)
    for number, team in enumerate(teams):
        team.assignment_domain = repr([("referred", "=", f"bench {number}")])
    leads = world.take_leads(env, count)
    env.flush_all()
    env.invalidate_all()
    with meter:
        teams._action_assign_leads(force_quota=True, creation_delta_days=0)
        env.flush_all()
    return _count_by_team(leads)


def _get_told(env, teams):
    """Give the ids of the contacts of the teams' members, once for each message to them."""
    partners = teams.crm_team_member_ids.user_id.partner_id
    query = "SELECT res_partner_id FROM mail_notification WHERE res_partner_id = ANY(%s)"
    return [partner_id for (partner_id,) in env.execute_query(SQL(query, partners.ids))]


def _count_by_team(leads):
    """Give ``{word of the filter: leads}`` of those whose salesperson is of the right team."""
    leads.invalidate_recordset()
    return Counter(
        lead.referred
        for lead in leads
        if lead.team_id.name == lead.referred.replace("bench", "Team")
        and lead.user_id in lead.team_id.member_ids
    )


def _check(found_by_count):
    for count, found in found_by_count.items():
        if set(found.values()) != {count // world.TEAMS}:
            raise Differs(f"of {count} leads the right teams have {dict(found)}")
