"""Runs the examples in the docstrings of ``lead_followup_tools.timing``."""

import doctest
import importlib
import pkgutil

import lead_followup_tools.timing as timing
import pytest

MODULES = [timing.__name__] + [
    info.name for info in pkgutil.walk_packages(timing.__path__, timing.__name__ + ".")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    result = doctest.testmod(importlib.import_module(name))

    assert result.failed == 0
