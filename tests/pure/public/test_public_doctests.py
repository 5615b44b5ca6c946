import doctest
import importlib
import pkgutil

import lead_followup_tools.public as public
import pytest

MODULES = [info.name for info in pkgutil.walk_packages(public.__path__, public.__name__ + ".")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    result = doctest.testmod(importlib.import_module(name))

    assert result.attempted
    assert result.failed == 0
