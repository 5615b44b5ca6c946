from odoo import api, fields, models

from ..tools import intake
from ..tools.intake.heading_match import heading_points

_BARE = {"bare_name", "bare_title"}  # “Name” and “Title”, settled by what the others are


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
        list(intake.FIELDS.items()),
        string="Field",
        help="Left empty, the column is kept as a further answer.",
    )
    sample = fields.Char(readonly=True)
    origin = fields.Selection(
        [
            ("heading", "By its heading"),
            ("content", "By its contents"),
            ("remembered", "As imported before"),
            ("person", "Set by hand"),
        ],
        string="Why",
        readonly=True,
    )
    headings_key = fields.Char(compute="_compute_headings_key", store=True, index="btree_not_null")

    @api.depends("import_id.column_ids.heading")
    def _compute_headings_key(self):
        for column in self:
            headings = column.import_id.column_ids.sorted("position").mapped("heading")
            column.headings_key = _headings_key(headings)

    def write(self, vals):
        if "target" in vals:
            vals = {**vals, "origin": "person"}
        result = super().write(vals)
        if "target" in vals:
            # sudo: the program says what is out of date
            jobs = self.import_id.filtered(lambda job: job.state == "previewed")
            jobs.sudo().needs_preview = True
        return result

    @api.model
    def _recall(self, company, headings):
        """Return the field words that were last imported under these headings, or None.

        :param company: res.company whose imports count.
        :param headings: list of str in the order of the file.
        """
        if not any(heading and heading.strip() for heading in headings):
            return None  # a file without headings says nothing of the next one
        # sudo: what one person has corrected holds for the whole company, whose import it was
        newest = (
            self.env["lead.import"]
            .sudo()
            .search(
                [
                    ("column_ids.headings_key", "=", _headings_key(headings)),
                    ("company_id", "=", company.id),
                    ("state", "in", ("queued", "running", "paused", "done")),
                ],
                order="id desc",
                limit=1,
            )
        )
        known = newest.column_ids.sorted("position")
        if len(known) != len(headings):
            return None
        return [column.target for column in known]

    @api.model
    def _get_origin(self, heading, target):
        """Return by what a suggested ``target`` was found, False for none."""
        if not target:
            return False
        by_heading = heading_points(heading or "")
        return "heading" if target in by_heading or by_heading.keys() & _BARE else "content"


def _headings_key(headings):
    """Return one text for a list of headings, letter case and outer blanks ignored."""
    return "\x1f".join((heading or "").strip().casefold() for heading in headings)
