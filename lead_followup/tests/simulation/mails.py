"""What comes back when a mail went out, as mail programs and servers write it."""

_REPLY = """From: {sender}
To: sales@seller.example.com
Subject: {subject}
Message-ID: <{token}@answers.example>
Date: {moment:%a, %d %b %Y %H:%M:%S} +0000
In-Reply-To: {message_id}
References: {message_id}
{headers}Content-Type: text/plain; charset=utf-8

{body}
"""
_BOUNCE = """Return-Path: <>
From: MAILER-DAEMON@mail.seller.example.com (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: bounce@seller.example.com
Auto-Submitted: auto-replied
Message-ID: <{token}@mail.seller.example.com>
Date: {moment:%a, %d %b %Y %H:%M:%S} +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

<{address}>: 550 5.1.1 Recipient address rejected: User unknown

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.seller.example.com

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--part
Content-Type: text/rfc822-headers

Message-Id: {message_id}
To: {address}

--part--
"""


def reply(sender, message_id, moment, token):
    """Give a person's answer, as text."""
    return _answer(sender, message_id, moment, token, "Re: Your mail", "Yes, call me.")


def absence(sender, message_id, moment, token, has_header):
    """Give what a machine says of somebody who is away; ``has_header``: it says so by header."""
    subject = "Your mail" if has_header else "Automatic reply: Your mail"
    headers = "Auto-Submitted: auto-replied\n" if has_header else ""
    body = "I am out of the office until Monday."
    return _answer(sender, message_id, moment, token, subject, body, headers)


def bounce(address, message_id, moment, token):
    """Give a mail server's report that ``address`` does not exist."""
    return _BOUNCE.format(address=address, message_id=message_id, moment=moment, token=token)


def _answer(sender, message_id, moment, token, subject, body, headers=""):
    return _REPLY.format(
        sender=sender,
        message_id=message_id,
        moment=moment,
        token=token,
        subject=subject,
        body=body,
        headers=headers,
    )
