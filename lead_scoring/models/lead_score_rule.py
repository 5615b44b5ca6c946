import logging
from ast import literal_eval

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

    @api.depends("points", "event_kind", "domain", "active", "company_id")
    def _compute_preview(self):
        for rule in self:
            rule.preview = rule._get_preview()

    @api.model
    def _get_event_kinds(self):
        kinds = self.env["lead.event"]._fields["kind"]._description_selection(self.env)
        return [(kind, label) for kind, label in kinds if kind != "lifecycle"]

    @api.constrains("domain", "event_kind", "active")
    def _check_domain(self):
        for rule in self.filtered(lambda rule: rule.active and not rule.event_kind):
            error = rule._get_domain_error()
            if not error and (scored := rule._get_scored_names()):
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” gives points by “%(field)s”, which follows from the score "
                        "itself.\nChoose another field: what the lead is, or what it did.",
                        rule=rule.name,
                        field=scored[0],
                    )
                )
            if error:
                raise ValidationError(
                    self.env._(
                        "The filter of “%(rule)s” does not work: %(error)s\n"
                        "Choose it again with the filter editor.",
                        rule=rule.name,
                        error=error,
                    )
                )

    def _get_domain_error(self):
        """Say what is wrong with the filter, or nothing."""
        try:
            with self.env.cr.savepoint():
                self.env["crm.lead"].search(self._get_domain(), limit=1)
        except psycopg2.OperationalError:
            raise  # two at once, or a lost connection: says nothing about the filter
        except Exception as error:  # whatever a filter can raise, the answer is the same
            return str(error) or type(error).__name__
        return ""

    def _get_scored_names(self):
        """Give the fields of leads in the filter, however deep, that the scorer writes."""
        own = self.env["crm.lead"]._SCORE_FIELDS
        return sorted(
            field.name
            for field in self._get_used_fields(self.env["crm.lead"], self._get_domain())
            if field.model_name == "lead.score"
            or (field.model_name == "crm.lead" and field.name in own)
        )

    @api.model
    def _get_used_fields(self, model, domain):
        """Give the set of fields ``domain`` reads, along its paths and in its inner domains."""
        used = set()
        for condition in domain.iter_conditions():
            reached = model
            for name in condition.field_expr.split("."):
                field = reached is not None and reached._fields.get(name)
                if not field:
                    break  # a part of a date or of properties
                used.add(field)
                reached = self.env[field.comodel_name] if field.relational else None
            inner = condition.operator in ("any", "any!", "not any", "not any!")
            if inner and reached is not None and isinstance(condition.value, (Domain, list, tuple)):
                used |= self._get_used_fields(reached, Domain(condition.value))
        return used

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

    def _get_preview(self):
        """Say how many open leads this rule matches, and what that does to their temperatures.

        The change is against the rule as it is saved and in use; of very many leads the newest are
        worked out.
        """
        self.ensure_one()
        leads = self.env["crm.lead"]
        still_open = Domain("won_status", "=", "pending")
        if self.event_kind:
            count = leads.search_count(
                still_open & Domain("event_ids", "any", [("kind", "=", self.event_kind)])
            )
            return self.env._("%s open leads have such an event.", count)
        if error := self._get_domain_error():
            return self.env._("The filter does not work: %s", error)
        matching_ids = self._get_matching_ids(still_open)
        saved = self._origin
        points_now = saved.points if saved.active and not saved.event_kind else 0
        had = saved._get_matching_ids(still_open) if points_now else set()
        touched_ids = sorted(matching_ids | had, reverse=True)
        moves = leads._preview_fit(
            {
                lead_id: (self.points if lead_id in matching_ids and self.active else 0)
                - (points_now if lead_id in had else 0)
                for lead_id in touched_ids[:_PREVIEW_LIMIT]
            }
        )
        texts = [self.env._("Matches %s open leads.", len(matching_ids))]
        if len(touched_ids) > _PREVIEW_LIMIT:
            texts.append(self.env._("Of the newest %s:", _PREVIEW_LIMIT))
        labels = dict(leads._fields["temperature"]._description_selection(self.env))
        return " ".join(
            [
                *texts,
                *(
                    self.env._(
                        "%(count)s go from %(old)s to %(new)s.",
                        count=count,
                        old=labels[old].lower(),
                        new=labels[new].lower(),
                    )
                    for (old, new), count in sorted(moves.items())
                ),
            ]
        )

    def _get_matching_ids(self, domain):
        if self._get_domain_error():
            return set()
        if self.company_id:
            domain &= Domain("company_id", "=", self.company_id.id)
        return set(self.env["crm.lead"].search(domain & self._get_domain())._ids)

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
        rules = self.sudo().search([("event_kind", "=", False)])
        return tuple(
            (rule.id, rule.domain or "[]", rule.points, rule.company_id.id or None)
            for rule in rules
        )

    @tools.ormcache()
    def _get_watched_fields(self):
        """Give the lead's fields whose change may change its score."""
        watched = {"interest_ids", "engagement_since", "company_id", "not_a_buyer"}
        leads = self.env["crm.lead"]
        for _id, domain, _points, _company_id in self._get_fit_rules():
            try:
                names = {
                    condition.field_expr.split(".")[0]
                    for condition in Domain(literal_eval(domain)).iter_conditions()
                }
            except (ValueError, SyntaxError):
                continue  # the scorer switches it off and says so
            for name in names & set(leads._fields):
                watched.add(name)
                depends, _context = leads._fields[name].get_depends(leads)
                watched.update(path.split(".")[0] for path in depends)
        return frozenset(watched)

    @api.model
    def _get_fit_parts(self, ids):
        """Give one SELECT of (lead id, rule id, points) a fit rule, on the leads with ``ids``.

        A rule whose filter no longer works is switched off on the way.
        """
        leads = self.env["crm.lead"].sudo().with_context(active_test=False, lang=None)
        # an array, not a list: the text stays short, and PostgreSQL goes by the primary key
        in_batch = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s = ANY(%s)", SQL.identifier(alias, "id"), list(ids)
            )
        )
        parts = []
        for rule_id, domain, points, company_id in self._get_fit_rules():
            rule_domain = in_batch
            if company_id:
                rule_domain &= Domain("company_id", "=", company_id)
            try:
                query = leads._search(rule_domain & Domain(literal_eval(domain)), order="id")
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
        return parts

    def _switch_off(self, error):
        """Switch a rule off that does not work, keep why, and tell the one who made it."""
        self.ensure_one()
        rule = self.sudo()  # met while scoring for anyone
        rule.write({"active": False, "error": error})
        owner = rule.write_uid if rule.write_uid != self.env.ref("base.user_root") else None
        partner = (owner or rule.create_uid).partner_id
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=partner.ids,
            subject=self.env._("Score rule “%s” was switched off", rule.name),
            body=self.env._(
                "Its filter no longer works: %(error)s. Repair it and switch it on again.",
                error=error,
            ),
        )
