"""Every example in the docstrings of ``lead_nurture/tools`` holds, and none of it knows Odoo."""

import ast
import doctest
import importlib
import pkgutil
from pathlib import Path

import lead_nurture_tools
import pytest

MODULES = [module.name for module in pkgutil.iter_modules(lead_nurture_tools.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    result = doctest.testmod(importlib.import_module(f"lead_nurture_tools.{name}"))

    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_tools_know_no_odoo(name):
    source = Path(lead_nurture_tools.__path__[0], f"{name}.py").read_text(encoding="utf-8")

    imported = {
        alias.name if isinstance(node, ast.Import) else node.module or ""
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert not {name for name in imported if name.split(".")[0] == "odoo"}
