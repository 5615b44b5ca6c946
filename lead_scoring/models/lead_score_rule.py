import logging
from ast import literal_eval
from collections.abc import Iterable

import psycopg2

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

_PREVIEW_LIMIT = 20000  # leads whose temperatures a preview works out; about a second


class LeadScoreRule(models.Model):
    """One reason to give a lead points.

    Without a kind of event it is a fit rule: leads that match its filter get its points. With one
    it is an engagement rule: each such event gives its points, halved every half-life, as many of
    them as count. All rules of a lead's company and those without a company add up.

    A filter that no longer works (its field was removed) switches its rule off and tells the one
    who made it; scoring goes on without it.
    """

    _name = "lead.score.rule"
    _inherit = "lead.filter.mixin"
    _description = "Score Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    points = fields.Integer(required=True, default=5, help="From -100 to 100.")
    event_kind = fields.Selection(
        selection="_get_event_kinds",
        help="Give points for this kind of event. Empty: give them to leads that match a filter.",
    )
    domain = fields.Char(default="[]", help="Which leads get the points.")
    repeat_limit = fields.Integer(help="How many events count, the latest first; 0: all of them.")
    half_life_days = fields.Float(
        "Half-life (Days)",
        help="After this many days an event is worth half; 0: as the company's settings say.",
    )
    error = fields.Text(readonly=True, copy=False)
    preview = fields.Text(compute="_compute_preview")

    _points_in_bounds = models.Constraint(
        "CHECK(points BETWEEN -100 AND 100)", "A rule gives from -100 to 100 points."
    )
    _half_life_positive = models.Constraint(
        "CHECK(half_life_days >= 0)", "The half-life is a number of days, zero or more."
    )
    _repeat_limit_positive = models.Constraint(
        "CHECK(repeat_limit >= 0)", "A rule counts zero (all) or more events."
    )

    @api.depends(
        "points", "event_kind", "domain", "active", "company_id", "repeat_limit", "half_life_days"
    )
    def _compute_preview(self):
        for rule in self:
            rule.preview = rule._get_preview()

    @api.model
    def _get_event_kinds(self):
        events = self.env["lead.event"]
        kinds = events._fields["kind"]._description_selection(self.env)
        return [(kind, label) for kind, label in kinds if kind not in events._QUIET_KINDS]

    @api.constrains("domain", "event_kind", "active")
    def _check_domain(self):
        by_filter = self.filtered(lambda rule: rule.active and not rule.event_kind)
        result = super(LeadScoreRule, by_filter)._check_domain()
        by_filter._check_scored()
        return result

    def _check_scored(self):
        """Refuse filters on what follows from the score: points would follow from themselves."""
        for rule in self:
            if scored := rule._get_scored_names():
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” gives points by “%(field)s”, which follows from the score "
                        "itself.\nChoose another field: what the lead is, or what it did.",
                        rule=rule.name,
                        field=scored[0],
                    )
                )

    def _get_scored_names(self):
        """Give the fields of leads in the filter, however deep, that the scorer writes."""
        leads = self.env["crm.lead"]
        used = leads._get_filter_fields(self._get_domain())
        return sorted(field.name for field in used if leads._is_score_read([field]))

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self.env.registry.clear_cache()
        rules.filtered("active")._mark_leads_stale()
        return rules

    def write(self, vals):
        if vals.get("active") or "domain" in vals:
            vals = {"error": False, **vals}
        if "company_id" in vals:
            self._mark_leads_stale()
        result = super().write(vals)
        self.env.registry.clear_cache()
        if set(vals) - {"name", "sequence", "error"}:
            self._mark_leads_stale()
        return result

    def unlink(self):
        self._mark_leads_stale()
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def get_stale_count(self):
        """Give how many of the leads the user may see wait to be scored again."""
        self.check_access("read")
        leads = self.env["crm.lead"].with_context(active_test=False)
        # any!: whether a lead waits is no secret to who sees it, though the rows of scores are
        return leads.search_count(Domain("score_id", "any!", [("is_stale", "=", True)]))

    def _get_preview(self):
        """Say how many open leads this rule matches, and what that does to their temperatures.

        The change is against the rule as it is saved and in use; of very many leads the newest are
        worked out.
        """
        self.ensure_one()
        if not self.event_kind and (error := self._get_domain_error()):
            return self.env._("The filter does not work: %s", error)
        matching_ids, saved_ids = self._get_matching_ids(), self._origin._get_matching_ids()
        touched_ids = sorted(matching_ids | saved_ids, reverse=True)[:_PREVIEW_LIMIT]
        points = self._get_points_by_lead(matching_ids & set(touched_ids))
        saved_points = self._origin._get_points_by_lead(saved_ids & set(touched_ids))
        moves = self.env["crm.lead"]._preview_moves(
            {
                lead_id: tuple(
                    points.get((lead_id, is_fit), 0) - saved_points.get((lead_id, is_fit), 0)
                    for is_fit in (True, False)
                )
                for lead_id in touched_ids
            }
        )
        texts = [self._get_count_text(len(matching_ids))]
        if len(touched_ids) < len(matching_ids | saved_ids):
            texts.append(self.env._("Of the newest %s:", _PREVIEW_LIMIT))
        return " ".join(texts + self._get_move_texts(moves))

    def _get_count_text(self, count):
        if self.event_kind:
            if count == 1:
                return self.env._("1 open lead has such an event.")
            return self.env._("%s open leads have such an event.", count)
        if count == 1:
            return self.env._("Matches 1 open lead.")
        return self.env._("Matches %s open leads.", count)

    def _get_move_texts(self, moves):
        labels = self.env["crm.lead"]._fields["temperature"]._description_selection(self.env)
        label_by_band = {band: label.lower() for band, label in labels}
        texts = []
        for (old, new), count in sorted(moves.items()):
            bands = {"old": label_by_band[old], "new": label_by_band[new]}
            if count == 1:
                texts.append(self.env._("1 goes from %(old)s to %(new)s.", **bands))
            else:
                texts.append(
                    self.env._("%(count)s go from %(old)s to %(new)s.", count=count, **bands)
                )
        return texts

    def _get_points_by_lead(self, lead_ids):
        """Give ``{(lead id, is fit): points}`` this rule has for these leads, if it is in use."""
        if not self.active:
            return {}
        if not self.event_kind:
            return dict.fromkeys(((lead_id, True) for lead_id in lead_ids), self.points)
        points = self.env["crm.lead"].browse(sorted(lead_ids))._preview_event_points(self)
        return {(lead_id, False): value for lead_id, value in points.items()}

    def _get_matching_ids(self):
        """Give the ids of the open leads that this rule speaks of; none without a rule."""
        if not self or (not self.event_kind and self._get_domain_error()):
            return set()
        matches = (
            Domain("event_ids", "any", [("kind", "=", self.event_kind)])
            if self.event_kind
            else self._get_domain()
        )
        domain = Domain("won_status", "=", "pending") & matches
        return set(
            self.env["crm.lead"].search(domain & self._get_company_domain(self.company_id.id))._ids
        )

    @api.model
    def _get_company_domain(self, company_id):
        """Give the leads that live by the settings of this company; nothing given: all leads."""
        if not company_id:
            return Domain.TRUE
        nobodys = company_id == self.env["res.company"]._get_first_company_id()
        return Domain("company_id", "in", [company_id, False] if nobodys else [company_id])

    def _mark_leads_stale(self):
        """Have every open lead these rules can speak of scored again in the background."""
        for company in self.company_id or [None]:
            everywhere = any(not rule.company_id for rule in self)
            self.env["lead.score"]._mark_stale(SQL("TRUE"), None if everywhere else company)

    def _get_domain(self):
        self.ensure_one()
        return Domain(literal_eval(self.domain or "[]"))

    @tools.ormcache()
    def _get_fit_rules(self):
        """Give the fit rules in use, as a tuple of (id, domain text, points, company id)."""
        rules = self.sudo().search([("event_kind", "=", False), ("active", "=", True)])
        return tuple(
            (rule.id, rule.domain or "[]", rule.points, rule.company_id.id or None)
            for rule in rules
        )

    @tools.ormcache()
    def _get_watched_fields(self):
        """Give the lead's fields whose change may change its score."""
        watched = {"interest_ids", "engagement_since", "company_id", "not_a_buyer"}
        texts = [domain for _id, domain, _points, _company_id in self._get_fit_rules()]
        return frozenset(watched | self.env["crm.lead"]._get_watched_by(texts))

    @tools.ormcache()
    def _get_asking(self):
        """Say what has to be known of a new lead for a rule to have points for it.

        :return: (whether every lead has to be scored, names of the lead's fields of which one
            has to have a value)
        """
        names = {"interest_ids"}
        for _id, domain, _points, _company_id in self._get_fit_rules():
            rule_domain = self.env["crm.lead"]._parse_filter(domain)
            if rule_domain is None:
                return True, frozenset()  # the scorer switches it off and says so
            read = {
                condition.field_expr.split(".")[0] for condition in rule_domain.iter_conditions()
            }
            unsure = "segment_ids" in read or not read <= set(self.env["crm.lead"]._fields)
            if unsure or _holds_for_blank(rule_domain) is not False:
                return True, frozenset()
            names |= read
        return False, frozenset(names)

    @api.model
    def _filter_asked(self, leads):
        """Give those of the new ``leads`` that a rule may have points for."""
        every_lead, names = self._get_asking()
        if every_lead:
            return leads
        known = leads.with_context(active_test=False)  # an archived interest counts as well
        asked = known.filtered(lambda lead: any(lead[name] for name in names))
        return asked.with_env(leads.env)

    @api.model
    def _get_fit_sql(self, among):
        """Give the SELECT of (lead id, rule id, points) of all fit rules on the leads ``among``."""
        return SQL(" UNION ALL ").join(self._get_fit_parts(among) or [self._get_fit_nothing()])

    @api.model
    def _get_fit_nothing(self):
        return SQL("SELECT NULL::int AS id, NULL::int AS rule_id, NULL::int AS points WHERE FALSE")

    @api.model
    def _get_fit_parts(self, among):
        """Give SELECTs of (lead id, rule id, points) of the fit rules on the leads ``among``.

        One passes over the leads once and asks them by all rules that read no more than what a lead
        is and points at; a rule that joins otherwise has one of its own. A rule whose filter no
        longer works is switched off on the way.

        :param among: SQL of an array of ids.
        """
        shared, conditions, parts = self._prepare_fit_queries(among)
        return ([self._get_shared_part(shared, conditions)] if conditions else []) + parts

    @api.model
    def _prepare_fit_queries(self, among):
        """Give (query, its conditions, SELECTs): what ``_get_fit_parts`` is made of.

        A condition is (rule id, points, SQL on the query), one for each rule that shares it; the
        SELECTs are those of the other rules.
        """
        leads = self.env["crm.lead"]._get_filter_leads().with_context(active_test=False)
        # an array, not a list: PostgreSQL goes by the primary key
        in_batch = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s = ANY(%s)", SQL.identifier(alias, "id"), among
            )
        )
        shared, conditions, parts = leads._search(in_batch), [], []
        for rule_id, domain, points, company_id in self._get_fit_rules():
            try:
                rule_domain = Domain(literal_eval(domain)) & self._get_company_domain(company_id)
                query = leads._search(rule_domain)
                if self._join_alike(shared, query):
                    conditions.append((rule_id, points, query.where_clause))
                    continue
                query = leads._search(in_batch & rule_domain)
                lead_id = SQL.identifier(query.table, "id")
                part = query.select(
                    SQL("%s AS id, %s AS rule_id, %s AS points", lead_id, rule_id, points)
                )
            except psycopg2.Error:
                raise  # the transaction is of no use any more, and it isn't the filter's fault
            except Exception as error:  # whatever a filter can raise, the others still count
                _logger.exception("Score rule %s does not work and is switched off", rule_id)
                self.browse(rule_id)._switch_off(str(error))
                continue
            parts.append(SQL("(%s)", part))
        return shared, conditions, parts

    @api.model
    def _join_alike(self, shared, query):
        """Have ``shared`` join what ``query`` does where that adds and drops no row; say whether.

        What a lead points at is joined so: LEFT JOINs, each under a name that says its path.
        """
        joins = query._joins
        plain = len(query._tables) == 1 and query.is_empty() is False
        alike = all(
            kind.code == "LEFT JOIN" and shared._joins.get(alias, joins[alias]) == joins[alias]
            for alias, (kind, _table, _condition) in joins.items()
        )
        if plain and alike:
            shared._joins.update(joins)
        return plain and alike

    @api.model
    def _get_shared_part(self, shared, conditions):
        """Give the SELECT that asks each lead of the query ``shared`` by all ``conditions``.

        :param conditions: (rule id, points, SQL) of each rule.
        """
        lead_id = SQL.identifier(shared.table, "id")
        met = SQL(", ").join(
            SQL("CASE WHEN %s THEN %s END", where if where.code else SQL("TRUE"), rule_id)
            for rule_id, _points, where in conditions
        )
        return SQL(
            """(SELECT met.id, rule.id AS rule_id, rule.points
                  FROM (%s) AS met
                  JOIN UNNEST(%s::int[], %s::int[]) AS rule (id, points)
                    ON rule.id = met.rule_id)""",
            shared.select(
                SQL("%s AS id, UNNEST(ARRAY_REMOVE(ARRAY[%s], NULL)) AS rule_id", lead_id, met)
            ),
            [rule_id for rule_id, _points, _where in conditions],
            [points for _rule_id, points, _where in conditions],
        )


def _holds_for_blank(domain):
    """Say whether ``domain`` holds for a lead on which all it reads is empty; None: unknown."""
    is_known = True

    def judge(condition):
        nonlocal is_known
        value, operator = condition.value, condition.operator
        if operator in ("in", "not in") and isinstance(value, Iterable):
            holds = any(not item for item in value)
        elif operator in ("=", "!="):
            holds = not value
        elif operator.endswith(("like", "any")) and value:
            holds = False
        else:
            is_known = False
            return Domain.TRUE
        return Domain(holds != operator.startswith(("not", "!")))

    result = domain.map_conditions(judge)
    return result.is_true() if is_known else None
