from odoo import models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL


class LeadImport(models.Model):
    """A day's captures taken back: what is captured at that moment is taken back, or stays."""

    _inherit = "lead.import"

    def _undo(self):
        if self.door:
            self._close_door()
        return super()._undo()

    def _close_door(self):
        """Let nobody capture into this import before this transaction is kept.

        Whoever captures now waits for that, and finds the import undone; who was a moment earlier
        is waited for, and Odoo begins the undo anew, on his record too.

        :raises ConcurrencyError: a record was noted since this transaction began.
        """
        self.env.cr.execute(SQL("SELECT FROM lead_import WHERE id = %s FOR UPDATE", self.id))
        last = self.env["lead.import.row"].search(
            [("import_id", "=", self.id)], order="number desc", limit=1
        )
        if self._read_last_number() > last.number:
            raise ConcurrencyError(f"Import {self.id} was captured into meanwhile")

    def _read_last_number(self):
        """Return the last row's number as it is now, not as it was when this transaction began."""
        with self.env.registry.cursor() as cr:
            cr.execute(SQL("SELECT max(number) FROM lead_import_row WHERE import_id = %s", self.id))
            return cr.fetchone()[0] or 0
