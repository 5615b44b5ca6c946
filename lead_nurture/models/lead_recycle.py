from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import rest

_LIVE = ("resting", "due", "track")


class LeadRecycle(models.Model):
    """One end of a lead's road, and what came of it: rest, a track, its coming back, the sale.

    A lead has a row for each time it was lost, returned, or ended otherwise; the rows stay for
    good and are written by the program alone. One of them is live at most. ``rest_until`` is a
    day by UTC; so is “today”.
    """

    _name = "lead.recycle"
    _description = "Recycled Lead"
    _order = "id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="lead_id.company_id", store=True, index=True)
    user_id = fields.Many2one(related="lead_id.user_id", string="Salesperson")
    way = fields.Selection(
        selection=lambda self: (
            self.env["lead.recycle.rule"]._fields["way"]._description_selection(self.env)
        ),
        required=True,
    )
    ended_at = fields.Datetime(
        "Lost On", help="When it was lost, given back or through, not when it was entered here."
    )
    lost_reason_id = fields.Many2one("crm.lost.reason", ondelete="restrict", index=True)
    return_reason_id = fields.Many2one("lead.return.reason", ondelete="restrict")
    rotation = fields.Integer(help="How often the lead had been taken up again by then.")
    rule_id = fields.Many2one("lead.recycle.rule", ondelete="set null", index="btree_not_null")
    rest_until = fields.Date()
    state = fields.Selection(
        [
            ("resting", "Resting"),
            ("due", "Due"),
            ("track", "In its track"),
            ("back", "Came back"),
            ("over", "Given up"),
            ("never", "Never"),
        ],
        required=True,
        default="resting",
        index=True,
        group_expand=True,
    )
    reason = fields.Char(help="The word for why it stands where it does.")
    reason_text = fields.Char("Why", compute="_compute_reason_text")
    enrollment_id = fields.Many2one(
        "lead.cadence.enrollment", ondelete="set null", index="btree_not_null"
    )
    track_id = fields.Many2one("lead.cadence", ondelete="set null")
    entered_at = fields.Datetime("In Its Track Since")
    track_until = fields.Date("Given Up On")
    came_back_at = fields.Datetime("Came Back On")
    came_back_kind = fields.Selection(
        selection=lambda self: (
            self.env["lead.event"]._fields["kind"]._description_selection(self.env)
        ),
        string="Sign of Life",
    )
    days_away = fields.Integer(aggregator="avg", help="From its end to its return.")
    message_count = fields.Integer("Messages", help="Made in the track before it came back.")
    won_at = fields.Datetime("Won On")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    won_revenue = fields.Monetary()
    story = fields.Char(compute="_compute_story")

    _one_live = models.UniqueIndex(
        "(lead_id) WHERE state IN ('resting', 'due', 'track')",
        "This lead is being recycled already.",
    )
    _rest_idx = models.Index("(rest_until) WHERE state IN ('resting', 'due')")
    _track_until_idx = models.Index("(track_until) WHERE state = 'track'")

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for row in self:
            row.currency_id = (row.company_id or self.env.company).currency_id

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let the currency be grouped and summed by, as crm does for leads."""
        if field_expr != "currency_id":
            return super()._field_to_sql(alias, field_expr, query)
        company = query.make_alias(alias, "company_id")
        query.add_join(
            "LEFT JOIN",
            company,
            "res_company",
            SQL(
                "%s = %s",
                self._field_to_sql(alias, "company_id", query),
                SQL.identifier(company, "id"),
            ),
        )
        return SQL(
            "COALESCE(%s, %s)",
            self.env["res.company"]._field_to_sql(company, "currency_id", query),
            self.env.company.currency_id.id,
        )

    @api.depends("reason")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        texts = self._get_reason_texts()
        for row in self:
            row.reason_text = texts.get(row.reason, row.reason)

    @api.model
    def _get_reason_texts(self):
        """Return ``{word: text}`` of why a lead waits, is given up, or never written to."""
        return {
            **self.env["lead.cadence.enrollment"]._get_stop_reason_texts(),
            **self.env["lead.cadence"]._get_entry_reason_texts(),
            "switched_off": self.env._("Recycling is switched off in the settings"),
            "no_rule": self.env._("No rule speaks of it"),
            "rule_never": self.env._("Its rule says never"),
            "rotations": self.env._("Was taken up again as often as its rule allows"),
            "opted_out": self.env._("Asked not to get e-mails"),
            "customer": self.env._("Is a customer"),
            "other_lead": self.env._("The same person has another lead that is open or recycled"),
            "no_track": self.env._("Its track is archived or has no steps"),
            "track_over": self.env._("No sign of life for as long as its rule says"),
            "restored": self.env._("Taken up again by hand"),
            "ended_anew": self.env._("Ended once more"),
            "reopened": self.env._("The lead is open"),
            "not_lost": self.env._("Not lost"),
            "live": self.env._("Recycled already"),
            "qualified": self.env._("Qualified meanwhile"),
            "failed": self.env._("A fault, see the server's log"),
        }

    @api.model
    def _open(self, leads, way, ended_at_by_lead=None, reasons=None):
        """Write down that the road of ``leads`` has ended; give the rows, which rest for now.

        :param ended_at_by_lead: ``{lead: naive UTC}``; now for those left out.
        :param reasons: values that hold for all, such as the return reason.
        """
        now = fields.Datetime.now()
        self._get_live(leads)._end("ended_anew")
        self.flush_model(["state"])  # the index of live rows must see the ends
        return self.create(
            [
                {
                    "lead_id": lead.id,
                    "way": way,
                    "ended_at": (ended_at_by_lead or {}).get(lead, now),
                    "lost_reason_id": lead.lost_reason_id.id if way == "lost" else False,
                    "rotation": lead.rotation,
                    **(reasons or {}),
                }
                for lead in leads
            ]
        )

    @api.model
    def _get_live(self, leads):
        return self.search([("lead_id", "in", leads.ids), ("state", "in", _LIVE)])

    def _judge(self):
        """Choose the rule of these rows and how long they rest, or say why never."""
        rows_by_verdict = defaultdict(self.browse)
        for row, verdict in self._get_verdicts().items():
            rows_by_verdict[verdict] |= row
        for (rule, word, until), rows in rows_by_verdict.items():
            rows.write(
                {
                    "rule_id": rule.id,
                    "track_id": rule.track_id.id,
                    "rest_until": not word and until,
                    "state": "never" if word else "resting",
                    "reason": word,
                }
            )

    def _judge_in_track(self, is_day_new):
        """Take those of these rows out of their track that must rest now, or never be written to.

        :param is_day_new: the day to look at their leads again is another; else the reason.
        """
        today = fields.Date.today()
        out = self.browse()
        for row, (_rule, word, until) in self._get_verdicts().items():
            if word == "rule_never" or (is_day_new and not word and until > today):
                out |= row
        out._judge()  # before their tracks end, which would end the rows
        for word, rows in out.grouped(lambda row: row.reason or "resting").items():
            rows.enrollment_id._stop(word)

    def _get_verdicts(self):
        """Return ``{row: (rule, word why never or False, date until when it rests)}``.

        The same number of queries for any number of rows.
        """
        rule_by_row = self.env["lead.recycle.rule"]._choose(self)
        word_by_lead = self.lead_id._get_recycle_refusals()
        none = self.env["lead.recycle.rule"].sudo()
        verdicts = {}
        for row in self:
            rule = rule_by_row.get(row, none)
            word = word_by_lead.get(row.lead_id) or row._get_rule_refusal(rule)
            verdicts[row] = rule, word, row._get_rest_until(rule)
        return verdicts

    def _get_rule_refusal(self, rule):
        self.ensure_one()
        if not rule:
            return "no_rule"
        if rule.is_never:
            return "rule_never"
        if rule.max_rotations and self.rotation >= rule.max_rotations:
            return "rotations"
        return False

    def _get_rest_until(self, rule):
        self.ensure_one()
        start = (self.ended_at or fields.Datetime.now()).date()
        return rest.rest_end(
            start, rule.rest_months, rule.rest_days, self.lead_id.look_again_date or None
        )

    def _end(self, word):
        """End these rows for ``word``, in sight; what they had before stays."""
        self.write({"state": "over", "reason": word})

    def _come_back(self, at_by_lead=None, kind=False):
        """Note that the leads of these rows have shown themselves again, each once.

        :param at_by_lead: ``{lead: naive UTC}``; now for those left out.
        """
        now = fields.Datetime.now()
        rows = self.filtered(lambda row: row.state != "back")
        made = dict(
            self.env["lead.touch"]._read_group(
                [("enrollment_id", "in", rows.enrollment_id.ids), ("state", "=", "done")],
                ["enrollment_id"],
                ["__count"],
            )
        )
        for row in rows:
            at = (at_by_lead or {}).get(row.lead_id, now)
            row.write(
                {
                    "state": "back",
                    "reason": False,
                    "came_back_at": at,
                    "came_back_kind": kind,
                    "days_away": row.ended_at and max((at - row.ended_at).days, 0),
                    "message_count": made.get(row.enrollment_id, 0),
                }
            )
