import doctest
import importlib
import pkgutil

import lead_followup_tools.privacy as privacy
import pytest

MODULES = [info.name for info in pkgutil.walk_packages(privacy.__path__, privacy.__name__ + ".")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    result = doctest.testmod(importlib.import_module(name))

    assert result.attempted
    assert result.failed == 0
