"""Exports of other tools and countries give what was worked out by hand."""

import pytest
from expectations import Result
from exports import EXPORTS


@pytest.fixture(scope="module")
def result_of():
    results = {}

    def get(name):
        if name not in results:
            export = EXPORTS[name]
            results[name] = Result(export.text.encode(export.encoding), export.options)
        return results[name]

    return get


@pytest.mark.parametrize("name", EXPORTS)
def test_the_columns_are_found(name, result_of):
    export, result = EXPORTS[name], result_of(name)

    found = dict(zip(result.table.headings, result.fields, strict=True))

    assert list(found.items()) == list(zip(result.table.headings, export.fields, strict=True))
    assert result.table.delimiter == export.delimiter


@pytest.mark.parametrize("name", EXPORTS)
def test_rows_are_judged(name, result_of):
    export, result = EXPORTS[name], result_of(name)

    assert [number for number, _reason in result.rejected] == export.rejected
    assert {row.number: row.flags for row in result.judged.values() if row.flags} == export.flags
    assert result.groups == sorted(export.groups)


@pytest.mark.parametrize(
    ("name", "number"),
    [(name, number) for name, export in EXPORTS.items() for number in export.picked],
)
def test_values_are_canonical(name, number, result_of):
    values = result_of(name).judged[number].values
    expected = EXPORTS[name].picked[number]

    found = {key: values[key] for key in expected}
    if found.get("scanned_at"):
        found["scanned_at"] = found["scanned_at"].isoformat()

    assert found == expected


@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_but_the_row_is_lost(name, result_of):
    """No question is left open that the file answers."""
    assert "date_order" not in result_of(name).questions
