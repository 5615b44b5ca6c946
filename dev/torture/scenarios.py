"""What is going on while it is tortured: who works on what, and how time passes for it.

All scripts run in the office: they find ``env``, and ``given``: ``seed``, and ``turn``, a number
that is another one each time. They share one database: one's rows are in the way of the other's.
"""

from typing import NamedTuple

# Once, in the database that all scenarios start from.
COMMON = """
env.ref("base.user_admin").write({"email": "mara@seller.example", "tz": "Europe/Berlin"})
env["res.config.settings"].create({"group_use_lead": True}).execute()
env.company.write({
    "name": "Seller", "email": "office@seller.example", "country_id": env.ref("base.de").id,
    "lead_marketing_user_id": env.ref("base.user_admin").id, "lead_email_cap": 0,
    "lead_email_hourly": 0, "lead_mailing_cap": 0, "lead_offer_start_at": False,
    "lead_recycle_returned": True})
salesman = env.ref("sales_team.group_sale_salesman")
reps = env["res.users"].with_context(no_reset_password=True).create([
    {"name": name.title(), "login": name, "email": f"{name}@seller.example", "tz": "Europe/Berlin",
     "group_ids": [(4, salesman.id)]} for name in ("ann", "ben", "cleo")])
env["lead.assignment.rule"].search([]).active = False
env["lead.assignment.rule"].create(
    {"name": "All", "method": "round_robin", "member_ids": [(6, 0, reps.ids)]})
env["lead.trade.show"].create({
    "name": "Expo", "date_begin": "2026-11-17", "date_end": "2026-11-19", "tz": "Europe/Berlin",
    "country_id": env.ref("base.de").id, "sender_id": env.ref("base.user_admin").id})
template = env.ref("lead_followup.mail_template_general_next")
env["lead.cadence"].create({"name": "Two mails", "step_ids": [
    (0, 0, {"name": word, "sequence": number, "channel": "email",
            "template_id": template.copy({"subject": f"Step {word}"}).id})
    for number, word in enumerate(("one", "two"), 1)]})
kept = env["ir.model.data"].search([("model", "=", "ir.cron")]).filtered(
    lambda data: data.module.startswith("lead_") or data.name == "ir_cron_mail_scheduler_action")
env["ir.cron"].search([("id", "not in", kept.mapped("res_id"))]).active = False
"""
MAIL_SERVER = """
env["ir.mail_server"].search([]).unlink()
env["ir.mail_server"].create(
    {"name": "loopback", "smtp_host": "127.0.0.1", "smtp_port": given["port"]})
"""

_IMPORT = """
import base64, random
turn, dice = given["turn"], random.Random(given["seed"] + given["turn"])
heads = ["First Name", "Last Name", "Company", "Email", "Phone", "Country", "Lead Rating", "Notes"]
lines, ratings = [",".join(heads)], ["hot", "warm", "cold"]
def line(number, of):
    return (f"Person{number},Turn{of},House {of} {number},p{number}@house{of}.example,"
            f"+49 30 {5000000 + of * 1000 + number},Germany,{dice.choice(ratings)},")
for number in range(60):
    throw = dice.random()
    if throw < 0.05:
        lines.append(",,,,,Germany,,a scribble")
    elif throw < 0.10 and turn > 1:
        lines.append(line(dice.randrange(60), turn - 1))
    elif throw < 0.20:
        lines.append(line(dice.randrange(number + 1), turn))
    else:
        lines.append(line(number, turn))
job = env["lead.import"].create({
    "trade_show_id": env["lead.trade.show"].search([], limit=1).id, "file_name": f"turn{turn}.csv",
    "file": base64.b64encode("\\n".join(lines).encode())})
job.action_preview()
job.action_import()
"""
# Who finds an import failed does what it says.
PRESS_AGAIN = """
for job in env["lead.import"].search([("state", "=", "failed")]):
    job.action_import()
"""
_SCORING = """
import random
dice, turn = random.Random(given["seed"] + given["turn"]), given["turn"]
answers = env["lead.qualifier.answer"].search([])
leads = env["crm.lead"].create([
    {"name": f"Scored {turn}.{number}", "type": "lead",
     "email_from": f"s{turn}.{number}@score.example"}
    for number in range(60)])
env["lead.qualification"].create([
    {"lead_id": lead.id, "answer_id": answer.id, "qualifier_id": answer.qualifier_id.id}
    for lead in leads for answer in dice.sample(list(answers.grouped("qualifier_id").values()), 2)
    for answer in answer[:1]])
some = env["crm.lead"].search([], order="id desc", limit=600)
env["lead.event"]._log([
    {"lead_id": lead.id, "kind": dice.choice(["click", "open", "web_form", "price_page"]),
     "ref": f"torture-{turn}-{lead.id}"} for lead in dice.sample(some, min(200, len(some)))])
rule = env["lead.score.rule"].search([("event_kind", "=", "click")], limit=1)
rule.points = dice.randint(1, 9)
"""
_OFFERS = """
import random
dice, turn = random.Random(given["seed"] + given["turn"]), given["turn"]
env["crm.lead"].create([
    {"name": f"Offered {turn}.{number}", "type": "lead", "lifecycle": "mql", "user_id": False,
     "team_id": False, "email_from": f"o{turn}.{number}@offer.example"} for number in range(40)])
env.ref("lead_scoring.ir_cron_offer_leads")._trigger()
reason = env["lead.return.reason"].search([("destination", "=", "next")], limit=1)
offers = env["lead.handover"].search([("state", "=", "offered")])
for offer in dice.sample(list(offers), min(12, len(offers))):
    lead = offer.lead_id.with_user(offer.user_id)
    if dice.random() < 0.5:
        lead.action_accept_handover()
    elif reason:
        lead._return_handover(reason)
"""
_SENDING = """
turn = given["turn"]
leads = env["crm.lead"].create([
    {"name": f"Mailed {turn}.{number}", "contact_name": f"Person {turn} {number}", "type": "lead",
     "email_from": f"m{number}@mailed{turn}.example"} for number in range(30)])
env["lead.cadence"].search([("name", "=", "Two mails")])._enroll(leads)
"""
_NURTURE = """
turn = given["turn"]
leads = env["crm.lead"].create([
    {"name": f"Lost {turn}.{number}", "contact_name": f"Lost {turn} {number}",
     "type": "opportunity", "email_from": f"l{number}@lost{turn}.example"} for number in range(30)])
leads.action_set_lost(lost_reason_id=env.ref("crm.lost_reason_1").id)
in_track = [("recycle_ids.state", "=", "track"), ("active", "=", False)]
back = env["crm.lead"].search(in_track, limit=4)
back.action_unarchive()
"""

