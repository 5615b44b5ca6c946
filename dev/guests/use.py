"""A company uses all of it for months: what then is in the database is what real use leaves.

Run in Odoo's shell; fails where nothing is left of something. An earlier version is used for what
it could do already.
"""

import base64
from datetime import timedelta

from demo import exports, world
from freezegun import freeze_time

from odoo import Command, fields
from odoo.sql_db import BaseCursor

from odoo.addons.base.models.ir_mail_server import IrMail_Server

_JOBS = ("lead_scoring", "lead_followup", "lead_nurture", "lead_scoring_website")


def main(env, days=8, months=4):
    """Use it from next Sunday on; mails go nowhere, as if a server had taken them.

    :param days: that the show is followed up before anything else is begun.
    :param months: that go by after that.
    :return: ``{what: how many}`` of what there is then.
    """
    IrMail_Server._connect__ = lambda *_args, **_kwargs: None
    IrMail_Server.send_email = lambda _self, message, *_args, **_kwargs: message["Message-Id"]
    start = fields.Datetime.now().replace(hour=14, minute=0, second=0, microsecond=0)
    start += timedelta(days=6 - start.weekday())  # a Sunday, whenever it runs: what is due is alike
    real_now = BaseCursor.now
    with freeze_time(start) as clock:
        BaseCursor.now = lambda _cursor: fields.Datetime.now()
        _set_up(env)
        show = _import_show(env)
        _run_jobs(env)
        _work(env)
        for _day in range(days):
            clock.tick(timedelta(days=1))
            _run_jobs(env)
        _post_letters(env)
        _nurture(env)
        _lose_and_win(env)
        for _month in range(months):
            clock.tick(timedelta(days=30))
            _run_jobs(env)
        _keep_on_the_side(env, show)
        _run_jobs(env)
        env.cr.commit()
    BaseCursor.now = real_now
    return _count(env)


def _set_up(env):
    last_day = fields.Date.today() - timedelta(days=1)
    show = world.build(env, last_day, last_day - timedelta(days=2))
    mara = env["res.users"].search([("login", "=", "mara")])
    env.company.partner_id.write({"street": "9 Sender Rd", "city": "Albany", "zip": "12201"})
    settings = {
        "lead_marketing_user_id": mara.id,
        "lead_email_cap": 900,
        "lead_hot_threshold": 72,
        "lead_clock_remind": True,
        "lead_competitor_names": "Rivalworks",
        "lead_react_links": "/prices",
        "lead_hit_kept_days": 40,
        "lead_recycle_lost": True,
        "lead_repeat_sales": True,
        "lead_health_user_id": mara.id,
    }
    env["res.config.settings"].create(_only_known(env["res.config.settings"], settings)).execute()
    env.company.lead_offer_start_at = False
    show.sender_id = mara
    env["lead.segment"].create({"name": "US", "domain": "[('country_id.code', '=', 'US')]"})
    if track := env.ref("lead_nurture.lead_cadence_after_sale", raise_if_not_found=False):
        env.company.lead_after_sale_track_id = track
    env.cr.commit()


def _only_known(model, vals):
    return {name: value for name, value in vals.items() if name in model._fields}


def _import_show(env):
    show = env["lead.trade.show"].search([], limit=1)
    last_day = show.date_end
    job = env["lead.import"].create(
        {
            "trade_show_id": show.id,
            "file": base64.b64encode(exports.leadcapture(last_day)),
            "file_name": "leadcapture_us.csv",
            "tz": "America/Los_Angeles",
            "date_order": "MDY",
        }
    )
    job.action_preview()
    job.action_import()
    env["lead.import"]._cron_run_imports()
    env.cr.commit()
    return show


def _run_jobs(env):
    """Run each scheduled job of ours, and the mail queue, once."""
    env.cr.commit()
    names = env["ir.model.data"].search([("module", "in", _JOBS), ("model", "=", "ir.cron")])
    for job in env["ir.cron"].browse(names.mapped("res_id")).exists():
        job.method_direct_trigger()
    env.ref("mail.ir_cron_mail_scheduler_action").method_direct_trigger()
    env.cr.commit()
    env.invalidate_all()


