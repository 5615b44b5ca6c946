"""axe-core in a page: which elements somebody could not see, name, or reach."""

import subprocess
from functools import lru_cache
from pathlib import Path

from servers import REPO

_WEIGHTY = ("serious", "critical")
# Odoo's own, whatever the screen: menus, search, chatter, some widgets of fields
_FRAME = (".o_main_navbar", ".o_control_panel", ".o-mail-Chatter", ".o-mail-ChatHub")
_FRAME += (
    ".o_loading_indicator",
    ".o-mail-ActivityButton",
    ".o_field_daterange",
    ".o_field_progressbar",
    ".o_notification_manager",
    ".o_statusbar_status",
    ".settings_tab",
    "span.opacity-50.p-2",  # “at”, between an opportunity's revenue and its probability
)
_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
    "elementRef": True,
}
# A fault is known by its rule and what it lies in: the pair of colours, or the element's kind.
_RUN = """async ([scope, options]) => {
    const kindOf = (node) => {
        const data = node.any.find((check) => check.data?.fgColor)?.data;
        if (data) {
            return `${data.fgColor} on ${data.bgColor}`;
        }
        const names = [...node.element.classList].filter((name) => !/\\d/.test(name)).sort();
        return [node.element.tagName.toLowerCase(), ...names].join(".");
    };
    const found = await axe.run(scope, options);
    return found.violations.flatMap((fault) => fault.nodes.map((node) => ({
        rule: fault.id,
        impact: node.impact,
        kind: kindOf(node),
        target: node.target.join(" "),
        html: node.html.slice(0, 240),
    })));
}"""


@lru_cache
def read_axe():
    """Return the source of axe-core, as ``dev/setup_node.sh`` installs it."""
    script = ". dev/lib.sh; load_node; echo $node_home"
    home = subprocess.run(["bash", "-c", script], cwd=REPO, capture_output=True, text=True)
    path = Path(home.stdout.strip()) / "node_modules/axe-core/axe.min.js"
    assert path.exists(), "axe-core is missing: make test installs it"
    return path.read_text(encoding="utf-8")


def find_faults(page, inside=None):
    """Return the weighty faults of ``page``: ``[{rule, impact, kind, target, html}]``.

    :param inside: a selector, only there; left out: the page without Odoo's frame round it.
    """
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(read_axe())
    scope = {"exclude": [[part] for part in _FRAME]}
    if inside:
        scope["include"] = [[inside]]
    return [
        fault for fault in page.evaluate(_RUN, [scope, _OPTIONS]) if fault["impact"] in _WEIGHTY
    ]
