"""A few of the bent files of ``make fuzz``: enough to see that it works, and what broke once."""

import importlib
import sys
import time
from pathlib import Path

import lead_followup_tools.intake as intake
import pytest

sys.path.append(str(Path(__file__).resolve().parents[3]))
fuzz = importlib.import_module("dev.fuzz.__main__")
rewriting = importlib.import_module("rewriting")
as_ods, parts_of, zipped = rewriting.as_ods, rewriting.parts_of, rewriting.zipped


@pytest.mark.parametrize("first", range(1, 101, 25))
def test_bent_files_are_refused_or_judged(first):
    for seed in range(first, first + 25):
        way, outcome = fuzz.read(seed)

        assert outcome == "judged" or outcome.startswith("refused"), (seed, way)


CARD = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann Bell\n%s\nEMAIL:ann@a.example\nEND:VCARD\n"
ODS = as_ods([["Name", "E-mail"], ["Ann", "ann@a.example"]], formula="=1+1")


def ods(old, new):
    parts = parts_of(ODS)
    markup = parts["content.xml"].decode().replace(old, new, 1)
    return zipped({**parts, "content.xml": markup.encode()})


@pytest.mark.parametrize(
    "content",
    [
        CARD % b"ORG:Acme;Sales,West;North",
        CARD % b"NOTE;ENCODING=QUOTED-PRINTABLE;ENCODING=b;CHARSET=UTF-8:=C3=B6",
        b"Name,Phone\nAnn,1" + b" " * 60_000 + b"2\n",
        b"Name,E-mail" + b",x" * 1_000_000 + b"\nAnn,ann@a.example\n",
        b"Name,E-mail" + b"," * 1_000_000 + b"\nAnn,ann@a.example\n",
        zipped({**parts_of(ODS), "mimetype": b"spreadsheet" + b" " * (300 << 20)}),
        ods("<text:p>", f'<text:p><text:s text:c="{"9" * 5000}"/>'),
        ods("<office:body>", '<office:body xmlns:a="b" a:a="1" a:a="1">'),
        ods("?>", '?><!DOCTYPE x [<!ENTITY a "ha">]>'),
    ],
    ids=[
        "units of a firm in lists",
        "a note encoded twice",
        "a phone number of blanks",
        "a million columns",
        "a million blank columns",
        "a bomb where the kind stands",
        "a number of very many digits",
        "markup that contradicts itself",
        "words of its own",
    ],
)
def test_what_broke_or_hung_once_is_refused_or_read_at_once(content):
    started = time.process_time()
    try:
        table = intake.read_table(content, "leads")
        fields = intake.suggest_fields(table, intake.Options())
        for row in table.rows:
            intake.judge_row(row, fields, table.headings, intake.Options("US"))
    except intake.FileRefused as refusal:
        assert str(refusal).endswith(".")
    assert time.process_time() - started < 10


def test_a_seed_is_always_the_same_file():
    assert fuzz.make_file(7) == fuzz.make_file(7)
