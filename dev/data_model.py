"""Writes docs/data-model.md: the addons' models and what they point to, read from the code.

data_model.py        writes the page
"""

import ast
from pathlib import Path
from typing import NamedTuple

REPO = Path(__file__).resolve().parent.parent
PAGE = REPO / "docs" / "data-model.md"
ADDONS = {
    "lead_scoring": "Scores, answers, offers",
    "lead_followup": "Shows, imports, cadences, letters, referrals",
    "lead_nurture": "Tracks, recycling, reports, plans, health",
}
# Models of Odoo's that the pictures show; companies, users, mails and the like would hide the rest.
# A score is a row beside its lead, with the lead's own id: no field points there.
SAME_ID = {"lead.score": "crm.lead"}
SHOWN = ("crm.", "utm.", "event.", "mailing.", "res.partner")
_HEAD = """# Data model

Written from the code by `python dev/data_model.py`; a test fails where the page is out of date.
A line ends at the many with a crow's foot; its label is the field. Companies, users, mails and
technical models are left out, and so are wizards.
"""


class Model(NamedTuple):
    """A model that an addon brings."""

    addon: str
    name: str
    title: str
    path: str


class Link(NamedTuple):
    """A relation: who has the field, its name, what it points to, and whether to many."""

    addon: str
    model: str
    field: str
    target: str
    to_many: bool


def _get_text(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_stored(node):
    """Whether a field has a place in the database: it is not worked out, or it is kept."""
    words = {word.arg: word.value for word in node.keywords}
    kept = getattr(words.get("store"), "value", None)
    return kept is True or not ({"compute", "related"} & set(words)) and kept is not False


def _get_target(node):
    if node.args and (text := _get_text(node.args[0])):
        return text
    return next(
        (_get_text(word.value) for word in node.keywords if word.arg == "comodel_name"), None
    )


def read_class(addon, path, node):
    """Return (the model that a class brings, or None; the links that it adds)."""
    found, links = {}, []
    for line in node.body:
        if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Name):
            continue
        name, value = line.targets[0].id, line.value
        if name in ("_name", "_inherit", "_description"):
            found[name] = _get_text(value)
        elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            kind = value.func.attr
            if kind in ("Many2one", "Many2many") and _is_stored(value):
                if target := _get_target(value):
                    links.append((name, target, kind == "Many2many"))
    model = found.get("_name") or found.get("_inherit")
    links = [Link(addon, model, *link) for link in links if model]
    base = node.bases[0].attr if node.bases and isinstance(node.bases[0], ast.Attribute) else ""
    if base != "Model" or not found.get("_name"):
        return None, links if base == "Model" else []
    return Model(addon, found["_name"], found.get("_description") or "", path), links


def read_addon(addon):
    """Return (its models, its links), in the order of their names."""
    models, links = [], []
    for path in sorted((REPO / addon / "models").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                model, more = read_class(addon, f"{addon}/models/{path.name}", node)
                models += [model] if model else []
                links += more
    return sorted(models, key=lambda one: one.name), sorted(set(links))


def draw(models, links, ours):
    """Return the lines of a picture: links between our models, and from them to those shown."""
    own = {model.name for model in models}
    lines = ["```mermaid", "erDiagram"]
    linked = set()
    for link in links:
        if link.model not in ours and not link.model.startswith(SHOWN):
            continue
        if link.target not in ours and not (link.model in ours and link.target.startswith(SHOWN)):
            continue
        linked |= {link.model, link.target}
        many = "}o--o{" if link.to_many else "}o--||"
        lines.append(f'    "{link.model}" {many} "{link.target}" : {link.field}')
    for name in sorted(own & set(SAME_ID)):
        linked.add(name)
        lines.append(f'    "{name}" ||--|| "{SAME_ID[name]}" : "same id"')
    lines += [f'    "{name}"' for name in sorted(own - linked)]
    return [*lines, "```"]


def render():
    """Return the page."""
    read = {addon: read_addon(addon) for addon in ADDONS}
    ours = {model.name for models, _links in read.values() for model in models}
    parts = [_HEAD]
    for addon, (models, links) in read.items():
        parts.append(f"## {addon}: {ADDONS[addon].lower()}\n")
        parts.append("\n".join(draw(models, links, ours)) + "\n")
        rows = [
            f"| `{model.name}` | {model.title} | [{model.path}](../{model.path}) |"
            for model in models
        ]
        parts.append("\n".join(["| model | is | defined in |", "|---|---|---|", *rows]) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
