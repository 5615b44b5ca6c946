import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL

from .lead_import_forecast import GivesWay

_logger = logging.getLogger(__name__)

_TRIES = 5  # forecasts in the way of somebody, or crossed by somebody's work, are tried again
_PAUSE = timedelta(minutes=1)
_GIVING_WAY = "giving way"


class LeadImport(models.Model):
    """The forecast of a long file, in the background, out of everybody's way.

    To be carried out and taken back, an import must hold the known leads and the assignment
    rules it changes. After each chunk it looks whether anybody waits for them; then it is taken
    back and begun anew a minute later. What two transactions did to each other is tried again
    likewise; what the server broke off for its time is not.
    """

    _inherit = "lead.import"

    forecast_tries = fields.Integer(readonly=True, copy=False)

    def action_forecast(self):
        result = super().action_forecast()
        # sudo: the program counts
        self.filtered("forecast_tries").sudo().forecast_tries = 0
        return result

    @api.model
    def _cron_work_out_forecasts(self):
        """Work out the forecasts asked for; one that the server broke off says so."""
        cron = self.env["ir.cron"]
        jobs = self.search([("forecast_state", "in", ("asked", "running"))], order="id")
        cron._commit_progress(remaining=len(jobs))
        for job in jobs:
            if not job.try_lock_for_update():
                continue
            # found running: a server was killed over it, most likely for the time it took
            broke_off = job.forecast_state == "running"
            job.forecast_state = "failed" if broke_off else "running"
            job._send_progress()
            if not cron._commit_progress(int(broke_off)):
                return
            if not broke_off:
                job._work_out_in_background()
                job._send_progress()
                if not cron._commit_progress(1):
                    return

    def _work_out_in_background(self):
        """Work this forecast out, or ask for it again where somebody was in its way."""
        self.ensure_one()
        if self.state != "previewed":
            self.forecast_state = False
            return
        try:
            with self.env.cr.savepoint(flush=False):
                self._work_out_forecast(_GIVING_WAY)
                self.env.flush_all()
        except (GivesWay, OperationalError) as crossed:
            # whole: a snapshot that has met newer work would meet it again
            self.env.cr.rollback()
            self.env.invalidate_all(flush=False)
            self._ask_again(crossed)

    def _ask_again(self, crossed):
        """Have the forecast tried in a minute, up to a limit; then it has failed."""
        tries = self.forecast_tries + 1
        is_last = tries >= _TRIES
        _logger.info("Forecast of import %s, try %s, gave way: %s", self.id, tries, crossed)
        self.write({"forecast_state": "failed" if is_last else "asked", "forecast_tries": tries})
        if not is_last:
            cron = self.env.ref("lead_followup.ir_cron_work_out_forecasts")
            cron._trigger(at=fields.Datetime.now() + _PAUSE)

    def _forget_cache(self):
        result = super()._forget_cache()
        if self.env.context.get("lead_forecast") == _GIVING_WAY and self._is_waited_for():
            raise GivesWay("somebody waits for a record it holds")
        return result

    def _is_waited_for(self):
        """Tell whether another transaction waits for a lock that this one holds."""
        # not pg_stat_activity: inside a transaction that stays as it was looked at first
        [(found,)] = self.env.execute_query(
            SQL(
                """SELECT EXISTS (
                       SELECT 1 FROM pg_locks
                        WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"""
            )
        )
        return found
