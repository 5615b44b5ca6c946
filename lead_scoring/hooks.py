"""What happens at install and uninstall, beside what Odoo does by itself."""

from odoo.tools import SQL

# Added by ALTER TABLE with a default, so that a table of 100,000 leads is not rewritten.
_LEAD_COLUMNS = {
    "temperature": "varchar DEFAULT 'cold'",
    "lifecycle": "varchar DEFAULT 'inquiry'",
    "lifecycle_at": "timestamp",
    "mql_at": "timestamp",
    "sql_at": "timestamp",
    "engagement_since": "timestamp",
    "waiting_reason": "varchar",
    "not_a_buyer": "varchar",
}


def pre_init_hook(env):
    """Add our columns to the leads without touching a row; those won already are customers."""
    for name, definition in _LEAD_COLUMNS.items():
        env.cr.execute(
            SQL(
                "ALTER TABLE crm_lead ADD COLUMN IF NOT EXISTS %s %s",
                SQL.identifier(name),
                SQL(definition),  # pylint: disable=sql-injection
            )
        )
    env.cr.execute(SQL("UPDATE crm_lead SET lifecycle = 'customer' WHERE won_status = 'won'"))


def post_init_hook(env):
    """Give each lead that is there its row of scores, and hold the offers of all of them back.

    Leads from before the install are scored and shown; a person confirms before they are offered.
    """
    env.cr.execute(
        SQL(
            """INSERT INTO lead_score (id, fit, engagement, total, is_stale)
               SELECT id, 0, 0, 0, FALSE FROM crm_lead ON CONFLICT (id) DO NOTHING"""
        )
    )
    env.cr.execute(SQL("UPDATE res_company SET lead_offer_start_at = now() AT TIME ZONE 'UTC'"))
    env["res.company"].invalidate_model(["lead_offer_start_at"])


def uninstall_hook(env):
    """Take away what Odoo would leave: saved filters that name our fields or models."""
    ours = [name for name in env.registry if env[name]._original_module == "lead_scoring"]
    all_filters = env["ir.filters"].with_context(active_test=False)  # archived ones fail as well
    all_filters.search([("model_id", "in", ours)]).unlink()
    names = {
        name for name, field in env["crm.lead"]._fields.items() if field._module == "lead_scoring"
    }
    filters = all_filters.search([("model_id", "=", "crm.lead")])
    filters.filtered(
        lambda saved: any(
            f"'{name}" in text or f'"{name}' in text
            for text in (saved.domain, saved.context, saved.sort)
            for name in names
        )
    ).unlink()
