"""The company of the demo: who sells, who sends, who gets which leads."""

REPS = (
    ("Rosa Delgado", "rosa", "America/New_York"),
    ("Ted Marlowe", "ted", "America/Chicago"),
    ("Uma Okafor", "uma", "America/Los_Angeles"),
)


def build(env, last_day, first_day):
    """Make users, a team, assignment rules and the show; return the show."""
    env.company.partner_id.country_id = env.ref("base.us")
    env.ref("base.user_admin").write({"tz": "America/Chicago"})
    # Leads before opportunities, as the setting of the CRM does it.
    env["res.config.settings"].create({"group_use_lead": True}).execute()
    manager = _make_user(
        env, "Mara Field", "mara", "America/Chicago", "sales_team.group_sale_manager"
    )
    reps = env["res.users"].union(
        *(_make_user(env, *rep, "sales_team.group_sale_salesman") for rep in REPS)
    )
    team = env["crm.team"].create(
        {"name": "Pumps and Valves", "user_id": manager.id, "company_id": env.company.id}
    )
    env["crm.team.member"].create([{"crm_team_id": team.id, "user_id": rep.id} for rep in reps])
    _make_assignment_rules(env, team, reps)
    return _make_show(env, manager, reps, first_day, last_day)


def _make_assignment_rules(env, team, reps):
    pump = env["lead.interest"].create({"name": "Pump P-200", "expert_id": reps[0].id})
    env["lead.assignment.rule"].create(
        [
            {
                "name": "Pumps to their expert",
                "sequence": 10,
                "interest_ids": [(6, 0, pump.ids)],
                "team_id": team.id,
                "method": "fixed",
                "member_ids": [(6, 0, reps[0].ids)],
            },
            {
                "name": "Everybody else in turn",
                "sequence": 20,
                "team_id": team.id,
                "method": "round_robin",
                "member_ids": [(6, 0, reps.ids)],
            },
        ]
    )


def _make_show(env, manager, reps, first_day, last_day):
    return env["lead.trade.show"].create(
        {
            "name": "Spring Pump Expo",
            "date_begin": first_day,
            "date_end": last_day,
            "city": "Las Vegas",
            "country_id": env.ref("base.us").id,
            "tz": "America/Los_Angeles",
            "user_id": manager.id,
            "staff_ids": [(6, 0, reps.ids)],
            "cost_ids": [
                (0, 0, {"kind": "stand", "name": "36 m², corner", "amount": 18400}),
                (0, 0, {"kind": "travel", "name": "Four people", "amount": 6150}),
            ],
        }
    )


def _make_user(env, name, login, tz, group):
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": name,
                "login": login,
                "email": f"{login}@demo.example.com",
                "tz": tz,
                "group_ids": [(6, 0, [env.ref("base.group_user").id, env.ref(group).id])],
            }
        )
    )
