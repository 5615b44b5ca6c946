from markupsafe import Markup

from odoo import models


class LeadImportRow(models.Model):
    """A poster's tick left open in the name of a contact who has no open lead: it closes nothing.

    Anybody may have typed his address. It is told on the lead that is made.
    """

    _inherit = "lead.import.row"

    def _prepare_lead_vals(self, values):
        vals = super()._prepare_lead_vals(values)
        is_known = self.partner_id or self.won_lead_id
        if is_known and self.import_id.door == "poster" and values.get("consent") is False:
            closed = self.won_lead_id._get_closed_ways()
            vals["email_consent"] = closed.get("email_consent", False)
            label = self.env["crm.lead"]._fields["email_consent"]._description_string(self.env)
            told = (label, self.env._("left open on the form"))
            vals["description"] = (vals["description"] or "") + Markup("<p>%s: %s</p>") % told
        return vals
