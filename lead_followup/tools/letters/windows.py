"""Where an address stands on a sheet so that it shows in the envelope's window. Millimetres."""

import textwrap
import unicodedata
from typing import NamedTuple

_LINE = 4.23  # twelve points, for letters of ten
_LEAST_LINE = 3.3  # below that, letters under eight points
_LETTER_SIZE = 0.83  # of the line
_LETTER_WIDTH = 0.6  # of the letter's size, on the wide side of what fonts have


class Window(NamedTuple):
    """The room for the address on a sheet, from its upper left corner."""

    paper: str  # "A4" or "Letter"
    left: float
    top: float
    width: float
    height: float
    sender_top: float | None  # of the sender's small line; none where the envelope has its own
    body_top: float  # of the text under it


class FittedAddress(NamedTuple):
    """An address in the lines and the size in which it fits."""

    lines: tuple[str, ...]
    line_height: float
    letter_size: float


class AddressTooLong(Exception):
    """An address has more lines than the window shows in letters that can be read."""


# A folded sheet slides in its envelope; an address must show wherever it lies.
# - left: DIN 5008 form B for a DIN 680 window (45 x 90, 20 from the left); the sender's line is
#   the last of the upper zone, the address has the lower one of 27.3.
# - right: a DL envelope of 110 x 220 whose window of 35 x 100 stands 20 from the right and from the
#   lower edge shows 100 to 190 and 55 to 79 of the sheet at all times.
# - us_10: a #10 envelope of 104.8 x 241.3 whose window of 28.6 x 114.3 stands 22.2 from the left
#   and 12.7 from the lower edge shows 22.2 to 111 and 63.5 to 80.4 of the sheet at all times; five
#   lines and a little play are 20.
WINDOWS = {
    "left": Window("A4", 25, 62.7, 80, 27.3, 57.7, 100),
    "right": Window("A4", 110, 55, 80, 24, 50, 100),
    "us_10": Window("Letter", 25, 62, 86, 20, None, 95),
}


def fit_address(lines: list[str], window: Window) -> FittedAddress:
    """Give the address in lines that are no wider and together no higher than the window.

    Long lines go on in the next one; the more lines, the smaller they are.

    :param lines: without empty ones.
    :raises AddressTooLong: it would be too small to read.

    >>> fit_address(["Ample Pumps Inc.", "1 Sample St"], WINDOWS["left"]).line_height
    4.23
    >>> fit_address([str(n) for n in range(8)], WINDOWS["left"]).line_height
    3.41
    """
    height = _LINE
    while height >= _LEAST_LINE:
        columns = int(window.width / (height * _LETTER_SIZE * _LETTER_WIDTH))
        wrapped = [part for line in lines for part in textwrap.wrap(line, columns)]
        if len(wrapped) * height <= window.height:
            return FittedAddress(tuple(wrapped), height, round(height * _LETTER_SIZE, 2))
        room = window.height / len(wrapped)
        height = min(int(room * 100) / 100, height - 0.01)
    raise AddressTooLong(len(lines))


def has_right_to_left(text: str) -> bool:
    """Tell whether any letter of ``text`` is written from right to left.

    >>> has_right_to_left("12 Sample St, خیابان"), has_right_to_left("12 Sample St")
    (True, False)
    """
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def is_right_to_left(text: str) -> bool:
    """Tell whether ``text`` is written from right to left, by its first letter.

    >>> is_right_to_left("12 خیابان"), is_right_to_left("12 Sample St"), is_right_to_left("12")
    (True, False, False)
    """
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
