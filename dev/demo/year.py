"""The year before the demo's show: three more shows, a website, referrals, and what came of them.

Written as the records that such a year leaves, at their dates; nothing is enrolled, so that nothing
is sent. The dates count back from today.
"""

from datetime import timedelta

from odoo import Command, fields
from odoo.tools import SQL

from odoo.addons.lead_followup.models.untracked import UNTRACKED

from . import people

# days since it closed, leads, what the stand and the travel cost
SHOWS = (
    ("Process Water Days", 318, 38, "Chicago", "base.us", "America/Chicago", 16200, 4300),
    ("Valve World Forum", 205, 44, "Frankfurt am Main", "base.de", "Europe/Berlin", 21800, 9700),
    ("Autumn Plant Fair", 96, 41, "Toronto", "base.ca", "America/Toronto", 14900, 5200),
)
_STAGE = {"won": "crm.stage_lead4", "open": "crm.stage_lead2"}
_LOST = ("crm.lost_reason_1", "crm.lost_reason_2", "lead_followup.crm_lost_reason_no_response")


def main(env):
    """Write the year; print what it holds."""
    now = fields.Datetime.now()
    team = env["crm.team"].search([("name", "=", "Pumps and Valves")], limit=1)
    reps = team.member_ids.sorted("id")
    shows = _make_shows(env, team.user_id, reps)
    year = people.make_year(now, [(show.date_end, SHOWS[i][2]) for i, show in enumerate(shows)])
    leads = _make_leads(env, year, shows, team, reps)
    _date_leads(env, leads, year)
    _make_visits(env, leads, year, shows)
    _make_offers(env, leads, year, reps)
    _make_touches(env, leads, year, reps)
    _make_events(env, leads, year)
    _make_answers(env, leads, year)
    _make_referrals(env, leads, year)
    _make_recycling(env, leads, year, now)
    _make_costs(env, now)
    _make_plan(env)
    _make_health(env)
    env.flush_all()
    leads.invalidate_recordset()
    leads._update_scores()
    env.cr.commit()
    won = leads.filtered(lambda lead: lead.won_status == "won")
    lost = leads.filtered(lambda lead: lead.won_status == "lost")
    back = leads.filtered("rotation")
    print(
        f"\n  The year before it: {len(leads)} leads of {len(shows)} shows, the website and "
        f"referrals;\n  {len(won)} won, {len(lost)} lost, {len(back)} lost and taken up again"
    )


def _make_shows(env, manager, reps):
    today = fields.Date.today()
    # nobody is told that he is responsible for a show long over
    quiet = {"tracking_disable": True, "mail_auto_subscribe_no_notify": True}
    shows = (
        env["lead.trade.show"]
        .with_context(**quiet)
        .create(
            [
                {
                    "name": name,
                    "date_begin": today - timedelta(days=days + 2),
                    "date_end": today - timedelta(days=days),
                    "city": city,
                    "country_id": env.ref(country).id,
                    "tz": tz,
                    "user_id": manager.id,
                    "staff_ids": [Command.set(reps.ids)],
                    "goal_qualified_count": 18,
                    "goal_revenue": 90000,
                    "cost_ids": [
                        Command.create({"kind": "stand", "name": "Stand", "amount": stand}),
                        Command.create(
                            {"kind": "travel", "name": "Three people", "amount": travel}
                        ),
                    ],
                }
                for name, days, _count, city, country, tz, stand, travel in SHOWS
            ]
        )
    )
    return shows.with_context(env.context)


def _make_leads(env, year, shows, team, reps):
    source_web = env["utm.source"].create({"name": "Website form"})
    country_by_code = {
        code: env.ref(f"base.{'uk' if code == 'gb' else code}").id for code in people.COUNTRIES
    }
    medium = {
        "show": env.ref("lead_followup.utm_medium_trade_show").id,
        "web": env.ref("utm.utm_medium_website").id,
        "referral": env.ref("utm.utm_medium_direct").id,
    }
    source = {"web": source_web.id, "referral": env.ref("utm.utm_source_referral").id}
    stage = {ending: env.ref(xmlid).id for ending, xmlid in _STAGE.items()}
    reasons = [env.ref(xmlid).id for xmlid in _LOST]
    interest = env["lead.interest"].search([], limit=1)
    vals_list = []
    for number, person in enumerate(year):
        rep = reps[number % len(reps)]
        vals = {
            "name": f"{person.firm}: {person.name}",
            "contact_name": person.name,
            "partner_name": person.firm,
            "email_from": person.email,
            "country_id": country_by_code[person.country],
            "type": "opportunity" if person.sql_at else "lead",
            "user_id": rep.id if person.sql_at or person.is_offered else False,
            "team_id": team.id,
            "medium_id": medium[person.way],
            "source_id": source.get(person.way, False),
            "campaign_id": shows[person.show].campaign_id.id if person.show is not None else False,
            "expected_revenue": person.value if person.mql_at else 0,
            "interest_ids": [Command.set(interest.ids)] if number % 3 else False,
            "lifecycle": _get_lifecycle(person),
            "lifecycle_at": person.closed_at or person.sql_at or person.mql_at or person.made_at,
            "mql_at": person.mql_at,
            "sql_at": person.sql_at,
            "first_touch_at": person.touched_at,
            "first_human_touch_at": person.touched_at if person.sql_at else False,
            "rotation": 1 if person.ending == "back" and person.closed_at else 0,
        }
        if person.ending == "won":
            vals |= {"stage_id": stage["won"], "probability": 100, "date_closed": person.closed_at}
        elif person.ending == "lost":
            vals |= {"active": False, "probability": 0, "date_closed": person.closed_at}
            vals["lost_reason_id"] = reasons[number % len(reasons)]
        elif person.sql_at:
            vals["stage_id"] = stage["open"]
        vals_list.append(vals)
    return env["crm.lead"].with_context(**UNTRACKED).create(vals_list).with_context(env.context)


