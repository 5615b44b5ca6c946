"""The examples in the docstrings hold."""

import doctest
import importlib
import pkgutil

import lead_followup_tools.intake as intake
import pytest

MODULES = [intake.__name__] + [
    f"{intake.__name__}.{found.name}" for found in pkgutil.iter_modules(intake.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    results = doctest.testmod(importlib.import_module(name))

    assert results.failed == 0
