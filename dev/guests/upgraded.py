"""What an upgrade did to a database: figures before and after, what it lost, what it left.

upgraded.py OLD UPGRADED FRESH    snapshots; exits 1 if something is not as it should be
"""

import sys

from snapshot import compare_schema, describe_change, load

_OURS = ("lead_scoring", "lead_followup", "lead_nurture")
# kinds of records that an upgrade writes anew, unless people were given them to change
_SHIPPED_ANEW = {
    "ir_act_client",
    "ir_act_report_xml",
    "ir_act_server",
    "ir_act_url",
    "ir_act_window",
    "ir_act_window_view",
    "ir_actions",
    "ir_asset",
    "ir_attachment",
    "ir_cron",
    "ir_cron_trigger",
    "ir_model",
    "ir_model_access",
    "ir_model_constraint",
    "ir_model_data",
    "ir_model_fields",
    "ir_model_fields_selection",
    "ir_model_inherit",
    "ir_model_relation",
    "ir_module_module",
    "ir_rule",
    "ir_ui_menu",
    "ir_ui_view",
}
_HALF_DONE = "base.partially_updated_database"  # Odoo's own mark, of an install that was not whole
_FIGURES = (
    "crm_lead",
    "lead_score",
    "lead_event",
    "lead_cadence_enrollment",
    "lead_touch",
    "lead_show_visit",
    "lead_import_row",
    "mail_message",
    "mail_activity",
    "res_company",
)


def find_lost(old, upgraded):
    """Return sentences on rows of people's data that are gone or changed."""
    kept = _get_kept_records(old)
    said = []
    for table, rows in old["rows"].items():
        if table not in upgraded["rows"]:
            said.append(f"table {table} is gone, with {len(rows)} rows")
            continue
        now = upgraded["rows"][table]
        for key, row in rows.items():
            if table in _SHIPPED_ANEW and (table, key) not in kept:
                continue
            if table == "ir_config_parameter" and row["key"] == _HALF_DONE:
                continue
            if told := describe_change("", row, _set_back(table, row, now.get(key))):
                said.append(f"{table} {told}")
    return said


def _set_back(table, old, new):
    """Return the row ``new`` without what an upgrade may do: translate more, and score again."""
    if new is None:
        return None
    row = dict(new)
    for name, was in old.items():
        now = row.get(name)
        if isinstance(was, dict) and isinstance(now, dict) and was.items() <= now.items():
            row[name] = was
    if table == "lead_score":
        row["is_stale"] = old["is_stale"]
    return row


def _get_kept_records(snapshot):
    """Return ``{(table, id)}`` of what we ship once and people may change then."""
    return {
        (row["model"].replace(".", "_"), row["res_id"])
        for row in snapshot["rows"]["ir_model_data"].values()
        if row["module"] in _OURS and row["noupdate"]
    }


def find_unlike_fresh(upgraded, fresh):
    """Return sentences on the schema, and on shipped records, that a fresh database has not."""
    said = compare_schema(fresh["schema"], upgraded["schema"])
    names, fresh_names = _get_names(upgraded), _get_names(fresh)
    said += [f"record {name} is left over" for name in sorted(names - fresh_names)]
    said += [f"record {name} is missing" for name in sorted(fresh_names - names)]
    return said


def _get_names(snapshot):
    return {
        f"{row['module']}.{row['name']}"
        for row in snapshot["rows"]["ir_model_data"].values()
        if row["module"] in _OURS
    }


def main(*paths):
    old, upgraded, fresh = map(load, paths)
    print(f"{'rows of':<28}{'before':>8}{'after':>8}")
    for table in _FIGURES:
        counts = [len(one["rows"].get(table, ())) for one in (old, upgraded)]
        print(f"{table:<28}{counts[0]:>8}{counts[1]:>8}")
    said = find_lost(old, upgraded) + find_unlike_fresh(upgraded, fresh)
    for sentence in said:
        print(sentence)
    return int(bool(said))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
