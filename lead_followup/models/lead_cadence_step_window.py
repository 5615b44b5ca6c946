from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import babel_locale_parse

from ..tools import timing

_DAYS = (1, 2, 3, 4, 5, 6)  # no country works seven
_DAY_FIELDS = tuple(f"is_window_day_{day}" for day in _DAYS)


class LeadCadenceStep(models.Model):
    """When in the lead's week and day a step is made: in its channel's best hours, or its own.

    Days are working days of the lead's own week: the 2nd is Tuesday where the week begins on
    Monday, Monday where it begins on Sunday. Where a deadline cannot be met in them, the lead's
    working day before it is taken, as with the channel's hours.
    """

    _inherit = "lead.cadence.step"

    window_mode = fields.Selection(
        [("channel", "The channel's best hours"), ("own", "Days and hours of its own")],
        string="Made During",
        default="channel",
    )
    is_window_day_1 = fields.Boolean("1st", default=False)
    is_window_day_2 = fields.Boolean("2nd", default=True)
    is_window_day_3 = fields.Boolean("3rd", default=True)
    is_window_day_4 = fields.Boolean("4th", default=True)
    is_window_day_5 = fields.Boolean("5th", default=False)
    is_window_day_6 = fields.Boolean("6th", default=False)
    window_hours = fields.Char(
        "Hours",
        help="By the lead's own clock, for example 14:00–16:30, or several: 9–12, 14–17. "
        "22:00–02:00 runs over midnight and belongs to the day on which it begins.",
    )
    window_text = fields.Char("When", compute="_compute_window_text")
    window_hint = fields.Char(compute="_compute_window_hint")

    @api.depends("window_mode", "window_hours", *_DAY_FIELDS)
    @api.depends_context("company", "lang")
    def _compute_window_text(self):
        for step in self:
            own = step.window_mode == "own"
            try:
                step.window_text = own and step._describe_window(step._read_window())
            except timing.HoursError:  # it is being written just now
                step.window_text = False

    @api.depends("company_id")
    @api.depends_context("company", "lang")
    def _compute_window_hint(self):
        for step in self:
            step.window_hint = self.env._(
                "Days count in each lead's own working week. In your country they are %(days)s.",
                days=", ".join(step._get_home_days()),
            )

    @api.constrains("window_mode", "window_hours", *_DAY_FIELDS)
    def _check_window(self):
        for step in self.filtered(lambda step: step.window_mode == "own"):
            if not step._get_window_days():
                raise ValidationError(
                    self.env._(
                        "The step “%(step)s” has no day on which it could be made.\n"
                        "Tick working days, or choose the channel's best hours.",
                        step=step.name,
                    )
                )
            try:
                timing.read_hours(step.window_hours)
            except timing.HoursError as error:
                raise ValidationError(step._describe_hours_error(error.part)) from error

    def _describe_hours_error(self, part):
        self.ensure_one()
        if not part:
            return self.env._(
                "The step “%(step)s” has days of its own and no hours.\n"
                "Write some, like 14:00–16:30, or choose the channel's best hours.",
                step=self.name,
            )
        return self.env._(
            "“%(part)s” are no hours of a day (step “%(step)s”).\n"
            "Write start and end, like 14:00–16:30; several with commas, like 9–12, 14–17.",
            part=part,
            step=self.name,
        )

    def _get_window(self):
        """Return the ``timing.Window`` of this step; None where it keeps to its channel's."""
        self.ensure_one()
        return self._read_window() if self.window_mode == "own" else None

    def _read_window(self):
        return timing.Window(
            days=self._get_window_days(), hours=timing.read_hours(self.window_hours)
        )

    def _get_window_days(self):
        return tuple(day for day, name in zip(_DAYS, _DAY_FIELDS, strict=True) if self[name])

    def _describe_window(self, window):
        """Return the window in words, its days by their names at home where they are worked."""
        home = self._get_home_days()
        days = ", ".join(
            home[day - 1] if day <= len(home) else self._get_day_label(day) for day in window.days
        )
        return f"{days} {timing.hours_text(window.hours)}"

    def _get_home_days(self):
        """Return the short names of the days worked at home, in the order of the week."""
        country = (self.company_id or self.env.company).country_id
        names = babel_locale_parse(self.env.lang or "en_US").days["stand-alone"]["abbreviated"]
        return [names[weekday - 1] for weekday in timing.working_week(country.code)]

    def _get_day_label(self, day):
        return self._fields[_DAY_FIELDS[day - 1]].get_description(self.env)["string"]
