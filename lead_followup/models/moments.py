"""Moments and days in words, in the reader's language and calendar."""

from odoo import fields
from odoo.tools import format_date, format_datetime

from ..tools.solar_hijri import reads_solar_hijri, solar_day, solar_weekday
from ..tools.timing.clock import to_local


def format_moment(env, moment, tz, with_year=False):
    """Return ``moment`` (naive UTC) on the clock of ``tz``: “Mon 23 Nov 13:00”.

    Odoo formats on the server by the Gregorian calendar alone; its web client does not, and both
    stand side by side.
    """
    if reads_solar_hijri(env.lang or ""):
        local = to_local(moment, tz)
        return f"{format_day(env, local.date(), with_year)} {local:%H:%M}"
    day = "EEE d MMM y," if with_year else "EEE d MMM"
    return format_datetime(env, moment, tz=tz, dt_format=f"{day} HH:mm")


def format_day(env, day, with_year=True):
    """Return ``day``, a date or its text, with its weekday: “Monday 23 November 2026”."""
    day = fields.Date.to_date(day)
    if reads_solar_hijri(env.lang or ""):
        return f"{solar_weekday(day)} {solar_day(day, env.lang, with_year)}"
    return format_date(env, day, date_format="EEEE d MMMM y" if with_year else "EEEE d MMMM")
