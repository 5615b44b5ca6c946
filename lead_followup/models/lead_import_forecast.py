import logging
from collections import Counter

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL, split_every

_logger = logging.getLogger(__name__)


class GivesWay(Exception):
    """Somebody waits for a record that a forecast holds: it is taken back and tried later."""


class LeadImport(models.Model):
    """The forecast: who will be contacted how and when, said before anything is written.

    It is not a second planner. The import itself is carried out in a savepoint, read, and taken
    back whole, so that assignment, scores, caps, calendars and what other addons do all count.
    Nothing of it stays and nothing leaves the house: no mail, no note, no wake-up of a cron.
    """

    _name = "lead.import"
    _inherit = ["lead.import", "lead.forecast.mixin"]

    # rows; up to here a person waits for it (about two seconds), beyond it is background work
    _FORECAST_AT_ONCE = 150

    forecast = fields.Json("Forecast Figures", readonly=True, copy=False)
    forecast_state = fields.Selection(
        [
            ("asked", "To be worked out"),
            ("running", "Being worked out"),
            ("ready", "Ready"),
            ("failed", "Failed"),
        ],
        readonly=True,
        copy=False,
    )
    forecast_at = fields.Datetime("As of", readonly=True, copy=False)
    mailed_count = fields.Integer(
        "Will Be E-mailed", compute="_compute_mailed_count", help="People the cadence e-mails."
    )

    @api.depends("forecast", "forecast_state", "new_count", "enriched_count")
    def _compute_mailed_count(self):
        """Give the forecast's figure; while there is none the most it can be."""
        for job in self:
            if job.forecast_state == "ready":
                job.mailed_count = job.forecast["mailed_count"]
            else:
                job.mailed_count = job._count_mailed_at_most()

    def _count_mailed_at_most(self):
        self.ensure_one()
        if not self.ids or not self._get_cadence().step_ids:
            return 0
        return self.env["lead.import.row"].search_count(
            [
                ("import_id", "in", self.ids),
                ("verdict", "in", ("new", "enriched")),
                ("is_known_customer", "=", False),
            ]
        )

    def action_forecast(self):
        """Work the forecast out anew: at once for a short file, else in the background."""
        self.check_access("write")
        for job in self.filtered(lambda job: job.state == "previewed"):
            if job.row_count <= self._FORECAST_AT_ONCE:
                job._work_out_forecast()
            else:
                job.sudo().write({"forecast_state": "asked"})  # sudo: the program says
                self.env.ref("lead_followup.ir_cron_work_out_forecasts").sudo()._trigger()

    def _work_out_forecast(self, mode=True):
        """Write the forecast, and beside each row when its person is contacted first.

        :param mode: value of the context key ``lead_forecast``; others may tell forecasts apart.
        """
        self.ensure_one()
        # as the background run will: by the scheduler's user, without what a screen has set
        job = self.with_env(self.env(user=SUPERUSER_ID, context={"lead_forecast": mode}))
        try:
            forecast, contacts = job._foresee()
        except (OperationalError, GivesWay):
            raise  # two transactions met: whoever called tries again
        except Exception:
            _logger.exception("The forecast of import %s failed", self.id)
            job.write({"forecast": False, "forecast_state": "failed"})
            return
        job.write(
            {
                "forecast": forecast,
                "forecast_state": "ready",
                "forecast_at": fields.Datetime.now(),
            }
        )
        job._write_first_contacts(contacts)
        self.invalidate_recordset()

    def _foresee(self):
        """Return ``(forecast, first contacts)`` of an import that is carried out and taken back.

        :return: the forecast as ``_read_forecast`` gives it; ``[(row id, channel, moment, is
            late)]``, channel and moment None for a row whose person gets no first contact.
        """
        self = self.with_company(self.company_id)
        with self._taken_back():
            while rows := self._get_next_rows():
                rows._write_leads()._update_scores()
                self._forget_cache()
            self._get_written_leads()._offer_qualified()
            cadence = self._get_cadence()
            if cadence.step_ids:
                for batch in self._get_batches_to_enroll(self._get_rows_to_enroll()):
                    cadence._enroll(batch).import_id = self
                    self._forget_cache()
            return self._read_forecast(cadence), self._read_first_contacts()

    def _read_forecast(self, cadence):
        """Return the figures of the import as it stands now.

        :return: the figures of ``lead.cadence.enrollment._read_forecast``, and with them
            ``{lead_count, cadence_id, left_out: {why: count}}``.
        """
        enrollments = self.env["lead.cadence.enrollment"].search([("import_id", "=", self.id)])
        rows = self._get_counted_rows()
        leads, customers = rows.lead_id, rows.filtered("is_known_customer").lead_id
        return {
            **enrollments._read_forecast(self.company_id._get_lead_tz()),
            "lead_count": len(leads),
            "cadence_id": cadence.id,
            "left_out": dict(
                Counter(
                    "customer" if lead in customers else self._why_left_out(lead)
                    for lead in leads - enrollments.lead_id
                )
            ),
        }

    def _get_counted_rows(self):
        """Return the rows that stand for a person who comes in: a new lead or a known one."""
        return self.row_ids.filtered(lambda row: row.verdict in ("new", "enriched"))

    @api.model
    def _why_left_out(self, lead):
        """Return the word for why ``lead`` enters no cadence by this import."""
        if lead.not_a_buyer or lead.lifecycle == "disqualified":
            return "not_a_buyer"
        if lead.do_not_contact:
            return "do_not_contact"
        if lead.enrollment_id:
            return "in_cadence"
        return "other"

    def _read_first_contacts(self):
        enrollments = self.env["lead.cadence.enrollment"].search([("import_id", "=", self.id)])
        planned = enrollments.touch_ids.filtered(
            lambda touch: touch.state in ("planned", "queued")
        ).sorted("planned_at", reverse=True)
        first = {
            touch.lead_id: (touch.channel, touch.planned_at, touch.is_late_by_plan)
            for touch in planned
        }
        nothing = (None, None, False)
        return [(row.id, *first.get(row.lead_id, nothing)) for row in self._get_counted_rows()]

    def _write_first_contacts(self, contacts):
        """Note beside each row when and how its person hears from us first; in sets."""
        self.env["lead.import.row"].flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE lead_import_row SET planned_channel = NULL, planned_at = NULL,
                          is_late_by_plan = FALSE
                    WHERE import_id = %s AND planned_at IS NOT NULL""",
                self.id,
            )
        )
        for batch in split_every(1000, (contact for contact in contacts if contact[1])):
            self.env.cr.execute_values(
                """UPDATE lead_import_row SET planned_channel = v.channel,
                          planned_at = v.planned_at, is_late_by_plan = v.is_late
                     FROM (VALUES %s) AS v (id, channel, planned_at, is_late)
                    WHERE lead_import_row.id = v.id""",
                batch,
            )
        self.env["lead.import.row"].invalidate_model(
            ["planned_channel", "planned_at", "is_late_by_plan"]
        )
