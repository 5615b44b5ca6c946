"""Every language of ours says every term of every addon, with the same things put in.

A term that is new in an addon's ``.pot`` and missing in a language fails here; whether the
``.pot`` itself is fresh needs Odoo and is checked elsewhere.
"""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

REPO = Path(__file__).resolve().parents[3]
LANGUAGES = ("ar", "fa", "tr")
POTS = sorted(REPO.glob("lead_*/i18n/*.pot"))
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")
_WORDS = re.compile(r"'[^']*'")
_PUT_IN = re.compile(r"%\(\w+\)[.\dg]*[a-z]|%[.\d]*[sdfg]|\$\{[^}]*\}|\{\{.*?\}\}|</?\w+")
_FILES = [
    pytest.param(pot, language, id=f"{pot.stem}-{language}")
    for pot in POTS
    for language in LANGUAGES
]


def read(path):
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def put_in(text):
    """Return what is put into a text, and its marks, in no order.

    Words that a placeholder falls back on are said in the language, so they don't count.

    >>> put_in("%(count)s of <b>%s</b>")
    ['%(count)s', '%s', '</b', '<b']
    >>> put_in("After {{ show.name or 'the show' }}")
    ["{{ show.name or '' }}"]
    """
    text = _PLACEHOLDER.sub(lambda found: _WORDS.sub("''", found[0]), text)
    return sorted(_PUT_IN.findall(text))


def test_each_addon_has_its_terms():
    with_code = {path.parent.name for path in REPO.glob("lead_*/__manifest__.py")}
    assert {pot.stem for pot in POTS} == with_code


@pytest.mark.parametrize(("pot", "language"), _FILES)
def test_a_language_says_every_term(pot, language):
    said = {message.id: message for message in read(pot.with_name(f"{language}.po"))}
    terms = [message.id for message in read(pot)]

    assert [term for term in terms if term not in said] == []
    assert [term for term in terms if not said[term].string or said[term].fuzzy] == []


@pytest.mark.parametrize(("pot", "language"), _FILES)
def test_what_is_put_into_a_term_is_put_into_its_translation(pot, language):
    unlike = [
        message.id
        for message in read(pot.with_name(f"{language}.po"))
        if put_in(message.id) != put_in(message.string)
    ]
    assert unlike == []
