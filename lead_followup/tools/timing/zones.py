"""The time zone of a lead, from its phone numbers, else its country."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

import phonenumbers
import pytz
from phonenumbers import timezone as phone_timezone

from .clock import to_local

# zone.tab names the busiest zone of a country first, unless geography spoils it. Here it does.
_MAIN_ZONES = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "FM": "Pacific/Pohnpei",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}
_NEW_YEAR = dt.datetime(2026, 1, 1)  # any date on which clocks of one offset can be compared


def zone_of(phones: Sequence[str], country: str | None, fallback: str) -> str:
    """Give the name of the lead's time zone: the phone's, else the country's, else ``fallback``.

    The first number that points at one zone wins. Numbers that point at several (toll-free, some
    mobiles) come after those: of their zones the lead's country's main one, else the main one of
    the number's own country.

    :param phones: in E.164 form, best first; what is no such number, or
        empty, is passed over.
    :param country: ISO 3166 code of two letters of the lead, or none.
    :param fallback: a zone pytz knows; it is not checked.

    Source: libphonenumber's table of prefixes (through ``phonenumbers``) and zone.tab (``pytz``).

    >>> zone_of(["+18005551234", "+14155552671"], "US", "UTC")
    'America/Los_Angeles'
    >>> zone_of(["+18005551234"], "CA", "UTC"), zone_of([], "JP", "UTC"), zone_of([], None, "UTC")
    ('America/Toronto', 'Asia/Tokyo', 'UTC')
    """
    hints = [hint for hint in map(_phone_hint, filter(None, phones)) if hint]
    for zones, region in hints:
        if len(zones) == 1:
            return _own_zone(zones[0], region)
    for zones, region in hints:
        return _narrowed(zones, region, country)
    return zone_of_country(country) or fallback


@lru_cache(maxsize=512)
def zone_of_country(country: str | None) -> str | None:
    """Give the zone in which most of ``country`` lives; none for no or an unknown country.

    >>> zone_of_country("BR"), zone_of_country("XX")
    ('America/Sao_Paulo', None)
    """
    zones = _zones_of_country(country)
    return zones[0] if zones else None


def country_of(phones: Sequence[str], country: str | None = None) -> str | None:
    """Give the country of the lead: ``country`` where known, else that of the first number.

    >>> country_of(["+80012345678", "+989121234567"]), country_of(["+989121234567"], "DE")
    ('IR', 'DE')
    """
    if country:
        return country
    regions = (_region(number) for number in map(_parsed, filter(None, phones)) if number)
    return next((region for region in regions if region), None)


@lru_cache(maxsize=512)
def _zones_of_country(country: str | None) -> tuple[str, ...]:
    """Give the zones of ``country``, the main one first."""
    code = (country or "").upper()
    zones = list(pytz.country_timezones.get(code, ()))
    main = _MAIN_ZONES.get(code)
    if main in zones:
        zones.remove(main)
        zones.insert(0, main)
    return tuple(zones)


@lru_cache(maxsize=65536)
def _phone_hint(phone: str) -> tuple[tuple[str, ...], str | None] | None:
    """Give the zones a number may lie in and its country; none where it says nothing."""
    number = _parsed(phone)
    if number is None or not phonenumbers.is_possible_number(number):
        return None
    # The prefix table, mobiles too: the stricter call gives all of Russia for a Moscow mobile.
    zones = phone_timezone.time_zones_for_geographical_number(number)
    known = tuple(zone for zone in zones if zone in pytz.all_timezones_set)
    return (known, _region(number)) if known else None


def _parsed(phone: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return None


def _region(number: phonenumbers.PhoneNumber) -> str | None:
    region = phonenumbers.region_code_for_number(number)
    region = region or phonenumbers.region_code_for_country_code(number.country_code)
    return region if region in pytz.country_timezones else None


@lru_cache(maxsize=4096)
def _own_zone(zone: str, region: str | None) -> str:
    """Give the zone of ``region`` itself where the prefix table names a neighbour's.

    libphonenumber gives one zone for all that share an offset in winter: Bucharest for Libya,
    Paris for Algeria, whose clocks never jump.
    """
    own = _zones_of_country(region)
    if not own or zone in own:
        return zone
    wanted = to_local(_NEW_YEAR, zone)
    alike = [name for name in own if to_local(_NEW_YEAR, name) == wanted]
    if alike:
        return alike[0]
    return own[0] if len(own) == 1 else zone


def _narrowed(zones: tuple[str, ...], region: str | None, country: str | None) -> str:
    for code in (country, region):
        for zone in _zones_of_country(code):
            if zone in zones:
                return zone
    return zone_of_country(region) or sorted(zones)[0]
