import datetime as dt
import doctest

import pytest
from lead_followup_tools import solar_hijri
from lead_followup_tools.solar_hijri import reads_solar_hijri, solar_day, solar_weekday


def test_doctests():
    assert doctest.testmod(solar_hijri).failed == 0


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (dt.date(2026, 3, 20), "جمعه 29 اسفند 1404"),
        (dt.date(2026, 3, 21), "شنبه 1 فروردین 1405"),
        (dt.date(2025, 3, 20), "پنجشنبه 30 اسفند 1403"),  # a leap year has a day more
        (dt.date(2026, 11, 23), "دوشنبه 2 آذر 1405"),
    ],
)
def test_days(day, text):
    assert f"{solar_weekday(day)} {solar_day(day, 'fa_IR')}" == text


def test_who_reads_it():
    found = [code for code in ("fa_IR", "fa_AF", "ar_001", "en_US", "") if reads_solar_hijri(code)]

    assert found == ["fa_IR", "fa_AF"]
