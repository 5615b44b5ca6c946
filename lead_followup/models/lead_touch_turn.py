import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

_logger = logging.getLogger(__name__)

_HOUR = timedelta(hours=1)
_BATCH = 500  # e-mails that are given a moment at once


class LeadTouch(models.Model):
    """Queued e-mails whose turn has passed or not come yet get a new moment in their windows.

    After a stop, by the switch or of the server, what has piled up is planned anew under the
    sender's cap and pace; it neither leaves in one burst nor at an hour nobody chose.
    """

    _inherit = "lead.touch"

    @api.model
    def _get_overdue_domain(self):
        """Return which queued e-mails should have gone out more than an hour ago.

        By their plan as well as by the mail's date: whoever moves a mail knows what he does.
        """
        now = fields.Datetime.now()
        return (
            Domain("channel", "=", "email")
            & Domain("state", "=", "queued")
            & Domain("planned_at", "<", now - _HOUR)
            & Domain("enrollment_id.state", "=", "active")
            & Domain("mail_id.state", "=", "outgoing")
            & Domain("mail_id.scheduled_date", "<=", now)
        )

    @api.model
    def _plan_overdue_anew(self):
        """Plan anew what the mail queue is late with; what its company stops is left alone."""
        overdue = self.search(self._get_overdue_domain(), order="id")
        running = overdue.filtered(
            lambda touch: not touch._get_sending_company().lead_sending_stopped
        )
        for batch in split_every(_BATCH, running.ids, self.browse):
            batch._plan_anew_apart()

    def _plan_anew_apart(self):
        """Plan these anew; one that can't be has failed, in sight, and holds up no other mail."""
        try:
            with self.env.cr.savepoint():
                self._plan_anew()
        except OperationalError:
            _logger.info("Overdue e-mails are somebody else's at this moment: %s", self)
        except Exception as error:
            if len(self) == 1:
                _logger.exception("Overdue e-mail could not be planned anew: %s", self)
                self.mail_id.cancel()
                self._mark_failed(str(error)[:200])
                return
            for touch in self:
                touch._plan_anew_apart()

    def _hand_to_mail_queue(self):
        """Let the mail queue send these mails, that somebody wants sent at once, at its next turn.

        What was late by its plan is not any more: he knows what he does.
        """
        now = fields.Datetime.now()
        outgoing = self.filtered(lambda touch: touch.mail_id.state == "outgoing")
        outgoing.mail_id.write({"scheduled_date": now})
        outgoing.filtered(
            lambda touch: touch.state == "queued" and touch._is_due()
        ).planned_at = now
        if outgoing:
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _is_due(self):
        """Tell whether the planned moment has come; a mail may have been moved before it."""
        self.ensure_one()
        return bool(self.planned_at) and self.planned_at <= fields.Datetime.now()

    def _get_room_by_sender(self):
        """Return ``{user: e-mails}`` that may still go out within this hour, where there is a
        limit."""
        limit_by_sender = {}
        for touch in self:
            limit = touch._get_sending_company().lead_email_hourly
            if limit:
                limit_by_sender[touch.user_id] = limit
        if not limit_by_sender:
            return {}
        rows = self._read_group(
            [
                ("user_id", "in", [user.id for user in limit_by_sender]),
                ("channel", "=", "email"),
                ("state", "=", "done"),
                ("done_at", ">", fields.Datetime.now() - _HOUR),
            ],
            ["user_id"],
            ["__count"],
        )
        sent_by_sender = dict(rows)
        return {
            user: limit - sent_by_sender.get(user, 0) for user, limit in limit_by_sender.items()
        }

    def _plan_anew(self):
        """Give these queued e-mails a new moment from now; block those that find none.

        Those that may not go out any more are promised no other moment: they are blocked as well.
        """
        if not self:
            return
        _logger.info("%s e-mails missed their turn and are planned anew", len(self))
        self.planned_at = False  # their old places don't count against the cap
        doubled = self.enrollment_id._filter_same_address()
        for reason, touches in self.grouped(
            lambda touch: touch._get_send_obstacle(doubled)
        ).items():
            if reason:
                touches._block(reason)
        left = self.filtered(lambda touch: touch.state != "blocked")
        while left:
            turn = left._get_first_of_each()
            left -= turn
            turn._plan_anew_at_once()

    def _plan_anew_at_once(self):
        step_by_enrollment = {touch.enrollment_id: touch.step_id for touch in self}
        moments = self.enrollment_id._choose_moments(step_by_enrollment)
        placed = self.browse()
        for touch in self:
            enrollment = touch.enrollment_id
            vals = enrollment._prepare_moment_vals(moments[enrollment])
            if vals["state"] == "blocked":
                touch._block(vals["reason"])
                continue
            touch.write({**vals, "state": "queued"})
            placed |= touch
        placed.enrollment_id._note_coming()
        placed._schedule_mails()
