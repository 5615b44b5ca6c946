"""Whether a person or a program opened a mail and followed its links."""

import math
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Hashable, Sequence
from typing import NamedTuple

# Faster than a mail is delivered, noticed, read and answered by a click.
_PLAUSIBLE_SECONDS = 10
# A scanner follows the links of a mail one after the other; a person reads what he opens.
BURST_SECONDS = 10
_AT_ONCE_SECONDS = 1  # nobody follows two links so fast
# Where a mail has one link, a scanner that calls itself a browser makes no burst.
_EARLY_SECONDS = 60
_NEARLY_ALL = 0.8
_LEAST_LINKS = 3  # two links one after the other are a person's doing as well
_MANY_LINKS = 5  # so many at once are a program's doing, however many the mail has

GRADES = ("machine", "doubtful", "human")  # from the worst


class Hit(NamedTuple):
    """One request that a mail caused."""

    at: float  # seconds, from any moment that is the same for all hits of a mail
    link: Hashable = None  # which link was followed; None: the picture that tells of an opening
    agent: str = "browser"  # see ``mail_agents.kind_of_agent``
    is_peek: bool = False  # asked for the head of the page alone
    is_trap: bool = False  # nobody who reads follows it unawares: opting out, a hidden link


def grade_hits(hits: Sequence[Hit], link_count: int, sent_at: float | None = None) -> list[str]:
    """Give one of ``GRADES`` for each of the hits of one mail, in their order.

    :param hits: all that are known of one mail to one address, in any order.
    :param link_count: how many different links the mail has.
    :param sent_at: when the mail server took it, in the seconds of the hits; None: unknown.

    A look at the page's head alone, a known scanner, a hit before delivery is plausible, and
    links followed in a burst are a machine's doing:

    >>> grade_hits([Hit(3, "a"), Hit(900, "a"), Hit(902, "b", is_peek=True)], 4, sent_at=0)
    ['machine', 'human', 'machine']
    >>> grade_hits([Hit(60, "a"), Hit(61, "b"), Hit(62, "c"), Hit(4000, "b")], 3)
    ['machine', 'machine', 'machine', 'human']
    >>> grade_hits([Hit(60, "a"), Hit(300, "b"), Hit(900, "c")], 3)
    ['human', 'human', 'human']

    Several links within a second, all links of a mail of two, and the only link of a mail within
    a minute of sending are doubtful:

    >>> grade_hits([Hit(60, "a"), Hit(61, "b")], 8), grade_hits([Hit(60, "a"), Hit(62, "b")], 8)
    (['doubtful', 'doubtful'], ['human', 'human'])
    >>> grade_hits([Hit(60, "a"), Hit(65, "b")], 2)
    ['doubtful', 'doubtful']
    >>> grade_hits([Hit(15, "a"), Hit(60, "a")], 1, sent_at=0)
    ['doubtful', 'human']

    So is what hides who it is. What loads pictures for everybody says nothing of the reader:

    >>> grade_hits([Hit(60, agent="privacy"), Hit(60, agent="relay"), Hit(60, agent="blank")], 1)
    ['machine', 'doubtful', 'doubtful']
    """
    clicks = sorted((hit for hit in hits if hit.link is not None), key=lambda hit: hit.at)
    in_burst = dict(zip(clicks, _count_links(clicks, BURST_SECONDS), strict=True))
    at_once = dict(zip(clicks, _count_links(clicks, _AT_ONCE_SECONDS), strict=True))
    traps = [hit.at for hit in clicks if hit.is_trap]
    return [
        _grade(hit, in_burst.get(hit), at_once.get(hit), _is_near(hit, traps), link_count, sent_at)
        for hit in hits
    ]


def best_grade(grades: Sequence[str]) -> str:
    """Give the most human of ``grades``, which has one at least.

    >>> best_grade(["machine", "human", "doubtful"])
    'human'
    """
    return max(grades, key=GRADES.index)


def _grade(hit, in_burst, at_once, is_near_trap, link_count, sent_at):
    age = math.inf if sent_at is None else hit.at - sent_at
    if hit.agent == "scanner" or hit.is_peek or hit.is_trap or age < _PLAUSIBLE_SECONDS:
        return "machine"
    if hit.link is None:
        return {"privacy": "machine", "relay": "doubtful", "blank": "doubtful"}.get(
            hit.agent, "human"
        )
    if is_near_trap or in_burst >= _get_burst_size(link_count):
        return "machine"
    if hit.agent != "browser" or at_once > 1 or 1 < link_count == in_burst:
        return "doubtful"
    if link_count <= 1 and age < _EARLY_SECONDS:
        return "doubtful"
    return "human"


def _is_near(hit, moments):
    """Tell whether one of the sorted ``moments`` is within a burst of ``hit``."""
    after = bisect_left(moments, hit.at)
    return any(abs(at - hit.at) <= BURST_SECONDS for at in moments[max(after - 1, 0) : after + 1])


def _count_links(clicks, seconds):
    """Count for each of the sorted ``clicks`` the most links within ``seconds`` around it.

    That is within one span of so many seconds that begins with a click and which it is part of.

    >>> _count_links([Hit(0, "a"), Hit(8, "b"), Hit(16, "c"), Hit(30, "d")], 10)
    [2, 2, 2, 1]
    """
    links, end, counts = Counter(), 0, []
    for start, first in enumerate(clicks):
        while end < len(clicks) and clicks[end].at - first.at <= seconds:
            links[clicks[end].link] += 1
            end += 1
        counts.append(len(links))
        links[clicks[start].link] -= 1
        if not links[clicks[start].link]:
            del links[clicks[start].link]
    most, spans = [], deque()  # spans a click is part of; their counts fall
    for click, count in zip(clicks, counts, strict=True):
        while spans and spans[-1][1] <= count:
            spans.pop()
        spans.append((click.at, count))
        while click.at - spans[0][0] > seconds:
            spans.popleft()
        most.append(spans[0][1])
    return most


def _get_burst_size(link_count):
    return min(max(math.ceil(_NEARLY_ALL * link_count), _LEAST_LINKS), _MANY_LINKS)
