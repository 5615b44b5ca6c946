from odoo import models


class BaseImport(models.TransientModel):
    """The dialog of “Import records”: “Test” says which rows are people we know."""

    _inherit = "base_import.import"

    def execute_import(self, fields, columns, options, dryrun=False):
        if self.res_model != "crm.lead":
            return super().execute_import(fields, columns, options, dryrun=dryrun)
        named = self.with_context(
            lead_load_file=self.file_name,
            lead_load_dialog=self.id,
            lead_load_skip=options.get("skip", 0),
        )
        result = super(BaseImport, named).execute_import(fields, columns, options, dryrun=dryrun)
        summary = result.pop("lead_summary", False)
        # Any message ends the dialog's run through the batches, so only the last one of a test.
        if dryrun and summary and not result["messages"] and not result["nextrow"]:
            message = {"type": "warning", "message": summary, "not_matching_error": True}
            result["messages"] = [message]
        return result
