"""Whether an incoming message was written by a person or by a machine."""

from collections.abc import Mapping

from .reply_subjects import says_automatic, says_read

# RFC 3834 and what mail programs used before it. ``Precedence: bulk`` and
# ``X-Auto-Response-Suppress`` alone are left out: genuine mail carries them as well.
_HEADERS = (
    "x-autoreply",
    "x-autoreply-from",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply",
    "x-mail-autoreply",
)
_PRECEDENCE = {"auto_reply", "auto-reply"}


def is_automatic(headers: Mapping[str, str], subject: str = "", answered: str = "") -> bool:
    """Tell whether a message is an automatic reply, such as an absence notice or a read receipt.

    :param headers: of the message; names in any letter case.
    :param subject: decoded.
    :param answered: the subject of the message that this one answers, where that is known.

    Sources: RFC 3834 (``Auto-Submitted``), RFC 8098 (receipts), the headers of older responders.

    >>> is_automatic({"Auto-Submitted": "auto-replied"}), is_automatic({"Auto-Submitted": "no"})
    (True, False)
    >>> is_automatic({}, "Automatic reply: Your request"), is_automatic({}, "Re: automatic valves")
    (True, False)
    >>> is_automatic({"Precedence": "bulk"}, "Re: Good to meet you")
    False
    """
    lowered = {name.lower(): value.strip().lower() for name, value in headers.items()}
    submitted = lowered.get("auto-submitted", "no").split(";")[0].strip()
    return bool(
        submitted != "no"
        or any(lowered.get(name, "no") != "no" for name in _HEADERS)
        or lowered.get("precedence") in _PRECEDENCE
        or lowered.get("x-precedence") in _PRECEDENCE
        or lowered.get("return-path") == "<>"  # RFC 5321: nobody is to answer a notification
        or "disposition-notification" in lowered.get("content-type", "")
        or says_automatic(subject)
        or says_read(subject, answered)
    )
