from odoo import models


class LeadCadence(models.Model):
    """From a cadence to what it would do: for one lead, and for many that are chosen."""

    _inherit = "lead.cadence"

    def action_preview(self):
        """Ask for a lead, and lay this cadence over its calendar."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Comes If Nobody Answers"),
            "res_model": "lead.cadence.preview",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_cadence_id": self.id},
        }

    def action_choose_leads(self):
        """Open the leads that are in no cadence, to choose who enters this one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_followup.lead_cadence_choose_leads_action"
        )
        title = self.env._("Choose Whom to Enroll in “%(cadence)s”", cadence=self.name)
        action["name"] = action["display_name"] = title
        action["context"] = {"create": False, "lead_cadence_id": self.id}
        return action
