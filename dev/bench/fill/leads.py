"""The rows of crm_lead, from the dice."""

# {column: what it holds}; what a database doesn't have is left out, so that one without the
# addons gets the same leads.
_COLUMNS = {
    "id": "lead.id",
    "create_uid": "1",
    "write_uid": "1",
    "create_date": "lead.made_at",
    "write_date": "GREATEST(lead.made_at, lead.closed_at, lead.sql_at, lead.mql_at)",
    "name": "lead.partner_name || ' – ' || lead.contact_name",
    "type": "CASE WHEN lead.is_opportunity THEN 'opportunity' ELSE 'lead' END",
    "active": "lead.won_status <> 'lost' AND NOT lead.is_put_away",
    "won_status": "lead.won_status",
    "company_id": "%(company)s",
    "user_id": "lead.user_id",
    "team_id": "lead.team_id",
    "stage_id": "(%(stages)s::int[])[lead.stage_no]",
    "probability": "lead.chance",
    "automated_probability": "lead.chance",
    "lost_reason_id": "CASE WHEN lead.won_status = 'lost'"
    " THEN (%(reasons)s::int[])[1 + lead.n %% %(reason_count)s] END",
    "source_id": "lead.source_id",
    "medium_id": "lead.medium_id",
    "campaign_id": "lead.campaign_id",
    "country_id": "lead.country_id",
    "city": "(ARRAY['Berlin','Hamburg','Linz','Bern','Lyon','Delft'])[1 + lead.n %% 6]",
    "zip": "LPAD((lead.n %% 90000 + 10000)::text, 5, '0')",
    "street": "'Hauptstr. ' || lead.n %% 200",
    "contact_name": "lead.contact_name",
    "partner_name": "lead.partner_name",
    "function": "(ARRAY['Buyer','Head of Engineering','Owner',NULL])[1 + lead.n %% 4]",
    "email_from": "CASE WHEN lead.has_mail THEN lead.mail_box || lead.mail_domain END",
    "email_normalized": "CASE WHEN lead.has_mail THEN lead.mail_box || lead.mail_domain END",
    "email_domain_criterion": "CASE WHEN lead.has_mail THEN lead.mail_domain END",
    "email_state": "CASE WHEN lead.has_mail THEN 'correct' END",
    "phone": "CASE WHEN lead.has_phone THEN '+49 30 ' || lead.number END",
    "phone_sanitized": "CASE WHEN lead.has_mobile AND %(has_addons)s"
    " THEN '+49151' || lead.number WHEN lead.has_phone THEN '+4930' || lead.number END",
    "phone_state": "CASE WHEN lead.has_phone THEN 'correct' END",
    "description": "CASE WHEN lead.n %% 2 = 0 THEN '<p>Asked for ' || lead.partner_name"
    " || ': prices, delivery times and a visit of the plant in spring.</p>' END",
    "priority": "(lead.n %% 3)::text",
    "color": "0",
    "message_bounce": "0",
    "expected_revenue": "lead.revenue",
    "prorated_revenue": "ROUND((lead.revenue * lead.chance / 100)::numeric, 2)",
    "recurring_revenue": "0",
    "recurring_revenue_monthly": "0",
    "recurring_revenue_monthly_prorated": "0",
    "recurring_revenue_prorated": "0",
    "date_open": "lead.opened_at",
    "date_closed": "lead.closed_at",
    "date_conversion": "CASE WHEN lead.is_opportunity THEN lead.sql_at END",
    "date_last_stage_update": "COALESCE(lead.closed_at, lead.sql_at, lead.made_at)",
    "day_open": "FLOOR(EXTRACT(EPOCH FROM lead.opened_at - lead.made_at) / 86400)",
    "day_close": "FLOOR(EXTRACT(EPOCH FROM lead.closed_at - lead.made_at) / 86400)",
    # of the addons
    "temperature": "CASE WHEN lead.fit + lead.engagement >= 70 THEN 'hot'"
    " WHEN lead.fit + lead.engagement >= 40 THEN 'warm' ELSE 'cold' END",
    "lifecycle": "lead.lifecycle",
    "lifecycle_at": "CASE lead.lifecycle WHEN 'customer' THEN lead.closed_at"
    " WHEN 'sql' THEN lead.sql_at WHEN 'mql' THEN lead.mql_at"
    " WHEN 'nurture' THEN COALESCE(lead.mql_at, lead.made_at)"
    " WHEN 'disqualified' THEN lead.made_at END",
    "mql_at": "lead.mql_at",
    "sql_at": "lead.sql_at",
    "not_a_buyer": "CASE WHEN lead.lifecycle = 'disqualified'"
    " THEN (ARRAY['student','press','exhibitor','competitor','other'])[1 + lead.n %% 5] END",
    "waiting_reason": "NULL",
    "mobile": "CASE WHEN lead.has_mobile THEN '+49151' || lead.number END",
    "email_consent": "(ARRAY['yes',NULL,NULL,NULL,'no',NULL,'yes'])[1 + lead.n %% 7]",
    "identity_key": "LOWER(REPLACE(lead.contact_name, ' ', '') || CHR(31)"
    " || REPLACE(lead.partner_name, ' ', ''))",
    "trade_show_id": "visit.show_id",
    "captured_at": "visit.captured_at",
    "captured_by": "visit.captured_by",
    "booth_rating": "visit.rating",
    "clock_started_at": "lead.clock_started_at",
    "first_touch_deadline": "lead.deadline",
    "first_touch_at": "lead.touched_at",
    "first_human_touch_at": "lead.human_at",
    "first_touch_hours": "{hours:lead.clock_started_at:lead.touched_at}",
    "mql_first_touch_hours": "{hours:lead.mql_at:lead.touched_at}",
    "mql_first_human_touch_hours": "{hours:lead.mql_at:lead.human_at}",
    "rotation": "CASE WHEN lead.n %% 40 = 0 THEN 1 END",
}


def hours(start, end):
    """Return the SQL of the hours between, as the addons keep them: 0 where there are none."""
    return f"CASE WHEN {end} >= {start} THEN EXTRACT(EPOCH FROM {end} - {start}) / 3600 ELSE 0 END"


def insert(cr, world):
    """Insert the leads; their ids are those of the dice."""
    cr.execute("SELECT attname FROM pg_attribute WHERE attrelid = 'crm_lead'::regclass")
    there = {name for (name,) in cr.fetchall()}
    columns = {name: _expand(sql) for name, sql in _COLUMNS.items() if name in there}
    cr.execute(
        f"""INSERT INTO crm_lead ({", ".join(f'"{name}"' for name in columns)})
            SELECT {", ".join(columns.values())}
              FROM bench_lead lead
              LEFT JOIN bench_visit visit ON visit.lead_id = lead.id AND visit.is_latest
             ORDER BY lead.id""",
        {
            "company": world.company_id,
            "stages": world.stage_ids,
            "reasons": world.lost_reason_ids,
            "reason_count": len(world.lost_reason_ids),
            "has_addons": world.has_addons,
        },
    )
    cr.execute("SELECT setval('crm_lead_id_seq', (SELECT MAX(id) FROM crm_lead))")


def _expand(sql):
    if sql.startswith("{hours:"):
        return hours(*sql[1:-1].split(":")[1:])
    return sql
