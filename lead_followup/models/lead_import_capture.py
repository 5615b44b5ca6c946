import logging
import uuid
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

from ..tools import intake

_logger = logging.getLogger(__name__)

_KEY_CHARS = 200
_CLOCK_OFF = timedelta(days=30)  # nothing waits on a phone for so long
_EXTRA_WORDS = ("code", "answers", "interest_ids", "referred_by", "call_at")


class LeadImport(models.Model):
    """Records taken down live: judged, matched and written as the rows of a file are, at once."""

    _inherit = "lead.import"

    @api.model
    def _capture(self, records, door, show=None, company=None):
        """Write ``records``; return ``[{key, verdict, reason, flags, flags_text, lead_id}]``.

        The answers are in the order of the records. Sent again under the same key, a record is
        the same record: nothing happens, the first answer is given. One that is bad is rejected,
        with the reason in words, and stops no other. Offers and cadence follow in the background.
        The number of queries does not grow with the records, but for those that correct others.

        :param records: dicts of the words of a row (name, company, job_title, email, phone, …,
            ``captured_at``, ``booth_rating``, ``interests``, ``email_consent``, ``visitor_kind``)
            and, each where there is one: ``key`` (text, the caller's own), ``code`` (the text of a
            scanned code), ``answers`` ({qualifier's code: answer's}), ``interest_ids``, ``photo``
            (base64), ``referred_by``, ``call_at`` (texts), ``further`` ({heading: text}),
            ``replaces`` (of an earlier record that this one corrects, the key, or the keys of
            several, the last sent first).
        :param door: booth, poster or referral.
        :param company: res.company of the leads; that of the show, or the current one, without.
        :raises ConcurrencyError: somebody else has written at this moment; Odoo tries again.
        """
        show = show if show is not None else self.env["lead.trade.show"]
        company = show.company_id or company or self.env.company
        keys, record_by_key = [], {}
        for record in records:
            record = dict(record) if isinstance(record, dict) else {}
            key = intake.as_text(record.get("key"))[:_KEY_CHARS] or str(uuid.uuid4())
            record_by_key.setdefault(key, record)
            keys.append(key)
        # As the background run would, by the scheduler's user and without what a screen has set:
        # whoever captures need not be allowed to see the lead somebody is.
        lang = company.partner_id.lang or None
        env = self.env(
            user=SUPERUSER_ID, context={"allowed_company_ids": company.ids, "lang": lang}
        )
        rows = env["lead.import.row"]
        known = {
            row.capture_key: row
            for row in rows.search([("capture_key", "in", list(record_by_key))])
        }
        fresh = {key: record for key, record in record_by_key.items() if key not in known}
        if fresh:
            made = env[self._name]._write_fresh(fresh, door, show, company, self.env.user)
            known.update({row.capture_key: row for row in made})
            env.ref("lead_followup.ir_cron_run_imports")._trigger()
        answer_by_key = {key: row._get_capture_answer(self.env) for key, row in known.items()}
        return [answer_by_key[key] for key in keys]

    @api.model
    def _write_fresh(self, record_by_key, door, show, company, user):
        """Write the records that are new; return their rows, in no order."""
        job = self._open_capture(door, show.id, company.id)
        made = job._note_captures(record_by_key, user)
        made._write_captured({row: record_by_key[row.capture_key] for row in made})
        return made

    @api.model
    def _open_capture(self, door, show_id, company_id):
        show = self.env["lead.trade.show"].browse(show_id)
        company = self.env["res.company"].browse(company_id)
        try:
            job = self._open_door(door, show, company)
        except UniqueViolation as crossed:  # made at this moment by somebody else
            raise ConcurrencyError(str(crossed)) from crossed
        if not job.column_ids:
            job._make_capture_columns()
        return job

    def _make_capture_columns(self):
        """Name the cells of captured rows, so that rejected ones come back as a file to mend."""
        self.env["lead.import.column"].create(
            [
                {"import_id": self.id, "position": position, "heading": heading, "target": target}
                for position, (heading, target) in enumerate(
                    [
                        *((intake.FIELDS[word], word) for word in intake.WORDS),
                        *((word, False) for word in _EXTRA_WORDS),
                    ],
                    start=1,
                )
            ]
        )

    def _note_captures(self, record_by_key, user):
        """Make a row for each of ``{key: record}`` of ``user``, judged; return them in order."""
        judged, sources = [], []
        judge = self._get_capture_judge(record_by_key.values())
        numbers = self._draw_numbers(len(record_by_key))
        for number, record in zip(numbers, record_by_key.values(), strict=True):
            try:
                judgement = judge(number, record)
            except Exception:  # the caller's record, whatever is in it, is kept and told of
                _logger.exception("A captured record cannot be read")
                judgement = intake.JudgedRow(number, {}, [], "unreadable")
            judged.append(judgement)
            sources.append(intake.SourceRow(number, _get_cells(record)))
        matches = intake.match_rows(judged)
        try:
            rows = self.env["lead.import.row"].create(
                [
                    {
                        **self._prepare_row_vals(source, judgement, matches.get(judgement.number)),
                        "capture_key": key,
                        "capture_user_id": user.id,
                        "replaces_key": "\n".join(intake.replaced_keys(record)) or False,
                        "follow_up": False if judgement.reason else "offer",
                    }
                    for (key, record), source, judgement in zip(
                        record_by_key.items(), sources, judged, strict=True
                    )
                ]
            )
            rows.flush_recordset()
        except UniqueViolation as crossed:  # the key was taken at this moment
            raise ConcurrencyError(str(crossed)) from crossed
        return rows

    def _draw_numbers(self, count):
        """Return that many rising numbers which nobody else gets, with gaps between calls.

        They are drawn from the ids of rows: people captured at the same moment would all take the
        one after the last they see, and a row's id is never below the count of rows before it.
        """
        self.env.cr.execute(
            SQL(
                """SELECT nextval(pg_get_serial_sequence('lead_import_row', 'id'))
                     FROM generate_series(1, %s)""",
                count,
            )
        )
        return sorted(number for (number,) in self.env.cr.fetchall())

    def _get_capture_judge(self, records):
        """Return a function of (number, record) that judges one; all it needs is read here."""
        options, now = self._get_options(), fields.Datetime.now()
        answers = self.env["lead.qualifier"]._get_answers_by_code(self.company_id)
        interest_ids = {one for record in records for one in _get_ids(record.get("interest_ids"))}
        interests = self.env["lead.interest"].browse(sorted(interest_ids)).exists()
        name_by_id = {interest.id: interest.name for interest in interests}
        show = self.trade_show_id

        def judge(number, record):
            layout = intake.lay_out(record)
            row = intake.SourceRow(number, layout.cells)
            judgement = intake.judge_row(row, layout.fields, layout.headings, options)
            values = judgement.values
            if show:
                scanned_at = min(values["scanned_at"] or now, now)
                # a phone whose clock has lost the date says 1970
                values["scanned_at"] = scanned_at if now - scanned_at < _CLOCK_OFF else now
            chosen = [name_by_id.get(one) for one in _get_ids(record.get("interest_ids"))]
            interests = [*filter(None, chosen), *values["interest"]]
            values["interest"] = list(dict.fromkeys(interests))
            values["referred_by"] = intake.as_text(record.get("referred_by")) or None
            values["call_at"] = intake.as_text(record.get("call_at")) or None
            _add_answers(values, record, answers)
            return judgement

        return judge


