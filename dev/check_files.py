"""Checks what the linters don't: XML that parses, manifests that list what is there, ids used once.

check_files.py ADDON…
"""

import ast
import sys
from pathlib import Path

from lxml import etree

REPO = Path(__file__).resolve().parent.parent


def xml_faults(addon: Path) -> list[str]:
    """Sentences on XML files that don't parse and on record ids given twice in one addon."""
    faults, file_by_id = [], {}
    for path in sorted(addon.rglob("*.xml")):
        try:
            root = etree.parse(str(path)).getroot()
        except etree.XMLSyntaxError as error:
            faults.append(f"{path.relative_to(REPO)}: {error}")
            continue
        if "static" in path.parts:
            continue
        for node in root.iter("record", "template", "menuitem"):
            xmlid = node.get("id")
            if not xmlid or node.get("forcecreate"):
                continue
            if xmlid in file_by_id:
                faults.append(f"{path.relative_to(REPO)}: {xmlid} is in {file_by_id[xmlid]} too")
            file_by_id[xmlid] = path.relative_to(REPO)
    return faults


def manifest_faults(addon: Path) -> list[str]:
    """Sentences on files that a manifest names in vain, and on data files it leaves out."""
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    named = set(manifest.get("data", [])) | set(manifest.get("demo", []))
    faults = [
        f"{addon.name}/__manifest__.py: no file {name}"
        for name in named
        if not (addon / name).exists()
    ]
    for folder in ("data", "demo", "report", "security", "views", "wizards"):
        for path in sorted((addon / folder).rglob("*")):
            name = str(path.relative_to(addon))
            if path.suffix in (".xml", ".csv") and name not in named:
                faults.append(f"{addon.name}/{name}: not in the manifest")
    return faults


def licence_faults(addon: Path) -> list[str]:
    """A sentence where an addon lacks the licence's text, which has to go with its wheel."""
    copy = addon / "LICENSE"
    if copy.exists() and copy.read_bytes() == (REPO / "LICENSE").read_bytes():
        return []
    return [f"{addon.name}/LICENSE: not the text of LICENSE; copy it there"]


def unimported_tests(addon: Path) -> list[str]:
    """Sentences on test files that ``tests/__init__.py`` does not import, and so never run."""
    init = addon / "tests" / "__init__.py"
    text = init.read_text() if init.exists() else ""
    return [
        f"{path.relative_to(REPO)}: not imported in tests/__init__.py, so it never runs"
        for path in sorted((addon / "tests").glob("test_*.py"))
        if path.stem not in text
    ]


def main() -> int:
    faults = []
    for name in sys.argv[1:]:
        addon = REPO / name
        faults += xml_faults(addon) + manifest_faults(addon) + unimported_tests(addon)
        faults += licence_faults(addon)
    for fault in faults:
        print(fault)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
