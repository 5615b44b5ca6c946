import doctest

from lead_nurture_tools import content
from lead_nurture_tools.content import Reader, Version, choose, fits

PUMP = frozenset({"pump"})


def test_a_piece_for_others_is_not_for_whoever_has_no_tag():
    library = [Version(1, "pumps", interests=PUMP)]

    assert choose(library, Reader(interests=PUMP)).ref == 1
    assert choose(library, Reader()) is None
    assert not fits(library, Reader())


def test_each_kind_of_tag_must_fit():
    library = [Version(1, "both", interests=PUMP, segments=frozenset({"graz"}))]

    assert choose(library, Reader(interests=PUMP)) is None
    assert choose(library, Reader(interests=PUMP, segments=frozenset({"graz"}))).words == (
        "no_lang",
        "interest",
        "segment",
    )


def test_language_comes_before_fitting_and_fitting_before_order():
    library = [
        Version(1, 1, (1,), lang="fr_FR"),
        Version(2, 2, (2,), lang="fr_FR", interests=PUMP),
        Version(3, 3, (0,), interests=PUMP),
    ]
    reader = Reader("fr_FR", "en_US", interests=PUMP)
    had, order = frozenset(), []
    while choice := choose(library, reader._replace(had=had)):
        order.append(choice.ref)
        had |= {choice.ref}

    assert order == [2, 1, 3]


def test_a_foreign_language_is_given_to_nobody():
    german = [Version(1, 1, lang="de_DE")]

    assert choose(german, Reader("fr_FR", "en_US")) is None
    assert choose(german, Reader("fr_FR", "de_AT")).words == ("home_lang",)
    assert choose(german, Reader("", "de_DE")).words == ("company_lang",)


def test_the_examples_hold():
    failed, tried = doctest.testmod(content)

    assert tried >= 6
    assert failed == 0
