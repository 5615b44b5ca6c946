from odoo import fields, models
from odoo.tools import SQL

# Where a lead stands: what an import changes by reviving it, by a visit, by a better score.
_STATE = (
    "active",
    "probability",
    "automated_probability",
    "stage_id",
    "lost_reason_id",
    "date_closed",
    "rotation",
    "lifecycle",
    "lifecycle_at",
    "mql_at",
    "sql_at",
    "engagement_since",
    "user_id",
    "team_id",
    "waiting_reason",
    "first_touch_deadline",
    "clock_started_at",
    "first_touch_at",
    "first_human_touch_at",
)
_MARKED = (
    "mail_message",
    "mail_activity",
    "lead_event",
    "lead_handover",
    "lead_qualification",
    "ir_attachment",
)


class LeadImportRow(models.Model):
    """What is kept of a known lead before an import changes it, so that it can be taken back.

    ``undo_values`` holds, each where there is something to keep::

        values      {field: [before, after]}  blanks of the lead that were filled, and a consent
                    that was taken back
        links       {field: [id]}             what was added to it
        visit       [id, {field: [before, after]}]  a visit that was completed
        answers     [values]                  expired answers that new ones took the place of
        message_id  of the note in the chatter
        before, after   {field: value}        where the lead stood, before and after its chunk;
            after also when a person had last changed it
        earlier     [id]  rows of other imports that were written to it before
        enrollment_id   the cadence it was in
        marks       {table: id}               the last of each before: what is newer came later
    """

    _inherit = "lead.import.row"

    def _keep_for_undo(self, **kept):
        """Add ``kept`` to what is kept for the undo; links of several fields side by side."""
        self.ensure_one()
        before = self.undo_values or {}
        if "links" in kept:
            kept["links"] = {**before.get("links", {}), **kept["links"]}
        self.undo_values = {**before, **kept}

    def _keep_state_before(self):
        """Keep where the known leads of these rows stand, and what there is of them by now."""
        if not self:
            return
        marks = self._get_marks()
        earlier_by_lead = self._get_rows_of_others()
        for row in self:
            lead = row.lead_id
            expired = lead.qualification_ids.filtered("is_expired")
            row._keep_for_undo(
                before=_read_state(lead),
                enrollment_id=lead.enrollment_id.id,
                marks=marks,
                earlier=earlier_by_lead.get(lead, self.browse()).ids,
                answers=[_read_answer(given) for given in expired],
            )

    def _keep_state_after(self):
        """Keep where the leads of these rows stand after their chunk: later changes are others'."""
        for row in self.filtered(lambda row: "before" in (row.undo_values or {})):
            lead = row.lead_id
            worked_on_at = _as_json(lead.worked_on_at)
            row._keep_for_undo(after={**_read_state(lead), "worked_on_at": worked_on_at})

    def _get_rows_of_others(self):
        """Return ``{lead: rows}``, written by other imports, that stand for these rows' leads."""
        rows = self.search(
            [
                ("lead_id", "in", self.lead_id.ids),
                ("import_id", "not in", self.import_id.ids),
                ("match_number", "=", 0),
                ("is_done", "=", True),
            ]
        )
        return rows.grouped("lead_id")

    def _get_marks(self):
        """Return ``{table: the last id}`` of what would show that a lead was worked on."""
        parts = SQL(", ").join(
            SQL("(SELECT COALESCE(MAX(id), 0) FROM %s)", SQL.identifier(table)) for table in _MARKED
        )
        self.env.flush_all()
        [row] = self.env.execute_query(SQL("SELECT %s", parts))
        return dict(zip(_MARKED, row, strict=True))


def _read_state(lead):
    return {name: _as_json(lead[name]) for name in _STATE if name in lead._fields}


def _read_answer(given):
    return {
        "qualifier_id": given.qualifier_id.id,
        "answer_id": given.answer_id.id,
        "answered_at": fields.Datetime.to_string(given.answered_at),
        "source": given.source,
        "user_id": given.user_id.id,
    }


def _as_json(value):
    if isinstance(value, models.BaseModel):
        return value.id
    return fields.Datetime.to_string(value) if hasattr(value, "hour") else value
