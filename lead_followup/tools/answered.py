"""Which e-mails a reply says it answers."""

import re
from collections.abc import Mapping

_MESSAGE_ID = re.compile(r"<[^<>\s]+>")


def answered_ids(headers: Mapping[str, str]) -> list[str]:
    """Return the Message-Ids, in angle brackets, of what a message answers; empty if it is silent.

    ``References`` names the whole thread, so it counts only where ``In-Reply-To`` is missing, and
    then by its last entry alone.

    :param headers: of the message; names in any letter case.

    Source: RFC 5322, section 3.6.4.

    >>> answered_ids({"In-Reply-To": "<b@x>", "References": "<a@x> <b@x>"})
    ['<b@x>']
    >>> answered_ids({"references": "<a@x>\\n <b@x>"}), answered_ids({"Subject": "Re: Pumps"})
    (['<b@x>'], [])
    """
    lowered = {name.lower(): value for name, value in headers.items()}
    named = _MESSAGE_ID.findall(lowered.get("in-reply-to") or "")
    return named or _MESSAGE_ID.findall(lowered.get("references") or "")[-1:]
