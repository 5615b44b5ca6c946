"""Postal codes that a spreadsheet took for numbers."""

_FIVE_DIGITS = frozenset({"US", "DE", "FR", "IT", "ES", "TR", "MX"})


def postcode(text: str, country: str | None) -> str | None:
    """Return the code with the zero a spreadsheet cut off, where the country has five digits.

    >>> postcode("4109", "DE"), postcode("1010", "AT"), postcode("2108.0", "US")
    ('04109', '1010', '02108')
    """
    text = " ".join(text.split())
    if text.endswith(".0") and text[:-2].isdecimal():
        text = text[:-2]
    if country in _FIVE_DIGITS and text.isascii() and text.isdecimal() and len(text) == 4:
        return "0" + text
    return text or None
