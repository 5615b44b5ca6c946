from ast import literal_eval

from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

# An end that says nothing about whether the lead wants to hear from us.
_NEUTRAL_ENDS = (
    *("replaced", "merged", "undone", "won", "lost", "archived"),
    *("exit_stage", "exit_tag", "exit_segment"),
)


class LeadCadence(models.Model):
    """Which leads enter a cadence by themselves: those that come to match its filter.

    Who matches already when the rule is switched on or changed is passed over, until a person who
    was told how many they are lets them in. Passed over is, too, who comes to match while another
    cadence has him, and who is a customer or an open deal, unless the rule takes those. Nobody
    enters by a rule who was in this cadence before, or who answered in another.
    """

    _inherit = ["lead.cadence", "lead.filter.mixin"]
    _name = "lead.cadence"

    # what decides which leads match
    _RULE_FIELDS = frozenset(
        {"is_self_enrolling", "active", "domain", "entry_domain", "company_id"}
    )

    is_self_enrolling = fields.Boolean("Enroll by Itself", copy=False)
    domain = fields.Char("Which Leads", help="Leads that come to match enter by themselves.")
    takes_deals = fields.Boolean(
        "Customers and Open Deals Too",
        help="Else they stay out: whoever looks after them writes to them.",
    )
    passed_lead_ids = fields.Many2many(
        "crm.lead",
        "lead_cadence_passed_lead_rel",
        "cadence_id",
        "lead_id",
        readonly=True,
        copy=False,
        context={"active_test": False},
        help="Leads that match and were not enrolled by the rule.",
    )
    passed_count = fields.Integer("Match Already", compute="_compute_passed_count")

    @api.depends("is_self_enrolling", "passed_lead_ids")
    def _compute_passed_count(self):
        for cadence in self:
            # a filter that fails is shown as soon as the scheduler meets it; till then, no number
            is_known = cadence.is_self_enrolling and not cadence._get_domain_error()
            cadence.passed_count = len(cadence._find_passed()) if is_known else 0

    @api.constrains("domain", "active", "is_self_enrolling")
    def _check_domain(self):
        return super(LeadCadence, self.filtered("is_self_enrolling"))._check_domain()

    @api.model_create_multi
    def create(self, vals_list):
        cadences = super().create(vals_list)
        cadences._forget_rules()
        for cadence in cadences._filter_rules():
            cadence._pass_over(cadence._find_matching())
        return cadences

    def write(self, vals):
        if self._RULE_FIELDS.isdisjoint(vals):
            return super().write(vals)
        if vals.get("is_self_enrolling"):
            vals = {"error": False, **vals}
        # Who has come to match the rule as it was still enters, if he matches the new one as well.
        coming_by_cadence = {
            cadence: cadence._find_newcomers()
            for cadence in self._filter_rules()
            if not cadence._get_domain_error()
        }
        result = super().write(vals)
        self._forget_rules()
        for cadence in self._filter_rules():
            coming = coming_by_cadence.get(cadence, self.env["crm.lead"])
            cadence._pass_over(cadence._find_matching() - coming)
        return result

    def unlink(self):
        self._forget_rules()
        return super().unlink()

    def action_ask_let_in(self):
        """Ask whether the leads that match already enter as well, saying how many they are."""
        self.ensure_one()
        stated = self.env["lead.cadence.let.in"].create(
            {"cadence_id": self.id, "lead_count": self.passed_count}
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_followup.lead_cadence_let_in_action"
        )
        return {**action, "res_id": stated.id}

    def _forget_rules(self):
        """Have the rules looked up anew: one was changed."""
        self.env.registry.clear_cache()

    def _filter_rules(self):
        """Return those of these cadences that enroll by themselves."""
        return self.filtered(lambda cadence: cadence.active and cadence.is_self_enrolling)

    @api.model
    def _get_rules(self):
        """Return the cadences that enroll by themselves, the one that wins first."""
        return self.sudo().search([("is_self_enrolling", "=", True)])  # whoever's lead it is

    @api.model
    @tools.ormcache()
    def _get_watched_fields(self):
        """Return the names of the lead's fields whose change may make it match a rule."""
        self._has_exits()  # known from the first lead on: its writes ask for nothing more
        rules = self._get_rules()
        if not rules:
            return frozenset()
        texts = [text for rule in rules for text in rule._get_filter_texts()]
        watched = self.env["crm.lead"]._get_watched_by(texts)
        # what keeps a lead out by itself, see ``_get_newcomer_domain``
        own = {"active", "won_status", "stage_id", "probability", "do_not_contact", "lifecycle"}
        return frozenset(watched | own | {"company_id", "not_a_buyer"})

    @api.model
    def _note_changes(self, names):
        """Have the rules look at leads soon, if one may match for what changed on them.

        :param names: of the lead's fields. No query where no rule watches them.
        """
        if not self._get_watched_fields().isdisjoint(names):
            self._trigger_rules()

    @api.model
    def _note_newcomers(self):
        """Have the rules look at leads soon: some are new, or free to be enrolled."""
        if self._get_watched_fields():
            self._trigger_rules()

    @api.model
    def _trigger_rules(self):
        """Wake the scheduler, once a transaction."""
        cron = self.env.ref("lead_followup.ir_cron_enroll_by_rule", raise_if_not_found=False)
        if not cron:  # not there yet while the addon's own data is loaded
            return
        # Only a trigger of our own counts: the run that uses up another's may have looked at the
        # leads already. sudo: anyone's change may ask for it.
        own = [("cron_id", "=", cron.id), ("create_date", "=", self.env.cr.now())]
        if not self.env["ir.cron.trigger"].sudo().search_count(own, limit=1):
            cron.sudo()._trigger()

    def _get_domain(self):
        """Return the whole filter: the rule's own, the entry condition, the company's leads."""
        self.ensure_one()
        return (
            Domain(literal_eval(self.domain or "[]"))
            & self._get_entry_domain()
            & self.env["lead.score.rule"]._get_company_domain(self.company_id.id)
        )

    def _get_filter_texts(self):
        return [*super()._get_filter_texts(), self.entry_domain]

    def _prepare_off_vals(self, error):
        return {"is_self_enrolling": False, "error": error}

    def _describe_off(self, error):
        return (
            self.env._("“%(cadence)s” no longer enrolls by itself", cadence=self.name),
            self.env._(
                "The filter of the leads that enter no longer works: %(error)s. Repair it and "
                "switch it on again.",
                error=error,
            ),
        )

    def _find_matching(self):
        """Return all leads that match the filter, archived and closed ones too."""
        self.ensure_one()
        leads = self.env["crm.lead"]._get_filter_leads().with_context(active_test=False)
        return leads.search(self._get_domain())

    def _find_newcomers(self, leads=None):
        """Return the leads that match, may be contacted, and were not passed over; best first.

        :param leads: only among these; nothing given: among all.
        """
        self.ensure_one()
        domain = self._get_newcomer_domain() & ~self._get_passed_domain()
        if leads is not None:
            domain &= Domain("id", "in", leads.ids)
        return self.env["crm.lead"]._get_filter_leads().search(domain, order="score_total desc, id")

    def _find_passed(self):
        """Return those who were passed over, match still, and may enter now."""
        self.ensure_one()
        if not self._origin:
            return self.env["crm.lead"]
        domain = self._get_newcomer_domain() & self._get_passed_domain()
        leads = (
            self.env["crm.lead"]._get_filter_leads().search(domain, order="score_total desc, id")
        )
        return self._filter_takeable(leads.filtered(lambda lead: not lead.enrollment_id))

    def _get_passed_domain(self):
        """Return the condition that a lead was passed over by this rule."""
        self.flush_model(["passed_lead_ids"])
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """EXISTS (SELECT FROM lead_cadence_passed_lead_rel AS passed
                            WHERE passed.cadence_id = %s AND passed.lead_id = %s)""",
                self._origin.id,
                SQL.identifier(alias, "id"),
            )
        )

    def _get_newcomer_domain(self):
        """Return the filter and what keeps out of every cadence or was said by the lead before."""
        self.env["crm.lead"].flush_model(["engagement_since"])
        self.env["lead.cadence.enrollment"].flush_model(
            ["lead_id", "cadence_id", "state", "stop_reason"]
        )
        return (
            self._get_domain()
            & Domain("won_status", "=", "pending")
            & Domain("active", "=", True)
            & Domain("do_not_contact", "=", False)
            & Domain("not_a_buyer", "=", False)
            & Domain("lifecycle", "not in", ("disqualified", "customer"))
            & Domain.custom(to_sql=lambda model, alias, query: self._not_enrolled_sql(alias))
        )

    def _not_enrolled_sql(self, alias):
        """Return the condition: never in this cadence, and in no other since an answer ended one.

        What was before the lead was taken up again counts for this cadence only.
        """
        return SQL(
            """NOT EXISTS (
                SELECT FROM lead_cadence_enrollment AS e
                 WHERE e.lead_id = %(lead_id)s
                   AND (e.cadence_id = ANY(%(cadences)s)
                        OR (e.state = 'stopped' AND e.stop_reason <> ALL(%(neutral)s)
                            AND e.create_date >= COALESCE(%(since)s, '-infinity'))))""",
            lead_id=SQL.identifier(alias, "id"),
            cadences=self._origin._get_versions().ids,
            neutral=list(_NEUTRAL_ENDS),
            since=SQL.identifier(alias, "engagement_since"),
        )

    def _filter_takeable(self, leads):
        """Return those this rule may take: all, or those who are no customers or open deals."""
        if self.takes_deals:
            return leads
        customers = leads.partner_id._filter_lead_customers()
        return leads.filtered(
            lambda lead: not lead._is_open_deal() and lead.partner_id not in customers
        )

    def _pass_over(self, leads):
        """Note that the rule does not enroll ``leads``, though they match; in one statement."""
        self.ensure_one()
        if leads:
            self.env.execute_query(
                SQL(
                    """INSERT INTO lead_cadence_passed_lead_rel (cadence_id, lead_id)
                       SELECT %s, lead_id FROM UNNEST(%s) AS lead (lead_id)
                           ON CONFLICT DO NOTHING RETURNING 1""",
                    self.id,
                    leads.ids,
                )
            )
            self.invalidate_recordset(["passed_lead_ids"], flush=False)

    def _forget_passed(self, leads=None):
        """Let ``leads`` come to match anew; nothing given: those that match no longer."""
        self.ensure_one()
        if leads is None:
            query = (
                self.env["crm.lead"]
                ._get_filter_leads()
                .with_context(active_test=False)
                ._search(self._get_domain())
            )
            gone = SQL("lead_id NOT IN %s", query.subselect())
        else:
            gone = SQL("lead_id = ANY(%s)", leads.ids)
        self.flush_model(["passed_lead_ids"])
        self.env.execute_query(
            SQL(
                "DELETE FROM lead_cadence_passed_lead_rel WHERE cadence_id = %s AND %s RETURNING 1",
                self.id,
                gone,
            )
        )
        self.invalidate_recordset(["passed_lead_ids"], flush=False)
