import doctest
from email import message_from_string

import pytest
from lead_followup_tools import bounces
from lead_followup_tools.bounces import hard_failures

REPORT = """Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

550 5.1.1 <prose@ample.example> does not exist
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

{groups}
--b--
"""


def read(*groups):
    return hard_failures(message_from_string(REPORT.format(groups="\n\n".join(groups))))


def group(address="ann@ample.example", action="failed", status="5.1.1"):
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}"


def test_doctests():
    assert doctest.testmod(bounces).failed == 0


@pytest.mark.parametrize("status", ["5.1.1", "5.0.0", "5.1.10", "5.4.1 (access denied)"])
@pytest.mark.parametrize("action", ["failed", "Failed", "FAILED (for good)"])
def test_failed_for_good(action, status):
    assert read(group(action=action, status=status)) == {"ann@ample.example"}


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("delayed", "4.4.1"),
        ("failed", "4.4.7"),  # given up after days: the server was away, not the address
        ("delayed", "5.1.1"),
        ("delivered", "2.1.5"),
        ("relayed", "2.0.0"),
        ("expanded", "2.0.0"),
        ("failed", ""),
        ("", "5.1.1"),
        ("failed", "55"),
    ],
)
def test_not_failed_for_good(action, status):
    assert read(group(action=action, status=status)) == set()


def test_each_recipient_is_judged_alone():
    assert read(
        group("ann@ample.example"),
        group("bob@ample.example", action="delayed", status="4.2.2"),
        group("<Cleo@ample.example>"),
    ) == {"ann@ample.example", "cleo@ample.example"}


def test_the_address_first_written_to_counts_as_well():
    forwarded = "Original-Recipient: rfc822;ann@ample.example\n" + group("old@private.example")
    assert read(forwarded) == {"ann@ample.example", "old@private.example"}


def test_a_report_without_recipients_names_nobody():
    assert read("X-Nothing: here") == set()


def test_what_is_no_report_names_nobody():
    text = "Subject: failure notice\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\n"
    assert hard_failures(message_from_string(text)) == set()
