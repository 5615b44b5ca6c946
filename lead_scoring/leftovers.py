"""What people saved that names an addon's models or fields: it fails once the addon is gone."""

import ast
import re

from odoo.tools import SQL

# A name, or a path of names, as contexts and sort orders quote it: 'lead_id.score_total:sum'
_QUOTED = re.compile(r"""['"]([a-z_][\w.]*)(?=['":@ ])""")


def remove_leftovers(env, module):
    """Remove saved filters, exports, import mappings, actions and parameters that need ``module``.

    Odoo keeps them. A saved export loses only the columns that are gone, unless none is left.
    Called by the uninstall hook of ``module``, while its models are still there.
    """
    gone = _Gone(env, module)
    _remove_filters(env, gone)
    _remove_exports(env, gone)
    mappings = env["base_import.mapping"] if "base_import.mapping" in env else None
    if mappings is not None:
        mappings.search([]).filtered(
            lambda one: gone.has(one.res_model, (one.field_name or "").replace("/", "."))
        ).unlink()
    actions = env["ir.actions.act_window"].with_context(active_test=False)
    shipped = env["ir.model.data"].search([("model", "=", "ir.actions.act_window")])
    actions.search(
        [("res_model", "in", list(gone.models)), ("id", "not in", shipped.mapped("res_id"))]
    ).unlink()
    env["ir.config_parameter"].search([("key", "=like", f"{module}.%")]).unlink()
    _remove_bookkeeping(env, gone)


class _Gone:
    """The models and fields that go with ``module`` and with what depends on it."""

    def __init__(self, env, module):
        found = env["ir.module.module"].search([("name", "=", module)])
        installed = ("installed", "to upgrade", "to remove")
        downstream = found.downstream_dependencies(exclude_states=("uninstallable",))
        names = downstream.filtered(lambda one: one.state in installed).mapped("name")
        self._env = env
        self.modules = {module, *names}
        self.models = {name for name in env.registry if env[name]._original_module in self.modules}

    def has(self, model, path=""):
        """Whether ``model``, or a field on the ``path`` from it, goes."""
        for name in [*path.split("."), ""]:
            if model in self.models:
                return True
            field = self._env[model]._fields.get(name) if model in self._env else None
            if field is None:
                return False
            if field._modules and set(field._modules) <= self.modules:
                return True
            model = field.comodel_name
        return False


def _remove_filters(env, gone):
    saved = env["ir.filters"].with_context(active_test=False)  # archived ones fail as well
    saved.search([]).filtered(
        lambda one: (
            gone.has(one.model_id) or any(gone.has(one.model_id, path) for path in _get_paths(one))
        )
    ).unlink()


def _get_paths(saved):
    """Return the paths of fields that a filter names."""
    paths = [*_QUOTED.findall(saved.context or ""), *_QUOTED.findall(saved.sort or "")]
    try:
        domain = ast.parse((saved.domain or "[]").strip(), mode="eval")
    except SyntaxError:
        return paths  # it fails without us as well
    return paths + _get_domain_paths(domain.body)


def _get_domain_paths(node, prefix=""):
    """Return the paths in the terms under ``node``, those of nested domains too.

    Of what puts a domain together, as a sum or a call, each text may be one.
    """
    if isinstance(node, ast.Call | ast.BinOp | ast.IfExp | ast.BoolOp | ast.keyword | ast.Starred):
        children = list(ast.iter_child_nodes(node))
        texts = [child.value for child in children if isinstance(child, ast.Constant)]
        paths = [f"{prefix}{text}" for text in texts if isinstance(text, str)]
        return paths + [path for child in children for path in _get_domain_paths(child, prefix)]
    elements = getattr(node, "elts", [])
    first = elements[0] if len(elements) == 3 else None
    operator = elements[1] if first is not None else None
    if not (isinstance(first, ast.Constant) and isinstance(operator, ast.Constant)) or (
        first.value in ("&", "|", "!") or isinstance(operator.value, bool | int)
    ):
        return [path for child in elements for path in _get_domain_paths(child, prefix)]
    path = f"{prefix}{first.value}"
    return [path, *_get_domain_paths(elements[2], f"{path}.")]


def _remove_exports(env, gone):
    exports = env["ir.exports"].search([])
    lines = exports.export_fields.filtered(
        lambda line: gone.has(line.export_id.resource, (line.name or "").replace("/", "."))
    )
    emptied = lines.export_id
    lines.unlink()
    exports.filtered(
        lambda one: gone.has(one.resource) or (one in emptied and not one.export_fields)
    ).unlink()


def _remove_bookkeeping(env, gone):
    """Remove what Odoo notes of our models and foreign keys, and forgets to remove.

    What other addons add to each model of a kind, ours among them, is noted under their name.
    """
    data = env["ir.model.data"]
    in_ours = [("model_id.model", "in", list(gone.models))]
    fields = env["ir.model.fields"].search(in_ours)
    noted = (
        fields,
        env["ir.model.fields.selection"].search([("field_id", "in", fields.ids)]),
        env["ir.model.inherit"].search(in_ours),
    )
    for records in noted:
        data.search(
            [
                ("model", "=", records._name),
                ("res_id", "in", records.ids),
                ("module", "not in", list(gone.modules)),
            ]
        ).unlink()
    # of a mixin that an addon on top of this one took off a model of ours, when it went
    for model in ("ir.model.fields.selection", "ir.model.inherit"):
        env.cr.execute(
            SQL(
                """DELETE FROM ir_model_data WHERE model = %s AND NOT EXISTS (
                       SELECT FROM %s noted WHERE noted.id = ir_model_data.res_id)""",
                model,
                SQL.identifier(env[model]._table),
            )
        )
    # by SQL: the ORM would drop the foreign keys at once, and records are still to be deleted
    env.cr.execute(
        SQL(
            """DELETE FROM ir_model_constraint c USING ir_module_module m
                WHERE m.id = c.module AND c.type = 'f' AND m.name IN %s""",
            tuple(gone.modules),
        )
    )
    for model in env["ir.model"].search([("model", "not in", list(gone.models))]):
        if model.model in env and (text := _get_words_of_others(env, model.model, gone)):
            model.info = text


def _get_words_of_others(env, name, gone):
    """Return what Odoo says of a model where one of ours says it now; None where it is not ours."""
    ours = False
    for definition in env.registry[name].mro():
        if definition.__dict__.get("__doc__"):
            parts = definition.__module__.split(".")
            if parts[:2] == ["odoo", "addons"] and parts[2] in gone.modules:
                ours = True
            else:
                return definition.__doc__ if ours else None
    return None
