"""One e-mail step to many leads: rendered, queued, sent over SMTP."""

import tempfile
from collections import Counter
from pathlib import Path

from odoo import Command, fields
from odoo.tools import SQL

from .. import smtp_sink, world
from ..readings import Goal, Outcome
from ..session import Differs

TITLE = "e-mail step for 5,000 leads"
NEEDS = "≥ 1.5× core's mailing + send"
_COUNT = 5000
_LIMIT = 4.4  # building the message and SMTP alone, as measured once: times cheaper than core
_SUBJECT = "Shall we talk?"
_BODY = """
<p>Dear <t t-out="object.contact_name or 'visitor'"/>,</p>
<p>thank you for your visit. May I show <t t-out="object.partner_name or 'you'"/> how others save a
third of their power? Two dates are free next week, and a short answer is all I need.</p>
<p>Kind regards</p>
"""


def run(bench):
    """Compare an e-mail step of a cadence with a mailing of core's with the same text.

    Both from the rendering to the last message taken by the mail server, which runs in a process of
    its own. Ours looks at each lead once more before its mail leaves, marks it as being sent, notes
    what came of it, and adds the way to opt out.
    """
    count = bench.sample(_COUNT)
    ours, core = bench.database("ours"), bench.database("core")
    with tempfile.TemporaryDirectory() as folder:
        taken = Path(folder) / "taken"
        taken.touch()
        with smtp_sink.running(taken) as port:
            runs = bench.compare(
                {
                    "ours": (ours, lambda env, meter: _ours(env, meter, count, port, taken)),
                    "core": (core, lambda env, meter: _core(env, meter, count, port, taken)),
                },
                _check,
            )
    ratio = runs.ratio("core", "ours")
    each = {way: runs.middle(way) / count * 1000 for way in ("ours", "core")}
    return Outcome(
        ways=runs.medians(),
        goals=[Goal("core ÷ ours", ratio, at_least=1.5)],
        same=f"{count:,} messages taken by the mail server in each run, one for each lead",
        notes=[
            f"ours {each['ours']:.1f} ms a lead, core {each['core']:.1f}; of the limit of "
            f"{_LIMIT}× (building the message and SMTP alone) {ratio / _LIMIT:.0%}",
            "ours keeps its sent mails, which the lead's history shows; core's purges them",
        ],
    )


def _prepare(env, count, port):
    """Have the mail server asked for mail, no other mail waiting, and leads to write to."""
    env["mail.mail"].search([("state", "=", "outgoing")]).state = "cancel"
    env["ir.mail_server"].search([]).active = False
    env["ir.mail_server"].create(
        {"name": "Sink", "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_encryption": "none"}
    )
    users = world.make_teams(env).crm_team_member_ids.user_id
    return users, world.take_leads(env, count)


def _ours(env, meter, count, port, taken):
    users, leads = _prepare(env, count, port)
    env["res.company"].search([]).write({"lead_email_cap": 0, "lead_email_hourly": 0})
    cadence = env["lead.cadence"].create(
        {
            "name": "One letter",
            "step_ids": [
                Command.create(
                    {
                        "name": "E-mail",
                        "channel": "email",
                        "template_id": env["mail.template"]
                        .create(
                            {
                                "name": "One letter",
                                "model_id": env["ir.model"]._get_id("crm.lead"),
                                "subject": _SUBJECT,
                                "body_html": _BODY,
                                "email_to": "{{ object.email_from }}",
                            }
                        )
                        .id,
                    }
                )
            ],
        }
    )
    touches = _make_touches(env, cadence.step_ids, leads, users[0])
    env.flush_all()
    env.invalidate_all()
    return _measure(env, meter, taken, leads, touches._queue)


def _make_touches(env, step, leads, user):
    """Give planned e-mails of now, one a lead, by ``user``."""
    env.flush_all()
    rows = env.execute_query(
        SQL(
            """WITH enrolled AS (
                INSERT INTO lead_cadence_enrollment (lead_id, cadence_id, step_id, round, state,
                                                     company_id)
                SELECT id, %(cadence)s, %(step)s, 0, 'active', %(company)s
                  FROM UNNEST(%(leads)s) AS lead (id) RETURNING id, lead_id
            )
            INSERT INTO lead_touch (enrollment_id, lead_id, step_id, round, user_id, channel,
                                    state, planned_at, company_id)
            SELECT id, lead_id, %(step)s, 0, %(user)s, 'email', 'planned', %(now)s, %(company)s
              FROM enrolled RETURNING id""",
            cadence=step.cadence_id.id,
            step=step.id,
            leads=leads.ids,
            user=user.id,
            now=fields.Datetime.now(),
            company=env.company.id,
        )
    )
    env.invalidate_all(flush=False)
    return env["lead.touch"].browse(sorted(touch_id for (touch_id,) in rows))


def _core(env, meter, count, port, taken):
    users, leads = _prepare(env, count, port)
    mailing = env["mailing.mailing"].create(
        {
            "subject": _SUBJECT,
            "body_html": _BODY,
            "mailing_type": "mail",
            "mailing_model_id": env["ir.model"]._get_id("crm.lead"),
            "mailing_domain": repr([("id", "in", leads.ids)]),
            "email_from": users[0].email_formatted,
            "user_id": users[0].id,
            "keep_archives": False,
        }
    )
    env.flush_all()
    env.invalidate_all()
    return _measure(env, meter, taken, leads, mailing.action_send_mail)


def _measure(env, meter, taken, leads, start):
    """Run ``start`` and the mail queue until nothing waits; give whom the mail server took."""
    expected = Counter(leads.mapped("email_normalized"))
    env.invalidate_all()
    taken.write_text("")
    mails = env["mail.mail"]
    with meter:
        start()
        env.flush_all()
        while mails.search_count([("state", "=", "outgoing")]):
            mails.process_email_queue()
            env.flush_all()
    # a mailing writes to somebody of the house as well
    taken_by = Counter(taken.read_text().split())
    return Counter({one: taken_by[one] for one in taken_by if "@house." not in one}), expected


def _check(results):
    for way, (taken, expected) in results.items():
        if taken != expected:
            raise Differs(
                f"{way}: {taken.total()} messages to {len(taken)} people taken by the mail server, "
                f"{len(expected)} leads"
            )
