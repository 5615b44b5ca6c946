"""Leads of shows in their cadence, step after step every four days."""

EVERY_DAYS = 4


def insert(cr, world):
    """Enroll a fifth of the leads of shows, and insert their touches.

    Who came in the last weeks is still on the way and has the next touch planned.
    """
    values = {
        "company": world.company_id,
        "cadence": world.show_cadence_id,
        "steps": [step_id for step_id, _channel in world.show_steps],
        "channels": [channel for _step_id, channel in world.show_steps],
        "count": len(world.show_steps),
        "days": EVERY_DAYS,
    }
    for sql in (_ENROLLMENTS, _LIVE, _TOUCHES):
        cr.execute(sql, values)


_ENROLLMENTS = """
INSERT INTO lead_cadence_enrollment
       (lead_id, cadence_id, company_id, state, stop_reason, step_id, round, next_touch_at,
        next_channel, last_touch_at, create_uid, write_uid, create_date, write_date)
SELECT id, %(cadence)s, %(company)s, state, CASE WHEN state = 'stopped' THEN won_status END,
       (%(steps)s::int[])[made], 1,
       CASE WHEN state = 'active' THEN next_at END,
       CASE WHEN state = 'active' THEN (%(channels)s::text[])[made + 1] END,
       next_at - INTERVAL '1 day' * %(days)s, 1, 1, made_at, made_at
  FROM (SELECT *, touched_at + INTERVAL '1 day' * %(days)s * made AS next_at,
               CASE WHEN won_status IN ('won', 'lost') THEN 'stopped'
                    WHEN made = %(count)s OR is_put_away THEN 'done' ELSE 'active' END AS state
          FROM bench_lead WHERE made > 0) lead
 ORDER BY id
"""

_LIVE = """
UPDATE crm_lead SET enrollment_id = enrollment.id
  FROM lead_cadence_enrollment enrollment
 WHERE enrollment.lead_id = crm_lead.id AND enrollment.state = 'active'
"""

_TOUCHES = """
INSERT INTO lead_touch
       (enrollment_id, lead_id, step_id, company_id, round, user_id, channel, state, is_human,
        planned_at, done_at, done_user_id, timeline_at, outcome, create_uid, write_uid,
        create_date, write_date)
SELECT enrollment.id, lead.id, (%(steps)s::int[])[no], %(company)s, 1, lead.user_id,
       (%(channels)s::text[])[no], CASE WHEN is_made THEN 'done' ELSE 'planned' END,
       is_made AND (%(channels)s::text[])[no] = 'call', at, CASE WHEN is_made THEN at END,
       CASE WHEN is_made THEN lead.user_id END, at,
       CASE WHEN is_made AND (%(channels)s::text[])[no] = 'call' THEN 'no_answer' END,
       1, 1, lead.made_at, lead.made_at
  FROM bench_lead lead
  JOIN lead_cadence_enrollment enrollment ON enrollment.lead_id = lead.id
  JOIN LATERAL (
      SELECT no, no <= lead.made AS is_made,
             lead.touched_at + INTERVAL '1 day' * %(days)s * (no - 1) AS at
        FROM generate_series(1, %(count)s) AS no) step
    ON is_made OR (no = lead.made + 1 AND enrollment.state = 'active')
 ORDER BY enrollment.id, no
"""
