import logging
from ast import literal_eval

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.turns import best_rate, least_loaded, next_in_turn

_logger = logging.getLogger(__name__)


class LeadAssignmentRule(models.Model):
    """Who gets which qualified leads.

    A lead is offered by the first rule, in their order, whose filter, interests and temperature it
    matches and that has a member who can take it. Members are the rule's own or, where it names
    none, its team's. Who is away, has paused assignment, or had his full share of the last 30 days
    is passed over, as is who has had this lead already. Among the others the method chooses. Away
    is who says so on his membership, or whose own working hours and leaves say so (``Desk``).
    """

    _name = "lead.assignment.rule"
    _inherit = "lead.filter.mixin"
    _description = "Lead Assignment Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True)
    domain = fields.Char(help="Which leads it offers: a country, a source, a show.")
    interest_ids = fields.Many2many(
        "lead.interest", string="Interests", help="Leads with one of these; empty: any lead."
    )
    temperature = fields.Selection(
        [("hot", "Hot"), ("warm", "Warm"), ("cold", "Cold")], help="Empty: any temperature."
    )
    team_id = fields.Many2one("crm.team", string="Sales Team")
    member_ids = fields.Many2many(
        "res.users",
        string="Salespeople",
        domain="[('share', '=', False)]",
        help="Empty: the members of the team.",
    )
    method = fields.Selection(
        [
            ("fixed", "The first one who can"),
            ("expert", "The expert of the lead's interest"),
            ("round_robin", "In turn"),
            ("least_loaded", "Who has the fewest open leads"),
            ("best_record", "Who wins most on like leads"),
        ],
        required=True,
        default="round_robin",
    )
    last_user_id = fields.Many2one("res.users", readonly=True, copy=False)

    @api.constrains("member_ids", "team_id", "method")
    def _check_somebody(self):
        for rule in self:
            if not rule.member_ids and not rule.team_id and rule.method != "expert":
                raise ValidationError(
                    self.env._("“%s” offers leads to nobody: name a team or people.", rule.name)
                )

    def _get_domain(self):
        """Give the whole filter: domain, interests and temperature."""
        self.ensure_one()
        domain = Domain(literal_eval(self.domain or "[]"))
        if self.interest_ids:
            domain &= Domain("interest_ids", "in", self.interest_ids.ids)
        if self.temperature:
            domain &= Domain("temperature", "=", self.temperature)
        return domain & self.env["lead.score.rule"]._get_company_domain(self.company_id.id)

    def _get_matching_leads(self, leads):
        """Give those of ``leads`` that match; a broken filter matches none and is switched off."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                found = leads._get_filter_leads().search(
                    self._get_domain() & Domain("id", "in", leads.ids)
                )
                return found.with_env(leads.env)
        except psycopg2.OperationalError:
            raise  # two at once, or a lost connection: says nothing about the filter
        except Exception as error:  # whatever a filter can raise, the other rules still work
            _logger.exception("Assignment rule %s does not work and is switched off", self.id)
            self._switch_off(str(error))
            return leads.browse()

    def _lock(self):
        """Wait for anyone who is offering by these rules: turns are taken one after the other."""
        if self:
            self.env.execute_query(
                SQL(
                    "SELECT id FROM lead_assignment_rule WHERE id IN %s ORDER BY id FOR UPDATE",
                    tuple(self.ids),
                )
            )
            self.invalidate_recordset(["last_user_id"])

    def _get_candidates(self):
        """Give ``{rule: users}`` in the order in which turns go."""
        return {
            rule: self._filter_salespeople(
                rule.member_ids or rule.team_id.crm_team_member_ids.user_id
            )
            for rule in self
        }

    @api.model
    def _filter_salespeople(self, users):
        """Give those of ``users`` who are still there and may work on leads."""
        return users.filtered(
            lambda user: user.active and user.has_group("sales_team.group_sale_salesman")
        )

    def _get_people(self, lead, desk):
        """Give the users this rule may offer ``lead`` to, before anyone is passed over."""
        self.ensure_one()
        if self.method != "expert":
            return desk.candidates[self]
        interests = lead.interest_ids & self.interest_ids or lead.interest_ids
        return self._filter_salespeople(interests.expert_id)

    def _choose(self, lead, able, desk):
        """Give the user among ``able`` (ordered) who gets ``lead``, or an empty one.

        :param desk: the ``Desk`` that knows loads and records.
        """
        self.ensure_one()
        order, able_ids = desk.candidates[self].ids, set(able.ids)
        if self.method == "round_robin":
            chosen = next_in_turn(order, desk.last_by_rule[self].id, able_ids)
        elif self.method == "least_loaded":
            chosen = least_loaded(order, desk.load, able_ids)
        elif self.method == "best_record":
            chosen = best_rate(order, desk.get_rates(lead), desk.load, able_ids)
        else:
            chosen = able[:1].id
        return self.env["res.users"].browse(chosen or [])
