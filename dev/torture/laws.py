"""What must hold of a tortured database: each law gives its breaches, read by SQL alone.

A breach is ``(kind, table, id, words)``, its kind one of ``KINDS``.
"""

from collections import Counter
from typing import NamedTuple

KINDS = ("doubled", "lost", "stuck", "wrong")
# our jobs and the mail queue, as c
JOBS = """ir_cron c JOIN ir_model_data a ON a.model = 'ir.cron' AND a.res_id = c.id AND (
    a.module LIKE 'lead\\_%' OR a.module = 'mail' AND a.name = 'ir_cron_mail_scheduler_action')"""


class Breach(NamedTuple):
    kind: str
    table: str
    id: int
    words: str

    def __str__(self):
        return f"{self.kind}: {self.table} {self.id}: {self.words}"


# What holds at every moment, in the middle of the work as well: (kind, table, words, statement)
_ALWAYS = (
    (
        "doubled",
        "crm_lead",
        "another lead has this e-mail address",
        """SELECT max(id) FROM crm_lead WHERE email_normalized IS NOT NULL
            GROUP BY email_normalized HAVING count(*) > 1""",
    ),
    (
        "doubled",
        "crm_lead",
        "another lead has this phone and name",
        """SELECT max(id) FROM crm_lead WHERE phone_sanitized IS NOT NULL
            GROUP BY phone_sanitized, contact_name HAVING count(*) > 1""",
    ),
    (
        "doubled",
        "crm_lead",
        "another lead has this name and company",
        """SELECT max(id) FROM crm_lead WHERE identity_key <> ''
            GROUP BY identity_key HAVING count(*) > 1""",
    ),
    (
        "doubled",
        "lead_touch",
        "the step was made twice in its round",
        """SELECT max(id) FROM lead_touch WHERE step_id IS NOT NULL
            GROUP BY enrollment_id, step_id, round HAVING count(*) > 1""",
    ),
    (
        "doubled",
        "lead_cadence_enrollment",
        "the lead is in another cadence",
        """SELECT max(id) FROM lead_cadence_enrollment WHERE state IN ('active', 'paused')
            GROUP BY lead_id HAVING count(*) > 1""",
    ),
    (
        "doubled",
        "lead_handover",
        "the lead is offered twice",
        """SELECT max(id) FROM lead_handover WHERE state = 'offered'
            GROUP BY lead_id HAVING count(*) > 1""",
    ),
    (
        "doubled",
        "lead_show_visit",
        "the import noted the visit twice",
        """SELECT max(id) FROM lead_show_visit WHERE import_id IS NOT NULL
            GROUP BY lead_id, import_id HAVING count(*) > 1""",
    ),
    (
        "doubled",
        "lead_event",
        "the occasion was noted twice",
        "SELECT max(id) FROM lead_event WHERE ref IS NOT NULL GROUP BY ref HAVING count(*) > 1",
    ),
    ("wrong", "ir_cron", "it was switched off", f"SELECT c.id FROM {JOBS} WHERE NOT c.active"),
    (
        "wrong",
        "lead_score",
        "fit and engagement are not the total",
        "SELECT id FROM lead_score WHERE total <> fit + engagement",
    ),
    (
        "lost",
        "crm_lead",
        "it has no score",
        "SELECT id FROM crm_lead l WHERE NOT EXISTS (SELECT FROM lead_score WHERE id = l.id)",
    ),
    (
        "lost",
        "lead_import_row",
        "it is done and has no lead",
        """SELECT id FROM lead_import_row WHERE is_done AND lead_id IS NULL
            AND verdict IN ('new', 'enriched')""",
    ),
)

# What somebody or some job has still to do; none may be left once nothing runs any more.
_UNDONE = (
    (
        "lead_import",
        "the import is neither done nor failed",
        "SELECT id FROM lead_import WHERE state IN ('queued', 'running')",
    ),
    ("lead_score", "it waits to be scored", "SELECT id FROM lead_score WHERE is_stale"),
    (
        "crm_lead",
        "it is qualified, nobody's, and nothing says why",
        """SELECT id FROM crm_lead WHERE lifecycle = 'mql' AND user_id IS NULL AND active
            AND won_status = 'pending' AND COALESCE(waiting_reason, '') = ''""",
    ),
    (
        "lead_touch",
        "it is being sent, and nobody sends",
        "SELECT id FROM lead_touch WHERE state = 'sending'",
    ),
    (
        "lead_touch",
        "its e-mail is due and waits in the queue",
        """SELECT t.id FROM lead_touch t JOIN mail_mail m ON m.id = t.mail_id
            WHERE m.state = 'outgoing' AND (m.scheduled_date IS NULL
                OR m.scheduled_date <= now() AT TIME ZONE 'utc')""",
    ),
    (
        "lead_touch",
        "it is queued and its e-mail is not",
        """SELECT t.id FROM lead_touch t LEFT JOIN mail_mail m ON m.id = t.mail_id
            WHERE t.channel = 'email' AND t.state = 'queued'
              AND m.state IS DISTINCT FROM 'outgoing'""",
    ),
    (
        "lead_touch",
        "its week has come and it is not on its way",
        """SELECT t.id FROM lead_touch t JOIN lead_cadence_enrollment e ON e.id = t.enrollment_id
            WHERE t.state = 'planned' AND e.state = 'active'
              AND t.planned_at <= now() AT TIME ZONE 'utc' + interval '7 days'""",
    ),
    (
        "lead_cadence_enrollment",
        "what comes next is not chosen",
        "SELECT id FROM lead_cadence_enrollment WHERE needs_plan AND state = 'active'",
    ),
    (
        "lead_recycle",
        "it has rested enough",
        """SELECT id FROM lead_recycle WHERE state IN ('resting', 'due') AND reason IS NULL
            AND rest_until <= (now() AT TIME ZONE 'utc')::date""",
    ),
    (
        "ir_cron",
        "it fails",
        f"SELECT c.id FROM {JOBS} WHERE c.failure_count > 0",
    ),
)

