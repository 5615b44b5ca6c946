from odoo import fields, models

from ..tools import intake
from .json_list import JsonList

# A second column of these adds to the first; nothing is set aside.
_ADDING = {"email", "other_email", "phone", "mobile", "interest", "note", "consent"}
_SHOWN = 3  # examples a hint names


class LeadImport(models.Model):
    """What the person who imports should know or decide before the rows are written.

    A question is something the file cannot answer: the preview goes on with an assumption, says
    which, and asks. A hint tells what was set aside. Neither stops the import.
    """

    _inherit = "lead.import"

    questions = JsonList(
        readonly=True,
        copy=False,
        help="What the file leaves open: date_order, rating_scale, default_country.",
    )
    hint = fields.Text("To Decide", readonly=True, copy=False)

    def _set_hints(self, table, fields_by_position, options, questions):
        """Write the questions and hints of a preview.

        :param table: the ``intake.Table`` read.
        :param fields_by_position: field word or None of each column.
        :param options: the ``intake.Options`` the rows were judged by.
        :param questions: codes from ``intake.guess_options``.
        """
        self.ensure_one()
        asked = {
            "date_order": self._ask_date_order,
            "rating_scale": self._ask_rating_scale,
            "default_country": self._ask_default_country,
        }
        lines = [asked[code](table, fields_by_position, options) for code in questions]
        lines += self._describe_doubles(table, fields_by_position)
        lines += self._describe_left_out(table)
        # sudo: the program's words
        self.sudo().write({"questions": questions, "hint": "\n".join(lines) or False})

    def _ask_date_order(self, table, fields_by_position, options):
        heading, samples = _column_of(table, fields_by_position, "scanned_at")
        order = self.env._("month first")
        if intake.default_date_order(options) == "DMY":
            order = self.env._("day first")
        return self.env._(
            "The dates in column “%(column)s” (%(samples)s) can be read day first or month first; "
            "for now they are read %(order)s. Choose the date order (DMY or MDY), then press "
            "“Preview Again”.",
            column=heading,
            samples=", ".join(samples),
            order=order,
        )

    def _ask_rating_scale(self, table, fields_by_position, options):
        heading, samples = _column_of(table, fields_by_position, "rating")
        return self.env._(
            "The ratings in column “%(column)s” are numbers (%(samples)s), and nothing says which "
            "end is best; for now 5 is. Choose the rating scale, then press “Preview Again”.",
            column=heading,
            samples=", ".join(samples),
        )

    def _ask_default_country(self, table, fields_by_position, options):
        field = "phone" if "phone" in fields_by_position else "mobile"
        heading, _samples = _column_of(table, fields_by_position, field)
        return self.env._(
            "Numbers in column “%(column)s” name no country, so they cannot be dialled. Choose the "
            "default country, then press “Preview Again”.",
            column=heading,
        )

    def _describe_doubles(self, table, fields_by_position):
        """Return a line for each field that two columns are mapped to."""
        positions = {}
        for position, field in enumerate(fields_by_position, start=1):
            if field and field not in _ADDING:
                positions.setdefault(field, []).append(position)
        return [
            self.env._(
                "Columns %(columns)s are all mapped to “%(field)s”: the first that is filled "
                "counts, what the others say is kept as a further answer.",
                columns=", ".join(_quoted(table, position) for position in several),
                field=intake.FIELDS[field],
            )
            for field, several in positions.items()
            if len(several) > 1
        ]

    def _describe_left_out(self, table):
        """Return a line for the sheets and one for the rows that are not imported."""
        lines = []
        if table.sheets_left:
            lines.append(
                self.env._(
                    "Only sheet “%(sheet)s” is imported. These look like leads, too; save each as "
                    "a file of its own and import that: %(others)s.",
                    sheet=table.sheet,
                    others=", ".join(table.sheets_left),
                )
            )
        if table.footers:
            lines.append(
                self.env._(
                    "Rows left out as totals, legends or signatures: %(count)s (%(texts)s).",
                    count=len(table.footers),
                    texts=" · ".join(text[:60] for text in table.footers[:_SHOWN]),
                )
            )
        return lines


def _column_of(table, fields_by_position, field):
    """Return the heading of the column mapped to ``field``, and a few of its cells."""
    index = fields_by_position.index(field)
    cells = (row.cells[index].strip() for row in table.rows if index < len(row.cells))
    samples = list(dict.fromkeys(cell for cell in cells if cell))[:_SHOWN]
    return table.headings[index] or str(index + 1), samples


def _quoted(table, position):
    return f"“{table.headings[position - 1] or position}”"
