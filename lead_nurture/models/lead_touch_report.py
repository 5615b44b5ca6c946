from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.lead_followup.models.lead_cadence_step_figures import SMALL_SAMPLE

_COLUMN_BY_COUNT = {
    "opened_count": "opened_at",
    "clicked_count": "clicked_at",
    "opted_out_count": "opted_out_at",
}
_COUNTS = (*_COLUMN_BY_COUNT, "traced_count")
# of which sum each rate is a share
_RATES = {
    "open_rate_pct": ("opened_count", "traced_count"),
    "click_rate_pct": ("clicked_count", "traced_count"),
    "opt_out_rate_pct": ("opted_out_count", "made_count"),
    "meeting_rate_pct": ("meeting_count", "made_count"),
}


class LeadTouch(models.Model):
    """What brings answers: each piece of content and each channel, side by side.

    Openings and clicks can be seen of e-mails with content or a mailing only: their rates are
    shares of those. What a program did in a reader's place does not count.
    """

    _inherit = "lead.touch"

    content_subject = fields.Char(
        "Subject of Its Content",
        related="content_id.subject",
        help="To look for it: not all may read mailings.",
    )
    opened_at = fields.Datetime("Opened On", readonly=True)
    clicked_at = fields.Datetime("Link Followed On", readonly=True)
    opted_out_at = fields.Datetime(
        "Opted Out On", readonly=True, help="When the lead opted out, with this as the last e-mail."
    )
    is_traced = fields.Boolean(
        "Openings Seen", readonly=True, help="Whether openings and clicks can be known."
    )
    traced_count = fields.Integer(
        "Made, Openings Seen", compute="_compute_counts", aggregator="sum"
    )
    opened_count = fields.Integer("Opened", compute="_compute_counts", aggregator="sum")
    clicked_count = fields.Integer("Links Followed", compute="_compute_counts", aggregator="sum")
    opted_out_count = fields.Integer("Opted Out", compute="_compute_counts", aggregator="sum")
    open_rate_pct = fields.Float(
        "Opened (%), from 30 Made",
        compute="_compute_counts",
        aggregator="avg",
        digits=(5, 1),
        help="Of a hundred whose openings can be seen. Empty below 30: too few to judge.",
    )
    click_rate_pct = fields.Float(
        "Links Followed (%), from 30 Made",
        compute="_compute_counts",
        aggregator="avg",
        digits=(5, 1),
        help="Of a hundred whose clicks can be seen. Empty below 30: too few to judge.",
    )
    opt_out_rate_pct = fields.Float(
        "Opted Out (%), from 30 Made",
        compute="_compute_counts",
        aggregator="avg",
        digits=(5, 1),
        help="Of a hundred that were made. Empty below 30: too few to judge.",
    )
    meeting_rate_pct = fields.Float(
        "Meetings (%), from 30 Made",
        compute="_compute_counts",
        aggregator="avg",
        digits=(5, 1),
        help="Of a hundred that were made. Empty below 30: too few to judge.",
    )

    def _compute_counts(self):
        result = super()._compute_counts()
        for touch in self:
            is_made = touch.state == "done"
            touch.traced_count = int(is_made and touch.is_traced)
            for name, column in _COLUMN_BY_COUNT.items():
                touch[name] = int(is_made and bool(touch[column]))
            for name in _RATES:
                touch[name] = 0.0  # of one touch nothing can be said
        return result

    def _take_mails(self, mails):
        result = super()._take_mails(mails)
        # sudo: whoever works with leads need not see mailings
        traced = self.filtered(lambda touch: touch.mail_id.sudo().mailing_trace_ids)
        traced.filtered(lambda touch: not touch.is_traced).is_traced = True
        (self - traced).filtered("is_traced").is_traced = False
        return result

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        if name in _RATES and function == "avg":
            part, whole = (self._get_count_sql(count, query) for count in _RATES[name])
            return SQL(
                "CASE WHEN %(whole)s >= %(enough)s THEN 100.0 * %(part)s / %(whole)s END",
                whole=whole,
                part=part,
                enough=SMALL_SAMPLE,
            )
        if name in _COUNTS and function == "sum":
            return self._get_count_sql(name, query)
        return super()._read_group_select(aggregate_spec, query)

    def _get_count_sql(self, name, query):
        if name not in _COUNTS:
            return super()._get_count_sql(name, query)
        state = self._field_to_sql(self._table, "state", query)
        if name == "traced_count":
            condition = SQL("%s IS TRUE", self._field_to_sql(self._table, "is_traced", query))
        else:
            column = self._field_to_sql(self._table, _COLUMN_BY_COUNT[name], query)
            condition = SQL("%s IS NOT NULL", column)
        return SQL("COUNT(*) FILTER (WHERE %s = 'done' AND %s)", state, condition)

    def _note_hits(self, trace_by_touch):
        """Note when each of these was opened and a link of it followed, as far as readers did it.

        One query for any number of touches.

        :param trace_by_touch: ``{touch: its mailing.trace}``.
        """
        # sudo: what is counted is the program's, whoever reads the e-mail
        events = self.env["lead.event"].sudo()
        found = {}
        for event in events.search(
            [("lead_id", "in", self.lead_id.ids), ("kind", "in", ("open", "click"))],
            order="occurred_at desc, id desc",  # the first time is what stays
        ):
            trace_id = get_trace_id(event.ref)
            if trace_id and event.confidence != "machine":
                found.setdefault(trace_id, {})[event.kind] = event.occurred_at
        for touch, trace in trace_by_touch.items():
            hits = found.get(trace.id, {})
            vals = {
                # who follows a link has opened the e-mail as well
                "opened_at": hits.get("open") or hits.get("click") or False,
                "clicked_at": hits.get("click") or False,
            }
            if any(touch[name] != value for name, value in vals.items()):
                touch.write(vals)

    def _note_opt_out(self):
        """Note, of each lead's e-mails among these, that it opted out after the last one."""
        made = self.filtered(lambda touch: touch.channel == "email" and touch._has_reached_lead())
        for touches in made.grouped("lead_id").values():
            last = touches.sorted(lambda touch: (touch._get_made_at(), touch.id))[-1]
            last.opted_out_at = last.opted_out_at or fields.Datetime.now()


def get_trace_id(ref):
    """Return the id of the trace that the ref of an opening or a click names, 0 for none.

    >>> get_trace_id("click,12,7"), get_trace_id("open,12"), get_trace_id("click,x")
    (12, 12, 0)
    """
    parts = (ref or "").split(",")
    is_hit = parts[0] in ("open", "click") and len(parts) in (2, 3)
    return int(parts[1]) if is_hit and parts[1].isdecimal() else 0
