"""Which links of a mail lead to where its reader gets no more of them."""

import re
from urllib.parse import urlsplit

_WORDS = re.compile(
    r"(?<![a-z])(unsubscribe[dr]?|opt[-_]?out|list[-_]manage|"
    r"(e?mail|newsletter|subscription)[-_]preferences|abmelde[nm]?|abmeldung|desabonne(r|ment)|"
    r"desinscri(re|ption)|abonelikten[-_]cik)(?![a-z])"
)


def is_opt_out_address(url: str | None) -> bool:
    """Tell whether ``url`` leads to a page for opting out, by the words of its path or host.

    What comes after the question mark says where a reader comes from, not where he goes.

    >>> is_opt_out_address("https://pumps.example/newsletter/unsubscribe?id=7")
    True
    >>> is_opt_out_address("https://pumps.example/Opt-Out"), is_opt_out_address("/lead/opt-out/7/x")
    (True, True)
    >>> is_opt_out_address("https://pumps.example/prices?from=unsubscribe")
    False
    >>> is_opt_out_address("https://pumps.example/adopt-outdoor-pumps"), is_opt_out_address(None)
    (False, False)
    """
    try:
        parts = urlsplit((url or "").casefold())
    except ValueError:  # what somebody has typed into a mail
        return False
    return bool(_WORDS.search(f"{parts.netloc}{parts.path}"))
