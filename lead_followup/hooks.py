"""What must happen before and after the first installation."""

from odoo.tools import SQL

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
    "do_not_contact": "bool",
    "rotation": "int4",
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
