import io
import json
import re
import zipfile

from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..tools import privacy

_TECHNICAL = {"id", "write_uid", "write_date", "create_uid", "display_name", "ask_key", "token"}
_READABLE = {"consent_text", "reason_text", "stop_reason_text"}  # what codes say, in words
_KINDS = {
    "char", "text", "html", "integer", "float", "monetary", "date", "datetime", "boolean",
    "selection", "many2one", "json",
}  # fmt: skip


class LeadPrivacy(models.AbstractModel):
    """What is known of a person in one file, for him to read: a ZIP of a JSON and his files.

    Who named him stands in it only where he may know.
    """

    _inherit = "lead.privacy"

    @api.model
    def _export(self, people):
        """Return the ZIP as bytes: ``everything.json`` by table, and ``files/``.

        Each table is a list of ``{label: value}``; times are UTC.
        """
        found = self._find_rows(people)
        told = {
            "made": privacy.tell(fields.Datetime.now()),
            "addresses": list(people.emails),
            "numbers": list(people.numbers),
        }
        for model, records in found.items():
            if model != "ir.attachment":
                told[self.env["ir.model"]._get(model).name] = self._tell_records(records)
        told = privacy.blank(told, self._get_hidden_words(people))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            text = json.dumps(told, ensure_ascii=False, indent=2)
            archive.writestr("everything.json", text)
            for attachment in found.get("ir.attachment", ()):
                name = re.sub(r"[^\w. -]+", "_", attachment.name or "")[-100:]
                archive.writestr(f"files/{attachment.id} {name}", attachment.raw or b"")
        return out.getvalue()

    @api.model
    def _tell_records(self, records):
        """Return ``[{label: value}]`` of what is stored in ``records``."""
        names = {
            name: field._description_string(self.env)
            for name, field in records._fields.items()
            if (field.store or name in _READABLE)
            and field.type in _KINDS
            and name not in _TECHNICAL
            and not (field.type == "many2one" and field.comodel_name == "ir.attachment")
        }
        told = []
        for record in records:
            row = {}
            for name, label in names.items():
                value = privacy.tell(self._tell_value(record, name))
                if value:
                    row[label if label not in row else f"{label} ({name})"] = value
            told.append(row)
        return told

    @api.model
    def _tell_value(self, record, name):
        field, value = record._fields[name], record[name]
        if field.type == "many2one":
            return value.display_name
        if field.type == "html":
            return html2plaintext(value) if value else None
        if field.type == "selection" and value:
            return dict(field._description_selection(self.env)).get(value, value)
        return value
