"""The planner against the oracle over seeded random cases."""

import datetime as dt

import pytest
from lead_followup_tools.timing import (
    Blocked,
    Place,
    RepTime,
    Window,
    first_slot,
    read_hours,
    slots,
)

from .cases import random_case, random_own_case
from .oracle import answer, rules_by_minute

MINUTE = dt.timedelta(minutes=1)


def _asked(case):
    return {
        "now": case.now,
        "place": Place(case.tz, case.country),
        "deadline": case.deadline,
        "rep": RepTime(case.rep) if case.rep is not None else None,
        "window": Window(case.days, case.hours),
    }


def _joined_end(case, slot):
    """Give where ``slot`` ends when those of its rule that touch it are taken as one."""
    end = slot.end
    for other in slots(case.channel, **_asked(case)):
        if other.rule == slot.rule and other.start == end:
            end = other.end
        elif other.start > end:
            break
    return end


@pytest.mark.parametrize("seed", range(400))
def test_first_slot_is_the_oracles(seed):
    case = random_case(seed)

    slot = first_slot(case.channel, **_asked(case))

    planned = (
        None if isinstance(slot, Blocked) else (slot.start, _joined_end(case, slot), slot.rule)
    )
    assert planned == answer(case)


@pytest.mark.parametrize("seed", range(2000, 2200))
def test_first_slot_in_a_step_s_own_window_is_the_oracles(seed):
    case, typed = random_own_case(seed)
    asked = {**_asked(case), "window": Window(case.days, read_hours(typed))}

    slot = first_slot(case.channel, **asked)

    found = None
    if not isinstance(slot, Blocked):
        found = slot.start, _joined_end(case, slot), slot.rule
    assert found == answer(case), typed


@pytest.mark.parametrize("seed", range(1000, 1060))
def test_every_minute_of_ten_days_has_the_oracles_rule(seed):
    case = random_case(seed)
    until = case.now + dt.timedelta(days=10)

    found = [slot for slot in slots(case.channel, **_asked(case)) if slot.start < until]

    planned = {
        slot.start + i * MINUTE: slot.rule
        for slot in found
        for i in range((min(slot.end, until) - slot.start) // MINUTE)
    }
    minutes = sum((min(slot.end, until) - slot.start) // MINUTE for slot in found)
    assert minutes == len(planned), "slots overlap"
    assert planned == rules_by_minute(case, days=10)


def test_the_cases_reach_every_branch():
    answers = [answer(random_case(seed)) for seed in range(400)]

    assert {found and found[2] for found in answers} == {"window", "working_day", "late", None}


def test_the_cases_with_windows_of_their_own_reach_every_branch():
    answers = [answer(random_own_case(seed)[0]) for seed in range(2000, 2200)]

    assert {found and found[2] for found in answers} == {"window", "working_day", "late", None}
