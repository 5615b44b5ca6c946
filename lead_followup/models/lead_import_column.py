from odoo import api, fields, models

from ..tools import intake


class LeadImportColumn(models.Model):
    """A column of an imported file and the field it belongs to.

    Once a person has confirmed a mapping by importing, the same set of headings is mapped
    alike the next time.
    """

    _name = "lead.import.column"
    _description = "Lead Import Column"
    _order = "import_id, position"

    import_id = fields.Many2one("lead.import", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="import_id.company_id", store=True)
    position = fields.Integer(required=True)
    heading = fields.Char()
    target = fields.Selection(
        lambda self: list(intake.FIELDS.items()),
        string="Field",
        help="Left empty, the column is kept as a further answer.",
    )
    sample = fields.Char(readonly=True)
    headings_key = fields.Char(compute="_compute_headings_key", store=True, index="btree_not_null")

    @api.depends("import_id.column_ids.heading")
    def _compute_headings_key(self):
        for column in self:
            headings = column.import_id.column_ids.sorted("position").mapped("heading")
            column.headings_key = _headings_key(headings)

    @api.model
    def _recall(self, company, headings):
        """Return the field words that were last imported under these headings, or None.

        :param company: res.company whose imports count.
        :param headings: list of str in the order of the file.
        """
        known = self.search(
            [
                ("headings_key", "=", _headings_key(headings)),
                ("company_id", "=", company.id),
                ("import_id.state", "in", ("queued", "running", "paused", "done")),
            ],
            order="import_id desc, position",
            limit=len(headings),
        )
        if len(known) != len(headings):
            return None
        return [column.target for column in known]


def _headings_key(headings):
    """Return one text for a list of headings, letter case and outer blanks ignored."""
    return "\x1f".join((heading or "").strip().casefold() for heading in headings)
