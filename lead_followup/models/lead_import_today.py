import logging

import pytz
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

_logger = logging.getLogger(__name__)

_CROSSED = (OperationalError, ConcurrencyError)


class LeadImport(models.Model):
    """A day's captures at one door of one show: an import that stays open for more.

    What is taken down at the booth, or filled in by a visitor or for a friend, is written at
    once. What else follows, offers and cadence, the background run does soon after, once for each
    record, however often it comes by and wherever it is killed.
    """

    _inherit = "lead.import"

    door = fields.Selection(
        [("booth", "Booth"), ("poster", "Poster"), ("referral", "Referral")],
        readonly=True,
        copy=False,
        help="Where the records of this import were taken down; none for a file.",
    )
    door_date = fields.Date("Captured On", readonly=True, copy=False)

    _door_unique = models.UniqueIndex(
        "(door, company_id, COALESCE(trade_show_id, 0), door_date)"
        " WHERE door IS NOT NULL AND state <> 'undone'",
        "The captures of a day are in one import.",
    )

    @api.depends("door", "door_date")
    def _compute_name(self):
        result = super()._compute_name()
        for job in self.filtered("door"):
            job = job._in_company_lang()
            door = dict(self._fields["door"]._description_selection(job.env))[job.door]
            day = format_date(job.env, job.door_date, date_format="d MMM")
            job.name = ", ".join(filter(None, (door, job.trade_show_id.name, day)))
        return result

    def _in_company_lang(self):
        lang = self.company_id.partner_id.lang
        return self.with_context(lang=lang) if lang else self

    @api.model
    def _get_program_only(self):
        return super()._get_program_only() | {"door", "door_date"}

    @api.model
    def _open_door(self, door, show, company):
        """Return the import in which today's captures are noted; the first makes it.

        Nobody can take it back before what is noted in it now is kept. The background run goes
        on meanwhile: a key share is in the way of nobody who only says how far it is.
        """
        day = self._get_day(show, company)
        job = self.search(
            [
                ("door", "=", door),
                ("company_id", "=", company.id),
                ("trade_show_id", "=", show.id),
                ("door_date", "=", day),
                ("state", "!=", "undone"),
            ],
            limit=1,
        )
        if job:
            job._keep_open()
            return job
        job = self.with_context(mail_create_nolog=True).create(
            {
                "trade_show_id": show.id,
                "company_id": company.id,
                "tz": show.tz or company.partner_id.tz or "UTC",
                "door": door,
                "door_date": day,
                "state": "queued",
                "phase": "offer",
            }
        )
        job.file_name = job.name  # as the list of imports names it
        job.flush_recordset()
        return job

    def _keep_open(self):
        """Let nobody take this import back before this transaction is kept."""
        self.env.cr.execute(SQL("SELECT FROM lead_import WHERE id = %s FOR KEY SHARE", self.id))

    @api.model
    def _get_day(self, show, company):
        """Return today's date at the show."""
        zone = pytz.timezone(show.tz or company.partner_id.tz or "UTC")
        return pytz.utc.localize(fields.Datetime.now()).astimezone(zone).date()

    @api.model
    def _cron_run_imports(self):
        # What came in since a run that failed is a reason to try again, though not at once.
        jobs = self.search(self._get_waiting_domain("done", "failed"))
        if jobs:
            jobs.write({"state": "queued", "phase": "offer", "message": False})
        result = super()._cron_run_imports()
        if self.search_count(self._get_waiting_domain("done"), limit=1):  # they came meanwhile
            self.env.ref("lead_followup.ir_cron_run_imports")._trigger()
        return result

    @api.model
    def _get_waiting_domain(self, *states):
        """Return which imports in one of ``states`` have captures to be followed up."""
        waiting = self.env["lead.import.row"]._search([("follow_up", "!=", False)])
        return (
            Domain("door", "!=", False)
            & Domain("state", "in", states)
            & Domain("row_ids", "in", waiting)
        )

    def _track_prepare(self, fields_iter):
        """Leave the many short runs of a day out of its history."""
        return super(LeadImport, self.filtered(lambda job: not job.door))._track_prepare(
            fields_iter
        )

    def _get_written_leads(self):
        if not self.door:
            return super()._get_written_leads()
        return self._get_rows_to_follow_up("offer").lead_id

    def _offer_leads(self):
        """Offer the leads; one at a time where that fails, so that one holds back no other."""
        if not self.door:
            return super()._offer_leads()
        try:
            with self.env.cr.savepoint():
                return super()._offer_leads()
        except _CROSSED:
            raise
        except Exception:
            _logger.exception("The leads of import %s could not be offered together", self.id)
        for lead in self._get_written_leads():
            self._offer_alone(lead)
        return None

    def _offer_alone(self, lead):
        try:
            with self.env.cr.savepoint():
                lead._offer_qualified()
        except _CROSSED:
            raise
        except Exception:  # left visibly undone: it has no salesperson, and its clock runs
            _logger.exception("%s could not be offered", lead)

    def _note_offered(self):
        self._get_rows_to_follow_up("offer").follow_up = "enroll"
        return super()._note_offered()

    def _get_rows_to_enroll(self):
        rows = super()._get_rows_to_enroll()
        return rows.filtered(lambda row: row.follow_up == "enroll") if self.door else rows

    def _note_followed_up(self):
        self._get_rows_to_follow_up("enroll").follow_up = False
        return super()._note_followed_up()

    def _get_rows_to_follow_up(self, step):
        return self.env["lead.import.row"].search(
            [("import_id", "=", self.id), ("follow_up", "=", step), ("is_done", "=", True)]
        )

    def _get_lead_type(self):
        """Return “lead” where the company's people use leads: nobody in person has imported."""
        if not self.door:
            return super()._get_lead_type()
        everybody = self.env.ref("base.group_user").all_implied_ids
        uses_leads = self.env.ref("crm.group_use_lead") in everybody
        responsible = self.trade_show_id.user_id
        if not uses_leads and responsible:
            uses_leads = responsible.has_group("crm.group_use_lead")
        return "lead" if uses_leads else "opportunity"

    def _get_cadence(self):
        """Return the show's cadence; without a show, the one for those who come by themselves."""
        if self.door and not self.trade_show_id:
            return self.company_id.lead_auto_cadence_id.filtered("active")
        return super()._get_cadence()

    def _post_summary(self):
        """Keep the one note of a day up to date where it stands: nobody is told anew each time."""
        known = self.summary_message_id if self.door else self.summary_message_id.browse()
        if not known:
            return super()._post_summary()
        known.body = self._get_summary_body()
        return None
