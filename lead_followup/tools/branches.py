"""Whether a step of a cadence is made: its condition, and what came of the step it looks at."""

from typing import NamedTuple

# What may become known long after the step was made: not so yet is no answer yet.
_LATE_WORDS = frozenset({"bounced", "clicked", "opened"})
_NOT = "not_"

WORDS_BY_CHANNEL = {
    "call": frozenset({"no_answer", "later", "wrong_number", "unknown", "not_made"}),
    "email": frozenset({"clicked", "not_clicked", "opened", "bounced", "not_made"}),
    "letter": frozenset({"bounced", "not_made"}),
    "task": frozenset({"not_made"}),
}


class Source(NamedTuple):
    """The step a condition looks at, as it stands now.

    :param state: "open" (not made yet), "made", "doubtful" (perhaps made), "not_made" (blocked,
        failed, withdrawn) or "skipped".
    :param words: what became of it: its outcome, "clicked", "opened".
    """

    state: str
    words: frozenset[str] = frozenset()


class Verdict(NamedTuple):
    """What a condition says.

    :param holds: none while the step it looks at is not made.
    :param is_final: whether no later news can change it; else it counts once the step is due.
    """

    holds: bool | None
    is_final: bool


def judge(word: str, source: Source | None) -> Verdict:
    """Tell whether the condition ``word`` holds for ``source``, none where there is no such step.

    :param word: one of ``WORDS_BY_CHANNEL``; "not_made" asks for a step that could not be made,
        another "not_..." for one that was made and of which the rest is not known.

    >>> judge("no_answer", Source("made", frozenset({"no_answer"})))
    Verdict(holds=True, is_final=True)
    >>> judge("clicked", Source("made")), judge("not_clicked", Source("made"))
    (Verdict(holds=False, is_final=False), Verdict(holds=True, is_final=False))
    >>> judge("no_answer", Source("open")), judge("no_answer", None)
    (Verdict(holds=None, is_final=False), Verdict(holds=False, is_final=True))
    """
    if source is None:
        return Verdict(False, True)
    if source.state == "open":
        return Verdict(None, False)
    if word == "not_made":
        return Verdict(source.state == "not_made", True)
    if source.state not in ("made", "doubtful"):
        return Verdict(False, True)
    if word.startswith(_NOT):
        said = judge(word.removeprefix(_NOT), source)
        return Verdict(not said.holds, said.is_final)
    if word in source.words:
        return Verdict(True, True)
    return Verdict(False, word not in _LATE_WORDS)
