from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models

from odoo.addons.lead_scoring.models.lead_working_hours import WorkingHours

_YEAR = timedelta(days=366)


class ResUsers(models.Model):
    """Who is away for long: by the dates on his membership, or by his own working hours.

    Noted hourly by the scheduler, so that planning many leads reads a field and no calendars.
    """

    _inherit = "res.users"

    lead_is_away = fields.Boolean("Away for Long", readonly=True, copy=False)
    lead_back_at = fields.Datetime(
        "Back On", readonly=True, copy=False, help="Empty: until further notice."
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            self.env["lead.cadence.enrollment"]._trigger_absences()
        return result

    def _is_there(self):
        """Tell whether this is somebody, who works here and is not away for long."""
        return bool(self) and self.active and not self.lead_is_away

    @api.model
    def _note_absences(self):
        """Note which salespeople are away for long, and until when; write only what changed."""
        salesmen = self.env.ref("sales_team.group_sale_salesman")
        domain = [("all_group_ids", "in", salesmen.ids), ("share", "=", False)]
        users = self.search(domain) | self.search([("lead_is_away", "=", True)])
        for company, mine in users.grouped("company_id").items():
            back_by_user = mine._get_long_absences(company)
            for user in mine:
                vals = {
                    "lead_is_away": user in back_by_user,
                    "lead_back_at": back_by_user.get(user, False),
                }
                if any(user[name] != value for name, value in vals.items()):
                    user.write(vals)

    def _get_long_absences(self, company):
        """Return ``{user: when back, or False}`` of those away for longer than ``company`` says.

        Nobody is away because the whole company is closed.
        """
        now = fields.Datetime.now()
        until = now + timedelta(days=company.lead_away_days)
        hours = WorkingHours(self, company, now, until)
        away = {}
        if hours.get(self.env["res.users"], company):
            away_by_hours = self.filtered(lambda user: not hours.get(user, company))
            away = away_by_hours._get_returns(company, now) if away_by_hours else {}
        for user, absences in self._get_member_absences().items():
            for begin, end in absences:
                if begin <= now and (not end or end > until):
                    away[user] = end and max(end, away.get(user) or end)
        return away

    def _get_returns(self, company, now):
        """Return ``{user: the next moment he works, naive UTC, or False within a year}``."""
        year = WorkingHours(self, company, now, now + _YEAR)
        returns = {}
        for user in self:
            back, _hours = year.get_absence(user, company)
            returns[user] = back.astimezone(pytz.utc).replace(tzinfo=None) if back else False
        return returns

    def _get_member_absences(self):
        """Return ``{user: [(begin, end)]}`` by his memberships, naive UTC; end False: open."""
        # sudo: whoever plans a call; the dates are shown to nobody
        members = self.env["crm.team.member"].sudo()
        domain = ["|", ("lead_absent_from", "!=", False), ("lead_absent_to", "!=", False)]
        absences = {}
        for member in members.search([("user_id", "in", self.ids), *domain]):
            zone = pytz.timezone(member.user_id._get_lead_tz())
            absences.setdefault(member.user_id, []).append(
                (
                    _midnight(member.lead_absent_from, zone) or datetime.min,
                    _midnight(member.lead_absent_to, zone, days=1),
                )
            )
        return absences

    def _get_work_intervals(self, start, end):
        """Take the days on which he is away by his membership out of his working time."""
        found = super()._get_work_intervals(start, end)
        for begin, finish in self._get_member_absences().get(self, []):
            found = [
                part for span in found for part in _without(span, begin, finish or datetime.max)
            ]
        return found


def _midnight(day, zone, days=0):
    """Return the naive UTC moment at which ``day`` (plus ``days``) begins in ``zone``."""
    if not day:
        return False
    local = zone.localize(datetime.combine(day + timedelta(days=days), time.min))
    return local.astimezone(pytz.utc).replace(tzinfo=None)


def _without(span, begin, end):
    """Return the parts of ``span``, naive or zoned, outside of naive UTC ``begin`` to ``end``."""
    zoned = span[0].tzinfo
    if zoned:
        begin, end = (
            pytz.utc.localize(min(max(moment, datetime(1970, 1, 2)), datetime(9000, 1, 1)))
            for moment in (begin, end)
        )
    parts = (span[0], min(span[1], begin)), (max(span[0], end), span[1])
    return [part for part in parts if part[0] < part[1]]
