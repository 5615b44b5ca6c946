"""Which piece of content a reader gets next. Plain values in, plain values out."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple


class Version(NamedTuple):
    """A piece of content in one language. Its translations share key, tags and order."""

    ref: Hashable  # what the caller knows this version by
    key: Hashable  # the piece
    order: tuple = ()  # place in the library, the lowest comes first
    lang: str = ""  # code like ``de_AT``; empty: for whoever reads any
    interests: frozenset = frozenset()  # any of these; none: for all
    segments: frozenset = frozenset()  # likewise
    stages: frozenset = frozenset()  # likewise


class Reader(NamedTuple):
    """Whom it is for. Has had is what must not come again."""

    lang: str = ""
    home_lang: str = ""  # of the company, for readers whose language nothing is in
    interests: frozenset = frozenset()
    segments: frozenset = frozenset()
    stage: str = ""
    had: frozenset = frozenset()  # keys


class Choice(NamedTuple):
    ref: Hashable
    words: tuple  # why: one of the words for languages; then interest, segment, stage


_LANG_WORDS = ("lang", "near_lang", "no_lang", "home_lang")
_UNKNOWN_LANG_WORDS = ("company_lang", "company_lang", "no_lang", "company_lang")


def choose(versions: Iterable[Version], reader: Reader) -> Choice | None:
    """Return what ``reader`` gets next, None where nothing is left for him.

    A piece with tags is only for those who have one of each kind. Among these the language decides
    first, then how well it fits (interest, segment, stage), then the order of the library.

    >>> library = [Version(1, "news"), Version(2, "pumps", (2,), interests=frozenset({"pump"}))]
    >>> choose(library, Reader(interests=frozenset({"pump"})))
    Choice(ref=2, words=('no_lang', 'interest'))
    >>> choose(library, Reader(interests=frozenset({"pump"}), had=frozenset({"pumps"}))).ref
    1

    A piece that was had in one language does not come in another:

    >>> both = [Version(1, "news", lang="en_US"), Version(2, "news", lang="fr_FR")]
    >>> choose(both, Reader("fr_BE", "en_US")), choose(both, Reader("fr_FR", had={"news"}))
    (Choice(ref=2, words=('near_lang',)), None)

    Whoever's language is not known reads the company's:

    >>> choose(both, Reader("", "fr_BE"))
    Choice(ref=2, words=('company_lang',))
    """
    ranked = [
        (rank, version)
        for version in versions
        if version.key not in reader.had and (rank := _rank(version, reader))
    ]
    if not ranked:
        return None
    (lang, *misses, _order), version = min(ranked, key=lambda one: one[0])
    fitting = (
        word
        for word, miss in zip(("interest", "segment", "stage"), misses, strict=True)
        if not miss
    )
    lang_words = _LANG_WORDS if reader.lang else _UNKNOWN_LANG_WORDS
    return Choice(version.ref, (lang_words[lang], *fitting))


def fits(versions: Iterable[Version], reader: Reader) -> bool:
    """Tell whether the library has, or has had, anything for ``reader``.

    >>> fits([Version(1, "news")], Reader(had=frozenset({"news"}))), fits([], Reader())
    (True, False)
    """
    return any(_rank(version, reader) for version in versions)


def _rank(version, reader):
    """Return what ``version`` is sorted by for ``reader``, the best first; None: not for him."""
    lang = _rank_lang(version.lang, reader)
    tags = (
        (version.interests, reader.interests),
        (version.segments, reader.segments),
        (version.stages, {reader.stage}),
    )
    if lang is None or any(asked and not asked & own for asked, own in tags):
        return None
    return (lang, *(not asked for asked, _own in tags), version.order)


def _rank_lang(lang, reader):
    wanted = reader.lang or reader.home_lang
    if not lang:
        return 2
    if lang == wanted:
        return 0
    if _language(lang) == _language(wanted):
        return 1
    return 3 if _language(lang) == _language(reader.home_lang) else None


def _language(code):
    """Return the language without its country: ``fr`` of ``fr_BE``."""
    return code.partition("_")[0]
