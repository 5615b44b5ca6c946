"""Survey answers as canonical codes: budget, authority, timeframe. None: cannot be read."""

import re
from functools import lru_cache

from . import answer_words as words
from .folding import INVISIBLE, even_out
from .number_words import read_counts, read_numbers

_SPACES = re.compile(r"\s+")
_MAX_ANSWER = 120  # longer texts are remarks, not answers
_SMALL = 1000  # no amount, unless a currency says so
_BUDGETS = ((10_000, "lt10k"), (50_000, "10k_50k"), (250_000, "50k_250k"))
_BUDGET_CODES = frozenset({"none", "lt10k", "10k_50k", "50k_250k", "gt250k"})
_AUTHORITY_CODES = frozenset({"none", "end_user", "influencer", "decision_maker"})
_BUDGET_ENDS = frozenset({0, 10, 50, 250})  # "10-50" with no unit means thousands
_TIMEFRAMES = ((3, "0_3m"), (6, "3_6m"), (12, "6_12m"))
_TIMEFRAME_CODES = frozenset({"none", "0_3m", "3_6m", "6_12m", "gt12m"})


def _folded(text: str) -> str:
    """Return the answer evened, its punctuation kept, half-spaces as spaces."""
    return _SPACES.sub(" ", INVISIBLE.sub("", even_out(text.replace("\u200c", " ")))).strip()


@lru_cache(maxsize=8192)
def budget_code(text: str) -> str | None:
    """Return none, lt10k, 10k_50k, 50k_250k or gt250k, in the currency of the file.

    A range counts by its middle, an open one by its end.

    >>> budget_code("$10,000 - $50,000"), budget_code("über 250.000 EUR"), budget_code("nessuno")
    ('10k_50k', 'gt250k', 'none')
    >>> budget_code("کمتر از ده هزار دلار"), budget_code("to be discussed") is None
    ('lt10k', True)
    """
    answer = _folded(text)
    if answer in _BUDGET_CODES:
        return answer
    if not answer or len(answer) > _MAX_ANSWER:
        return None
    numbers = read_numbers(answer)
    if not numbers:
        return "none" if words.NO_BUDGET.search(answer) or words.NO.match(answer) else None
    if max(numbers) < _SMALL and not words.CURRENCY.search(answer):
        if any(map(str.isalpha, answer)):
            return None  # "Pump P-200", "5 people"
        if len(numbers) > 1 or answer[:1] in "<>≤≥" or answer[-1:] == "+":
            if not _BUDGET_ENDS.issuperset(numbers):
                return None
            numbers = [number * 1000 for number in numbers]
    amount = numbers[0] if len(numbers) == 1 else sum(numbers[:2]) / 2
    if len(numbers) == 1 and words.OVER.search(answer):
        amount = numbers[0] * 1.000001
    elif len(numbers) == 1 and words.UNDER.search(answer):
        amount = numbers[0] * 0.999999
    if amount == 0:
        return "none"
    if amount == 250_000:
        return "50k_250k"
    return next((code for limit, code in _BUDGETS if amount < limit), "gt250k")


@lru_cache(maxsize=8192)
def authority_code(text: str) -> str | None:
    """Return none, end_user, influencer or decision_maker.

    >>> authority_code("Final decision maker"), authority_code("Mitentscheider")
    ('decision_maker', 'influencer')
    >>> authority_code("بدون نقش"), authority_code("Plant Manager") is None
    ('none', True)
    """
    answer = _folded(text)
    if answer in _AUTHORITY_CODES:
        return answer
    if answer.replace(" ", "_") in _AUTHORITY_CODES:
        return answer.replace(" ", "_")
    if not answer or len(answer) > _MAX_ANSWER:
        return None
    # "no role in purchase" names no role, "influences the decision maker" does not decide
    for code, pattern in (
        ("none", words.NO),
        ("none", words.NO_AUTHORITY),
        ("influencer", words.INFLUENCER),
        ("decision_maker", words.DECISION_MAKER),
        ("end_user", words.END_USER),
    ):
        if pattern.search(answer):
            return code
    return None


@lru_cache(maxsize=8192)
def timeframe_code(text: str) -> str | None:
    """Return none, 0_3m, 3_6m, 6_12m or gt12m.

    >>> timeframe_code("6-12 months"), timeframe_code("12+ months"), timeframe_code("Just looking")
    ('6_12m', 'gt12m', 'none')
    >>> timeframe_code("innerhalb von 3 Monaten"), timeframe_code("بیش از یک سال")
    ('0_3m', 'gt12m')
    """
    answer = _folded(text)
    if answer in _TIMEFRAME_CODES:
        return answer
    if not answer or len(answer) > _MAX_ANSWER:
        return None
    if words.NO_TIMEFRAME.search(answer):
        return "none"
    if words.NEXT_YEAR.search(answer):
        return "6_12m"
    unit = next((months for months, pattern in words.TIME_UNITS if pattern.search(answer)), None)
    counts = read_counts(answer)
    # "more than a year", "plus d'un an", "ein halbes Jahr"
    if unit and not counts and not words.SEVERAL.search(answer):
        counts = [0.5] if words.HALF.search(answer) else [1.0] * bool(words.ONE.search(answer))
    numbers = [number * (unit or 1.0) for number in counts]
    if not numbers or (unit is None and not _bare_months(answer)):
        return "0_3m" if words.AT_ONCE.search(answer) else None
    return _by_months(numbers, answer)


def _bare_months(answer: str) -> bool:
    """Tell "3-6", "<3", "12+" (months understood) from other texts with numbers."""
    return bool(
        re.fullmatch(r"[<>≤≥]?\s*\d{1,2}\s*(?:\+|(?:[-–]|to|bis|a|تا)\s*\d{1,2})?\s*m?", answer)
    )


def _by_months(numbers: list[float], answer: str) -> str:
    end = numbers[1] if len(numbers) > 1 else numbers[0]
    if len(numbers) == 1 and words.OVER.search(answer):
        end = numbers[0] + 0.1
    return next((code for limit, code in _TIMEFRAMES if end <= limit), "gt12m")
