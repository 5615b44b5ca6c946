"""Each sample export gives its expectation, exactly."""

import lead_followup_tools.intake as intake
import pytest
from expectations import FILES, Result, expected_groups, load, options_of

EMPTY = [name for name in FILES if load(name)[1]["outcome"] == "empty"]
IMPORTED = [name for name in FILES if load(name)[1]["outcome"] == "import"]
PICKED = [(name, picked["row"], picked) for name in IMPORTED for picked in load(name)[1]["picked"]]
PEOPLE_KEYS = {"name", "first_name", "last_name"}


@pytest.fixture(scope="module")
def result_of():
    results = {}

    def get(name):
        if name not in results:
            content, expected = load(name)
            results[name] = Result(content, options_of(expected), name)
        return results[name]

    return get


def test_every_sample_is_tested():
    assert len(EMPTY) + len(IMPORTED) == len(FILES) == 12


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_to_import_is_said(name):
    content, _expected = load(name)

    with pytest.raises((intake.FileEmpty, intake.HeadingsOnly)) as refusal:
        intake.read_table(content, name)

    assert str(refusal.value).endswith("load the new file.")


@pytest.mark.parametrize("name", IMPORTED)
def test_format_is_found(name, result_of):
    expected = load(name)[1]["format"]
    table = result_of(name).table

    found = {
        "container": table.container,
        "encoding": table.encoding,
        "bom": table.bom,
        "delimiter": table.delimiter,
        "sheet": table.sheet,
        "heading_row": table.heading_row,
        "first_data_row": table.first_data_row,
        "footer_rows": table.footer_rows,
        "versions": table.versions,
        "cards": len(table.rows),
    }

    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("name", IMPORTED)
def test_columns_are_found(name, result_of):
    expected = load(name)[1]["columns"]
    result = result_of(name)

    found = [
        {"position": position, "heading": heading, "field": field}
        for position, (heading, field) in enumerate(
            zip(result.table.headings, result.fields, strict=True), 1
        )
    ]

    assert found == expected or (name.endswith(".vcf") and not expected)


@pytest.mark.parametrize("name", IMPORTED)
def test_rows_are_judged(name, result_of):
    expected = load(name)[1]
    result = result_of(name)

    assert len(result.table.rows) == expected["rows_total"]
    assert result.table.blank_rows == expected["blank_rows"]
    assert result.rejected == [(one["row"], one["reason"]) for one in expected["rejected"]]
    assert result.flags == sorted((one["row"], one["flag"]) for one in expected["flags"])


@pytest.mark.parametrize("name", IMPORTED)
def test_duplicates_are_found(name, result_of):
    expected = load(name)[1]
    result = result_of(name)

    assert result.groups == expected_groups(expected)
    assert result.leads == expected["leads_expected"]


@pytest.mark.parametrize("name", IMPORTED)
def test_lookalikes_stay_apart(name, result_of):
    pairs = [one["rows"] for one in load(name)[1]["not_duplicates"]]
    matches = result_of(name).matches

    assert not [pair for pair in pairs if pair[1] in matches or pair[0] in matches]


@pytest.mark.parametrize(("name", "number", "expected"), PICKED)
def test_values_are_canonical(name, number, expected, result_of):
    found = result_of(name).picked(number)

    for key, value in expected.items():
        if key == "row":
            continue
        if key == "bant":
            assert {part: found["bant"][part] for part in value} == value
        elif key in PEOPLE_KEYS:
            assert (found[key] or "").casefold() == (value or "").casefold(), key
        else:
            assert found[key] == value, key
