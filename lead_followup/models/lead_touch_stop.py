import logging
from datetime import datetime

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

HELD_UNTIL = datetime(9999, 1, 1)  # no mail queue gets there


class LeadTouch(models.Model):
    """E-mails that a company holds back are out of the mail queue's sight until it lets them go.

    They stay in the queue with a date that never comes, so that any number of them keeps no other
    mail waiting. Let go, they come back batch by batch: what has its moment still before it keeps
    it, the rest is planned anew. Killed anywhere it goes on; a mail is either held or has its
    moment, so that none is lost and none goes out twice.
    """

    _inherit = "lead.touch"

    _HELD_UNTIL = HELD_UNTIL
    _RELEASE_BATCH = 500  # e-mails a transaction

    def _schedule_mails(self):
        """Give mails their moment, unless their company holds all back."""
        held = self.filtered(lambda touch: touch._get_sending_company().lead_sending_stopped)
        held._hold()
        return super(LeadTouch, self - held)._schedule_mails()

    def _hold(self):
        """Take the waiting mails of these touches out of the mail queue's sight."""
        mails = self.mail_id.filtered(lambda mail: mail.state == "outgoing")
        mails.write({"scheduled_date": HELD_UNTIL})

    @api.model
    def _hold_all(self, companies):
        """Hold back all that waits in ``companies``, in one statement; return how many.

        What the mail queue is sending at this moment is left to it: touches are locked first, as
        the queue does.
        """
        for model, names in (
            ("lead.touch", ["channel", "state", "mail_id", "company_id", "user_id"]),
            ("mail.mail", ["state", "scheduled_date"]),
            ("res.users", ["company_id"]),
        ):
            self.env[model].flush_model(names)
        self.env.cr.execute(
            SQL(
                """WITH waiting AS (
                       SELECT t.mail_id
                         FROM lead_touch t
                         JOIN mail_mail m ON m.id = t.mail_id AND m.state = 'outgoing'
                         LEFT JOIN res_users u ON u.id = t.user_id
                        WHERE t.channel = 'email' AND t.state IN ('queued', 'failed')
                          AND COALESCE(t.company_id, u.company_id) IN %(companies)s
                          FOR UPDATE OF t)
                   UPDATE mail_mail SET scheduled_date = %(held_until)s
                     FROM waiting WHERE waiting.mail_id = mail_mail.id""",
                companies=tuple(companies.ids),
                held_until=HELD_UNTIL,
            )
        )
        self.env["mail.mail"].invalidate_model(["scheduled_date"])
        return self.env.cr.rowcount

    @api.model
    def _get_company_domain(self, companies):
        """Return which touches obey ``companies``, as ``_get_sending_company`` says."""
        return Domain("company_id", "in", companies.ids) | (
            Domain("company_id", "=", False) & Domain("user_id.company_id", "in", companies.ids)
        )

    @api.model
    def _get_held_domain(self):
        """Return which touches' e-mails are held back."""
        return (
            Domain("channel", "=", "email")
            & Domain("state", "in", ("queued", "failed"))
            & Domain("mail_id.state", "=", "outgoing")
            & Domain("mail_id.scheduled_date", "=", HELD_UNTIL)
        )

    @api.model
    def _get_released_domain(self):
        """Return which held e-mails may go; others may hold more."""
        companies = self.env["res.company"].search([("lead_sending_stopped", "=", False)])
        return self._get_held_domain() & self._get_company_domain(companies)

    @api.model
    def _cron_release_held(self):
        """Let go what no company holds back any more, a batch a transaction."""
        released = self._get_released_domain()
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(released))
        last_id = 0
        while batch := self.search(
            released & Domain("id", ">", last_id), order="id", limit=self._RELEASE_BATCH
        ):
            last_id = batch[-1].id
            batch.try_lock_for_update().filtered_domain(released)._release_apart()
            if not cron._commit_progress(len(batch)):
                break

    def _release_apart(self):
        """Let these e-mails go; where one can't, the others do, and it stays held."""
        try:
            with self.env.cr.savepoint():
                self._release()
        except OperationalError:
            raise  # two transactions met: the scheduler tries again
        except Exception:
            if len(self) == 1:
                _logger.exception("Held e-mail could not be let go: %s", self)
                return
            for touch in self:
                touch._release_apart()

    def _release(self):
        """Give these held e-mails their moment back, or a new one where it has passed."""
        now = fields.Datetime.now()
        overdue = self.filtered(
            lambda touch: (
                touch.state == "queued"
                and touch.planned_at <= now
                and touch.enrollment_id.state == "active"
            )
        )
        overdue._plan_anew()
        (self - overdue)._schedule_mails()