def _get_lifecycle(person):
    if person.ending == "won":
        return "customer"
    if person.ending in ("nurture", "returned"):
        return "nurture"
    return "sql" if person.sql_at else "mql" if person.mql_at else "inquiry"


def _date_leads(env, leads, year):
    """Give the leads, and what was noted as they were made, the dates of their road."""
    env.flush_all()
    rows = [
        SQL("(%s::int, %s::timestamp, %s::timestamp)", lead.id, person.made_at, lead.lifecycle_at)
        for lead, person in zip(leads, year, strict=True)
    ]
    env.cr.execute(
        SQL(
            """WITH story (id, made_at, at) AS (VALUES %s), dated AS (
                    UPDATE crm_lead SET create_date = story.made_at, date_open = mql_at
                      FROM story WHERE story.id = crm_lead.id
               ) UPDATE lead_event SET occurred_at = story.at FROM story
                  WHERE story.id = lead_event.lead_id AND lead_event.kind = 'lifecycle'""",
            SQL(", ").join(rows),
        )
    )
    env.invalidate_all()


def _make_visits(env, leads, year, shows):
    env["lead.show.visit"].create(
        [
            {
                "lead_id": lead.id,
                "trade_show_id": shows[person.show].id,
                "captured_at": person.made_at,
                "rating": "hot" if person.sql_at else "warm" if person.mql_at else "cold",
                "first_touch_at": person.touched_at,
                "first_human_touch_at": person.touched_at if person.sql_at else False,
            }
            for lead, person in zip(leads, year, strict=True)
            if person.show is not None
        ]
    )


def _make_offers(env, leads, year, reps):
    reason = env["lead.return.reason"].search([("destination", "=", "nurture")], limit=1)
    vals_list = []
    for number, (lead, person) in enumerate(zip(leads, year, strict=True)):
        if not person.mql_at:
            continue
        offered_at = person.mql_at + timedelta(minutes=20)
        vals = {
            "lead_id": lead.id,
            "user_id": reps[number % len(reps)].id,
            "score": 40 + number % 45,
        }
        vals["offered_at"] = offered_at
        if person.sql_at:
            vals |= {"state": "accepted", "answered_at": person.sql_at}
        elif person.ending == "returned":
            vals |= {"state": "returned", "reason_id": reason.id}
            vals["answered_at"] = offered_at + timedelta(hours=30)
        elif not person.is_offered:
            vals |= {"state": "expired", "answered_at": offered_at + timedelta(days=2)}
        vals_list.append(vals)
    env["lead.handover"].create(vals_list)


def _make_touches(env, leads, year, reps):
    now = fields.Datetime.now()
    vals_list = []
    for number, (lead, person) in enumerate(zip(leads, year, strict=True)):
        if not person.touched_at:
            continue
        for turn in range(person.touches):
            done_at = person.touched_at + timedelta(days=4 * turn)
            if done_at > min(now, person.closed_at or now):
                break
            vals_list.append(
                {
                    "lead_id": lead.id,
                    "channel": ("email", "call", "letter", "email", "call", "email", "call")[turn],
                    "user_id": reps[number % len(reps)].id,
                    "state": "done",
                    "planned_at": done_at,
                    "done_at": done_at,
                }
            )
    env["lead.touch"].create(vals_list)


def _make_events(env, leads, year):
    vals_list = []
    kinds = {"show": "scan", "web": "web_form", "referral": "referral"}
    for lead, person in zip(leads, year, strict=True):
        told = [(kinds[person.way], person.made_at)]
        if person.mql_at and person.ending != "returned":
            told.append(("reply", person.mql_at))
        if person.sql_at:
            told.append(("meeting", person.sql_at))
        vals_list += [{"lead_id": lead.id, "kind": kind, "occurred_at": at} for kind, at in told]
    env["lead.event"]._log(vals_list)


