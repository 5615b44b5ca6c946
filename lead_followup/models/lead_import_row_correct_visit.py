from odoo import models

from ..tools import intake

_NAMES = ("captured_at", "captured_by", "rating", "note")


class LeadImportRow(models.Model):
    """How a correction is laid onto the visit that the corrected row made or completed."""

    _inherit = "lead.import.row"

    def _correct_visit(self, values):
        """Put the visit right; return ``{field of the lead: value}`` of what is only told."""
        before, after = self._prepare_visit_vals(self.values), self._prepare_visit_vals(values)
        visit = before and after and self._find_visit(self.lead_id, before)
        if not visit:
            return {}
        visit_id, completed = (self.undo_values or {}).get("visit") or (visit.id, {})
        completed = dict(completed) if visit_id == visit.id else {}
        is_made = visit.import_id == self.import_id

        def is_mine(name):
            if name in completed:
                return _text(visit[name]) == completed[name][1]
            held = visit[name] or False
            return held == (before[name] or False) if is_made else not held

        said = ({name: vals[name] for name in _NAMES} for vals in (before, after))
        taken, told = intake.settle(*said, is_mine)
        if "note" in completed and "note" in taken:
            first = completed["note"][0]  # what stood there before this row added to it
            taken["note"] = "\n".join(filter(None, (first, taken["note"])))
        if not is_made and taken:
            for name, value in taken.items():
                was = completed[name][0] if name in completed else _text(visit[name])
                completed[name] = [was, _text(value)]
            self._keep_for_undo(visit=[visit.id, completed])
        self._write_visit(visit, taken)
        field_by_name = {"rating": "booth_rating", "captured_by": "captured_by"}
        return {field_by_name[name]: told[name] for name in field_by_name if name in told}

    def _write_visit(self, visit, vals):
        """Write ``vals``, and have the visit's events tell what it says by now."""
        if vals:
            visit.write(vals)
        if not {"rating", "captured_at"}.isdisjoint(vals):
            visit._take_back_events()
            visit._log_events()


def _text(value):
    return str(value) if hasattr(value, "hour") else value or False
