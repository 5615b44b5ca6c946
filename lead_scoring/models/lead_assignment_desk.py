from collections import defaultdict
from datetime import timedelta

import babel.dates

from odoo import fields
from odoo.fields import Domain
from odoo.tools import LazyTranslate
from odoo.tools.misc import babel_locale_parse

from ..tools.smoothing import smoothed_rate
from .lead_working_hours import WorkingHours, get_horizons

_lt = LazyTranslate(__name__)

_WORKING_DAY = 8  # hours; who is back within so many of the company's is not away


class Desk:
    """What one round of offers knows about people, read once for all its leads.

    ``load`` (open leads by user) and ``room`` (how many more each may get) change as leads are
    given out. A fixed number of queries and two a calendar, however many leads and people.
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
        self.now = fields.Datetime.now()
        self.companies = self.env["res.company"].union(
            *(lead._get_settings_company() for lead in leads)
        )
        self.hours_by_horizon = {}
        self.absences = {}
        self.there = {}
        self.able = {}  # of people whom nothing about a single lead stands against
        self.last_by_rule = {rule: rule.last_user_id for rule in rules}

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
                excuse[user.id] = _lt("away")
            elif all(member.assignment_optout for member in own):
                excuse[user.id] = _lt("has paused assignment")
            else:
                taking = own.filtered(lambda member: not member.assignment_optout)
                capacity = sum(taking.mapped("assignment_max"))
                room[user.id] = capacity - recent.get(user.id, 0)
                if room[user.id] <= 0:
                    excuse[user.id] = _lt("has the full share of %s leads in 30 days", capacity)
        return room, excuse

    def _get_had(self, leads):
        """Give who has had each lead since it last qualified, and not kept it."""
        had = defaultdict(set)
        handovers = self.env["lead.handover"]
        for handover in handovers.search(
            handovers._get_had_domain() & Domain("lead_id", "in", leads.ids)
        ):
            if not handover.lead_id.mql_at or handover.offered_at >= handover.lead_id.mql_at:
                had[handover.lead_id.id].add(handover.user_id.id)
        return had

    def filter_able(self, people, lead):
        """Give those of ``people`` who can be offered ``lead``; ``get_excuse`` has the reasons."""
        company, settings = lead.company_id, lead._get_settings_company()
        key = (people._ids, company.id, settings.id)
        if key not in self.able:
            self.able[key] = people.filtered(
                lambda user: (
                    not self.excuse.get(user.id) and self._is_there(user, company, settings)
                )
            )
        if had := self.had.get(lead.id):
            return self.able[key].filtered(lambda user: user.id not in had)
        return self.able[key]

    def _is_there(self, user, company, settings):
        """Say whether ``user`` works in ``company`` (if any), and is not away from ``settings``."""
        key = (user.id, company.id, settings.id)
        if key not in self.there:
            works_here = not company or company in user.company_ids
            self.there[key] = works_here and not self._get_absence(user, settings)[0]
        return self.there[key]

    def get_excuse(self, user, lead):
        """Say in the lead's language why ``user`` can't be offered ``lead``, or nothing."""
        if user.id in self.had[lead.id]:
            return lead.env._("has had it already")
        if lead.company_id and lead.company_id not in user.company_ids:
            return lead.env._("works in another company")
        if excuse := self.excuse.get(user.id):
            return lead.env._(excuse)
        is_away, back = self._get_absence(user, lead._get_settings_company())
        if is_away:
            return self._tell_absence(back, lead.env)
        return None

    def _get_absence(self, user, company):
        """Give (whether away, when back): by his own hours and leaves, against ``company``'s hours.

        Away is whose next working moment lies more than one working day ahead, so nobody is away
        because it is night or weekend. Who is not back within a year is back at no time.
        """
        key = (user.id, company.id)
        if key not in self.absences:
            for horizon in get_horizons(self.now):
                back, passed = self._get_hours(horizon).get_absence(user, company)
                if back:
                    break
            self.absences[key] = (passed > _WORKING_DAY, back)
        return self.absences[key]

    def _get_hours(self, horizon):
        if horizon not in self.hours_by_horizon:
            self.hours_by_horizon[horizon] = WorkingHours(
                self.users, self.companies, self.now, horizon
            )
        return self.hours_by_horizon[horizon]

    def _tell_absence(self, back, env):
        if not back:
            return env._("away until further notice")
        locale, day = babel_locale_parse(env.lang or "en_US"), back.date()
        if back.year == self.now.year:
            until = babel.dates.format_skeleton("MMMMd", day, locale=locale)
        else:
            until = babel.dates.format_date(day, "long", locale=locale)
        return env._("away until %s", until)

    def take(self, user, rule):
        """Count one more lead for ``user``, whose turn it was by ``rule``."""
        self.last_by_rule[rule] = user
        self.load[user.id] = self.load.get(user.id, 0) + 1
        if user.id in self.room:
            self.room[user.id] -= 1
            if self.room[user.id] <= 0:
                self.excuse[user.id] = _lt("has got the full share just now")
                self.able.clear()

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
