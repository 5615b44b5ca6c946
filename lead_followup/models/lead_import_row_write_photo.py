import base64
import binascii
import io

from PIL import Image

from odoo import models

_FORMATS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif"}  # of which none can hold a script
_MAX_PIXELS = 60_000_000  # of a picture; more is made to fill the memory


class LeadImportRow(models.Model):
    """The photo of a card that comes with a captured record.

    It is told by its contents, not by its name: only pictures of points, never a drawing that can
    hold a script. Where the record was rejected it is kept with the import, for somebody to read.
    """

    _inherit = "lead.import.row"

    _PHOTO_BYTES = 8 * 1024 * 1024

    def _after_capture(self, record_by_row):
        result = super()._after_capture(record_by_row)
        vals_list, rows = [], []
        for row, record in record_by_row.items():
            photo = record.get("photo")
            if not photo:
                continue
            content, extension, fault = self._read_photo(photo)
            if fault:
                row.flags = [*row.flags, f"photo_refused:{fault}"]
                continue
            if row._has_same_photo(content):
                continue
            rows.append(row)
            vals_list.append(
                {
                    "name": f"{self.env._('Card')} {row.number}.{extension}",
                    "raw": content,
                    "mimetype": f"image/{'jpeg' if extension == 'jpg' else extension}",
                    "description": row._get_photo_mark(),
                    "res_model": "crm.lead" if row.lead_id else "lead.import",
                    "res_id": row.lead_id.id or row.import_id.id,
                }
            )
        attachments = self.env["ir.attachment"].create(vals_list)
        for row, attachment in zip(rows, attachments, strict=True):
            if row.lead_id and row._get_head().verdict != "new":
                row._keep_for_undo(attachment_id=attachment.id)
        return result

    def _has_same_photo(self, content):
        """Tell whether this row, which corrects another, brings the photo that is there by now."""
        if self.reason != "correction":
            return False
        attachments = self.env["ir.attachment"]
        same = [
            ("res_model", "=", "crm.lead"),
            ("res_id", "=", self.lead_id.id),
            ("checksum", "=", attachments._compute_checksum(content)),
        ]
        return bool(attachments.search_count(same, limit=1))

    def _take_back_notes(self):
        result = super()._take_back_notes()
        ids = [row.undo_values.get("attachment_id") for row in self]
        self.env["ir.attachment"].browse(filter(None, ids)).exists().unlink()
        return result

    def _read_photo(self, photo):
        """Return ``(bytes, extension, None)``, or ``(None, None, why it is refused)``."""
        if not isinstance(photo, str | bytes):
            return None, None, "unreadable"
        if len(photo) > self._PHOTO_BYTES * 4 // 3 + 64:
            return None, None, "too_large"
        text = photo.decode("ascii", "replace") if isinstance(photo, bytes) else photo
        text = text.rpartition(",")[2] if text.startswith("data:") else text
        try:
            content = base64.b64decode(text, validate=True)
            with Image.open(io.BytesIO(content), formats=tuple(_FORMATS)) as picture:
                width, height = picture.size
                if width * height > _MAX_PIXELS:
                    return None, None, "too_large"
                picture.verify()
                return content, _FORMATS[picture.format], None
        except (binascii.Error, ValueError, OSError, SyntaxError, Image.DecompressionBombError):
            return None, None, "unreadable"

    def _describe_flag(self, flag):
        texts = {
            "photo_refused:too_large": self.env._(
                "photo left out: larger than %s MB", self._PHOTO_BYTES // 1024**2
            ),
            "photo_refused:unreadable": self.env._(
                "photo left out: not a JPEG, PNG or GIF picture"
            ),
        }
        return texts.get(flag) or super()._describe_flag(flag)
