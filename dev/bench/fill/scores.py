"""Scores and the answers they rest on."""


def insert(cr):
    """Give each lead its row of scores, and four of ten the answers of a booth's questions."""
    cr.execute(
        """INSERT INTO lead_score (id, fit, engagement, total, scored_at, is_stale)
           SELECT id, fit, engagement, fit + engagement, now() AT TIME ZONE 'UTC', FALSE
             FROM bench_lead ORDER BY id"""
    )
    cr.execute(
        """INSERT INTO lead_qualification
               (lead_id, qualifier_id, answer_id, answered_at, source, create_uid, write_uid,
                create_date, write_date)
           SELECT lead.id, asked.qualifier_id, asked.ids[1 + (lead.n + asked.no) % asked.count],
                  lead.made_at, 'import', 1, 1, lead.made_at, lead.made_at
             FROM bench_lead lead
             JOIN (SELECT qualifier_id, ROW_NUMBER() OVER (ORDER BY qualifier_id)::int AS no,
                          ARRAY_AGG(id ORDER BY id) AS ids, COUNT(*)::int AS count
                     FROM lead_qualifier_answer GROUP BY qualifier_id) asked
               ON (lead.n + asked.no) % 10 < 4
            ORDER BY lead.id, asked.no"""
    )
