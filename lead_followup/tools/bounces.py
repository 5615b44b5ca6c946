"""Which addresses a delivery report says mail can never reach."""

from collections.abc import Iterator
from email.message import Message

_NOT_THE_ADDRESS = ("5.3.", "5.6.", "5.7.", "5.2.2", "5.2.3")


def hard_failures(message: Message) -> set[str]:
    """Give the addresses, in lower case, that ``message`` reports as failed for good.

    Only a report that a machine can read counts, and only where the action is “failed” with a
    status of 5.x.x: what is delayed, expired (4.x.x), delivered or relayed may still arrive. Nor
    does a status that speaks of the mail or its sender, not of the address: policy and spam
    (5.7.x), content (5.6.x), the server's own limits (5.3.x), a mailbox that is full or a mail too
    long for it (5.2.2, 5.2.3). A sender who is refused for a day would lose all addresses by it.
    The address first written to counts beside the one it was forwarded to.

    :return: empty for anything else, such as an absence notice.

    Sources: RFC 3464, sections 2.3.1 to 2.3.4; RFC 3463, section 3, for the meaning of a status.

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
        if action == "failed" and _is_of_address(_word(group, "Status")):
            found |= {_address(group, name) for name in ("Final-Recipient", "Original-Recipient")}
    return found - {""}


def _is_of_address(status: str) -> bool:
    """Tell whether a status says for good that mail to the address is in vain.

    >>> [_is_of_address(status) for status in ("5.1.1", "5.2.1", "5.4.1", "5.0.0", "5.1.10")]
    [True, True, True, True, True]
    >>> [_is_of_address(status) for status in ("4.1.1", "5.7.1", "5.2.2", "5.3.4", "5.6.0", "")]
    [False, False, False, False, False, False]
    """
    return status.startswith("5.") and not status.startswith(_NOT_THE_ADDRESS)


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
