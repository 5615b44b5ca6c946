"""A screen with nothing on it says what it is for, and what to press to fill it."""

from pathlib import Path

import pytest
from lxml import etree

REPO = Path(__file__).resolve().parents[3]
TITLES = ("o_view_nocontent_smiling_face", "o_view_nocontent_empty_folder")


def read_actions():
    """Return ``{XML id: action}`` of the addons' windows that show records, not one question."""
    actions = {}
    for path in sorted(REPO.glob("lead_*/**/*.xml")):
        for action in etree.parse(path).iterfind(".//record[@model='ir.actions.act_window']"):
            modes = (action.findtext("field[@name='view_mode']") or "list,form").split(",")
            if action.findtext("field[@name='target']") != "new" and modes != ["form"]:
                actions[f"{path.relative_to(REPO).parts[0]}.{action.get('id')}"] = action
    return actions


def find_fault(action):
    """Return what the help of ``action`` lacks, or nothing."""
    text = action.find("field[@name='help']")
    if text is None:
        return "no help"
    titles = [part for part in text.iter("p") if part.get("class") in TITLES]
    if not titles or not "".join(titles[0].itertext()).strip():
        return "no title"
    others = [part for part in text.iter("p") if part not in titles]
    if not any(len("".join(part.itertext()).split()) > 3 for part in others):
        return "no sentence of what to do"
    return ""


@pytest.mark.parametrize(("name", "action"), read_actions().items(), ids=list(read_actions()))
def test_an_empty_screen_teaches(name, action):
    assert find_fault(action) == "", f"{name}: {find_fault(action)}"


def test_the_screens_are_found():
    assert {
        "lead_scoring.lead_score_rule_action",
        "lead_followup.lead_import_action",
        "lead_nurture.lead_plan_action",
    } <= set(read_actions())


@pytest.mark.parametrize(
    ("help_text", "fault"),
    [
        ("", "no help"),
        ("<field name='help'><p>Press “New” to add one here.</p></field>", "no title"),
        (f"<field name='help'><p class='{TITLES[0]}'> </p><p>a b c d</p></field>", "no title"),
        (
            f"<field name='help'><p class='{TITLES[0]}'>None yet</p></field>",
            "no sentence of what to do",
        ),
        (
            f"<field name='help'><p class='{TITLES[0]}'>None</p><p>Press “New” now.</p></field>",
            "no sentence of what to do",
        ),
        (
            f"<field name='help'><p class='{TITLES[0]}'>None</p><p>Press “New” to add.</p></field>",
            "",
        ),
    ],
)
def test_a_lacking_help_is_told(help_text, fault):
    action = etree.fromstring(f"<record>{help_text}</record>")

    assert find_fault(action) == fault
