"""In which of our languages somebody is spoken to."""

from collections.abc import Iterable


def best_language(wished: Iterable[str], ours: Iterable[str]) -> str | None:
    """Give the one of ``ours`` that suits ``wished`` best; none where nothing does.

    :param wished: tags of a browser, best first: “fa-IR”, “fa”, “pt_BR”.
    :param ours: codes of Odoo: “fa_IR”, “ar_001”, “en_US”.

    A language is worth more than its country: who asks for Swiss German first is given our German.

    >>> best_language(["fa", "en-US"], ["en_US", "fa_IR"])
    'fa_IR'
    >>> best_language(["de-CH", "en"], ["en_US", "en_GB", "de_DE"])
    'de_DE'
    >>> best_language(["en-GB"], ["en_US", "en_GB"])
    'en_GB'
    >>> best_language(["ja", "*"], ["en_US"]) is None
    True
    """
    codes = list(ours)
    for tag in wished:
        want = tag.replace("-", "_").casefold()
        exact = next((code for code in codes if code.casefold() == want), None)
        if exact:
            return exact
        alike = next((code for code in codes if _tongue(code) == _tongue(want)), None)
        if alike:
            return alike
    return None


def _tongue(code: str) -> str:
    return code.casefold().replace("@", "_").partition("_")[0]
