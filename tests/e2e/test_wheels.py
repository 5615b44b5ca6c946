"""Each addon becomes a wheel that says what it is and holds all that Odoo reads, and no more.

That they install in an empty Odoo, from the wheels alone, is in ``test_install.py``.
"""

import ast
import subprocess
import zipfile
from email.parser import HeaderParser

import pytest
from servers import REPO

ADDONS = {
    "lead_scoring": [],
    "lead_followup": ["lead_scoring"],
    "lead_nurture": ["lead_followup"],
    "lead_scoring_website": ["lead_scoring"],
    "lead_followup_privacy": ["lead_followup"],
    "lead_nurture_dashboard": ["lead_nurture"],
    "lead_queue": ["lead_nurture", "queue_job"],
}
_LICENCE = "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)"
_NOT_SHIPPED = ("pyproject.toml",)
_JUNK = ("__pycache__", ".pyc", ".hypothesis", ".pytest_cache", ".git", "PKG-INFO")


def read_manifest(addon):
    return ast.literal_eval((REPO / addon / "__manifest__.py").read_text())


def list_tracked(addon):
    command = ["git", "ls-files", "--full-name", addon]
    result = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True)
    return result.stdout.splitlines()


def test_each_addon_has_a_wheel(wheels):
    assert set(wheels) == set(ADDONS)
    folders = {path.parent.name for path in REPO.glob("*/__manifest__.py")}
    assert folders == set(ADDONS)


@pytest.mark.parametrize("addon", ADDONS)
def test_it_says_what_it_is(wheels, addon):
    manifest = read_manifest(addon)

    with zipfile.ZipFile(wheels[addon]) as wheel:
        [name] = [name for name in wheel.namelist() if name.endswith("dist-info/METADATA")]
        said = HeaderParser().parsestr(wheel.read(name).decode())

    assert said["Name"] == f"odoo-addon-{addon}"
    assert said["Version"] == manifest["version"]
    assert said["Version"].startswith("19.0.")
    assert said["Summary"] == manifest["summary"]
    assert said["License"] == "LGPL-3"
    assert _LICENCE in said.get_all("Classifier")
    of_others = manifest.get("external_dependencies", {}).get("python", [])
    ours = [f"odoo-addon-{other}==19.0.*" for other in ADDONS[addon]]
    assert sorted(said.get_all("Requires-Dist")) == sorted(["odoo==19.0.*", *ours, *of_others])


@pytest.mark.parametrize("addon", ADDONS)
def test_it_holds_each_file_of_the_addon_and_no_other(wheels, addon):
    kept = {name for name in list_tracked(addon) if not name.endswith(_NOT_SHIPPED)}

    with zipfile.ZipFile(wheels[addon]) as wheel:
        held = {name for name in wheel.namelist() if "dist-info/" not in name}

    assert held == {f"odoo/addons/{name}" for name in kept}
    assert not [name for name in held if any(word in name for word in _JUNK)]
    needed = ["__manifest__.py", "LICENSE", "readme/DESCRIPTION.md", "static/description/icon.png"]
    needed += read_manifest(addon).get("data", []) + read_manifest(addon).get("demo", [])
    assert {f"odoo/addons/{addon}/{name}" for name in needed} <= held


def test_what_the_addons_import_is_what_the_requirements_install():
    """The second half of requirements.txt is for an Odoo that runs: it is all that it needs."""
    lines = (REPO / "requirements.txt").read_text().partition("# The addons' own.")[2].split()
    listed = {line.partition(">")[0] for line in lines}

    imported = set()
    for addon in ADDONS:
        imported |= set(read_manifest(addon).get("external_dependencies", {}).get("python", []))

    # Odoo itself needs these
    assert imported - {"vobject"} == listed