def _work(env):
    """Let reps accept, return and call; a lead is scored wrongly, another is called."""
    offered = env["crm.lead"].search([("user_id", "!=", False), ("lifecycle", "=", "mql")])
    if len(offered) < 3:
        raise RuntimeError(f"only {len(offered)} leads were offered")
    for lead in offered[:2]:
        lead.with_user(lead.user_id).action_accept_handover()
    back = offered[2].with_user(offered[2].user_id)
    reason = env["lead.return.reason"].search([("destination", "=", "nurture")], limit=1)
    env["lead.handover.return"].with_user(back.env.user).create(
        {"lead_id": back.id, "reason_id": reason.id}
    ).action_return()
    rep = offered[0].with_user(offered[0].user_id)
    rep.action_log_call("no_answer")
    rep.action_mark_score_wrong("too_low", "pressing")
    rep.activity_schedule("mail.mail_activity_data_call", summary="Call once more")
    env.cr.commit()


def _post_letters(env):
    template = env["mail.template"].search([("model", "=", "crm.lead")], limit=1)
    cadence = env["lead.cadence"].create(
        {
            "name": "By post",
            "step_ids": [
                Command.create({"name": "Letter", "channel": "letter", "template_id": template.id})
            ],
        }
    )
    leads = env["crm.lead"].create(
        [
            {
                "name": f"Letter {number}",
                "contact_name": f"Ann Ample {number}",
                "partner_name": "Ample Pumps",
                "street": f"{number} Sample St",
                "city": "Reno",
                "zip": "89501",
                "country_id": env.ref("base.us").id,
                "state_id": env.ref("base.state_us_23").id,
                "user_id": env.ref("base.user_admin").id,
            }
            for number in range(3)
        ]
    )
    cadence._enroll(leads)
    env.cr.commit()
    touches = leads.touch_ids.filtered(lambda touch: touch.channel == "letter")
    batch = env["lead.letter.batch"].browse(touches[:2].action_make_letters()["res_id"])
    batch.action_print()
    batch.action_mark_posted()
    env.cr.commit()


def _nurture(env):
    """A track with a mailing, read and clicked; one of the library; one that ships."""
    model_id = env["ir.model"]._get_id("crm.lead")
    mailing, _piece = env["mailing.mailing"].create(
        [
            {"subject": "Pumps in May", "body_html": "<p>May</p>", "mailing_model_id": model_id},
            _only_known(
                env["mailing.mailing"],
                {
                    "subject": "A piece",
                    "body_html": "<p>Piece</p>",
                    "mailing_model_id": model_id,
                    "is_lead_content": True,
                },
            ),
        ]
    )
    monthly = {"channel": "email", "wait_days": 5, "wait_unit": "calendar"}
    library = {**monthly, "name": "Piece", "content_source": "library"}
    if "content_source" not in env["lead.cadence.step"]._fields:
        library["template_id"] = env.ref("lead_followup.mail_template_general_next").id
    by_mailing, by_library = env["lead.cadence"].create(
        [
            {
                "name": "Letters from us",
                "is_track": True,
                "step_ids": [
                    Command.create(
                        {
                            **monthly,
                            "name": "May",
                            "mailing_id": mailing.id,
                            "template_id": env.ref("lead_followup.mail_template_general_next").id,
                        }
                    )
                ],
            },
            {
                "name": "Library",
                "is_track": True,
                "is_endless": True,
                "step_ids": [Command.create(_only_known(env["lead.cadence.step"], library))],
            },
        ]
    )
    leads = env["crm.lead"].create(
        [
            {
                "name": f"Nurtured {number}",
                "contact_name": f"Nora {number}",
                "email_from": f"nora{number}@nurtured.example",
                "country_id": env.ref("base.us").id,
                "user_id": False,
            }
            for number in range(12)
        ]
    )
    by_mailing._enroll(leads[:4])
    by_library._enroll(leads[4:8])
    env.ref("lead_nurture.lead_cadence_stay_in_touch")._enroll(leads[8:])
    if "lead.plan" in env:
        plan = env["lead.plan"].create({"name": "This year", "target_revenue": 100000})
        plan.action_read_past()
    env.cr.commit()


def _lose_and_win(env):
    leads = env["crm.lead"].search([("user_id", "!=", False)], order="id")
    lost = leads[:2]
    lost[0].action_set_lost(lost_reason_id=env.ref("crm.lost_reason_1").id)
    reason = env.ref("lead_followup.crm_lost_reason_no_response")
    # by the ORM: a manager has overruled that it takes more attempts
    lost[1].with_context(lead_lost_anyway=True).write(
        {"lost_reason_id": reason.id, "active": False, "probability": 0}
    )
    won = leads[3]
    won.partner_id = env["res.partner"].create(
        {"name": "Customer", "email": "customer@bought.example", "country_id": won.country_id.id}
    )
    won.action_set_won()
    env["lead.referral.ask"].create(
        {"partner_ids": [Command.set(won.partner_id.ids)], "channel": "call"}
    ).action_ask()
    env.cr.commit()


