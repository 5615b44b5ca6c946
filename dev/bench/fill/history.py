"""What happened to leads: visits, events, hand-overs, wishes."""

from .leads import hours


def insert(cr, world):
    """Insert what the dice say."""
    for sql in (_VISITS, _SCANS, _LIFECYCLES, _SIGNS, _HANDOVERS):
        cr.execute(sql, {"company": world.company_id, "users": world.user_ids})
    cr.execute(
        """INSERT INTO crm_lead_lead_interest_rel (lead_id, interest_id)
           SELECT id, (%(ids)s::int[])[1 + n %% 8] FROM bench_lead WHERE n %% 2 = 0
            UNION ALL
           SELECT id, (%(ids)s::int[])[1 + (n + 1) %% 8] FROM bench_lead WHERE n %% 10 = 0""",
        {"ids": world.interest_ids},
    )


_VISITS = f"""
INSERT INTO lead_show_visit
       (lead_id, trade_show_id, company_id, captured_at, captured_by, rating, temperature,
        clock_started_at, first_touch_deadline, first_touch_at, first_human_touch_at, is_in_time,
        is_new_lead, first_touch_hours, first_human_touch_hours, create_uid, write_uid,
        create_date, write_date)
SELECT lead_id, show_id, %(company)s, captured_at, captured_by, rating, temperature,
       closes_at, closes_at + INTERVAL '48 hours', touched_at, human_at,
       COALESCE(touched_at <= closes_at + INTERVAL '48 hours', FALSE), is_first,
       {hours("closes_at", "touched_at")}, {hours("closes_at", "human_at")}, 1, 1, made_at, made_at
  FROM (SELECT visit.*, row.temperature,
               CASE WHEN is_latest THEN lead.touched_at
                    ELSE visit.closes_at + INTERVAL '1 second' * FLOOR(lead.r_speed * 216000)
                    END AS touched_at,
               CASE WHEN is_latest THEN lead.human_at END AS human_at
          FROM bench_visit visit
          JOIN bench_lead lead ON lead.id = visit.lead_id
          JOIN crm_lead row ON row.id = visit.lead_id) visit
 ORDER BY made_at, lead_id
"""

_SCANS = """
INSERT INTO lead_event (lead_id, kind, occurred_at, ref, note)
SELECT visit.lead_id, kind, visit.captured_at, 'visit,' || visit.id || ',' || kind, show.name
  FROM lead_show_visit visit
  JOIN bench_show show ON show.show_id = visit.trade_show_id
  JOIN UNNEST(ARRAY['scan', 'rating_hot', 'rating_warm']) kind
    ON kind = 'scan' OR kind = 'rating_' || visit.rating
 ORDER BY visit.id
"""

_LIFECYCLES = """
INSERT INTO lead_event (lead_id, kind, occurred_at, note, lifecycle_before, score)
SELECT id, 'lifecycle', at, note, before, score FROM (
    SELECT id, mql_at AS at, 'Inquiry → Qualified by marketing' AS note, 'inquiry' AS before,
           fit + engagement AS score FROM bench_lead
    UNION ALL
    SELECT id, sql_at, 'Qualified by marketing → Accepted by sales', 'mql', NULL FROM bench_lead
    UNION ALL
    SELECT id, closed_at, 'Accepted by sales → Customer', 'sql', NULL FROM bench_lead
     WHERE lifecycle = 'customer'
) change WHERE at IS NOT NULL ORDER BY at, id
"""

_SIGNS = """
INSERT INTO lead_event (lead_id, kind, occurred_at, confidence)
SELECT id, (ARRAY['click', 'open', 'reply', 'web_form', 'price_page', 'meeting'])[1 + n %% 6],
       LEAST(made_at + INTERVAL '1 hour' * (n %% 2000), now() AT TIME ZONE 'UTC'), 'human'
  FROM bench_lead WHERE n %% 5 = 0 ORDER BY id
"""

_HANDOVERS = """
INSERT INTO lead_handover
       (lead_id, user_id, state, offered_at, answered_at, score, create_uid, write_uid,
        create_date, write_date)
SELECT id, COALESCE(user_id, (%(users)s::int[])[1 + n %% 50]), state, mql_at,
       CASE WHEN state = 'accepted' THEN sql_at
            WHEN state <> 'offered' THEN LEAST(mql_at + INTERVAL '2 days',
                                               now() AT TIME ZONE 'UTC') END,
       fit + engagement, 1, 1, mql_at, mql_at
  FROM (SELECT *, CASE WHEN is_accepted THEN 'accepted'
                       WHEN lifecycle = 'nurture' THEN 'returned'
                       WHEN is_put_away THEN 'expired' ELSE 'offered' END AS state
          FROM bench_lead
         WHERE mql_at IS NOT NULL AND (user_id IS NOT NULL OR lifecycle = 'nurture')) offer
 ORDER BY mql_at, id
"""
