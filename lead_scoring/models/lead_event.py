from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class LeadEvent(models.Model):
    """Something a lead did or that happened to it, dated. Written once, never changed.

    ``ref`` names the occasion where there is one (a row of a file, a message): the same occasion
    told twice is one event. Engagement rules give points for kinds of events.
    """

    _name = "lead.event"
    _description = "Lead Event"
    _order = "occurred_at desc, id desc"
    _rec_name = "kind"
    _log_access = False  # a narrow table: the event has its own date

    # a request for one of these makes a lead qualified at once, whatever its score
    _FAST_LANE_KINDS = ("request_trial", "request_quote", "request_call")
    # a salesperson's word on the score
    _MARK_KINDS = ("score_too_high", "score_too_low")
    # what is noted about a lead rather than done by it: no reason to score it, and no news of it
    _QUIET_KINDS = ("lifecycle", *_MARK_KINDS)
    # what may be scored, but tells of no interest: a program may have done it
    _NO_NEWS_KINDS = ("open",)
    # how much of its points an event counts that a program may have caused
    _WEIGHTS = (("doubtful", 0.5), ("machine", 0.1))

    # merging leads moves their events; who did it and when is judged anew as more is known
    _REWRITABLE = frozenset({"lead_id", "confidence", "occurred_at"})

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("scan", "Scanned at a show"),
            ("rating_hot", "Rated hot at the booth"),
            ("rating_warm", "Rated warm at the booth"),
            ("web_form", "Web form"),
            ("reply", "Reply"),
            ("meeting", "Meeting"),
            ("call_reached", "Reached by phone"),
            ("referral", "Referral"),
            ("price_page", "Visited the price page"),
            ("click", "Clicked a link"),
            ("open", "Opened a message"),
            ("request_trial", "Asked for a trial"),
            ("request_quote", "Asked for a quote"),
            ("request_call", "Asked to be called back"),
            ("lifecycle", "Change of lifecycle"),
            ("score_too_high", "Score marked as too high"),
            ("score_too_low", "Score marked as too low"),
        ],
        required=True,
    )
    occurred_at = fields.Datetime(required=True, default=fields.Datetime.now)
    ref = fields.Char()
    note = fields.Char()
    user_id = fields.Many2one("res.users", "Noted By")  # whose word it is, where it is one's word
    # at qualification, and where the score was marked: what it was at that moment, and why
    score = fields.Integer()
    snapshot = fields.Json()
    # empty where nobody but the lead can have done it
    confidence = fields.Selection(
        [("human", "A person"), ("doubtful", "Doubtful"), ("machine", "A program")],
        string="Done By",
        help="Programs that check links and load pictures act in a lead's place. What is doubtful "
        "counts half its points, what a program did a tenth.",
    )
    points = fields.Integer("Own Points", help="In place of those of the rule for its kind.")
    lifecycle_before = fields.Char()  # what a change of lifecycle changed, as its code

    _ref_uniq = models.UniqueIndex(
        "(ref) WHERE ref IS NOT NULL", "This occasion has been noted already."
    )
    _lead_kind_idx = models.Index("(lead_id, kind, occurred_at DESC)")
    _mark_idx = models.Index("(occurred_at) WHERE kind IN ('score_too_high', 'score_too_low')")

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        told = events.filtered(lambda event: event.kind not in self._QUIET_KINDS)
        told.lead_id._update_scores()
        return events

    def write(self, vals):
        if not (self._REWRITABLE.issuperset(vals) and self.env.su):
            raise UserError(self.env._("What happened is not rewritten. Note a new event instead."))
        return super().write(vals)

    @api.model
    def _log(self, vals_list):
        """Note many events in one statement, and give the ids of those that were new.

        Each of ``vals_list`` has ``lead_id`` and ``kind``, and may have ``occurred_at`` (now),
        ``ref``, ``note``, ``confidence``, ``points``, ``score``, ``snapshot``,
        ``lifecycle_before``, ``user_id`` (of marks, the acting user where it is left out). An
        occasion (``ref``) that is known is left out.
        The leads of all but quiet kinds are marked for scoring; a caller that needs the score now
        calls ``_update_scores`` once it is through with them.
        """
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for vals in vals_list:
            if vals["kind"] not in kinds:
                raise ValueError(f"Unknown kind of event: {vals['kind']!r}")
        if not vals_list:
            return []
        self.flush_model()
        now = fields.Datetime.now()
        rows = [self._prepare_row_sql(vals, now) for vals in vals_list]
        new = self.env.execute_query(
            SQL(
                """INSERT INTO lead_event (lead_id, kind, occurred_at, ref, note, score, snapshot,
                                           lifecycle_before, user_id, confidence, points)
                   VALUES %s ON CONFLICT (ref) WHERE ref IS NOT NULL DO NOTHING
                   RETURNING id, lead_id, kind""",
                SQL(", ").join(rows),
            )
        )
        leads = self.env["crm.lead"].browse({lead_id for _id, lead_id, _kind in new})
        leads.invalidate_recordset(["event_ids", "event_count"], flush=False)
        scored_ids = {lead_id for _id, lead_id, kind in new if kind not in self._QUIET_KINDS}
        self.env["lead.score"]._mark_stale_leads(leads.browse(scored_ids))
        return [event_id for event_id, _lead_id, _kind in new]

    @api.model
    def _prepare_row_sql(self, vals, now):
        """Give the row of one event, as ``_log`` inserts it."""
        acting = self.env.uid if vals["kind"] in self._MARK_KINDS else None
        return SQL(
            "(%s::int, %s, %s::timestamp, %s::varchar, %s::varchar, %s::int, %s::jsonb,"
            " %s::varchar, %s::int, %s::varchar, %s::int)",
            vals["lead_id"],
            vals["kind"],
            vals.get("occurred_at") or now,
            vals.get("ref") or None,
            vals.get("note") or None,
            vals.get("score"),
            self._fields["snapshot"].convert_to_column(vals.get("snapshot"), self),
            vals.get("lifecycle_before"),
            vals.get("user_id") or acting,
            vals.get("confidence") or None,
            vals.get("points"),
        )

    @api.model
    def _get_weight_sql(self, confidence):
        """Give the SQL of how much of its points an event counts.

        :param confidence: SQL of its column.
        """
        whens = SQL(" ").join(SQL("WHEN %s THEN %s", word, part) for word, part in self._WEIGHTS)
        return SQL("CASE %s %s ELSE 1 END", confidence, whens)

    def _judge_anew(self, confidence, occurred_at=None):
        """Note who did these, now that more is known, and return those of which that is new.

        Their leads are marked for scoring.

        :param occurred_at: when that was, where it was done several times.
        """
        changed = self.filtered(lambda event: event.confidence != confidence)
        for event in changed.sudo():  # a judgement of the program
            event.write({"confidence": confidence, "occurred_at": occurred_at or event.occurred_at})
        self.env["lead.score"]._mark_stale_leads(changed.lead_id)
        return changed