def _keep_on_the_side(env, show):
    """What people save for themselves: filters, exports, defaults, notes, files, activities."""
    filters = [
        {"name": "Hot ones", "model_id": "crm.lead", "domain": "[('temperature', '=', 'hot')]"},
        {
            "name": "By show",
            "model_id": "crm.lead",
            "context": "{'group_by': ['trade_show_id']}",
        },
        {"name": "By recycling", "model_id": "crm.lead", "sort": '["next_touch_at"]'},
        {"name": "Mine", "model_id": "lead.touch", "domain": "[('user_id', '=', uid)]"},
        {"name": "Costs", "model_id": "lead.funnel.report"},
        {"name": "Answers", "model_id": "lead.qualification"},
        {"name": "Core's own", "model_id": "crm.lead", "domain": "[('priority', '=', '1')]"},
    ]
    env["ir.filters"].create([one for one in filters if one["model_id"] in env])
    export = {"export_fields": [Command.create({"name": "name"})]}
    env["ir.exports"].create(
        [
            {"name": "Visits", "resource": "lead.show.visit", **export},
            {
                "name": "Scores",
                "resource": "crm.lead",
                "export_fields": [
                    Command.create({"name": "email_from"}),
                    Command.create({"name": "score_total"}),
                    Command.create({"name": "trade_show_id/name"}),
                ],
            },
            {"name": "Core's own", "resource": "crm.lead", **export},
        ]
    )
    env["ir.default"].set("lead.trade.show", "tz", "Europe/Berlin")
    env["ir.default"].set("crm.lead", "booth_rating", "hot")
    env["base_import.mapping"].create(
        [
            {"res_model": "lead.interest", "column_name": "Topic", "field_name": "name"},
            {"res_model": "crm.lead", "column_name": "Scanned", "field_name": "captured_at"},
            {"res_model": "crm.lead", "column_name": "Firm", "field_name": "partner_name"},
        ]
    )
    cadence = env["lead.cadence"].search([], limit=1)
    for record in (show, cadence):
        if "message_ids" in record:
            record.message_post(body="Do not forget")
        env["ir.attachment"].create(
            {"name": "plan.txt", "raw": b"stand", "res_model": record._name, "res_id": record.id}
        )
    model = env["ir.model"]._get("crm.lead")
    env["ir.actions.server"].create(
        [
            {
                "name": "Mark as warm",
                "model_id": model.id,
                "state": "code",
                "code": "records.write({'booth_rating': 'warm'})",
            },
            {
                "name": "Tidy touches",
                "model_id": env["ir.model"]._get_id("lead.touch"),
                "state": "code",
                "code": "pass",
            },
        ]
    )
    env["ir.actions.act_window"].create({"name": "Touches, mine", "res_model": "lead.touch"})
    env["mail.template"].create(
        {"name": "To a referrer", "model_id": env["ir.model"]._get_id("lead.referral")}
    )
    kind = env["mail.activity.type"].create({"name": "Visit stand", "res_model": "lead.trade.show"})
    if "activity_ids" in show:
        show.activity_schedule(activity_type_id=kind.id)
    env.cr.commit()


def _count(env):
    """Return ``{what: how many}`` of what the use has left; an empty one makes the use no proof."""
    anything = {"active_test": False}
    said = {
        model: env[model].with_context(**anything).search_count([])
        for model in (
            "crm.lead",
            "lead.score",
            "lead.event",
            "lead.handover",
            "lead.qualification",
            "lead.show.visit",
            "lead.import.row",
            "lead.cadence.enrollment",
            "lead.touch",
            "lead.letter.batch",
            "lead.recycle",
            "lead.referral",
            "lead.plan",
            "lead.segment",
        )
        if model in env
    }
    said["e-mails sent"] = env["lead.touch"].search_count(
        [("channel", "=", "email"), ("state", "=", "done")]
    )
    said["mailing.trace"] = env["mailing.trace"].search_count([])
    missing = [what for what, count in said.items() if not count]
    if missing:
        raise RuntimeError(f"nothing left of {missing}")
    return said
