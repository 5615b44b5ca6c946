from odoo import fields, models

from ..tools import intake

_ONCE = ("captured_at", "captured_by", "rating")  # of a visit; what it has is not overwritten


class LeadImportRow(models.Model):
    """The visit a row tells of: made once a lead and show, later rows complete it."""

    _inherit = "lead.import.row"

    def _prepare_visit_vals(self, values):
        """Return the values of the visit that ``values`` tell of, None where they tell of none."""
        job = self.import_id
        show = job.trade_show_id
        scanned_at = fields.Datetime.to_datetime(values.get("scanned_at")) or False
        if not (show or scanned_at):
            return None
        now = fields.Datetime.now()
        return {
            "trade_show_id": show.id,
            "import_id": job.id,
            # a scanner whose clock runs years ahead scans nobody in the future
            "captured_at": min(scanned_at or show.closes_at, max(now, show.closes_at or now)),
            "captured_by": values.get("captured_by"),
            "rating": values.get("rating"),
            "note": values.get("note"),
        }

    def _add_visits(self, vals_by_row):
        """Make these visits of the rows' leads, and log their events."""
        visits = self.env["lead.show.visit"].create(
            [{"lead_id": row.lead_id.id, **vals} for row, vals in vals_by_row.items()]
        )
        visits._restart_clocks()
        visits._log_events()

    def _find_visit(self, lead, vals):
        """Return the visit of ``lead`` that ``vals`` are: at that show, or at that moment."""
        return lead.visit_ids.filtered(
            lambda visit: (
                visit.trade_show_id.id == vals["trade_show_id"]
                and (vals["trade_show_id"] or visit.captured_at == vals["captured_at"])
            )
        )[:1]

    def _compare_visit(self, visit, vals, is_dated):
        """Return what ``visit`` lacks of ``vals``; a note is added below the one that is there.

        :param is_dated: the file says when the scan was, it is not taken for the show's closing.
        """
        names = _ONCE if is_dated else _ONCE[1:]
        blanks = {name: vals[name] for name in names if vals[name] and not visit[name]}
        if note := intake.new_lines(vals["note"], [visit.note]):
            blanks["note"] = f"{visit.note}\n{note}" if visit.note else note
        return blanks

    def _complete_visits(self, addition_by_row):
        """Fill the blanks of known visits, keep what was there, and log what they tell by now."""
        visits = self.env["lead.show.visit"]
        for row, addition in addition_by_row.items():
            if not addition.visit_blanks:
                continue
            visit = visits.browse(addition.visit_id)
            before = {
                name: [_as_json(visit[name]), _as_json(value)]
                for name, value in addition.visit_blanks.items()
            }
            row._keep_for_undo(visit=[visit.id, before])
            visit.write(addition.visit_blanks)
            if "rating" in before:
                visits |= visit
        visits._log_events()


def _as_json(value):
    return fields.Datetime.to_string(value) if hasattr(value, "hour") else value or False
