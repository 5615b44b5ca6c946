"""What the cells of a column look like, whatever its heading says."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from .answers import authority_code, budget_code, timeframe_code
from .blanks import is_blank
from .clocks import has_clock
from .consent import names_refusal, yes_or_no
from .countries import country_code
from .dates import clock_time, is_date, is_serial, is_time
from .folding import ascii_digits, fold_words
from .names import is_academic_title, is_salutation
from .ratings import is_small_number, rating_code

_FEW = 8  # so few answers may all differ
_SAMPLE = 120  # filled cells looked at in a column
_EMAIL = re.compile(r"\S@\S+\.\S")
_PHONE = re.compile(r"(?:p:|tel:)?\+?[\d\s().\-/]{7,20}(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE)
_WEBSITE = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|de|fr|es|it|tr|ir|eu|io|co|uk|ch"
    r"|at|example|test)/?"
)
_LEGAL = re.compile(
    r"\b(?:inc|llc|ltd|limited|plc|corp|corporation|gmbh|mbh|ag|kg|ohg|e k|sarl|sas|s a|srl|spa"
    r"|s l|slu|bv|b v|nv|oy|ab|a s|as|aps|san|sti|pty|pvt|co|company|group|holding|university"
    r"|universitat|hochschule|universitesi"
    r"|ltda|z o o|ооо|оао|зао|пао|ао|ип|гк)\b|شرکت|صنایع|گروه صنعتی|بازرگانی|شرکه|موسسه|دانشگاه"
)
_MONEY = re.compile(
    r"[$€£¥₺₹﷼]|\d{1,3}[.,\s]000\b|\d\s?[kK]\b|\b(?:EUR|USD|GBP|CHF|TL|TRY|SAR|AED)\b"
)
_MONEY_WORDS = frozenset("budget butce بودجه هزار میلیون میزانیه presupuesto million دلار".split())
_CAPITAL = "[A-ZÀ-ÞĀ-ŽΆ-ΏΑ-ΩЀ-Я]"
_PARTICLE = "(?:van|von|de|der|den|di|da|do|dos|al|el|bin|la|le)"
_CASELESS = "[\u0590-\u05ff\u0600-\u06ff\u200c]"  # Hebrew, Arabic
_PERSON = re.compile(
    rf"(?:{_CAPITAL}[\w.'’-]*|{_PARTICLE}\b|{_CASELESS}+)"
    rf"(?:,?\s+(?:{_CAPITAL}[\w.'’-]*|{_PARTICLE}\b|{_CASELESS}+)){{1,3}}"
)
_WORDS_ONLY = re.compile(r"[^\W\d_][^\d@:;=<>]*")


class Column:
    """The filled cells of one column; each share is between 0 and 1, 0 for an empty column."""

    def __init__(self, heading: str, cells: Iterable[str]):
        self.heading = heading
        self.cells = [cell for cell in (raw.strip() for raw in cells) if not is_blank(cell)][
            :_SAMPLE
        ]

    def _share(self, test: Callable[[str], object]) -> float:
        return sum(1 for cell in self.cells if test(cell)) / len(self.cells) if self.cells else 0.0

    @property
    def is_empty(self) -> bool:
        return not self.cells

    @cached_property
    def emails(self) -> float:
        return self._share(_EMAIL.search)

    @cached_property
    def addresses_meant(self) -> float:
        """E-mail addresses, mistyped ones included."""
        return self._share(lambda cell: "@" in cell or ".at." in cell)

    @cached_property
    def phones(self) -> float:
        return self._share(_is_phone)

    @cached_property
    def digits(self) -> float:
        return self._share(lambda cell: sum(char.isdecimal() for char in cell) >= 5)

    @cached_property
    def dates(self) -> float:
        return self._share(lambda cell: is_date(cell) or is_serial(cell) or _is_epoch(cell))

    @cached_property
    def times(self) -> float:
        """Times of day, a spreadsheet's parts of a day among them."""
        return self._share(lambda cell: is_time(clock_time(cell)))

    @cached_property
    def clocks(self) -> float:
        """Dates that name a time of day as well."""
        return self._share(has_clock)

    @cached_property
    def websites(self) -> float:
        return self._share(_WEBSITE.fullmatch)

    @cached_property
    def countries(self) -> float:
        return self._share(country_code)

    @cached_property
    def country_names(self) -> float:
        """Countries by more than one letter, which could be a mark."""
        return self._share(lambda cell: len(cell) > 1 and country_code(cell))

    @cached_property
    def ratings(self) -> float:
        return self._share(rating_code)

    @cached_property
    def rating_words(self) -> float:
        return self._share(
            lambda cell: len(cell) > 2 and not cell.isdecimal() and rating_code(cell)
        )

    @cached_property
    def grades(self) -> float:
        """The letters of a scale; 0 for one letter alone, which grades nothing."""
        share = self._share(lambda cell: cell.upper() in ("A", "B", "C"))
        return share if len(set(self.cells)) > 1 else 0.0

    @cached_property
    def marks(self) -> float:
        return self._share(is_small_number)

    @cached_property
    def consents(self) -> float:
        """Yes, no, and words that refuse by themselves."""
        return self._share(lambda cell: yes_or_no(cell) is not None or names_refusal(cell))

    @cached_property
    def salutations(self) -> float:
        return self._share(is_salutation)

    @cached_property
    def academic_titles(self) -> float:
        return self._share(is_academic_title)

    @cached_property
    def companies(self) -> float:
        return self._share(lambda cell: _LEGAL.search(fold_words(cell)))

    @cached_property
    def budgets(self) -> float:
        return self._share(lambda cell: _is_money(cell) and budget_code(cell))

    @cached_property
    def authorities(self) -> float:
        return self._share(authority_code)

    @cached_property
    def timeframes(self) -> float:
        return self._share(lambda cell: not is_small_number(cell) and timeframe_code(cell))

    @cached_property
    def numbers(self) -> float:
        """Cells without a letter."""
        return self._share(lambda cell: not any(char.isalpha() for char in cell))

    @cached_property
    def words(self) -> float:
        return self._share(_WORDS_ONLY.fullmatch)

    @cached_property
    def sentences(self) -> float:
        """Several words, no address ("12 High St") and no product ("Pump P-200") among them."""
        return self._share(
            lambda cell: (
                " " in cell and len(cell) >= 10 and not any(map(str.isdecimal, cell[0] + cell[-1]))
            )
        )

    @cached_property
    def several_words(self) -> float:
        return self._share(lambda cell: " " in cell)

    @cached_property
    def person_like(self) -> float:
        """Two to four words with a capital each, or in a script that has none; hardly repeated."""
        return self._share(_PERSON.fullmatch) if self.variety > 0.5 else 0.0

    @cached_property
    def mean_length(self) -> float:
        return sum(map(len, self.cells)) / len(self.cells) if self.cells else 0.0

    @property
    def is_choice(self) -> bool:
        """A few short answers that come again, as from a list to choose from."""
        return self.variety <= 0.8 and len(set(self.cells)) <= 12

    @property
    def is_short_choice(self) -> bool:
        """As above, or too few cells to tell."""
        return self.is_choice or len(self.cells) < _FEW

    @cached_property
    def variety(self) -> float:
        return len(set(self.cells)) / len(self.cells) if self.cells else 0.0


def _is_phone(cell: str) -> bool:
    text = ascii_digits(cell)
    if is_date(text) or not _PHONE.fullmatch(text):
        return False
    digits = sum(char.isdecimal() for char in text)
    shaped = text[0] in "+(0" or any(char in " .-/()" for char in text)
    return 7 <= digits <= 15 and (shaped or 10 <= digits <= 13)


def _is_epoch(cell: str) -> bool:
    return cell.isascii() and cell.isdecimal() and len(cell) in (10, 13) and cell[0] in "12"


def _is_money(cell: str) -> bool:
    folded = fold_words(cell)
    if _is_phone(cell):
        return False
    return bool(_MONEY.search(cell)) or any(word in folded for word in _MONEY_WORDS)
