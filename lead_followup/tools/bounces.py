"""Which addresses a delivery report says mail can never reach."""

from collections.abc import Iterator
from email.message import Message


def hard_failures(message: Message) -> set[str]:
    """Give the addresses, in lower case, that ``message`` reports as failed for good.

    Only a report that a machine can read counts, and only where the action is “failed” with a
    status of 5.x.x: what is delayed, expired (4.x.x), delivered or relayed may still arrive. The
    address first written to counts beside the one it was forwarded to.

    :return: empty for anything else, such as an absence notice.

    Source: RFC 3464, sections 2.3.1 to 2.3.4.

    >>> from email import message_from_string
    >>> hard_failures(message_from_string('''Content-Type: message/delivery-status
    ...
    ... Reporting-MTA: dns; mx.example
    ...
    ... Final-Recipient: rfc822; Ann@ample.example
    ... Action: failed
    ... Status: 5.1.1
    ... '''))
    {'ann@ample.example'}
    """
    found = set()
    for group in _recipient_groups(message):
        action = _word(group, "Action")
        if action == "failed" and _word(group, "Status").startswith("5."):
            found |= {_address(group, name) for name in ("Final-Recipient", "Original-Recipient")}
    return found - {""}


def _recipient_groups(message: Message) -> Iterator[Message]:
    """Give the fields of each recipient of each report inside; the first group is the server's."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (group for group in part.get_payload() if "Final-Recipient" in group)


def _word(group: Message, name: str) -> str:
    """Give the first word of a field, which a comment may follow."""
    words = str(group.get(name, "")).lower().split()
    return words[0] if words else ""


def _address(group: Message, name: str) -> str:
    """Give the address of “rfc822; address”, with or without angle brackets."""
    _type, _semicolon, address = str(group.get(name, "")).partition(";")
    return address.strip().strip("<>").lower()
