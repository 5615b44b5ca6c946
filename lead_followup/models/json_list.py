"""A list kept as JSON that reads as a list when it is empty, too."""

from odoo import fields


class JsonList(fields.Json):
    """JSON whose record value is always a list; Odoo's own reads an empty one as False."""

    def convert_to_record(self, value, record):
        return super().convert_to_record(value, record) or []
