"""The moment of a touch: zones, working weeks, windows, slots, spread sends and waits.

Every datetime that goes in or comes out is UTC without zone, as Odoo stores it. Nothing here reads
a clock. ``first_slot`` is the way in.
"""

from .hours import HoursError, hours_text, read_hours
from .place import Place, holidays_of
from .rep import RepTime
from .sends import Send, SendRequest, place_sends
from .slots import (
    LATE,
    WINDOW,
    WORKING_DAY,
    Blocked,
    KeptSlots,
    Slot,
    common_until,
    first_slot,
    is_open,
    slots,
)
from .waits import add_days, add_working_days
from .week import working_week
from .window import ANY_DAY, DAYTIME, DEFAULT_WINDOWS, Window
from .zones import country_of, zone_of, zone_of_country
