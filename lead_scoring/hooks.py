"""What happens at install and uninstall, beside what Odoo does by itself."""

from odoo.tools import SQL

from .leftovers import remove_leftovers

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
    _make_customers(env)


def _make_customers(env):
    """Make those won already customers, and leave no dead row behind.

    An UPDATE of each tenth lead lets the table grow by a tenth and its indexes by a third, for
    good. Writing the table anew packs both. Without won leads nothing is written.
    """
    if env.execute_query(SQL("SELECT 1 FROM crm_lead WHERE won_status = 'won' LIMIT 1")):
        env.cr.execute(
            SQL(
                """ALTER TABLE crm_lead ALTER COLUMN lifecycle TYPE varchar
                   USING CASE WHEN won_status = 'won' THEN 'customer' ELSE lifecycle END"""
            )
        )


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
    """Take away what Odoo would leave: what people saved that names our fields or models.

    What holds the shipped reasons and answers goes first, or Odoo could not delete those.
    """
    # by SQL: years of rows whose tables go in a moment, and nothing is to be told of it
    for table in ("lead_handover", "lead_qualification"):
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
    env.invalidate_all()
    remove_leftovers(env, "lead_scoring")
