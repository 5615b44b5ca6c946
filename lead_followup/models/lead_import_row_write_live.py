import logging

from odoo import fields, models

from .crossed import CROSSED

_logger = logging.getLogger(__name__)

_FACTS = ("referred_by", "call_at")


class LeadImportRow(models.Model):
    """A row that was taken down live: known again by its key, followed up once."""

    _inherit = "lead.import.row"

    capture_key = fields.Char(
        readonly=True, copy=False, help="By which the same record sent again is known."
    )
    capture_user_id = fields.Many2one(
        "res.users", "Captured By User", ondelete="set null", readonly=True, copy=False
    )
    follow_up = fields.Selection(
        [("offer", "To Be Offered"), ("enroll", "To Enter the Cadence")],
        readonly=True,
        copy=False,
        help="What the background run still does for a captured record.",
    )

    _capture_key_unique = models.UniqueIndex(
        "(capture_key) WHERE capture_key IS NOT NULL", "This record was captured already."
    )
    _follow_up_idx = models.Index("(import_id) WHERE follow_up IS NOT NULL")

    def _write_captured(self, record_by_row):
        """Write the leads of these rows, noted a moment ago; one that fails is rejected alone."""
        try:
            with self.env.cr.savepoint():
                self._write_captured_together(record_by_row)
            return
        except CROSSED:
            raise  # the whole is done anew, on what the others have written
        except Exception:
            if len(self) == 1:
                _logger.exception("A captured record could not be written: row %s", self.id)
        if len(self) == 1:
            self._reject_captured()
            return
        for row in self:
            if row.verdict != "rejected":
                # whoever it was the same as is a lead by now
                row.write({"verdict": "new", "reason": False, "match_number": 0})
            row._write_captured({row: record_by_row[row]})

    def _write_captured_together(self, record_by_row):
        heads = self.filtered(lambda row: row.verdict != "rejected" and not row.match_number)
        heads._hold_people()
        heads._match_known_leads()
        heads = heads.filtered(lambda row: not row.match_number)
        heads._write_leads()._update_scores()
        heads._keep_state_after()
        self.filtered(lambda row: row.verdict == "rejected").is_done = True
        self._after_capture(record_by_row)

    def _reject_captured(self, reason="failed"):
        """Reject a record that could not be written; what was typed stays with it."""
        self.write(
            {
                "verdict": "rejected",
                "reason": reason,
                "lead_id": False,
                "match_number": 0,
                "follow_up": False,
                "is_done": True,
            }
        )

    def _get_capture_answer(self, env):
        """Return what whoever sent this row is told, in the language of ``env``."""
        self.ensure_one()
        row = self.with_env(env).sudo()  # sudo: his own record
        return {
            "key": row.capture_key,
            "verdict": row.verdict,
            "reason": row._describe_reason_alone() or False,
            "flags": row.flags,
            "flags_text": ", ".join(row._describe_flag(flag) for flag in row.flags),
            "lead_id": row.lead_id.id,
        }

    def _describe_reason_alone(self):
        """Return the reason as a sentence that names no lead: not everybody may see it."""
        texts = self._get_reason_texts()
        return texts.get(self.reason, self.reason or "")

    def _get_reason_texts(self):
        return {
            **super()._get_reason_texts(),
            "failed": self.env._(
                "This record could not be written; the server's log says why. Enter it anew."
            ),
            "unreadable": self.env._("This record could not be read. Enter it anew."),
        }

    def _get_answers(self, values):
        """Return the answers with those to the company's own questions."""
        return {**super()._get_answers(values), **(values.get("answers") or {})}

    def _compare_answers(self, addition, lead, values):
        result = super()._compare_answers(addition, lead, values)
        known = {
            given.qualifier_id.code: given.answer_id.code
            for given in lead.qualification_ids
            if not given.is_expired
        }
        for code, answer in (values.get("answers") or {}).items():
            if known.get(code, answer) != answer:
                addition.other_answers[code] = answer
        return result

    def _compare_note(self, addition, lead, values, said):
        result = super()._compare_note(addition, lead, values, said)
        labels = self._get_fact_labels()
        if any(labels[key] in addition.facts for key in _FACTS):
            addition.has_further = True
        return result

    def _get_fact_labels(self):
        return {
            **super()._get_fact_labels(),
            "referred_by": self.env._("Referred by"),
            "call_at": self.env._("Wants to be called"),
        }
