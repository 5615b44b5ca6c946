"""Bent files for the import, see ``__main__``; run by ``dev/fuzz.sh``."""

import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]

# the writers of odd files, and what reads one whole file, are the tests'
sys.path += [str(REPO / "tests"), str(REPO / "tests" / "pure" / "intake")]
if "lead_followup_tools" not in sys.modules:
    import conftest  # loads the addons' tools without Odoo