# Time passes, by SQL and for rows that nobody holds: {table: (what is set, for which)}
_MAIL_LEAVES = (
    "mail_mail",
    "scheduled_date = now() AT TIME ZONE 'utc' - interval '1 minute'",
    "state = 'outgoing' AND scheduled_date > now() AT TIME ZONE 'utc'",
)
_QUEUE_WAKES = (
    "ir_cron_trigger",
    "call_at = now() AT TIME ZONE 'utc'",
    """call_at > now() AT TIME ZONE 'utc' AND cron_id IN (SELECT res_id FROM ir_model_data
        WHERE model = 'ir.cron' AND name = 'ir_cron_mail_scheduler_action')""",
)
_STEPS_COME = (
    "lead_touch",
    "planned_at = now() AT TIME ZONE 'utc' + interval '1 day'",
    """state = 'planned' AND round = 1
        AND planned_at > now() AT TIME ZONE 'utc' + interval '2 days'""",
)
_RESTED = (
    "lead_recycle",
    "rest_until = (now() AT TIME ZONE 'utc')::date - 1",
    "state = 'resting' AND rest_until >= (now() AT TIME ZONE 'utc')::date",
)
_OFFERS_AGE = (
    "lead_handover",
    "offered_at = offered_at - interval '9 days'",
    "state = 'offered' AND id % 3 = 0 AND reminded_at IS NULL",
)


# What was to be done in a minute, is to be done now.
A_MINUTE = (
    "ir_cron_trigger",
    "call_at = now() AT TIME ZONE 'utc'",
    """call_at > now() AT TIME ZONE 'utc'
        AND call_at < now() AT TIME ZONE 'utc' + interval '90 seconds'""",
)


class Scenario(NamedTuple):
    """One kind of work, and the servers that do it."""

    name: str
    title: str
    work: tuple  # scripts that give the servers something to do
    servers: int = 2
    share: int = 10  # of the kills, in hundredths
    passing: tuple = ()  # how time passes for what is planned
    shift_hours: float = 0  # by how much the clock of the last server is off


SCENARIOS = (
    Scenario(
        "sending", "Cadence and SMTP", (_SENDING,), share=20, passing=(_MAIL_LEAVES, _QUEUE_WAKES)
    ),
    Scenario("scoring", "Scoring", (_SCORING,), share=12),
    Scenario("offers", "Offers", (_OFFERS,), share=14, passing=(_OFFERS_AGE,)),
    Scenario("import", "Import", (PRESS_AGAIN, _IMPORT), share=18),
    Scenario(
        "nurture",
        "Recycling and tracks",
        (_NURTURE,),
        share=14,
        passing=(_RESTED, _STEPS_COME, _MAIL_LEAVES, _QUEUE_WAKES),
    ),
    Scenario(
        "all",
        "All of it, four servers",
        (PRESS_AGAIN, _IMPORT, _SENDING, _OFFERS, _SCORING, _NURTURE),
        servers=4,
        share=14,
        passing=(_RESTED, _STEPS_COME, _MAIL_LEAVES, _QUEUE_WAKES, _OFFERS_AGE),
    ),
    Scenario(
        "clock",
        "A clock an hour off",
        (_SENDING, _OFFERS),
        share=8,
        passing=(_MAIL_LEAVES, _QUEUE_WAKES, _OFFERS_AGE),
        shift_hours=1,
    ),
)
