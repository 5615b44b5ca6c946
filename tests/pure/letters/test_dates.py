import datetime as dt

import pytest
from lead_followup_tools.letters import letter_date


@pytest.mark.parametrize(
    ("day", "language", "expected"),
    [
        (dt.date(2026, 3, 20), "en_US", "March 20, 2026"),
        (dt.date(2026, 3, 20), "en_GB", "20 March 2026"),
        (dt.date(2026, 3, 1), "fr_FR", "1 mars 2026"),
        (dt.date(2026, 3, 20), "fa_IR", "۲۹ اسفند ۱۴۰۴"),
        (dt.date(2026, 3, 21), "fa_IR", "۱ فروردین ۱۴۰۵"),
        (dt.date(2025, 3, 20), "fa_IR", "۳۰ اسفند ۱۴۰۳"),  # a leap year
        (dt.date(2026, 3, 20), "fa_AF", "۲۹ حوت ۱۴۰۴"),
        (dt.date(2026, 3, 20), "fr_XX", "20 mars 2026"),
        (dt.date(2026, 3, 20), "xx_XX", "March 20, 2026"),
        (dt.date(2026, 3, 20), "sr@latin", "20. mart 2026."),
        (dt.date(2026, 3, 20), "sr@Cyrl", "20. март 2026."),
    ],
)
def test_a_date_reads_as_its_reader_writes_it(day, language, expected):
    assert letter_date(day, language) == expected
