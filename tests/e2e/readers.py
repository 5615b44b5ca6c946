"""What the reader of an e-mail does with it: follows its links, opts out, answers, fills in."""

import re
import urllib.error
import urllib.parse
import urllib.request
from html import unescape
from http.cookiejar import CookieJar

_BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"
_ANSWER = """From: {sender}
To: {to}
Subject: Re: {subject}
Message-ID: <{token}@reader.example>
In-Reply-To: {message_id}
References: {message_id}
Content-Type: text/plain; charset=utf-8

{text}
"""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_kwargs):
        return None


def follow(url):
    """Ask for a tracked link as a browser does; return where it leads."""
    request = urllib.request.Request(url, headers={"User-Agent": _BROWSER})
    try:
        urllib.request.build_opener(_NoRedirect).open(request, timeout=20)
    except urllib.error.HTTPError as answer:
        assert answer.code == 301, f"{url}: {answer.code}"
        return answer.headers["Location"]
    raise AssertionError(f"{url} leads nowhere")


def opt_out(mail):
    """Do what a mail program does at its button, by the headers of RFC 8058."""
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [url] = re.findall(r"<(http[^>]+)>", mail.message["List-Unsubscribe"])
    data = urllib.parse.urlencode({"List-Unsubscribe": "One-Click"}).encode()
    with urllib.request.urlopen(url, data=data, timeout=20) as answer:
        assert answer.status == 200


def write_answer(mail, text, token):
    """Return the answer of the reader of ``mail`` as his mail program writes it."""
    return _ANSWER.format(
        sender=mail.recipient,
        to=mail.message["Reply-To"] or mail.sender,
        subject=mail.subject,
        message_id=mail.message_id,
        text=text,
        token=token,
    )


class Form:
    """A public page with a form, as one browser sees it."""

    def __init__(self, url):
        self.url = url
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with self.browser.open(url, timeout=20) as answer:
            page = answer.read().decode()
        hidden = r'<input type="hidden" name="(csrf_token|form_key)" value="([^"]*)"'
        self.hidden = {name: unescape(value) for name, value in re.findall(hidden, page)}

    def send(self, **values):
        """Fill it in and send it; return the page that answers."""
        data = urllib.parse.urlencode({**self.hidden, **values}).encode()
        with self.browser.open(self.url, data=data, timeout=20) as answer:
            return answer.read().decode()
