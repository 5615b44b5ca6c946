"""Who sells, where leads come from: made by the ORM, some dozens of records of each."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

TEAMS = 5
MEMBERS = 10
SHOWS = 24
YEARS = 3
_COUNTRIES = ("DE", "DE", "DE", "AT", "CH", "FR", "NL", "IT", "US", "UK")
_SOURCES = ("Trade show", "Search engine", "Newsletter", "Referral", "Web form", "Fair catalogue")
_MEDIA = ("Email", "Website", "Phone", "Direct", "Banner", "LinkedIn")
_PRODUCTS = ("Pumps", "Valves", "Sensors", "Filters", "Drives", "Controls", "Service", "Training")


class Show(NamedTuple):
    """A trade show; ``show_id`` is None in a database without the addons. Times are UTC."""

    show_id: int | None
    campaign_id: int
    name: str
    begins_at: datetime
    closes_at: datetime


class World(NamedTuple):
    """Ids of what leads point at."""

    has_addons: bool
    company_id: int
    manager_id: int
    user_ids: list  # MEMBERS of each team, team by team
    team_ids: list
    country_ids: list
    source_ids: list  # the first is the trade shows'
    medium_ids: list
    campaign_ids: list  # those of no show
    stage_ids: list  # the last is won
    lost_reason_ids: list
    shows: list
    interest_ids: list
    show_steps: list  # (id, channel) of the cadence for shows
    show_cadence_id: int | None


def build(env, now):
    """Make the world; a second call makes another beside it."""
    has_addons = "lead.funnel.report" in env
    company = env.company
    env["res.config.settings"].create({"group_use_lead": True}).execute()
    manager, users, teams = _make_people(env)
    sources = env["utm.source"].create([{"name": f"{name} (bench)"} for name in _SOURCES])
    campaigns = env["utm.campaign"].create([{"title": f"Campaign {n}"} for n in range(1, 13)])
    media = env["utm.medium"].create([{"name": f"{name} (bench)"} for name in _MEDIA])
    stages = env["crm.stage"].search([], order="is_won, sequence, id")
    cadence = has_addons and env.ref("lead_followup.lead_cadence_trade_show")
    shows = _make_shows(env, now, has_addons)
    world = World(
        has_addons=has_addons,
        company_id=company.id,
        manager_id=manager.id,
        user_ids=users.ids,
        team_ids=teams.ids,
        country_ids=[env.ref(f"base.{code.lower()}").id for code in _COUNTRIES],
        source_ids=sources.ids,
        medium_ids=media.ids,
        campaign_ids=campaigns.ids,
        stage_ids=stages.ids,
        lost_reason_ids=env["crm.lost.reason"].search([]).ids,
        shows=shows,
        interest_ids=has_addons
        and env["lead.interest"].create([{"name": f"{name} (bench)"} for name in _PRODUCTS]).ids,
        show_steps=[(step.id, step.channel) for step in cadence.step_ids] if cadence else [],
        show_cadence_id=cadence.id if cadence else None,
    )
    if has_addons:
        _make_costs(env, now, world)
    env.flush_all()
    return world


def _make_people(env):
    users = env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
    groups = {
        name: env.ref(f"sales_team.group_sale_{name}").id
        for name in ("manager", "salesman_all_leads", "salesman")
    }
    manager, *reps = users.create(
        [
            {
                "name": name,
                "login": login,
                "email": f"{login}@bench.example",
                "tz": "UTC",
                "group_ids": [(4, groups[group])],
            }
            for name, login, group in (
                ("Bench Manager", "bench_manager", "manager"),
                *(
                    (f"Rep {number}", f"bench_rep{number}", "salesman_all_leads")
                    for number in range(1, TEAMS * MEMBERS + 1)
                ),
            )
        ]
    )
    teams = env["crm.team"].create(
        [
            {"name": f"Team {number}", "user_id": manager.id, "company_id": env.company.id}
            for number in range(1, TEAMS + 1)
        ]
    )
    env["crm.team.member"].create(
        [
            {"crm_team_id": teams[number // MEMBERS].id, "user_id": rep.id}
            for number, rep in enumerate(reps)
        ]
    )
    return manager, users.union(*reps), teams


def _make_shows(env, now, has_addons):
    """Spread the shows over the years; the last one closed some two weeks ago."""
    first = (now - timedelta(days=365 * YEARS)).date()
    every = (365 * YEARS - 18) / (SHOWS - 1)
    days = [first + timedelta(days=round(every * number)) for number in range(SHOWS)]
    names = [f"Fair {number}" for number in range(1, SHOWS + 1)]
    if has_addons:
        shows = env["lead.trade.show"].create(
            [
                {
                    "name": name,
                    "date_begin": day,
                    "date_end": day + timedelta(days=2),
                    "tz": "UTC",
                    "country_id": env.ref("base.de").id,
                }
                for name, day in zip(names, days, strict=True)
            ]
        )
        campaigns = shows.campaign_id.sorted("id")
        show_ids = shows.ids
    else:
        campaigns = env["utm.campaign"].create([{"title": name} for name in names])
        show_ids = [None] * SHOWS
    return [
        Show(
            show_id,
            campaign.id,
            name,
            datetime.combine(day, time()),
            datetime.combine(day + timedelta(days=2), time(18)),
        )
        for show_id, campaign, name, day in zip(show_ids, campaigns, names, days, strict=True)
    ]


def _make_costs(env, now, world):
    """Each show has three costs, each source but the shows' one a month, each campaign one."""
    months = [
        (now.replace(day=1) - timedelta(days=30 * number)).date().replace(day=1)
        for number in range(12 * YEARS)
    ]
    env["lead.show.cost"].create(
        [
            {"trade_show_id": show.show_id, "kind": kind, "amount": amount}
            for show in world.shows
            for kind, amount in (("stand", 12000), ("travel", 3400), ("staff", 5600))
        ]
        + [
            {"source_id": source_id, "period": "month", "date": month, "amount": 900}
            for source_id in world.source_ids[1:]
            for month in sorted(set(months))
        ]
        + [
            {"campaign_id": campaign_id, "date": months[-1], "amount": 2500}
            for campaign_id in world.campaign_ids
        ]
    )
