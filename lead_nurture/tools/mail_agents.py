"""What kind of program asks for a mail's picture or link, by the name it gives itself.

Lists as of November 2026, kept small: what a program admits is but one sign among others. Many
scanners call themselves a browser; ``mail_hits`` knows them by what they do.
"""

# Programs that check links for a mail server, fetch a preview, or read the web for themselves.
_SCANNERS = (
    "barracuda",
    "mimecast",
    "proofpoint",
    "symantec",
    "messagelabs",
    "trendmicro",
    "fireeye",
    "trellix",
    "zscaler",
    "sophos",
    "forcepoint",
    "cloudmark",
    "urlscan",
    "virustotal",
    "safelinks",
    "preview",
    "slackbot",
    "facebookexternalhit",
    "whatsapp",
    "telegrambot",
    "headlesschrome",
    "phantomjs",
    "python-requests",
    "python-urllib",
    "aiohttp",
    "curl/",
    "wget/",
    "go-http-client",
    "okhttp",
    "apache-httpclient",
    "libwww-perl",
    "crawler",
    "spider",
    "bot/",
    "bot;",
    "bot)",
)

# Services that load pictures on the reader's behalf when he opens the mail, or before.
_RELAYS = ("googleimageproxy", "yahoomailproxy", "ggpht.com")

# What Apple's Mail Privacy Protection says, whoever reads and whether he does.
_PRIVACY_AGENTS = frozenset({"mozilla/5.0"})


def kind_of_agent(name: str | None) -> str:
    """Give ``scanner``, ``privacy``, ``relay``, ``blank`` or ``browser``.

    :param name: the User-Agent header; may be missing.

    >>> kind_of_agent("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36")
    'browser'
    >>> kind_of_agent("Mozilla/5.0 (compatible; Barracuda Sentinel (EE))")
    'scanner'
    >>> kind_of_agent("Mozilla/5.0"), kind_of_agent("  "), kind_of_agent(None)
    ('privacy', 'blank', 'blank')
    >>> kind_of_agent("Mozilla/5.0 (Windows NT 5.1; rv:11.0) (via ggpht.com GoogleImageProxy)")
    'relay'
    """
    text = (name or "").strip().casefold()
    if not text:
        return "blank"
    if text in _PRIVACY_AGENTS:
        return "privacy"
    if any(word in text for word in _RELAYS):
        return "relay"
    if any(word in text for word in _SCANNERS):
        return "scanner"
    return "browser"
