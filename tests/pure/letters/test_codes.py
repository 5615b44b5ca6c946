import itertools
import random

import pytest
from lead_followup_tools.letters import (
    ALPHABET,
    find_codes,
    format_code,
    is_mistyped,
    new_code,
    read_code,
)

CODES = [new_code(random.Random(seed)) for seed in range(20)]


def test_the_alphabet_has_no_look_alikes():
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set("0O1IL") & set(ALPHABET)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_read_however_it_is_typed(code):
    printed = format_code(code)

    for typed in (code, printed, printed.lower(), f" {printed} ", printed.replace("-", " – ")):
        assert read_code(typed) == code


@pytest.mark.parametrize("code", CODES)
def test_one_wrong_character_is_found(code):
    for place, char in itertools.product(range(len(code)), ALPHABET):
        wrong = code[:place] + char + code[place + 1 :]
        assert read_code(wrong) == (code if wrong == code else None)


@pytest.mark.parametrize("code", CODES)
def test_two_characters_that_changed_places_are_found(code):
    for one, other in itertools.combinations(range(len(code)), 2):
        chars = list(code)
        chars[one], chars[other] = chars[other], chars[one]
        wrong = "".join(chars)
        assert read_code(wrong) == (code if wrong == code else None)


@pytest.mark.parametrize(
    "typed", ["", "2", "2222222222A", "OOOOO-OOOOO", "1lI10-00000", "۲۲۲۲۲۲۲۲۲۲"]
)
def test_what_no_letter_carries_is_no_code(typed):
    assert read_code(typed) is None


def test_nothing_typed_is_not_mistyped():
    assert not is_mistyped("  ")
    assert is_mistyped("22222-22232")
    assert not is_mistyped("22222-2223W")


def test_codes_differ():
    chance = random.Random(1)

    assert len({new_code(chance) for _turn in range(10000)}) == 10000


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_found_in_a_text_whatever_stands_around_it(code):
    printed = format_code(code)

    for text in (
        f"My code is {printed}.",
        f"Every {printed} counts",  # “Every” has five characters of the alphabet
        f"({code.lower()})\nKind regards",
        f"Code:{printed.replace('-', ' – ')}!",
        f"رمز {printed}",
    ):
        assert find_codes(text) == [code]


@pytest.mark.parametrize("code", CODES[:3])
def test_no_code_is_found_inside_a_longer_word_or_with_a_wrong_character(code):
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")

    for text in (f"X{code}", f"{code}7", f"{code[:5]} and {code[5:]}", format_code(wrong), ""):
        assert find_codes(text) == []


def test_codes_are_found_in_their_order_each_once():
    first, second = CODES[:2]

    assert find_codes(f"{second} {first} {format_code(second)}") == [second, first]


def test_a_long_text_of_half_codes_is_read_in_no_time():
    assert find_codes("ABCDE-" * 50_000) == find_codes("ABCDE-" * 3)