# What must hold once nothing is left to do.
_AT_REST = (
    (
        "wrong",
        "lead_import",
        "its verdicts don't add up to its rows",
        """SELECT i.id FROM lead_import i WHERE i.state = 'done' AND (
            i.row_count <> i.new_count + i.enriched_count + i.duplicate_count + i.rejected_count
            OR i.row_count <> (SELECT count(*) FROM lead_import_row r
                WHERE r.import_id = i.id AND r.verdict IS NOT NULL))""",
    ),
    (
        "lost",
        "lead_import_row",
        "it was accepted and not written",
        """SELECT r.id FROM lead_import_row r JOIN lead_import i ON i.id = r.import_id
            WHERE i.state = 'done' AND r.verdict IN ('new', 'enriched')
              AND (r.lead_id IS NULL OR NOT r.is_done)""",
    ),
    (
        "doubled",
        "lead_import_row",
        "another row is said to have made its lead",
        """SELECT max(id) FROM lead_import_row WHERE verdict = 'new'
            GROUP BY lead_id HAVING count(*) > 1""",
    ),
    (
        "lost",
        "crm_lead",
        "it was imported and is in no cadence",
        """SELECT r.lead_id FROM lead_import_row r JOIN lead_import i ON i.id = r.import_id
             JOIN crm_lead l ON l.id = r.lead_id AND l.lifecycle <> 'disqualified'
            WHERE i.state = 'done' AND r.verdict = 'new' AND NOT EXISTS (
                SELECT FROM lead_cadence_enrollment WHERE lead_id = r.lead_id)""",
    ),
    (
        "lost",
        "lead_import_row",
        "its visit was not noted",
        """SELECT r.id FROM lead_import_row r JOIN lead_import i ON i.id = r.import_id
            WHERE i.state = 'done' AND r.verdict = 'new' AND i.trade_show_id IS NOT NULL
              AND NOT EXISTS (SELECT FROM lead_show_visit WHERE lead_id = r.lead_id)""",
    ),
    (
        "stuck",
        "lead_cadence_enrollment",
        "it is live, and nothing is planned or waits",
        """SELECT e.id FROM lead_cadence_enrollment e WHERE e.state = 'active' AND NOT EXISTS (
            SELECT FROM lead_touch WHERE enrollment_id = e.id
               AND state IN ('planned', 'waiting', 'approval', 'queued'))""",
    ),
    (
        "wrong",
        "lead_handover",
        "it is offered to somebody whose lead it is not",
        """SELECT h.id FROM lead_handover h JOIN crm_lead l ON l.id = h.lead_id
            WHERE h.state = 'offered' AND l.user_id IS DISTINCT FROM h.user_id""",
    ),
    (
        "lost",
        "crm_lead",
        "it is qualified and somebody's, without a hand-over",
        """SELECT l.id FROM crm_lead l WHERE l.lifecycle = 'mql' AND l.user_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM lead_handover h WHERE h.lead_id = l.id
                AND h.user_id = l.user_id AND h.state IN ('offered', 'accepted'))""",
    ),
    (
        "wrong",
        "lead_recycle",
        "it is in its track, and its enrollment is not live",
        """SELECT r.id FROM lead_recycle r
             LEFT JOIN lead_cadence_enrollment e ON e.id = r.enrollment_id
            WHERE r.state = 'track' AND COALESCE(e.state, '') NOT IN ('active', 'paused')""",
    ),
    (
        "wrong",
        "lead_score",
        "its temperature is another one's",
        """SELECT s.id FROM lead_score s JOIN crm_lead l ON l.id = s.id
             JOIN res_company c ON c.id = COALESCE(l.company_id, 1)
            WHERE l.active AND l.won_status = 'pending' AND l.temperature IS DISTINCT FROM
                CASE WHEN s.total >= c.lead_hot_threshold THEN 'hot'
                     WHEN s.total >= c.lead_warm_threshold THEN 'warm' ELSE 'cold' END""",
    ),
)


