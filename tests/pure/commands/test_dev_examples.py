"""What the commands in ``dev/`` make of other programs' words, by the examples in them."""

import doctest
import importlib.util
from pathlib import Path

import pytest

_DEV = Path(__file__).resolve().parents[3] / "dev"


@pytest.mark.parametrize("path", ["read_audit.py", "upstream/compare.py"])
def test_examples_come_out_as_written(path):
    spec = importlib.util.spec_from_file_location(f"dev_{Path(path).stem}", _DEV / path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    failed, tried = doctest.testmod(module)

    assert tried > 0
    assert failed == 0
