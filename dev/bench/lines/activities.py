"""Putting calls on colleagues' lists."""

from collections import Counter

from odoo import fields
from odoo.tools import SQL

from .. import world
from ..readings import Goal, Outcome
from ..session import Differs

TITLE = "plan 10,000 call activities for colleagues"
NEEDS = "≥ 40× activity_schedule lead by lead"
_COUNT = 10_000


def run(bench):
    """Compare the calls of a cadence put on their way with ``activity_schedule`` on each lead."""
    count, sample = bench.part(_COUNT), bench.sample(_COUNT)
    core = f"core, {sample:,} of them"
    runs = bench.compare(
        {
            "ours": (bench.database("ours"), lambda env, meter: _ours(env, meter, count)),
            core: (bench.database("core"), lambda env, meter: _core(env, meter, sample)),
        },
        lambda results: _check(dict(zip((count, sample), results.values(), strict=True))),
    )
    each = runs.middle("ours") / count * 1000
    return Outcome(
        ways=runs.medians(),
        goals=[Goal("core ÷ ours, a call", runs.ratio(core, "ours") * count / sample, at_least=40)],
        same="one open call a lead, the same number for each of 50 people",
        notes=[
            f"ours: {each:.2f} ms a call, its touch tied to it; core sends a message a call to "
            "each of the 50, ours none: what is planned is on their lists"
        ],
    )


def _ours(env, meter, count):
    users = world.make_teams(env).crm_team_member_ids.user_id
    touches = _make_touches(env, world.take_leads(env, count), users)
    with meter:
        touches._queue()
        env.flush_all()
    if len(touches.activity_id) != count or set(touches.mapped("state")) != {"queued"}:
        raise Differs(f"{len(touches.activity_id)} activities of {count} touches")
    return _count_by_user(env, users)


def _make_touches(env, leads, users):
    """Give planned calls of now, one a lead, in turn by ``users``."""
    step = env.ref("lead_followup.lead_cadence_trade_show").step_ids.filtered(
        lambda step: step.channel == "call"
    )[:1]
    env["lead.cadence.enrollment"].search([("lead_id", "in", leads.ids)]).unlink()
    env.flush_all()
    rows = env.execute_query(
        SQL(
            """WITH enrolled AS (
                INSERT INTO lead_cadence_enrollment (lead_id, cadence_id, step_id, round, state)
                SELECT id, %(cadence)s, %(step)s, 0, 'active' FROM UNNEST(%(leads)s) AS lead (id)
                RETURNING id, lead_id
            )
            INSERT INTO lead_touch (enrollment_id, lead_id, step_id, round, user_id, channel,
                                    state, planned_at, company_id)
            SELECT id, lead_id, %(step)s, 0,
                   (%(users)s)[1 + ROW_NUMBER() OVER (ORDER BY lead_id) %% %(user_count)s],
                   'call', 'planned', %(now)s, %(company)s
              FROM enrolled RETURNING id""",
            cadence=step.cadence_id.id,
            step=step.id,
            leads=leads.ids,
            users=users.ids,
            user_count=len(users),
            now=fields.Datetime.now(),
            company=env.company.id,
        )
    )
    env.invalidate_all(flush=False)
    return env["lead.touch"].browse(sorted(touch_id for (touch_id,) in rows))


def _core(env, meter, count):
    users = world.make_teams(env).crm_team_member_ids.user_id
    leads = world.take_leads(env, count)
    today = fields.Date.context_today(leads)
    with meter:
        for number, lead in enumerate(leads):
            lead.activity_schedule(
                "mail.mail_activity_data_call",
                date_deadline=today,
                summary="Call, from 10:00",
                user_id=users[number % len(users)].id,
            )
        env.flush_all()
    return _count_by_user(env, users)


def _count_by_user(env, users):
    """Give how many people have how many leads with an open call: ``{leads: people}``."""
    calls = env["mail.activity"].search(
        [
            ("user_id", "in", users.ids),
            ("res_model", "=", "crm.lead"),
            ("activity_type_id", "=", env.ref("mail.mail_activity_data_call").id),
        ]
    )
    leads_by_user = {
        user: set(own.mapped("res_id")) for user, own in calls.grouped("user_id").items()
    }
    return Counter(map(len, leads_by_user.values()))


def _check(found_by_count):
    people = world.TEAMS * world.MEMBERS
    for count, found in found_by_count.items():
        if found != {count // people: people}:
            raise Differs(f"of {count} calls, people by number of leads: {dict(found)}")
