"""JSON that reads as what it holds: a list where it is empty, too; a dict without deep copies."""

from odoo import fields


class JsonList(fields.Json):
    """JSON whose record value is always a list; Odoo's own reads an empty one as False."""

    def convert_to_record(self, value, record):
        return super().convert_to_record(value, record) or []


class JsonDict(fields.Json):
    """JSON whose record value is a dict of one's own; what lies inside is shared, and only read.

    Odoo's own copies all of it, however deep, each time it is read: most of the time of a walk
    over many rows.
    """

    def convert_to_record(self, value, record):
        return dict(value) if value else False