class Laws:
    """The laws of one database and of the mail server its e-mails went to."""

    def __init__(self, cluster, database, receiver):
        self.cluster, self.database, self.receiver = cluster, database, receiver

    def _query(self, statement):
        return self.cluster.execute(self.database, statement)

    def _ask(self, laws):
        """Return the breaches of these laws, in one statement."""
        laws = list(laws)
        parts = [
            f"SELECT {turn}, id FROM ({law[3]}) AS law_{turn} (id)" for turn, law in enumerate(laws)
        ]
        rows = self._query(" UNION ALL ".join(parts))
        return [Breach(*laws[turn][:2], row_id, laws[turn][2]) for turn, row_id in rows]

    def broken_now(self):
        """Return the breaches of what holds at every moment."""
        return self._ask(_ALWAYS) + self._mailed_twice()

    def undone(self):
        """Return what is still to be done, by jobs that run or should."""
        return self._ask(("stuck", *law) for law in _UNDONE)

    def broken_at_rest(self):
        """Return the breaches of all laws, of a database in which nothing is left to do."""
        return self.broken_now() + self._ask(_AT_REST) + self._mail_and_touches()

    def count_doubtful(self):
        return self._query("SELECT count(*) FROM lead_touch WHERE state = 'doubtful'")[0][0]

    def _touches(self):
        """Return ``{message id: (touch, its state)}``."""
        rows = self._query(
            """SELECT g.message_id, t.id, t.state FROM lead_touch t
                 JOIN mail_mail m ON m.id = t.mail_id
                 JOIN mail_message g ON g.id = m.mail_message_id"""
        )
        return {message: (touch, state) for message, touch, state in rows}

    def _mailed_twice(self):
        """Every mail reached each of its recipients once, and each step each of its leads.

        Steps are told apart by their subjects, which begin with “Step” where they are unique: a
        mail made anew for the same step has another message id.
        """
        touches, taken = self._touches(), list(self.receiver.taken)
        steps = [mail for mail in taken if mail[2].startswith("Step ")]
        times = Counter(mail[:2] for mail in taken if mail[0] in touches)
        times.update(mail[1:] for mail in steps)
        touch_by_key = {mail[:2]: touches[mail[0]][0] for mail in taken if mail[0] in touches}
        touch_by_key.update({mail[1:]: touches[mail[0]][0] for mail in steps if mail[0] in touches})
        return [
            Breach("doubled", "lead_touch", touch_by_key.get(key, 0), f"{key} came {count} times")
            for key, count in times.items()
            if count > 1
        ]

    def _mail_and_touches(self):
        """What is done was taken; what was taken is done, or doubtful."""
        taken = {mail[0] for mail in self.receiver.taken}
        found = []
        for message, (touch, state) in self._touches().items():
            if state == "done" and message not in taken:
                found.append(Breach("lost", "lead_touch", touch, "done, and no mail came"))
            elif message in taken and state not in ("done", "doubtful"):
                found.append(Breach("wrong", "lead_touch", touch, f"its mail came; it is {state}"))
        return found

    def tell(self, breach):
        """Return the story of the record of ``breach``: itself and what hangs on it."""
        lines = [str(breach)]
        statements = {breach.table: "id = {id}"} | _NEIGHBOURS.get(breach.table, {})
        for table, condition in statements.items():
            condition = condition.format(id=breach.id)
            rows = self._query(
                f"SELECT json_strip_nulls(row_to_json(x)) FROM {table} x WHERE {condition}"
            )
            for (row,) in rows:
                facts = {name: value for name, value in row.items() if value not in ("", False)}
                lines.append(f"    {table} {str(facts)[:700]}")
        return "\n".join(lines)


_MAIL = "id = (SELECT mail_id FROM lead_touch WHERE id = {id})"
_NEIGHBOURS = {
    "lead_touch": {
        "mail_mail": _MAIL,
        "lead_cadence_enrollment": "id = (SELECT enrollment_id FROM lead_touch WHERE id = {id})",
    },
    "lead_cadence_enrollment": {"lead_touch": "enrollment_id = {id}"},
    "crm_lead": {
        "lead_handover": "lead_id = {id}",
        "lead_import_row": "lead_id = {id}",
        "lead_touch": "lead_id = {id}",
    },
    "lead_import_row": {
        "lead_import": "id = (SELECT import_id FROM lead_import_row WHERE id = {id})"
    },
    "lead_recycle": {
        "lead_cadence_enrollment": "id = (SELECT enrollment_id FROM lead_recycle WHERE id = {id})"
    },
    "ir_cron": {"ir_cron_trigger": "cron_id = {id}"},
}
