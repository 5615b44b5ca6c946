import logging

from odoo import fields, models

from ..tools import intake
from .candidates import Candidates
from .crossed import CROSSED

_logger = logging.getLogger(__name__)


class LeadImportRow(models.Model):
    """A captured row that is corrected: one person, one lead, whatever was wrong at first.

    The correction is a row of the same import, a duplicate of the one it corrects, and that one
    says from then on what the correction says. Its lead follows where it still says what the row
    said; what somebody has changed since stays, and the correction is told in a note. Only where
    the correction shows that the row had met, or is, another lead, and nobody has worked on what
    it made, is the row taken back and the correction written in its place.
    """

    _inherit = "lead.import.row"

    replaces_key = fields.Text(
        readonly=True, copy=False, help="Of what it corrects, one a line, sent last first."
    )

    def _get_replaced_keys(self):
        self.ensure_one()
        return (self.replaces_key or "").splitlines()

    def _correct(self, key, record):
        """Write down ``record`` under ``key`` as what this row meant to say; return its row.

        :raises ConcurrencyError: this row was taken back meanwhile.
        """
        self.ensure_one()
        job = self.import_id
        job._keep_open()
        row = job._note_captures({key: record}, self.capture_user_id)
        if not intake.as_text(record.get("captured_at")):
            row.values = {**row.values, "scanned_at": self.values.get("scanned_at")}
        if row.verdict == "rejected":
            row._write_captured({row: record})
            return row
        try:
            with self.env.cr.savepoint():
                self._write_correction(row, record)
        except CROSSED:
            raise
        except Exception:
            _logger.exception("A correction could not be written: row %s", row.id)
            row._reject_captured()
        return row

    def _write_correction(self, row, record):
        row._hold_people()
        head = self._get_head()
        head._hold_people()
        if head._is_of_another(row.values):
            head._withdraw()
            row._write_captured_together({row: record})
            head._follow(row)
            return
        row.write(head._prepare_correction_vals())
        head._take_correction(row)
        head.write({"values": row.values, "flags": row.flags, "follow_up": "offer"})
        row._after_capture({row: record})

    def _note_overtaken(self, key, record):
        """Note under ``key`` what came in after this row, which corrects it: it says nothing."""
        self.ensure_one()
        job, head = self.import_id, self._get_head()
        job._keep_open()
        row = job._note_captures({key: record}, self.capture_user_id)
        row.write({**head._prepare_correction_vals(), "reason": "overtaken"})
        return row

    def _prepare_correction_vals(self):
        """Return the values of a row that says nothing of its own beside this one."""
        return {
            "verdict": "duplicate",
            "reason": "correction",
            "match_number": self.number,
            "lead_id": self.lead_id.id,
            "is_done": True,
            "follow_up": False,
        }

    def _get_head(self):
        """Return the row that stands for this row's person in its import."""
        self.ensure_one()
        if not self.match_number:
            return self
        same = [("import_id", "=", self.import_id.id), ("number", "=", self.match_number)]
        return self.search(same) or self

    def _has_made_lead(self):
        return self.verdict == "new" and self.lead_id.import_id == self.import_id

    def _is_of_another(self, values):
        """Tell whether by ``values`` this row is, or has met, another than its lead.

        Never where its lead can't be left without it: somebody has worked on it, or another row
        stands for it.
        """
        if self._has_made_lead():
            known, _rule = self._find_others(values)
            is_another = bool(known) and known.won_status != "won"
        else:
            is_another = self.verdict != "new" and not intake.meets_still(
                self.reason, self.values, values
            )
        return is_another and self._is_alone()

    def _find_others(self, values):
        """Return the lead beside this row's own that ``values`` are, and the key."""
        leads = self.env["crm.lead"]._search_candidates([values], self.import_id.company_id)
        return Candidates(leads - self.lead_id).find(values)

    def _is_alone(self):
        """Tell whether nobody has worked on this row's lead since, and no other row met it."""
        job = self.import_id
        others = self.search(
            [
                ("import_id", "=", job.id),
                ("lead_id", "=", self.lead_id.id),
                ("match_number", "!=", self.number),
                ("id", "!=", self.id),
                ("is_done", "=", True),
            ]
        )
        if others:
            return False
        if self._has_made_lead():
            return not job._get_kept_leads(self)
        return not (self.undo_values and self._get_worked_on_leads())

    def _withdraw(self):
        """Take back what this row alone has made of its lead, as the undo of its import would."""
        job, lead = self.import_id, self.lead_id
        is_ours = self._has_made_lead()
        enrollments = lead.enrollment_ids.filtered(lambda one: one.import_id == job)
        enrollments._take_back()
        visits = lead.visit_ids.filtered(lambda visit: visit.import_id == job)
        visits._take_back_events()
        visits.unlink()
        if self.undo_values:
            self._take_back(lead.browse())
        if is_ours:
            lead.unlink()
        else:
            lead._update_scores()

    def _follow(self, row):
        """Make this row, and those that follow it, duplicates of ``row``."""
        rows = self | self.search(
            [("import_id", "=", self.import_id.id), ("match_number", "=", self.number)]
        )
        row = row._get_head()
        rows.write(
            {
                **row._prepare_correction_vals(),
                "undo_values": False,
                "is_known_customer": False,
                "is_revived": False,
                "won_lead_id": False,
            }
        )

    def _get_reason_texts(self):
        return {
            **super()._get_reason_texts(),
            "correction": self.env._("Corrected"),
            "overtaken": self.env._("Came in after its correction"),
            "erased": self.env._(
                "This visitor was erased meanwhile, and is not corrected any more. Enter him anew "
                "if he came again."
            ),
        }
