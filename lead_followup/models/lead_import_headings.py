from odoo import api, fields, models


class LeadImport(models.Model):
    """Whether the first row of the file has headings: told by the file, unless somebody says.

    ``has_headings`` is what holds: set to true or false it is somebody's word, left alone it is
    what the last preview found.
    """

    _inherit = "lead.import"

    heading_choice = fields.Selection(
        [("auto", "Found by itself"), ("yes", "Yes"), ("no", "No: it is a lead already")],
        string="First Row Has Headings",
        required=True,
        default="auto",
        help="Say so where the preview took the headings for a lead, or the first lead for "
        "headings.",
    )
    headings_found = fields.Boolean(default=True, readonly=True, copy=False)
    has_headings = fields.Boolean(compute="_compute_has_headings", inverse="_inverse_has_headings")

    @api.depends("heading_choice", "headings_found")
    def _compute_has_headings(self):
        said = {"yes": True, "no": False}
        for job in self:
            job.has_headings = said.get(job.heading_choice, job.headings_found)

    def _inverse_has_headings(self):
        for job in self:
            job.heading_choice = "yes" if job.has_headings else "no"

    def _get_said_headings(self):
        """Return True or False where somebody said so, None where the file decides."""
        self.ensure_one()
        return {"yes": True, "no": False}.get(self.heading_choice)
