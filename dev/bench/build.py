"""Makes one filled database.

python -m bench.build NAME ours|core LEADS
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

from odoo import release

from . import databases, fill, odoo_process

REPO = Path(__file__).resolve().parent.parent.parent


def main(name: str, kind: str, count: int) -> None:
    """Install what this kind of database has, fill it with ``count`` leads, and put it in order."""
    if kind == "ours":
        subprocess.run(["bash", str(REPO / "dev/template.sh"), name], check=True)
    else:
        databases.copy(databases.ensure_empty_core(_core_modules(), release.version), name)
    odoo_process.start(name)
    with odoo_process.environment(name) as env:
        fill.leads(env, count, seed=1)
        env.cr.execute(_NO_AUTOVACUUM)
        env.cr.commit()
    databases.vacuum_analyze(name)


# What runs in the background at its own time would count for one way and not for the other.
_NO_AUTOVACUUM = """
DO $$
DECLARE one record;
BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER TABLE %I SET (autovacuum_enabled = off)', one.tablename);
    END LOOP;
END $$
"""


def _core_modules() -> list[str]:
    """Give the modules of Odoo's own that the addons depend on."""
    ours = os.environ["LEAD_ADDONS"].split()
    depends = {
        module
        for addon in ours
        for module in ast.literal_eval((REPO / addon / "__manifest__.py").read_text())["depends"]
    }
    return sorted(depends - set(ours))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
