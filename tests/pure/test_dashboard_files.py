"""The dashboard that is shipped is the one its maker writes."""

import importlib.util
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_dashboard", REPO / "dev/make_dashboard.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "is_sample"), [("lead_dashboard.json", False), ("lead_sample_dashboard.json", True)]
)
def test_what_is_shipped_is_what_is_made(maker, name, is_sample):
    assert (maker.FILES / name).read_text(encoding="utf-8") == maker.render(is_sample)
