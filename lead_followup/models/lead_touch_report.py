from odoo import fields, models
from odoo.tools import SQL

from .lead_cadence_step_figures import SMALL_SAMPLE

_COUNTS = {
    f"{name}:sum" for name in ("made_count", "answered_count", "meeting_count", "bounced_count")
}

# What a lead says on the phone is an answer as well.
_REACHED = ("replied", "meeting", "interested", "later", "not_interested")


class LeadTouch(models.Model):
    """How many touches were made and what came of them, by all that they are grouped by.

    A touch counts as answered where the lead replied, was reached by phone or booked a meeting.
    The rate is a ratio of sums over the touches made; it is left empty where they are too few.
    Touches of archived leads count like others.
    """

    _inherit = "lead.touch"

    template_id = fields.Many2one(
        "mail.template",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The text it was made from. The step may have got another one since.",
    )
    made_count = fields.Integer("Made", compute="_compute_counts", aggregator="sum")
    answered_count = fields.Integer("Answered", compute="_compute_counts", aggregator="sum")
    meeting_count = fields.Integer("Meetings", compute="_compute_counts", aggregator="sum")
    bounced_count = fields.Integer(
        "Bounced or Returned", compute="_compute_counts", aggregator="sum"
    )
    reply_rate_pct = fields.Float(
        "Reply Rate (%), from 30 Made",
        compute="_compute_counts",
        aggregator="avg",
        digits=(5, 1),
        help="Answered, of a hundred that were made. Empty below 30 made: too few to judge.",
    )

    def _compute_counts(self):
        for touch in self:
            is_made = touch.state == "done"
            is_answered = touch.answered_at or touch.meeting_at or touch.outcome in _REACHED
            touch.made_count = int(is_made)
            touch.answered_count = int(is_made and bool(is_answered))
            touch.meeting_count = int(
                is_made and bool(touch.meeting_at or touch.outcome == "meeting")
            )
            touch.bounced_count = int(
                is_made and bool(touch.outcome == "bounced" or touch.letter_returned_date)
            )
            touch.reply_rate_pct = 0.0  # of one touch nothing can be said

    def _take_mails(self, mails):
        self._note_template()
        return super()._take_mails(mails)

    def _write_letters_of_step(self, batch):
        self._note_template()
        return super()._write_letters_of_step(batch)

    def _note_template(self):
        """Note from which text these touches are made."""
        for template, touches in self.grouped(lambda touch: touch.step_id.template_id).items():
            touches.filtered(lambda touch: touch.template_id != touch.step_id.template_id).write(
                {"template_id": template.id}
            )

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "reply_rate_pct:avg":
            return SQL(
                "CASE WHEN %(made)s >= %(enough)s THEN 100.0 * %(answered)s / %(made)s END",
                made=self._get_count_sql("made_count", query),
                enough=SMALL_SAMPLE,
                answered=self._get_count_sql("answered_count", query),
            )
        if aggregate_spec in _COUNTS:
            return self._get_count_sql(aggregate_spec.removesuffix(":sum"), query)
        return super()._read_group_select(aggregate_spec, query)

    def _get_count_sql(self, name, query):
        """Return how to count the touches made that ``name`` is about."""
        columns = {
            column: self._field_to_sql(self._table, column, query)
            for column in ("state", "outcome", "answered_at", "meeting_at", "letter_returned_date")
        }
        condition = {
            "made_count": SQL("TRUE"),
            "answered_count": SQL(
                "(%s IS NOT NULL OR %s IS NOT NULL OR %s IN %s)",
                columns["answered_at"],
                columns["meeting_at"],
                columns["outcome"],
                _REACHED,
            ),
            "meeting_count": SQL(
                "(%s IS NOT NULL OR %s = 'meeting')", columns["meeting_at"], columns["outcome"]
            ),
            "bounced_count": SQL(
                "(%s = 'bounced' OR %s IS NOT NULL)",
                columns["outcome"],
                columns["letter_returned_date"],
            ),
        }[name]
        return SQL("COUNT(*) FILTER (WHERE %s = 'done' AND %s)", columns["state"], condition)
