"""What must happen before and after the first installation."""

from odoo.tools import SQL

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.addons.lead_scoring.leftovers import remove_leftovers

_COLUMNS = {
    "trade_show_id": "int4",
    "captured_at": "timestamp",
    "captured_by": "varchar",
    "booth_rating": "varchar",
    "mobile": "varchar",
    "email_consent": "varchar",
    "identity_key": "varchar",
    "enrollment_id": "int4",
    "first_touch_deadline": "timestamp",
    "first_touch_at": "timestamp",
    "first_human_touch_at": "timestamp",
    "clock_started_at": "timestamp",
    "first_touch_hours": "float8",
    "mql_first_touch_hours": "float8",
    "mql_first_human_touch_hours": "float8",
    "do_not_contact": "bool",
    "rotation": "int4",
    "wrong_postal_address": "varchar",
    "letter_opt_out": "bool",
    "phone_opt_out": "bool",
    "worked_on_at": "timestamp",
    "referral_id": "int4",
}


def pre_init_hook(env):
    """Add our columns of crm_lead empty: the ORM need not work them out for years of leads."""
    for name, column_type in _COLUMNS.items():
        env.cr.execute(
            SQL(
                "ALTER TABLE crm_lead ADD COLUMN IF NOT EXISTS %s %s",
                SQL.identifier(name),
                SQL(column_type),
            )
        )


def post_init_hook(env):
    """Let the scheduler give the leads that are there their matching key, batch by batch."""
    env.ref("lead_followup.ir_cron_fill_identity_keys")._trigger()


def uninstall_hook(env):
    """Withdraw what is queued and remove what would hold each other: nothing goes out any more."""
    enrollments = env["lead.cadence.enrollment"].with_context(active_test=False).search([])
    enrollments._stop("uninstalled")
    campaigns = env["lead.trade.show"].with_context(active_test=False).search([]).campaign_id
    for model in (
        "lead.referral",
        "lead.touch",
        "lead.cadence.enrollment",
        "lead.show.visit",
        "lead.import",
        "lead.cadence.step",
    ):
        # an import that is still open for more must not hold the uninstallation up
        everything = env[model].with_context(active_test=False, **{MODULE_UNINSTALL_FLAG: True})
        everything.search([]).unlink()
    env["lead.trade.show"].with_context(active_test=False).search([]).unlink()
    env["lead.cadence"].with_context(active_test=False).search([]).unlink()
    # Campaigns that leads point at stay: Odoo's own reports know them by now.
    used = env["crm.lead"].with_context(active_test=False)
    used = used.search([("campaign_id", "in", campaigns.ids)]).campaign_id
    (campaigns - used).unlink()
    for name, xmlid in (
        ("lost_reason_id", "lead_followup.crm_lost_reason_no_response"),
        ("medium_id", "lead_followup.utm_medium_trade_show"),
    ):
        _leave_if_used(env, name, xmlid)
    remove_leftovers(env, "lead_followup")


def _leave_if_used(env, name, xmlid):
    """Let a record that leads have in their field ``name`` stay, as one of the company's own."""
    record = env.ref(xmlid, raise_if_not_found=False)
    leads = env["crm.lead"].with_context(active_test=False)
    if record and leads.search_count([(name, "=", record.id)], limit=1):
        module, identifier = xmlid.split(".")
        xmlids = env["ir.model.data"]
        xmlids.search([("module", "=", module), ("name", "=", identifier)]).unlink()
