"""Salespeople and teams for the lines, made in each run alike in both databases."""

from odoo import Command
from odoo.tools import SQL

TEAMS, MEMBERS = 5, 10


def make_teams(env):
    """Make five teams of ten salespeople, who have room for all there is, and give the teams."""
    salesman = env.ref("sales_team.group_sale_salesman")
    users = (
        env["res.users"]
        .with_context(no_reset_password=True, mail_create_nolog=True, mail_create_nosubscribe=True)
        .create(
            [
                {
                    "name": f"Rep {number}",
                    "login": f"bench-rep-{number}",
                    "email": f"rep{number}@house.example",
                    "notification_type": "email",
                    "group_ids": [Command.link(salesman.id)],
                }
                for number in range(TEAMS * MEMBERS)
            ]
        )
    )
    return env["crm.team"].create(
        [
            {
                "name": f"Team {number}",
                "use_leads": True,
                "crm_team_member_ids": [
                    # 30 days' room; core gives a thirtieth of it at a time
                    Command.create({"user_id": user.id, "assignment_max": 30_000})
                    for user in users[number * MEMBERS : (number + 1) * MEMBERS]
                ],
            }
            for number in range(TEAMS)
        ]
    )


def take_leads(env, count, columns=""):
    """Mark ``count`` open leads spread over the database, a fifth of them a word, and give them.

    Nobody owns them and no team; ``referred`` is ``bench 0`` to ``bench 4``. No two leads have the
    address of one: core's assignment merges such.

    :param columns: SQL of further columns to set, as ``, name = value``.
    """
    env.flush_all()
    rows = env.execute_query(
        SQL(
            """WITH chosen AS (
                SELECT id, ROW_NUMBER() OVER (ORDER BY hashint4(id)) AS number FROM crm_lead
                 WHERE active AND won_status = 'pending' AND type = 'lead'
                   AND email_normalized IN (
                       SELECT email_normalized FROM crm_lead GROUP BY 1 HAVING COUNT(*) = 1)
                 ORDER BY number LIMIT %s
            )
            UPDATE crm_lead SET user_id = NULL, team_id = NULL, date_open = NULL,
                   referred = 'bench ' || number %% %s %s
              FROM chosen WHERE chosen.id = crm_lead.id RETURNING crm_lead.id""",
            count,
            TEAMS,
            SQL(columns),
        )
    )
    env.invalidate_all(flush=False)
    return env["crm.lead"].browse(sorted(lead_id for (lead_id,) in rows))
