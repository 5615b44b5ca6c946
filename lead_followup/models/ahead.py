"""What is worked out of a new record before it is written, for many at once."""


def add_ahead(model, vals_list, get_values, add_rest):
    """Give each of ``vals_list`` the precomputed fields that ``get_values`` knows.

    Odoo makes a record in memory for each of them and asks that: for a narrow record it costs more
    than writing it. What ``get_values`` leaves out is worked out in Odoo's way.

    :param get_values: gives ``{field: value as it is written}`` of one of ``vals_list``, the same
        as their computes.
    :param add_rest: Odoo's own ``_add_precomputed_values``.
    """
    ahead_list = []
    for vals in vals_list:
        ahead = {name: value for name, value in get_values(vals).items() if name not in vals}
        vals.update(ahead)
        ahead_list.append({model._fields[name] for name in ahead})
    add_rest(vals_list)
    for vals, ahead in zip(vals_list, ahead_list, strict=True):
        # by this Odoo knows that they are not to be worked out again
        vals["__precomputed__"] = ahead | set(vals.get("__precomputed__", ()))


def get_named(model, vals_list, name):
    """Return the records that ``vals_list`` name by ``name``; whose they are does not matter."""
    ids = {vals.get(name) for vals in vals_list} - {None, False}
    # sudo: as Odoo itself reads what a computed field follows from
    return model[name].browse(ids).sudo()


def get_company_id(records, record_id):
    """Return the id of the company of the one of ``records`` that has this id, False of none."""
    return records.browse(record_id or []).with_prefetch(records._ids).company_id.id
