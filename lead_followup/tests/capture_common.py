"""Records as a phone at the booth sends them."""

import base64
import io

from PIL import Image

from .common import LeadFollowupCase


class CaptureCase(LeadFollowupCase):
    def _capture(self, *records, show=None, user=None, door="booth"):
        """Capture ``records`` in one call; return the answers."""
        if door == "booth":
            booth = self.env["lead.booth"].with_user(user or self.user_marketing)
            return booth.capture((show or self.show).id, list(records))
        return self.env["lead.import"]._capture(list(records), door, show or self.show)

    def _captured(self, **record):
        """Capture one record; return its lead."""
        [answer] = self._capture(record)
        return self.env["crm.lead"].browse(answer["lead_id"])

    def _get_row(self, key):
        return self.env["lead.import.row"].search([("capture_key", "=", key)])

    def _get_day(self, **domain):
        """Return the captures' imports, the last first."""
        return self.env["lead.import"].search([("door", "!=", False)])


def make_photo(kind="PNG", size=(40, 20)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return base64.b64encode(out.getvalue()).decode()
