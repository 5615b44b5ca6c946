"""A house with every role in it, and a record of every model for each of them.

What a role may do is written in tables beside (``surface/*.csv``); the tests that read them are
made from the registry, so that a new model or method is asked about without anybody's thinking
of it.
"""

import csv
import itertools
import random
from pathlib import Path

from freezegun import freeze_time

from odoo import fields
from odoo.tests import TransactionCase

from odoo.addons.lead_followup.tools import letters

SURFACE = Path(__file__).parent / "surface"
NOW = "2026-03-20 12:00:00"
# In every text of a record, before its scope: whoever may not read it never sees it.
SECRET, LEAD_SECRET = "Confidential", "Private"

# The groups of a role; who is no colleague at all has none of ours.
ROLES = {
    "public": "base.group_public",
    "portal": "base.group_portal",
    "internal": "base.group_user",
    "salesman": "sales_team.group_sale_salesman",
    "all_leads": "sales_team.group_sale_salesman_all_leads",
    "manager": "sales_team.group_sale_manager",
    "mailing": "mass_mailing.group_mass_mailing_user",
    "system": "base.group_system",
}
# Whose a record is, seen by the one who asks.
SCOPES = ("own", "others", "nobody", "elsewhere")
# What a question to the user is about: he may put anybody's number there.
_LINKED = (
    "crm.lead",
    "res.partner",
    "lead.cadence",
    "lead.cadence.enrollment",
    "lead.handover",
    "lead.import",
    "lead.recycle",
    "lead.recycle.rule",
    "lead.touch",
    "lead.trade.show",
)


