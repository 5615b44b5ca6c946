"""Hours as people type them, each beside its near miss."""

import pytest
from lead_followup_tools.timing import HoursError, Window, hours_text, read_hours


@pytest.mark.parametrize(
    "text, expected",
    [
        ("14:00-16:30", (("14:00", "16:30"),)),
        ("9-12, 14-17", (("09:00", "12:00"), ("14:00", "17:00"))),
        ("9.30 \u2013 12.00;14-17", (("09:30", "12:00"), ("14:00", "17:00"))),
        ("22:00-02:00", (("22:00", "02:00"),)),  # over midnight
        ("20-24", (("20:00", "24:00"),)),
        ("0-24", (("00:00", "24:00"),)),
        ("9am-12pm", (("09:00", "12:00"),)),
        ("12 a.m. - 1 P.M.", (("00:00", "13:00"),)),
        ("\u06f1\u06f4:\u06f0\u06f0-\u06f1\u06f6", (("14:00", "16:00"),)),
        ("9-12,", (("09:00", "12:00"),)),  # a comma too many says nothing
    ],
)
def test_what_is_typed_is_read(text, expected):
    assert read_hours(text) == expected
    assert read_hours(hours_text(expected)) == expected
    assert Window((1,), expected).has_hours


@pytest.mark.parametrize(
    "text, part",
    [
        ("", ""),
        (None, ""),
        (" , ", ""),
        ("14:00", "14:00"),
        ("9-12, noon", "noon"),
        ("9-12-14", "9-12-14"),
        ("24:00-02:00", "24:00-02:00"),
        ("9-24:01", "9-24:01"),
        ("9:60-12", "9:60-12"),
        ("13pm-14", "13pm-14"),
        ("0am-3", "0am-3"),
        ("9-9", "9-9"),
        ("9am-09:00", "9am-09:00"),
        ("-12", "-12"),
    ],
)
def test_what_is_no_hours_is_named(text, part):
    with pytest.raises(HoursError) as raised:
        read_hours(text)

    assert raised.value.part == part