def _make_answers(env, leads, year):
    """Let those who qualified have told of budget, authority and time frame."""
    answers = env["lead.qualifier.answer"].search([("points", ">", 5)], order="qualifier_id, id")
    by_qualifier = list(answers.grouped("qualifier_id").values())
    env["lead.qualification"].create(
        [
            {
                "lead_id": lead.id,
                "qualifier_id": choices.qualifier_id.id,
                "answer_id": choices[number % len(choices)].id,
                "answered_at": person.mql_at,
                "source": "Call",
            }
            for number, (lead, person) in enumerate(zip(leads, year, strict=True))
            if person.mql_at and person.ending != "returned"
            for choices in by_qualifier[: 2 + number % 3]
        ]
    )


def _make_referrals(env, leads, year):
    """Let customers name those who came by referral, each about one."""
    bought = [pair for pair in zip(leads, year, strict=True) if pair[1].ending == "won"]
    partners = env["res.partner"].create(
        [{"name": person.name, "email": person.email} for _lead, person in bought]
    )
    for (lead, _person), partner in zip(bought, partners, strict=True):
        lead.with_context(**UNTRACKED).partner_id = partner
    friends = [pair for pair in zip(leads, year, strict=True) if pair[1].way == "referral"]
    vals_list, named = [], []
    for number, (lead, person) in enumerate(bought):
        named.append(friends[number :: len(bought)])
        vals_list.append(
            {
                "partner_id": partners[number].id,
                "lead_id": lead.id,
                "company_id": env.company.id,
                "user_id": lead.user_id.id,
                "channel": ("call", "hand", "booth")[number % 3],
                "is_ask": True,
                "asked_at": person.closed_at,
                "state": "answered" if named[-1] else "asked",
            }
        )
    referrals = env["lead.referral"].with_context(**UNTRACKED).create(vals_list)
    for referral, pairs in zip(referrals, named, strict=True):
        newcomers = leads.browse([lead.id for lead, _person in pairs])
        newcomers.with_context(**UNTRACKED).write({"referral_id": referral.id})


def _make_recycling(env, leads, year, now):
    rule = env.ref("lead_nurture.lead_recycle_rule_lost")
    reason = env.ref("crm.lost_reason_1")
    vals_list = []
    for lead, person in zip(leads, year, strict=True):
        if not person.closed_at or person.ending not in ("lost", "back"):
            continue
        vals = {"lead_id": lead.id, "way": "lost", "ended_at": person.closed_at, "rule_id": rule.id}
        vals["lost_reason_id"] = (lead.lost_reason_id or reason).id
        rest_until = person.closed_at + timedelta(days=90)
        vals["rest_until"] = rest_until.date()
        if person.ending == "back":
            away = min(100, (now - person.closed_at).days)
            vals |= {"state": "back", "came_back_at": person.closed_at + timedelta(days=away)}
            vals |= {"came_back_kind": "reply", "days_away": away, "message_count": 1 + away // 60}
        elif rest_until > now:
            vals["state"] = "resting"
        else:
            vals |= {"state": "over", "reason": "rotations"}
        vals_list.append(vals)
    env["lead.recycle"].create(vals_list)


def _make_costs(env, now):
    source = env["utm.source"].search([("name", "=", "Website form")], limit=1)
    this_month = fields.Date.start_of(now.date(), "month")
    env["lead.show.cost"].create(
        [
            {
                "source_id": source.id,
                "company_id": env.company.id,
                "kind": "advertising",
                "name": "Search ads",
                "amount": 900 + 40 * month,
                "period": "month",
                "date": fields.Date.subtract(this_month, months=month),
            }
            for month in range(12)
        ]
    )


def _make_plan(env):
    """Plan this quarter by what the months before it brought."""
    today = fields.Date.today()
    begin = fields.Date.start_of(today, "quarter")
    plan = env["lead.plan"].create(
        {
            "name": f"Revenue from leads, from {begin:%B %Y}",
            "date_from": begin,
            "date_to": fields.Date.end_of(today, "quarter"),
            "target_revenue": 480000,
            "split_by": "medium_id",
            "past_from": fields.Date.subtract(begin, months=9),
            "past_to": fields.Date.subtract(begin, days=1),
        }
    )
    plan.action_read_past()
    plan.action_start()


def _make_health(env):
    """Let each check have its weeks: leaks that were mended little by little."""
    monday = fields.Date.start_of(fields.Date.today(), "week")
    checks = env["lead.health.check"].search([])
    env["lead.health.count"].create(
        [
            {
                "check_id": check.id,
                "company_id": env.company.id,
                "week": monday - timedelta(weeks=weeks),
                "count": check.count + weeks * (1 + number % 3) + (weeks * number) % 4,
            }
            for number, check in enumerate(checks)
            for weeks in range(1, 11)
        ]
    )
