from odoo import models


class LeadImport(models.Model):
    """What a click on an import's figures opens: its rows, by verdict, and its leads."""

    _inherit = "lead.import"

    def action_open_rows(self):
        """Open the rows of this import."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_followup.lead_import_row_action"
        )
        action["domain"] = [("import_id", "=", self.id)]
        return action

    def action_open_new_rows(self):
        """Open the rows that are new leads."""
        return self._open_rows_of("new")

    def action_open_enriched_rows(self):
        """Open the rows that add to a known lead."""
        return self._open_rows_of("enriched")

    def action_open_duplicate_rows(self):
        """Open the rows that add nothing."""
        return self._open_rows_of("duplicate")

    def action_open_rejected_rows(self):
        """Open the rows that can be no lead."""
        return self._open_rows_of("rejected")

    def _open_rows_of(self, verdict):
        """Open the rows; the search keeps to one verdict, and a click lets it go."""
        action = self.action_open_rows()
        action["context"] = {f"search_default_{verdict}": 1}
        return action

    def action_open_leads(self):
        """Open the leads that this import made or enriched."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("lead_followup.crm_lead_show_action")
        action["domain"] = [("id", "in", self.row_ids.lead_id.ids)]
        action["context"] = {"active_test": False, "create": False}
        return action