def read_table(name):
    with (SURFACE / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class SurfaceCase(TransactionCase):
    """``self.records[model][scope]``, where an own one is under the name of its role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.home = cls.env.company
        cls.away = cls.env["res.company"].create({"name": "Elsewhere Ltd"})
        cls.users = {role: cls._make_user(role, group) for role, group in ROLES.items()}
        cls.users["others"] = cls._make_user("others", ROLES["salesman"])
        cls.users["elsewhere"] = cls._make_user("elsewhere", ROLES["salesman"], cls.away)
        cls.users["nobody"] = cls.env.user
        cls.numbers = itertools.count(1)
        cls.records, cls.vals = {}, {}
        for scope in cls.users:
            cls._fill_scope(scope)
        cls.env.flush_all()

    @classmethod
    def _make_user(cls, name, group, company=None):
        company = company or cls.home
        return (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": f"{name} surface",
                    "login": f"{name}_surface",
                    "email": f"{name}@seller.example.com",
                    "tz": "UTC",
                    "company_id": company.id,
                    "company_ids": [(6, 0, company.ids)],
                    "group_ids": [(6, 0, cls.env.ref(group).ids)],
                }
            )
        )

    @classmethod
    def _get_models(cls):
        """Return the models of ours that are tables, those that others refer to first."""
        return [
            name
            for name, model in cls.env.items()
            if (model._original_module or "").startswith("lead_") and not model._abstract
        ]

    @classmethod
    def _fill_scope(cls, scope):
        owner = cls.users[scope]
        # a record says who made it, and nothing asks whether he may: with_user, then sudo
        env = cls.env(user=owner, su=True)
        company = cls.away if scope == "elsewhere" else cls.home
        env = env(context={**env.context, "allowed_company_ids": company.ids})
        made = cls.records.setdefault
        partner = env["res.partner"].create(
            {
                "name": f"{SECRET} {scope} partner",
                "email": f"partner@{scope}.example",
                "company_id": company.id,
                "user_id": False if scope == "nobody" else owner.id,
            }
        )
        made("res.partner", {})[scope] = partner
        made("res.company", {})[scope] = company
        lead = cls._create(
            env["crm.lead"],
            scope,
            {
                "name": f"{LEAD_SECRET} {scope} lead",
                "contact_name": f"{LEAD_SECRET} {scope} person",
                "partner_name": f"{LEAD_SECRET} {scope} company",
                "description": f"{LEAD_SECRET} {scope} words",
                "email_from": f"somebody@{scope}.example",
                "phone": f"+1202555{next(cls.numbers):04}",
                "type": "opportunity",
                "team_id": False,
                "company_id": company.id,
                "user_id": False if scope == "nobody" else owner.id,
            },
        )
        made("crm.lead", {})[scope] = lead
        for model in (*cls._get_models(), "mailing.mailing"):
            cls._get_record(model, scope, env)

    @classmethod
    def _get_record(cls, model, scope, env):
        """Return the record of ``model`` in ``scope``, made where there is none yet."""
        known = cls.records.setdefault(model, {})
        if scope not in known:
            known[scope] = cls._make_record(model, scope, env)
        return known[scope]

    @classmethod
    def _make_record(cls, model, scope, env):
        if model == "lead.score":  # a row beside each lead, under its number
            return env[model].browse(cls.records["crm.lead"][scope].id)
        if model == "lead.cadence.step":
            cls.vals.setdefault(model, {})[scope] = cls._prepare_vals(model, scope, env)
            return cls._get_record("lead.cadence", scope, env).step_ids
        if model == "lead.recycle.report":
            cls._get_record("lead.recycle", scope, env)
            env.flush_all()
            return env[model].search([("company_id", "=", env.company.id)], limit=1)
        if model == "lead.referral.report":
            return env[model].browse(cls._get_record("lead.referral", scope, env).id)
        if model == "lead.funnel.report":
            return env[model].search([("lead_id", "=", cls.records["crm.lead"][scope].id)], limit=1)
        return cls._create(env[model], scope, cls._prepare_vals(model, scope, env))

    @classmethod
    def _create(cls, model, scope, vals):
        cls.vals.setdefault(model._name, {})[scope] = vals
        return model.create(vals)

    @classmethod
    def _prepare_vals(cls, model, scope, env):
        """Return what a record needs, by the types of its fields, and what says whose it is."""
        is_shared = scope == "nobody"
        vals = {}
        defaults = env[model].default_get(list(env[model]._fields))
        for name, field in env[model]._fields.items():
            if name == "id" or not field.store or field.related:
                continue
            if field.compute and field.readonly:
                continue
            is_link = env[model]._transient and field.comodel_name in _LINKED
            is_owner = name in ("lead_id", "user_id", "company_id", "asked_by_id")
            if not (field.required or is_owner or is_link):
                continue
            if is_owner and is_shared and not field.required and name != "lead_id":
                vals[name] = False
            elif is_owner or is_link or not (name in defaults or field.compute):
                vals[name] = cls._fill(field, scope, env)
        return {**vals, **cls._prepare_special_vals(model, scope, env)}

    @classmethod
    def _fill(cls, field, scope, env):
        if field.type == "many2one":
            if field.comodel_name == "res.users":
                return cls.users[scope].id
            if field.comodel_name == "res.company":
                return env.company.id
            return cls._get_record(field.comodel_name, scope, env).id
        if field.type == "many2many":
            return [(6, 0, cls._get_record(field.comodel_name, scope, env).ids)]
        if field.type == "selection":
            return field.get_values(env)[0]
        if field.type in ("integer", "float", "monetary"):
            return next(cls.numbers)
        if field.type == "datetime":
            return fields.Datetime.now()
        if field.type == "date":
            return fields.Date.today()
        if field.type == "json":
            return {"name": f"{SECRET} {scope}"}
        return f"{SECRET} {scope} {next(cls.numbers)}"

    @classmethod
    def _prepare_special_vals(cls, model, scope, env):
        """Return what can't be seen in a field's type."""
        lead = cls.records["crm.lead"][scope]

        def of(name):
            return cls._get_record(name, scope, env)

        makers = {
            "lead.assignment.rule": lambda: {"member_ids": [(6, 0, cls.users["others"].ids)]},
            "lead.cadence": lambda: {
                "step_ids": [(0, 0, {"name": f"{SECRET} {scope} step", "channel": "call"})]
            },
            "lead.show.cost": lambda: {
                "trade_show_id": of("lead.trade.show").id,
                "company_id": of("lead.trade.show").company_id.id,
            },
            "lead.import": lambda: {"trade_show_id": of("lead.trade.show").id},
            "lead.cadence.move": lambda: {"moment": "2026-03-24 12:00:00"},
            "lead.letter.answered": lambda: {"code": of("lead.touch").letter_code},
            "lead.touch": lambda: {
                "letter_code": letters.format_code(
                    letters.new_code(random.Random(next(cls.numbers)))
                ),
                "user_id": False if scope == "nobody" else lead.user_id.id,
                "enrollment_id": of("lead.cadence.enrollment").id,
                "step_id": of("lead.cadence").step_ids.id,
                "planned_at": "2026-03-24 12:00:00",
            },
            "mailing.mailing": lambda: {"mailing_model_id": env["ir.model"]._get_id("res.partner")},
            "mailing.trace": lambda: {"model": "crm.lead", "res_id": lead.id},
            "lead.mail.hit": lambda: {"trace_id": of("mailing.trace").id},
            "lead.recycle.rule": lambda: {"is_never": True},
            "lead.referral": lambda: {"state": "asked"},
            "lead.public.link": lambda: {"kind": "details"},
            "lead.public.post": lambda: {"is_held": True},
        }
        return makers[model]() if model in makers else {}
