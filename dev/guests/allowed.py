"""What may be otherwise in a database that our addons have been in: what people did there.

Chatter, leads with what belongs to them, campaigns, and lost reasons in use stay. Everything else
has to be as it was.
"""

# Odoo's own bookkeeping, which any running server writes
UNREAD_TABLES = {
    "base_registry_signaling",
    "bus_bus",
    "bus_presence",
    "ir_actions_server_history",
    "ir_actions_todo",
    "ir_cron_progress",
    "ir_logging",
    "ir_profile",
    "mail_compose_message",
    "orm_signaling_assets",
    "orm_signaling_default",
    "orm_signaling_groups",
    "orm_signaling_registry",
    "orm_signaling_routing",
    "orm_signaling_stable",
    "orm_signaling_templates",
    "res_config_settings",
    "res_device_log",
    "res_users_log",
}
_UNREAD_COLUMNS = {"create_date", "create_uid", "write_date", "write_uid"}

# what people and Odoo wrote about leads while we were there: {table: column that names its model}
_PEOPLES_TABLES = {
    "calendar_event": None,
    "crm_lead": None,
    "crm_lead_scoring_frequency": None,
    "crm_team": None,
    "crm_team_member": None,
    "discuss_channel_member": None,
    "ir_attachment": "res_model",
    "mail_activity": "res_model",
    "mail_alias": None,
    "mail_followers": "res_model",
    "mail_mail": None,
    "mail_message": "model",
    "mail_notification": None,
    "mail_tracking_value": None,
    "mailing_mailing": None,
    "mailing_trace": "model",
    "res_partner": None,
    "res_users": None,
    "res_users_settings": None,
}
# what leads refer to: it stays as long as one of them, or a mailing, does
_USED_BY_LEADS = {
    "crm_lost_reason": ("crm_lead", "lost_reason_id"),
    "utm_campaign": ("crm_lead", "campaign_id"),
    "utm_medium": ("crm_lead", "medium_id"),
    "utm_source": ("mailing_mailing", "source_id"),
}
# what the use saves under this name needs nothing of ours
_OWN = "Core's own"
_OF_THE_COPY = {"database.create_date", "database.secret", "database.uuid", "web.base.url"}


def may_come(table, row, tables) -> bool:
    """Whether a new ``row`` may be there; ``tables`` is all that there is now."""
    if "id" not in row:
        return True  # two rows that are there now, put together
    if table in _PEOPLES_TABLES:
        model = _PEOPLES_TABLES[table] and row[_PEOPLES_TABLES[table]]
        return not model or any(one["model"] == model for one in tables["ir_model"].values())
    if table in _USED_BY_LEADS:
        user, column = _USED_BY_LEADS[table]
        return any(one.get(column) == row["id"] for one in tables[user].values())
    if table == "ir_cron_trigger":
        return row["cron_id"] in tables["ir_cron"]
    if table == "ir_exports_line":
        return row["name"] in ("name", "email_from")
    if table == "ir_exports":
        return any(one["export_id"] == row["id"] for one in tables["ir_exports_line"].values())
    if table == "base_import_mapping":
        return row["column_name"] == "Firm"
    if table in ("ir_act_server", "ir_actions"):
        return row["name"]["en_US"] == "Mark as warm"  # a person's own code, on a model of Odoo's
    return row.get("name") == _OWN


def may_go(table, row) -> bool:
    return table == "ir_cron_trigger"


def may_change(table, column, old, new) -> bool:
    if column in _UNREAD_COLUMNS or table in _PEOPLES_TABLES:
        return True
    if table == "ir_cron":
        return column in ("lastcall", "nextcall", "failure_count", "first_failure_date")
    if table == "ir_config_parameter":
        return old["key"] in _OF_THE_COPY
    return table == "ir_module_module" and column in ("latest_version", "state")
