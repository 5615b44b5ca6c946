"""What of the addons can be called from outside: methods by RPC, and routes.

Read from the sources, so that no addon need be installed for it; ``lead_nurture/tests/surface``
says of each who may. ``python dev/surface.py`` writes docs/security.md from those tables.
"""

import ast
import csv
from functools import lru_cache
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
TABLES = REPO / "lead_nurture" / "tests" / "surface"
PAGE = REPO / "docs" / "security.md"

_HEAD = """# Who may do what

Written by `python dev/surface.py` from the tables in `lead_nurture/tests/surface`; change those.
Tests fail where a model, a method or a route is not in them, or is there no more, and call each
as each role: on records of one's own, a colleague's, nobody's and another company's.

Roles: portal and public users have no rights to any of it. *internal* is a user without sales
rights, *salesman* sees own leads and nobody's, *all_leads* those of the company, *manager* is
Odoo's sales administrator, *mailing* works with mailings alone, *system* with the settings alone.
"""
_ACCESS = """
## Records
`own / others' / nobody's / another company's`: **r**ead, **w**rite, **c**reate, **d**elete, `-` for
none of it. Where a record is its maker's (a question to the user, an import), everybody may make
one of his own, whomever it names; what it then does, the methods below refuse.

"""
_FIELDS = """
## Fields of ours that need more than the right to their record

"""
_METHODS = """
## Methods that RPC can call
*sales* is salesman, all_leads and manager. *rights*: an override of one of Odoo's own that asks for
the rights to the record, as above or as Odoo's own. All others are refused, or learn and change
nothing, on records that they may not read.

"""
_ROUTES = """
## Addresses

"""


def find_methods():
    """Return ``{(model, method): {addons}}`` of all that RPC might call in our classes."""
    found = {}
    for path, tree in _read_sources():
        for model, node in _find_models(tree):
            for method in node.body:
                if not isinstance(method, ast.FunctionDef) or method.name.startswith("_"):
                    continue
                marks = {ast.unparse(mark) for mark in method.decorator_list}
                if not marks & {"api.private", "property", "classmethod", "staticmethod"}:
                    addon = path.relative_to(REPO).parts[0]
                    found.setdefault((model, method.name), set()).add(addon)
    return found


def find_routes():
    """Return ``{(path, HTTP methods): auth}`` of our routes, methods “any” where none are named."""
    found = {}
    for path, tree in _read_sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef):
                continue
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("route"):
                    options = {word.arg: word.value for word in mark.keywords}
                    methods = ast.literal_eval(options.get("methods", ast.Constant("")))
                    address = _resolve(mark.args[0], path, tree)
                    auth = ast.literal_eval(options.get("auth", ast.Constant("user")))
                    found[address, " ".join(methods) or "any"] = auth
    return found


def read_table(name):
    with (TABLES / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def make_page():
    """Return the page as text."""
    access, fields, methods, routes = (
        read_table(f"{name}.csv") for name in ("access", "fields", "methods", "routes")
    )
    for line in methods:
        line["method"] = f"`{line['model']}.{line['method']}`"
    shown = [name for name in access[0] if name not in ("public", "portal", "internal")]
    return "".join(
        (
            _HEAD,
            _ACCESS,
            _make_table(access, shown),
            _FIELDS,
            _make_table(fields, ["model", "field", "groups", "why"]),
            _METHODS,
            _make_table(methods, ["method", "who", "why"]),
            _ROUTES,
            _make_table(routes, list(routes[0])),
        )
    )


def _make_table(lines, names):
    rows = [names, ["---"] * len(names), *([line[name] for name in names] for line in lines)]
    escaped = ([cell.replace("|", r"\|") for cell in row] for row in rows)
    return "".join(f"| {' | '.join(row)} |\n" for row in escaped)


@lru_cache
def _read_sources():
    return [
        (path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(REPO.glob("lead_*/**/*.py"))
        if not {"tests", "migrations", "tools"} & set(path.relative_to(REPO).parts)
    ]


def _find_models(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            named = {
                target.id: statement.value
                for statement in node.body
                if isinstance(statement, ast.Assign)
                for target in statement.targets
                if isinstance(target, ast.Name)
            }
            name = named.get("_name", named.get("_inherit"))
            if isinstance(name, ast.Constant):
                yield name.value, node
            elif name is not None:
                yield ast.literal_eval(name)[0], node


def _resolve(node, path, tree):
    """Return the text that ``node`` stands for: a literal, or a constant of this or that module."""
    if not isinstance(node, ast.Name):
        return ast.literal_eval(node)
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == node.id:
            return ast.literal_eval(statement.value)
        if isinstance(statement, ast.ImportFrom) and node.id in [
            alias.name for alias in statement.names
        ]:
            folder = path.parents[statement.level - 1]
            source = folder.joinpath(*statement.module.split(".")).with_suffix(".py")
            return _resolve(node, source, ast.parse(source.read_text(encoding="utf-8")))
    raise ValueError(f"{node.id} in {path} is no constant")


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
