import logging
from datetime import UTC

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lead_scoring.models.lead_working_hours import WorkingHours

from ..tools import clock

_logger = logging.getLogger(__name__)

_HORIZON_DAYS = 366  # working hours are looked at no further ahead


class CrmLead(models.Model):
    """Watches the clocks that run: reminds the salesperson, then tells the leader.

    Watched is every lead that is owed its first contact and has none planned in time. Each stage
    happens once a clock, in the working hours of whoever is told, in one message for all his
    leads. A clock that started before its stage was switched on is left alone.
    """

    _inherit = "crm.lead"

    clock_notice_ids = fields.One2many("lead.clock.notice", "lead_id", "First-contact Notices")

    @api.model
    def _cron_watch_clocks(self):
        """Run each stage of each company, a transaction each; twice does the same as once."""
        stages = {
            "remind": type(self)._remind_clocks,
            "leader": type(self)._tell_leaders,
            "pass_on": type(self)._pass_on_late,
        }
        companies = self.env["res.company"].search(
            Domain.OR(Domain(f"lead_clock_{stage}", "=", True) for stage in stages)
        )
        work = [
            (company, stage, run)
            for company in companies
            for stage, run in stages.items()
            if company[f"lead_clock_{stage}"]
        ]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(work))
        for company, stage, run in work:
            run(self.with_company(company)._get_clocks_to_watch(company, stage), company)
            if not cron._commit_progress(1):
                return  # out of time: the scheduler calls again

    @api.model
    def _get_clocks_to_watch(self, company, stage):
        """Return the leads whose clock is at risk or late and has not been at ``stage`` yet."""
        is_first = company.id == self.env["res.company"]._get_first_company_id()
        since = company[f"lead_clock_{stage}_since"] or fields.Datetime.now()
        started = (
            Domain("clock_started_at", ">=", since)
            | Domain("create_date", ">=", since)
            | Domain("visit_ids", "any", [("create_date", ">=", since)])
        )
        unnoticed = Domain.custom(
            to_sql=lambda model, alias, query: model._unnoticed_sql(alias, stage)
        )
        return self.search(
            Domain("clock_state", "in", ["at_risk", "late"])
            & Domain("company_id", "in", [company.id, *([False] if is_first else [])])
            & started
            & unnoticed,
            order="first_touch_deadline, id",
        )

    def _unnoticed_sql(self, alias, stage):
        self.env["lead.clock.notice"].flush_model(["lead_id", "stage", "clock_started_at"])
        return SQL(
            """NOT EXISTS (SELECT 1 FROM lead_clock_notice n
                WHERE n.lead_id = %s AND n.stage = %s AND n.clock_started_at = COALESCE(%s, %s))""",
            SQL.identifier(alias, "id"),
            stage,
            self._fields["clock_started_at"].to_sql(self, alias),
            SQL.identifier(alias, "create_date"),
        )

    def _get_clock_start(self):
        self.ensure_one()
        return self.clock_started_at or self.create_date

    def _remind_clocks(self, company):
        """Remind whoever is to make the first contact of these leads, each person once."""
        keeper_by_lead = {lead: lead._get_clock_keeper() for lead in self}
        self._tell_clocks(company, "remind", keeper_by_lead)

    def _tell_leaders(self, company):
        """Tell the leaders of these leads' teams, each leader once."""
        leader_by_lead = {lead: lead._get_clock_leader() for lead in self}
        self._tell_clocks(company, "leader", leader_by_lead)

    def _tell_clocks(self, company, stage, user_by_lead):
        """Tell each user once of his leads that are due at ``stage``; who fails is told later."""
        due = self._filter_clocks_due(company, stage, user_by_lead)
        for user, leads in due.grouped(lambda lead: user_by_lead[lead]).items():
            leads._tell_or_leave(stage, user)

    def _tell_or_leave(self, stage, user):
        try:
            with self.env.cr.savepoint():
                self._log_clock_notices(stage, user)
                self._notify_clocks(stage, user)
        except Exception:
            _logger.exception("Telling %s failed, left for the next run: %s", user, self)

    def _filter_clocks_due(self, company, stage, user_by_lead):
        """Return those of these leads whose user is to be told now: due, and he is at work.

        Two queries a calendar and three in all, however many leads and people.
        """
        users = self.env["res.users"].union(*user_by_lead.values())
        if not users:
            return self.browse()
        now = fields.Datetime.now()
        share_pct = company[f"lead_clock_{stage}_pct"]
        end = max(*self.mapped("first_touch_deadline"), fields.Datetime.add(now, hours=2))
        end = min(end, fields.Datetime.add(now, days=_HORIZON_DAYS))
        hours = WorkingHours(users, company, now, end)
        spans_by_user = {user: _naive(hours.get(user, company)) for user in users}
        is_due_by_key = {}

        def is_due(lead):
            user, deadline = user_by_lead[lead], lead.first_touch_deadline
            key = (user, lead._get_clock_start(), deadline)
            if user and key not in is_due_by_key:  # the leads of a show share one clock
                moment = clock.stage_moment(key[1], deadline, share_pct)
                is_due_by_key[key] = clock.is_due(now, moment, deadline, spans_by_user[user])
            return bool(user) and is_due_by_key[key]

        return self.filtered(is_due)

    def _log_clock_notices(self, stage, user):
        """Write down that ``stage`` happened for these leads, and who was told."""
        self.env["lead.clock.notice"].create(
            [
                {
                    "lead_id": lead.id,
                    "stage": stage,
                    "user_id": user.id,
                    "clock_started_at": lead._get_clock_start(),
                }
                for lead in self
            ]
        )

    def _get_clock_keeper(self):
        """Return who is to make the first contact: the salesperson, else whoever stands in."""
        self.ensure_one()
        company = self._get_settings_company()
        people = (
            self.user_id,
            self.trade_show_id.sender_id,
            company.lead_marketing_user_id,
            self.team_id.user_id,
        )
        return next((user for user in people if user._is_there()), self.env["res.users"])

    def _get_clock_leader(self):
        """Return who answers for this lead's team; rather not whoever was reminded already."""
        self.ensure_one()
        company = self._get_settings_company()
        leaders = self.team_id.user_id, self.trade_show_id.user_id, company.lead_marketing_user_id
        there = [user for user in leaders if user._is_there()]
        keeper = self._get_clock_keeper()
        return next((user for user in there if user != keeper), keeper)


def _naive(intervals):
    """Return ``Intervals`` as pairs of naive UTC moments."""
    return [
        tuple(moment.astimezone(UTC).replace(tzinfo=None) for moment in pair[:2])
        for pair in intervals
    ]
