"""Whether a mail server's refusal is for now only."""

import re

_CODE = re.compile(r"\((\d{3}), b?['\"]")


def is_for_now(reason: str | None) -> bool:
    """Tell whether a mail server that was reached refused for now, having taken nothing.

    :param reason: what Odoo keeps of the failure, which holds the answers of the server as Python
        writes them. One answer for good among them, and the whole is.

    Source: RFC 5321, section 4.2.1: 4yz is a transient negative completion, 5yz a permanent one.

    >>> is_for_now("SMTPRecipientsRefused: {'a@b.example': (451, b'4.7.1 Greylisted')}")
    True
    >>> is_for_now("SMTPDataError: (554, b'5.7.1 Spam')"), is_for_now("no route"), is_for_now(None)
    (False, False, False)
    >>> is_for_now("{'a@b.example': (451, b'later'), 'c@d.example': (550, b'no such user')}")
    False
    """
    codes = _CODE.findall(reason or "")
    return bool(codes) and all(code.startswith("4") for code in codes)
