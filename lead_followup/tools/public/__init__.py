"""What comes in by a public form: judged before anything is done with it."""

from .adverts import has_address
from .languages import best_language
from .names import first_name
from .networks import network_of
from .texts import clean_line, clean_lines, fault_of, is_token

__all__ = [
    "best_language",
    "clean_line",
    "clean_lines",
    "fault_of",
    "first_name",
    "has_address",
    "is_token",
    "network_of",
]
