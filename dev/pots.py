"""In Odoo's shell: the texts of the addons beside their .pot files.

``LEAD_POTS`` is “check” or “write”; ``LEAD_REPO`` the clone. Addons that are not installed in the
database are passed over.
"""

import os
from pathlib import Path

import polib

from odoo.tools.translate import TranslationModuleReader, trans_export


def find_pots(env, repo):
    """Return ``{addon: path}`` of the .pot files of the addons that are installed here."""
    pots = {path.stem: path for path in sorted(Path(repo).glob("*/i18n/*.pot"))}
    installed = env["ir.module.module"].search(
        [("name", "in", list(pots)), ("state", "=", "installed")]
    )
    return {name: path for name, path in pots.items() if name in installed.mapped("name")}


def describe(addon, texts, kept):
    """Return sentences on texts that the .pot lacks, and on those that nothing says any more."""
    lines = [f"{addon}.pot lacks: {text!r}" for text in sorted(texts - kept)]
    return lines + [f"{addon}.pot still has: {text!r}" for text in sorted(kept - texts)]


def main(env):
    """Check or write; return how many texts differ."""
    count = 0
    for addon, path in find_pots(env, os.environ["LEAD_REPO"]).items():
        if os.environ["LEAD_POTS"] == "write":
            with path.open("wb") as file:
                trans_export(False, [addon], file, "po", env)
            continue
        rows = TranslationModuleReader(env.cr, modules=[addon])
        texts = {source.strip() for _module, _kind, _name, _id, source, *_rest in rows}
        kept = {entry.msgid.strip() for entry in polib.pofile(str(path)) if not entry.obsolete}
        differ = describe(addon, texts, kept)
        count += len(differ)
        for line in differ[:20]:
            print(line[:160])
        if len(differ) > 20:
            print(f"{addon}.pot: and {len(differ) - 20} more")
    return count
