from odoo import models


class LeadShowVisit(models.Model):
    """Which import made a visit, the program alone says: the undo of that import deletes it."""

    _name = "lead.show.visit"
    _inherit = ["lead.show.visit", "lead.program.only"]

    _PROGRAM_ONLY = frozenset({"import_id"})
