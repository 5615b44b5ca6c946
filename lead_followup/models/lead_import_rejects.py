import csv
import io
from pathlib import PurePath

import xlsxwriter

from odoo import models
from odoo.exceptions import UserError

from ..tools import plain_cells


class LeadImport(models.Model):
    """The rejected rows as a file to mend and load again.

    It has the headings and columns of the original in their order, and one more that says why. When
    the mended file comes back, that column is left out, so that its headings are known again.
    """

    _inherit = "lead.import"

    def action_download_rejected_xlsx(self):
        """Give the rejected rows as a workbook."""
        return self._get_rejected_link("xlsx")

    def action_download_rejected_csv(self):
        """Give the rejected rows as CSV."""
        return self._get_rejected_link("csv")

    def _get_rejected_link(self, extension):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/lead_followup/import/{self.id}/rejected.{extension}",
            "target": "download",
        }

    def _get_rejected_name(self, extension):
        stem = PurePath(self.file_name or self.env._("leads")).stem
        return f"{stem} - {self.env._('rejected')}.{extension}"

    def _get_rejected_table(self):
        """Return the headings and the rejected rows, as lists of text.

        After the last heading of the file comes the reason; cells beyond it follow that.

        :raises UserError: nothing was rejected.
        """
        self.ensure_one()
        rows = self.row_ids.filtered(lambda row: row.verdict == "rejected").sorted("number")
        if not rows:
            raise UserError(
                self.env._(
                    "No row of “%(job)s” was rejected; there is nothing to mend.", job=self.name
                )
            )
        headings = [column.heading or "" for column in self.column_ids.sorted("position")]
        table = [[*headings, self._get_reason_heading()]]
        width = len(headings)
        for row in rows:
            cells = [_as_text(cell) for cell in row.cells]
            cells += [""] * (width - len(cells))
            table.append([*cells[:width], row.reason_text, *cells[width:]])
        return table

    def _get_rejected_csv(self):
        """Return the file's bytes; a cell that a spreadsheet would run stands as text."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        for line in self._get_rejected_table():
            writer.writerow([plain_cells.quoted(cell) for cell in line])
        return out.getvalue().encode("utf-8-sig")  # with its mark, or Excel reads it as Latin

    def _get_rejected_xlsx(self):
        """Return the workbook's bytes; every cell is text, to Excel as well when it is edited."""
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            text = book.add_format({"num_format": "@"})
            bold = book.add_format({"num_format": "@", "bold": True})
            sheet = book.add_worksheet(self.env._("Rejected")[:31])
            for number, line in enumerate(self._get_rejected_table()):
                for column, cell in enumerate(line):
                    cell = plain_cells.quoted_if_quoted(cell)
                    sheet.write_string(number, column, cell, text if number else bold)
            sheet.freeze_panes(1, 0)
        return out.getvalue()

    def _read_table(self):
        """Read the file; one that this import gave out comes back without what it had added."""
        table = super()._read_table()
        known = self._get_reason_headings()
        place = next((i for i, text in enumerate(table.headings) if text.strip() in known), None)
        if place is not None:
            table.headings = _without(table.headings, place)
            table.rows = [row._replace(cells=_without(row.cells, place)) for row in table.rows]
        return table

    def _get_reason_heading(self):
        return self.env._("Why this row was rejected")

    def _get_reason_headings(self):
        """Return the heading of the reasons in every language of this database."""
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        return {self.with_context(lang=code)._get_reason_heading() for code in codes} | {
            self.with_context(lang="en_US")._get_reason_heading()
        }


def _without(cells, place):
    """Return ``cells`` as they were before they were given out: unquoted, without the reason."""
    return [plain_cells.unquoted(cell) for cell in cells[:place] + cells[place + 1 :]]


def _as_text(cell):
    return "" if cell is None else str(cell)
