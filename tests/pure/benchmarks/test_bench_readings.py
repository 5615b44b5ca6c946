"""The figures of ``make bench``: medians of ratios, goals, what is kept of them."""

import doctest

import pytest
from bench import page, readings, results, table
from bench.readings import Goal, Outcome, Reading, Runs


def reading(cpu, queries=1):
    """Give a reading of ``cpu`` seconds, a quarter of it in PostgreSQL."""
    return Reading(cpu * 0.75, cpu * 0.25, cpu, queries, 100.0)


@pytest.mark.parametrize("module", [readings, table, page])
def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module).attempted
    assert doctest.testmod(module).failed == 0


def test_the_ratio_is_the_median_of_the_runs_and_not_that_of_the_medians():
    runs = Runs(
        {"core": [reading(8), reading(30), reading(10)], "ours": [reading(c) for c in (1, 2, 5)]}
    )

    # 8, 15 and 2; the medians would give 10 / 2 = 5
    assert runs.ratio("core", "ours") == 8


def test_a_way_too_cheap_to_measure_counts_as_a_hundredth_of_a_second():
    runs = Runs({"core": [reading(2)], "ours": [reading(0)]})

    assert runs.ratio("core", "ours") == 200


def test_medians_are_taken_figure_by_figure():
    runs = Runs({"ours": [reading(4, queries=1), reading(8, queries=9), reading(2, queries=5)]})

    middle = runs.medians()["ours"]

    assert (middle.cpu, middle.python, middle.queries) == (4, 3, 5)


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (Goal("", 10.0, at_least=10), True),
        (Goal("", 9.99, at_least=10), False),
        (Goal("", 3.0, at_most=3), True),
        (Goal("", 3.01, at_most=3), False),
        (Goal("", 99.0), True),
    ],
)
def test_a_goal_is_met_up_to_its_very_limit(goal, met):
    assert goal.met is met


def test_a_fault_is_a_miss_though_all_goals_are_reached():
    good = Outcome({"ours": reading(1)}, [Goal("", 2.0, at_least=1)])
    wrong = Outcome({"ours": reading(1)}, [Goal("", 2.0, at_least=1)], faults=["3 rows differ"])

    assert (good.met, wrong.met) == (True, False)


def make_result(**values):
    """Give a line that reached its goal."""
    outcome = Outcome(
        {"ours": reading(2), "core": reading(40, queries=700)},
        [Goal("core ÷ ours", 20.0, at_least=10)],
        same="500 rows each",
    )
    return results.Result(
        **{
            "name": "score",
            "size": "100k",
            "title": "score leads",
            "needs": "≥ 10× core",
            "date": "2026-01-02",
            "machine": "a desk",
            "outcome": outcome,
            **values,
        }
    )


def test_what_is_kept_comes_back_and_takes_the_place_of_the_older(tmp_path):
    make_result(date="2025-12-31").save(tmp_path)
    make_result().save(tmp_path)
    make_result(name="assign").save(tmp_path)
    make_result(size="1m").save(tmp_path)

    kept = results.load(tmp_path)

    assert [(one.name, one.size) for one in kept] == [
        ("assign", "100k"),
        ("score", "100k"),
        ("score", "1m"),
    ]
    assert kept[1] == make_result()


def test_the_table_for_the_terminal_says_what_fell_short():
    short = Outcome({}, [Goal("core ÷ ours", 2.0, at_least=10)], faults=["3 rows differ"])

    text = table.as_text([make_result(), make_result(outcome=short)])

    first, second = text.split("\n\n")
    assert "✓ core ÷ ours 20.0 (≥ 10)" in first
    assert "core 40.00 30.00 10.00 40.00 700 100".split() in map(str.split, first.splitlines())
    assert "✗ core ÷ ours 2.00 (≥ 10), NOT MET" in second
    assert "✗ 3 rows differ" in second


def test_the_table_for_the_page_has_a_row_a_line_and_a_row_a_way():
    text = table.as_markdown([make_result()])

    assert "| score leads | 100k | ≥ 10× core | core ÷ ours **20.0** | yes |" in text
    assert "| score leads, 100k | ours | 2.00 | 1.50 | 0.50 | 2.00 | 1 | 100 |" in text
    assert "|  | core | 40.00 | 30.00 | 10.00 | 40.00 | 700 | 100 |" in text
    assert "**score leads, 100k.** Same work: 500 rows each." in text
    assert text.endswith("Measured on 2026-01-02 (score 100k): a desk.")


def test_a_page_without_marks_is_refused():
    with pytest.raises(ValueError, match="no <!-- the last table -->"):
        page.put("A page of something else", "table")
