import logging
from ast import literal_eval
from collections import defaultdict
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.smoothing import smoothed_rate
from ..tools.turns import best_rate, least_loaded, next_in_turn

_logger = logging.getLogger(__name__)


class LeadAssignmentRule(models.Model):
    """Who gets which qualified leads.

    A lead is offered by the first rule, in their order, whose filter, interests and temperature it
    matches and that has a member who can take it. Members are the rule's own or, where it names
    none, its team's. Who is away, has paused assignment, or had his full share of the last 30 days
    is passed over, as is who has had this lead already. Among the others the method chooses.
    """

    _name = "lead.assignment.rule"
    _description = "Lead Assignment Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    domain = fields.Char(default="[]", help="Which leads it offers: a country, a source, a show.")
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
    error = fields.Text(readonly=True, copy=False)

    @api.constrains("domain", "active")
    def _check_domain(self):
        for rule in self.filtered("active"):
            if error := rule._get_domain_error():
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

    @api.constrains("member_ids", "team_id", "method")
    def _check_somebody(self):
        for rule in self:
            if not rule.member_ids and not rule.team_id and rule.method != "expert":
                raise ValidationError(
                    self.env._("“%s” offers leads to nobody: name a team or people.", rule.name)
                )

    def write(self, vals):
        if vals.get("active") or "domain" in vals:
            vals = {"error": False, **vals}
        return super().write(vals)

    def _get_domain(self):
        """Give the whole filter: domain, interests and temperature."""
        self.ensure_one()
        domain = Domain(literal_eval(self.domain or "[]"))
        if self.interest_ids:
            domain &= Domain("interest_ids", "in", self.interest_ids.ids)
        if self.temperature:
            domain &= Domain("temperature", "=", self.temperature)
        if self.company_id:
            domain &= Domain("company_id", "in", [self.company_id.id, False])
        return domain

    def _get_matching_leads(self, leads):
        """Give those of ``leads`` that match; a broken filter matches none and is switched off."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                return leads.search(self._get_domain() & Domain("id", "in", leads.ids))
        except psycopg2.OperationalError:
            raise  # two at once, or a lost connection: says nothing about the filter
        except Exception as error:  # whatever a filter can raise, the other rules still work
            _logger.exception("Assignment rule %s does not work and is switched off", self.id)
            self.write({"active": False, "error": str(error)})
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
            chosen = next_in_turn(order, self.last_user_id.id, able_ids)
        elif self.method == "least_loaded":
            chosen = least_loaded(order, desk.load, able_ids)
        elif self.method == "best_record":
            chosen = best_rate(order, desk.get_rates(lead), desk.load, able_ids)
        else:
            chosen = able[:1].id
        return self.env["res.users"].browse(chosen or [])


class Desk:
    """What one round of offers knows about people, read once for all its leads.

    ``load`` (open leads by user) and ``room`` (how many more each may get) change as leads are
    given out. Six queries, however many leads.
    """

    def __init__(self, rules, leads):
        self.env = rules.env
        self.candidates = rules._get_candidates()
        experts = leads.interest_ids.expert_id
        users = self.env["res.users"].union(*self.candidates.values(), experts)
        self.load = self._get_load(users)
        self.room, self.excuse = self._get_room(users)
        self.had = self._get_had(leads)
        self.record = None
        self.users = users

    def _get_load(self, users):
        leads = self.env["crm.lead"]
        domain = [("user_id", "in", users.ids), ("won_status", "=", "pending")]
        groups = leads._read_group(domain, ["user_id"], ["__count"])
        return {user.id: count for user, count in groups}

    def _get_room(self, users):
        """Give how many more leads each may get, and why those who get none do not.

        Someone in no sales team has no bounds. Capacity is the team member's 30-day average.
        """
        members = self.env["crm.team.member"].search([("user_id", "in", users.ids)])
        today = fields.Date.context_today(members)
        since = fields.Datetime.now() - timedelta(days=30)
        domain = [("user_id", "in", users.ids), ("date_open", ">=", since)]
        leads = self.env["crm.lead"].with_context(active_test=False)
        groups = leads._read_group(domain, ["user_id"], ["__count"])
        recent = {user.id: count for user, count in groups}
        room, excuse = {}, {}
        for user, own in members.grouped("user_id").items():
            if any(member._is_absent(today) for member in own):
                excuse[user.id] = self.env._("away")
            elif all(member.assignment_optout for member in own):
                excuse[user.id] = self.env._("has paused assignment")
            else:
                taking = own.filtered(lambda member: not member.assignment_optout)
                capacity = sum(taking.mapped("assignment_max"))
                room[user.id] = capacity - recent.get(user.id, 0)
                if room[user.id] <= 0:
                    excuse[user.id] = self.env._(
                        "has the full share of %s leads in 30 days", capacity
                    )
        return room, excuse

    def _get_had(self, leads):
        """Give who has returned or let expire each lead since it last qualified."""
        had = defaultdict(set)
        for handover in self.env["lead.handover"].search(
            [("lead_id", "in", leads.ids), ("state", "in", ["returned", "expired"])]
        ):
            if not handover.lead_id.mql_at or handover.offered_at >= handover.lead_id.mql_at:
                had[handover.lead_id.id].add(handover.user_id.id)
        return had

    def get_excuse(self, user, lead):
        """Say why ``user`` can't be offered ``lead``, or nothing."""
        if user.id in self.had[lead.id]:
            return self.env._("has had it already")
        if lead.company_id and lead.company_id not in user.company_ids:
            return self.env._("works in another company")
        return self.excuse.get(user.id)

    def take(self, user):
        """Count one more lead for ``user``."""
        self.load[user.id] = self.load.get(user.id, 0) + 1
        if user.id in self.room:
            self.room[user.id] -= 1
            if self.room[user.id] <= 0:
                self.excuse[user.id] = self.env._("has got the full share just now")

    def get_rates(self, lead):
        """Give ``{user id: win rate}`` on closed leads with one of the lead's interests.

        A lead without interests is compared with all. Small numbers lean towards the usual rate.
        """
        if self.record is None:
            self.record = self._get_record()
        won, closed = defaultdict(int), defaultdict(int)
        for key in lead.interest_ids.ids or [None]:
            for user_id, (hits, tries) in self.record.get(key, {}).items():
                won[user_id] += hits
                closed[user_id] += tries
        total_won, total = self.record["total"]
        usual = total_won / total if total else 0.0
        return {user.id: smoothed_rate(won[user.id], closed[user.id], usual) for user in self.users}

    def _get_record(self):
        """Give ``{interest id, or None for all: {user id: (won, closed)}}`` and the total."""
        record = defaultdict(dict)
        leads = self.env["crm.lead"].with_context(active_test=False)
        closed = [("user_id", "!=", False), ("won_status", "in", ["won", "lost"])]
        tally = defaultdict(lambda: [0, 0])
        for user, status, count in leads._read_group(
            closed, ["user_id", "won_status"], ["__count"]
        ):
            tally[None, user.id][0] += count if status == "won" else 0
            tally[None, user.id][1] += count
        for user, interest, status, count in leads._read_group(
            [*closed, ("user_id", "in", self.users.ids), ("interest_ids", "!=", False)],
            ["user_id", "interest_ids", "won_status"],
            ["__count"],
        ):
            tally[interest.id, user.id][0] += count if status == "won" else 0
            tally[interest.id, user.id][1] += count
        for (key, user_id), (hits, tries) in tally.items():
            record[key][user_id] = (hits, tries)
        everyone = record[None].values()
        record["total"] = (sum(h for h, _n in everyone), sum(n for _h, n in everyone))
        return record
