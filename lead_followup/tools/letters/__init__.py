"""What a printed letter needs: its answer code, its date, its place in the envelope's window."""

from .codes import ALPHABET, find_codes, format_code, is_mistyped, new_code, read_code
from .dates import letter_date
from .windows import (
    WINDOWS,
    AddressTooLong,
    Window,
    fit_address,
    has_right_to_left,
    is_right_to_left,
)
