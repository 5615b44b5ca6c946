import re

from odoo import api, models

_IMPORT_CHANNEL = re.compile(r"lead\.import_(\d+)")


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Let whoever may read an import follow its progress."""
        return super()._build_bus_channel_list(self._take_imports(channels))

    @api.model
    def _take_imports(self, channels):
        """Return ``channels``, names of imports replaced by those that the user may read."""
        import_ids, others = [], []
        for channel in channels:
            found = isinstance(channel, str) and _IMPORT_CHANNEL.fullmatch(channel)
            if found:
                import_ids.append(int(found[1]))
            else:
                others.append(channel)
        if import_ids and self.env["lead.import"].has_access("read"):
            others.extend(self.env["lead.import"].search([("id", "in", import_ids)]))
        return others
