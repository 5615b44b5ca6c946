"""The dashboard that is shipped is the one its maker writes."""

import importlib
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def maker():
    sys.path.insert(0, str(REPO / "dev"))
    yield importlib.import_module("dashboard.__main__")
    sys.path.remove(str(REPO / "dev"))


@pytest.mark.parametrize(
    ("name", "is_sample"), [("lead_dashboard.json", False), ("lead_sample_dashboard.json", True)]
)
def test_what_is_shipped_is_what_is_made(maker, name, is_sample):
    assert (maker.FILES / name).read_text(encoding="utf-8") == maker.render(is_sample)
