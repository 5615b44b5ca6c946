from odoo import models


class LeadImport(models.Model):
    """How far an import is, what it counted and foresaw, the program alone says.

    The background run and the undo work with the rights of the program and go by this: whoever
    could write it could have leads deleted that are not his to delete.
    """

    _name = "lead.import"
    _inherit = ["lead.import", "lead.program.only"]

    _PROGRAM_ONLY = frozenset(
        {
            "state",
            "phase",
            "row_count",
            "new_count",
            "enriched_count",
            "duplicate_count",
            "rejected_count",
            "needs_preview",
            "message",
            "hint",
            "questions",
            "forecast",
            "forecast_state",
            "forecast_at",
            "forecast_tries",
            "preview_state",
            "preview_user_id",
            "run_tries",
            "is_from_records",
            "dialog_id",
            "summary_message_id",
        }
    )
