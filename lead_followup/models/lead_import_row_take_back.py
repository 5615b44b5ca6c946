from odoo import models

from .crm_lead_known import NEVER_FILLED
from .untracked import UNTRACKED

# What closes a way to somebody: he has said so, whatever becomes of the file that told it
_OPT_OUTS = {
    "do_not_contact": True,
    "phone_opt_out": True,
    "letter_opt_out": True,
    "email_consent": "no",
}
# Odoo's own forecast changes by itself: put back only with a lead that is closed again
_PROBABILITIES = ("probability", "automated_probability")
_UNASKED = {**UNTRACKED, "mail_auto_subscribe_no_notify": True, "lead_offering": True}


class LeadImportRow(models.Model):
    """How what a row did to a lead we know is taken back; see ``_keep_for_undo`` for what is kept.

    What somebody has changed since stays as it is.
    """

    _inherit = "lead.import.row"

    def _get_worked_on_leads(self):
        """Return the known leads of these rows that somebody has worked on since."""
        marked = self.filtered(lambda row: "marks" in row.undo_values)
        leads = self.env["crm.lead"]
        for job, rows in marked.grouped("import_id").items():
            # of a chunk all rows have the same marks; the chunks are few
            for marks, same in rows.grouped(lambda row: tuple(_marks_of(row).items())).items():
                leads |= same.lead_id._filter_worked_on(job, dict(marks))
        moved = marked.filtered(lambda row: row._was_moved())
        return leads | moved.lead_id | marked._get_leads_met_later()

    def _get_leads_met_later(self):
        """Return the leads of these rows that another import has met after them.

        Not by the imports' ids: one that was made first may have run last.
        """
        leads = self.env["crm.lead"]
        for job, rows in self.grouped("import_id").items():
            others_by_lead = rows._get_rows_of_others()
            for row in rows:
                others = others_by_lead.get(row.lead_id, self.browse())
                earlier = row.undo_values.get("earlier")
                if earlier is None:  # kept before those were: the ids have to do
                    earlier = [other.id for other in others if other.import_id.id < job.id]
                if set(others.ids) - set(earlier):
                    leads |= row.lead_id
        return leads

    def _was_moved(self):
        """Tell whether somebody has put this row's lead elsewhere than its chunk left it."""
        lead, before = self.lead_id, self.undo_values["before"]
        after = self.undo_values.get("after", before)
        offered = lead.handover_ids.filtered(
            lambda offer: offer.id > _marks_of(self)["lead_handover"]
        )
        return (
            lead.active != after["active"]
            or lead.won_status == "won"
            or lead.stage_id.id != after["stage_id"]
            or bool(lead.first_touch_at and _text(lead.first_touch_at) != after["first_touch_at"])
            or lead.lifecycle not in (before["lifecycle"], after["lifecycle"], "mql")
            or lead.user_id.id not in (after["user_id"], *offered.user_id.ids)
            # in whatever field; kept before that was: nobody's change was noted
            or _text(lead.worked_on_at) != after.get("worked_on_at", False)
        )

    def _take_back(self, worked_on):
        """Take back what these rows did to known leads; where ``worked_on`` stand is left alone."""
        self._take_back_answers()
        self._take_back_visit_blanks()
        for row in self:
            row._take_back_values()
        untouched = self.filtered(lambda row: row.lead_id and row.lead_id not in worked_on)
        untouched._take_back_notes()
        untouched._take_back_state()

    def _take_back_answers(self):
        """Delete the answers of these rows, and give back the expired ones they replaced."""
        answers = self.env["lead.qualification"]
        given = answers.search([("lead_id", "in", self.lead_id.ids)])
        given.filtered(lambda one: self.import_id._is_source(one.source)).unlink()
        known = {(one.lead_id.id, one.qualifier_id.id) for one in given.exists()}
        answers.create(
            [
                {"lead_id": row.lead_id.id, **vals}
                for row in self
                for vals in row.undo_values.get("answers", [])
                if row.lead_id and (row.lead_id.id, vals["qualifier_id"]) not in known
            ]
        )

    def _take_back_visit_blanks(self):
        """Empty again what these rows have completed in visits that were there before."""
        visits = self.env["lead.show.visit"]
        for row in self:
            visit_id, values = row.undo_values.get("visit") or (False, {})
            visit = visits.browse(visit_id or []).exists()
            vals = {
                name: before
                for name, (before, after) in values.items()
                if visit and _text(visit[name]) == after
            }
            if "rating" in vals:
                visit._take_back_rating()
            if vals:
                visit.write(vals)

    def _take_back_values(self):
        """Take from this row's lead what the row put into it, where that is unchanged.

        A way to somebody that the file has closed stays closed.
        """
        lead = self.lead_id
        vals = {
            name: before
            for name, (before, after) in self.undo_values.get("values", {}).items()
            if name in lead._fields.keys() - NEVER_FILLED
            and _text(lead[name]) == after
            and _OPT_OUTS.get(name) != after
        }
        for name, ids in self.undo_values.get("links", {}).items():
            if name in lead._fields.keys() - NEVER_FILLED and ids:
                vals[name] = [(3, one) for one in ids]
        if vals and lead:
            lead.with_context(**_UNASKED).write(vals)

    def _take_back_notes(self):
        ids = [row.undo_values["message_id"] for row in self if "message_id" in row.undo_values]
        self.env["mail.message"].browse(ids).exists().unlink()

    def _take_back_state(self):
        """Put leads nobody has worked on back where they stood: stage, clock, owner, cadence."""
        marked = self.filtered(lambda row: "before" in row.undo_values)
        offers = marked.lead_id.handover_ids
        mark_by_lead = {row.lead_id: _marks_of(row) for row in marked}
        offers.filtered(lambda one: one.id > mark_by_lead[one.lead_id]["lead_handover"]).unlink()
        for row in marked:
            vals = row._get_state_to_restore()
            closed = {name: vals.pop(name) for name in ("date_closed",) if name in vals}
            lead = row.lead_id.with_context(**_UNASKED)
            if vals:
                lead.write(vals)
            if closed:  # apart: Odoo dates a closing itself
                lead.write(closed)
        self._forget_moves(mark_by_lead)
        ids = {row.undo_values.get("enrollment_id") for row in marked} - {None, False}
        self.env["lead.cadence.enrollment"].browse(ids).exists()._go_on_after_undo()

    def _get_state_to_restore(self):
        """Return where this row's lead stood before the import, as far as it stands elsewhere."""
        before, lead = self.undo_values["before"], self.lead_id
        is_closed_again = bool(lead.active and not before["active"])
        return {
            name: value
            for name, value in before.items()
            if _text(lead[name]) != value and (is_closed_again or name not in _PROBABILITIES)
        }

    def _forget_moves(self, mark_by_lead):
        """Delete the changes of lifecycle that only the import and its undo have brought about."""
        self.env.flush_all()
        # sudo: nobody unlinks events by hand
        events = (
            self.env["lead.event"]
            .sudo()
            .search(
                [
                    ("lead_id", "in", [lead.id for lead in mark_by_lead]),
                    ("kind", "=", "lifecycle"),
                ]
            )
        )
        events.filtered(lambda one: one.id > mark_by_lead[one.lead_id]["lead_event"]).unlink()


def _marks_of(row):
    return row.undo_values["marks"]


def _text(value):
    """Return ``value`` as it was kept."""
    if isinstance(value, models.BaseModel):
        return value.id
    return value if isinstance(value, bool | int | float) else str(value)
