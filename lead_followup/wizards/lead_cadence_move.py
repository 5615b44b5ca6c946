from collections import Counter
from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.moments import format_moment


class LeadCadenceMove(models.TransientModel):
    """Asks to which moment the next touch of leads is moved, and says what speaks against it.

    The rules propose; a person may decide otherwise, but not for the past.
    """

    _name = "lead.cadence.move"
    _description = "Move What Comes Next"

    enrollment_ids = fields.Many2many("lead.cadence.enrollment", readonly=True)
    moment = fields.Datetime(
        "When", compute="_compute_moment", store=True, readonly=False, required=True
    )
    subject = fields.Char("What", compute="_compute_subject")
    their_time = fields.Char("There", compute="_compute_warning")
    warning = fields.Text(compute="_compute_warning")

    @api.depends("enrollment_ids")
    def _compute_moment(self):
        """Propose the moment it has, while that lies ahead and is one for all."""
        for wizard in self:
            moments = set(wizard._get_touches().mapped("planned_at"))
            ahead = {moment for moment in moments if moment > fields.Datetime.now()}
            wizard.moment = ahead.pop() if len(moments) == len(ahead) == 1 else False

    @api.depends("enrollment_ids")
    def _compute_subject(self):
        for wizard in self:
            touches = wizard._get_touches()
            titles = Counter(touch._get_title() for touch in touches)
            names = ", ".join(
                title if len(touches) == 1 else f"{title} ({count})"
                for title, count in titles.items()
            )
            wizard.subject = names

    @api.depends("enrollment_ids", "moment")
    def _compute_warning(self):
        for wizard in self:
            touches = wizard._get_touches()
            wizard.warning = wizard.moment and wizard._describe_faults(touches)
            wizard.their_time = False
            if wizard.moment and len(touches) == 1:
                place = touches.lead_id._get_place()
                wizard.their_time = format_moment(self.env, wizard.moment, place.tz, with_year=True)

    def action_move(self):
        """Move what comes next of the chosen enrollments; say how many.

        :raises UserError: the moment is over, or nothing is left to be moved.
        """
        self.ensure_one()
        moved = self.enrollment_ids._move_next(self.moment)
        if not moved:
            raise UserError(
                self.env._("Meanwhile nothing is left to be moved. Look at the leads again.")
            )
        count = len(self.enrollment_ids)
        text = self.env._("Moved for %(done)s of %(all)s.", done=len(moved), all=count)
        return self.enrollment_ids._tell(text, is_all=len(moved) == count)

    def _get_touches(self):
        # _origin: a wizard being filled in holds copies of the enrollments
        enrollments = self.enrollment_ids._origin
        enrollments.check_access("read")
        return enrollments._get_next_touches()._filter_movable()

    def _describe_faults(self, touches):
        """Return what speaks against the moment, a sentence a line."""
        if self.moment <= fields.Datetime.now():
            return self.env._("This moment is over.")
        faults_by_touch = touches._get_moment_faults_of_each(self.moment)
        counts = Counter(fault for faults in faults_by_touch.values() for fault in faults)
        counts["capped"] = len(self._filter_over_cap(touches))
        texts = self._get_fault_texts()
        if len(touches) == 1:
            return "\n".join(text for fault, text in texts.items() if counts[fault])
        return "\n".join(
            self.env._(
                "%(count)s of %(all)s: %(what)s", count=counts[fault], all=len(touches), what=text
            )
            for fault, text in texts.items()
            if counts[fault]
        )

    def _get_fault_texts(self):
        """Return ``{word: sentence}`` of what may speak against a moment; others may add theirs."""
        return {
            "late": self.env._("It misses the deadline of the first contact."),
            "night": self.env._("It is no working hour there: night, weekend or a holiday."),
            "rep_away": self.env._("Whoever calls is not at work then."),
            "not_best": self.env._("It is not in the hours in which this works best."),
            "capped": self.env._("The sender's cap of e-mails a day is used up on that day."),
        }

    def _filter_over_cap(self, touches):
        """Return the e-mails whose sender has more on that day than the cap allows."""
        over = touches.browse()
        emails = touches.filtered(lambda touch: touch.channel == "email")
        for (user, company), mine in emails.grouped(
            lambda touch: (touch.user_id, touch.company_id or self.env.company)
        ).items():
            if company.lead_email_cap:
                begin, end = self._get_day(company)
                taken = touches.search_count(
                    [
                        ("channel", "=", "email"),
                        ("user_id", "=", user.id),
                        ("state", "in", ("planned", "queued", "sending", "done")),
                        ("planned_at", ">=", begin),
                        ("planned_at", "<", end),
                        ("id", "not in", mine.ids),
                    ]
                )
                over |= mine[max(0, company.lead_email_cap - taken) :]
        return over

    def _get_day(self, company):
        """Return the begin and end of the moment's day where ``company`` works, naive UTC."""
        day_start = self.env["lead.cadence.enrollment"]._get_day_start
        zone = pytz.timezone(company._get_lead_tz())
        day = pytz.utc.localize(self.moment).astimezone(zone).date()
        return day_start(day, company), day_start(day + timedelta(days=1), company)
