"""Loads each addon's ``tools`` as a package of its own, so that pure tests need no Odoo.

``lead_followup/__init__.py`` imports Odoo, hence ``lead_followup/tools`` is known here as
``lead_followup_tools``.
"""

import importlib.util
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent


def _load_tools(addon: str) -> None:
    folder = REPO / addon / "tools"
    init = folder / "__init__.py"
    name = f"{addon}_tools"
    if not init.exists() or name in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(
        name, init, submodule_search_locations=[str(folder)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


for _addon in ("lead_scoring", "lead_followup", "lead_nurture"):
    _load_tools(_addon)
