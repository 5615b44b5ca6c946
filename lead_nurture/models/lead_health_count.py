import logging

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import trend

_logger = logging.getLogger(__name__)


class LeadHealthCount(models.Model):
    """What a check counted in a company by the end of a week, or so far in the running one.

    Leads without a company, where there are any, have a row of their own. The program alone writes
    the rows, every night.
    """

    _name = "lead.health.count"
    _description = "Process Check, Week by Week"
    _order = "week desc, id desc"
    _rec_name = "week"

    check_id = fields.Many2one("lead.health.check", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", ondelete="cascade")
    week = fields.Date("Week Of", required=True, help="Its Monday.")
    count = fields.Integer(required=True)

    _once_a_week = models.UniqueIndex(
        "(check_id, week, COALESCE(company_id, 0))", "A check is counted once a company and week."
    )


class LeadHealthCheck(models.Model):
    _inherit = "lead.health.check"

    @api.model
    def _cron_count(self):
        """Keep what the checks count today, each in a transaction; a broken one is switched off.

        Killed, it goes on with those that are not counted yet.
        """
        todo = Domain("counted_on", "=", False) | Domain("counted_on", "<", fields.Date.today())
        cron = self.env["ir.cron"]
        checks = self.search(todo, order="id")
        cron._commit_progress(remaining=len(checks))
        for check in checks:
            if check.try_lock_for_update():  # else somebody changes it: tomorrow
                check._keep_count_apart()
            if not cron._commit_progress(1):
                break

    def _keep_count_apart(self):
        """Keep the count of this check; where its filter no longer works it is switched off."""
        try:
            with self.env.cr.savepoint():
                self._keep_count()
        except psycopg2.OperationalError:
            raise  # two transactions met: the scheduler tries again
        except Exception as error:  # whatever a filter can raise, the other checks go on
            _logger.exception("Process check %s does not work, switched off", self.id)
            self._switch_off(str(error) or type(error).__name__)

    def _keep_count(self):
        """Write this week's row of this check for each company; the last of a week stays.

        One count and one look at the rows, for any number of companies.
        """
        self.ensure_one()
        today = fields.Date.today()
        week = trend.week_start(today)
        found = self.env[self.model]._read_group(self._get_domain(), ["company_id"], ["__count"])
        count_by_company = {company.id: count for company, count in found}
        companies = self.company_id or self.env["res.company"].search([("active", "=", True)])
        counts = self.env["lead.health.count"]
        known = {
            row.company_id.id: row
            for row in counts.search([("check_id", "=", self.id), ("week", "=", week)])
        }
        new = []
        for company_id in (*companies.ids, False):
            count = count_by_company.get(company_id, 0)
            if company_id in known:
                known[company_id].count = count
            elif company_id or count:
                new.append(
                    {
                        "check_id": self.id,
                        "company_id": company_id,
                        "week": week,
                        "count": count,
                    }
                )
        counts.create(new)
        self.counted_on = today
