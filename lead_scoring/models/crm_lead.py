from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class _ScoreRow(fields.Many2one):
    """A lead's score by the lead's own id.

    Not by ``_field_to_sql`` of the model, which is asked for each column of each lead read.
    """

    def to_sql(self, model, alias):
        return SQL.identifier(alias, "id")


class CrmLead(models.Model):
    """What a lead carries for its qualification: answers, interests, events, score, lifecycle."""

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    # what the scorer itself writes or computes: no score may follow from these
    _SCORE_FIELDS = (
        "temperature",
        "score_id",
        "score_fit",
        "score_engagement",
        "score_total",
        "scored_at",
        "score_breakdown",
    )

    # what a lead's company may follow from
    _COMPANY_GIVERS = frozenset({"user_id", "team_id", "partner_id"})

    qualification_ids = fields.One2many("lead.qualification", "lead_id", string="Answers")
    interest_ids = fields.Many2many(
        "lead.interest",
        "crm_lead_lead_interest_rel",
        "lead_id",
        "interest_id",
        string="Interests",
    )
    event_ids = fields.One2many("lead.event", "lead_id", string="History of Events")
    handover_ids = fields.One2many("lead.handover", "lead_id", string="Hand-overs")
    not_a_buyer = fields.Selection(
        [
            ("student", "Student"),
            ("press", "Press"),
            ("exhibitor", "Exhibitor"),
            ("competitor", "Competitor"),
            ("other", "Other"),
        ],
        help="Set when this is nobody who would buy.",
    )
    engagement_since = fields.Datetime(
        copy=False, help="Events before this moment no longer count: the lead was taken up again."
    )

    # no column: it is the lead's own id, see LeadScore
    score_id = _ScoreRow(
        "lead.score",
        "Score Row",
        compute="_compute_score_id",
        search="_search_score_id",
        compute_sudo=True,
        export_string_translation=False,
    )
    score_fit = fields.Integer("Fit", related="score_id.fit")
    score_engagement = fields.Integer("Engagement", related="score_id.engagement")
    score_total = fields.Integer("Score", related="score_id.total", aggregator="avg")
    scored_at = fields.Datetime(related="score_id.scored_at")
    score_breakdown = fields.Json(compute="_compute_score_breakdown")
    qualification_board = fields.Json(compute="_compute_qualification_board")
    temperature = fields.Selection(
        [("cold", "Cold"), ("warm", "Warm"), ("hot", "Hot")],
        default="cold",
        readonly=True,
        copy=False,
        help="Follows from the score; the bounds are in the settings.",
    )

    # most leads are cold: who looks for those reads the table anyway
    _temperature_idx = models.Index("(temperature) WHERE temperature <> 'cold'")

    @api.depends_context("uid")
    def _compute_score_id(self):
        for lead in self:
            lead.score_id = lead._origin.id

    def _search_score_id(self, operator, value):
        """Join the scores: a list of ids would keep PostgreSQL off the index of the scores."""
        if operator in ("any", "any!") and isinstance(value, Domain):

            def join_scores(model, alias, query):
                # the very join that ordering by a score makes, so that both share it
                scores, score_alias = model._fields["score_id"].join(model.sudo(), alias, query)
                return value.optimize_full(scores)._to_sql(scores, score_alias, query)

            return Domain.custom(
                to_sql=join_scores,
                predicate=lambda lead: bool(lead.score_id.sudo().filtered_domain(value)),
            )
        if operator == "in" and not isinstance(value, Domain):
            return Domain("id", "in", [score_id for score_id in value if score_id])
        return NotImplemented

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._prepare_own_vals(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("not_a_buyer"):
                vals.setdefault("lifecycle", "disqualified")
        leads = super().create(vals_list)
        made = leads._date_first_lifecycle()
        leads._score_first()
        made._log_first_lifecycle()
        return leads

    def _prepare_own_vals(self, vals):
        """Give ``vals`` without what the scorer alone writes; an import may carry it along."""
        return {name: value for name, value in vals.items() if self.env.su or name != "temperature"}

    def write(self, vals):
        vals = self._prepare_own_vals(vals)
        given_away = self.browse()
        if "user_id" in vals and not self.env.context.get("lead_offering"):
            given_away = self.filtered(
                lambda lead: lead.lifecycle == "mql" and lead.user_id.id != vals["user_id"]
            )
        if vals.get("user_id"):
            vals = {**vals, "waiting_reason": False}
        worked_on = self._get_worked_on(vals)
        restored = self.filtered(lambda lead: not lead.active) if vals.get("active") else None
        company_by_lead = {}
        if "company_id" in vals or (
            self.env["res.company"]._are_several() and not self._COMPANY_GIVERS.isdisjoint(vals)
        ):
            company_by_lead = {lead: lead.company_id for lead in self}
        buyers = self.browse()
        if "not_a_buyer" in vals and not vals["not_a_buyer"] and "lifecycle" not in vals:
            buyers = self.filtered(
                lambda lead: lead.not_a_buyer and lead.lifecycle == "disqualified"
            )
        result = super().write(vals)
        if given_away:
            given_away._follow_owner()
        if worked_on:
            worked_on._accept_by_work()
        if vals.get("not_a_buyer") and "lifecycle" not in vals:
            self.filtered(
                lambda lead: lead.lifecycle not in ("sql", "customer", "disqualified")
            ).write({"lifecycle": "disqualified"})
        if buyers:
            buyers._restore_lifecycle()
        if restored:
            self.env["lead.score"]._mark_stale_leads(restored)
        moved = {lead for lead, company in company_by_lead.items() if lead.company_id != company}
        # a merge writes the company there is: that asks for nothing
        self._judge_written({*vals} - {"company_id"} | ({"company_id"} if moved else set()))
        return result

    def _judge_written(self, names):
        """Score these leads, or move them between segments, if what was written asks for it.

        :param names: of the fields written; what the scorer itself writes asks for nothing.
        """
        if self.env.context.get("lead_same_values") and self._SCORER_COLUMNS.issuperset(names):
            return
        segments = self.env["lead.segment"]
        if not self.env["lead.score.rule"]._get_watched_fields().isdisjoint(names):
            self._update_scores()  # it sees to the segments as well
        elif not segments._get_watched_fields().isdisjoint(names):
            segments._refresh_written(self._ids)

    def _get_settings_company(self):
        """Give the company whose settings and hours hold for this lead: its own, or the first."""
        self.ensure_one()
        companies = self.env["res.company"]
        return self.company_id or companies.browse(companies._get_first_company_id())

    def _follow_owner(self):
        """Note that these qualified leads were given to another by hand.

        Who had the offer loses it. Nobody is asked: whoever gives it has decided, so the new
        owner's hand-over is accepted, and no clock runs against it.
        """
        self._close_offers("expired")
        given = self.filtered(
            lambda lead: lead.lifecycle == "mql" and lead.user_id != self.env.user
        ).filtered("user_id")
        self.env["lead.handover"].sudo().create(  # the history is kept by the program alone
            [lead._prepare_handover_vals(lead.user_id, state="accepted") for lead in given]
        )