def _add_answers(values, record, known):
    """Put the answers of ``record`` into ``values``; what nobody knows becomes a fact.

    :param known: ``{qualifier's code: {answer's code: answer}}`` of the company.
    """
    given = record.get("answers")
    given = dict(given) if isinstance(given, dict) else {}
    if need := intake.as_text(record.get("need")):
        given.setdefault("need", need)
    own = {}
    for code, answer in given.items():
        code, answer = intake.as_text(code), intake.as_text(answer)
        if not answer:
            continue
        if answer not in known.get(code, {}):
            values["further"].setdefault(code, answer)
        elif code in _QUALIFIERS:
            values[code] = answer
        else:
            own[code] = answer
    for code in _QUALIFIERS:  # a company's own question may have other answers than a file's
        answer = values.get(code)
        if answer and answer not in known.get(code, {}):
            values["further"].setdefault(code, answer)
            values[code] = None
    if own:
        values["answers"] = own


_QUALIFIERS = ("budget", "authority", "timeframe", "need")


def _get_cells(record):
    typed = intake.typed_words(record)
    extra = []
    for word in _EXTRA_WORDS:
        value = record.get(word)
        if word == "code" and intake.read_code(intake.as_text(value)).kind == "private":
            value = None  # somebody's password, scanned by mistake
        if isinstance(value, dict):
            value = [f"{intake.as_text(key)}: {intake.as_text(one)}" for key, one in value.items()]
        extra.append(intake.as_text(value))
    return [*typed.values(), *extra]


def _get_ids(value):
    """Return the ids in what a program sent, whatever else is in it.

    >>> _get_ids([3, "4", None, 2**40]), _get_ids("x")
    ([3], [])
    """
    if not isinstance(value, list | tuple):
        return []
    return [one for one in value if type(one) is int and 0 < one < 2**31]
