"""Personal data: whose they are, how they are told, and how they are taken out of a text."""

from .blanking import blank, name_pattern
from .mentions import address_pattern
from .telling import tell

__all__ = ["address_pattern", "blank", "name_pattern", "tell"]
