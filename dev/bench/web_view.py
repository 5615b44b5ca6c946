"""What the web client asks of the server for a view: all fields of it, hidden columns too."""

from lxml import etree

MODEL = "crm.lead"


def specification(env, view_type, view_id=None):
    """Give what ``web_read`` is asked for by this view of leads, for the user of ``env``."""
    views = env[MODEL].get_views([(view_id, view_type)])
    arch = etree.fromstring(views["views"][view_type]["arch"])
    return _read(env[MODEL], arch)


def _read(model, arch):
    result = {}
    for node in arch.xpath(".//field[not(ancestor::field)]"):
        field = model._fields[node.get("name")]
        asked = result.setdefault(field.name, {})
        if field.type == "many2one" and not _is_never_seen(node):
            asked["fields"] = {"display_name": {}}
        elif field.type in ("one2many", "many2many") and not _is_never_seen(node):
            asked |= _read_many(model.env[field.comodel_name], node)
    return result


def _read_many(comodel, node):
    for view_type in ("list", "kanban"):
        for arch in node.findall(view_type):
            return {"fields": _read(comodel, etree.fromstring(etree.tostring(arch))), "limit": 40}
    if node.get("widget") == "many2many_tags":
        color = {"color": {}} if "color_field" in (node.get("options") or "") else {}
        return {"fields": {"display_name": {}, **color}}
    return {}


def _is_never_seen(node):
    return node.get("invisible") in ("1", "True")
