from odoo import models


class LeadImportRow(models.Model):
    """What a poster's tick says of a lead we know: anybody may have typed its address there.

    A tick left open closes nothing; it is told as what differs. A tick that is set takes back the
    “no” of one left open before, and no other “no”.
    """

    _inherit = "lead.import.row"

    def _find_additions(self, merged, lead_by_row, vals_by_row=None):
        additions = super()._find_additions(merged, lead_by_row, vals_by_row)
        posters = {row: lead for row, lead in lead_by_row.items() if row.import_id.door == "poster"}
        agreeing = {
            row: lead
            for row, lead in posters.items()
            if additions[row].otherwise.get("email_consent") == "yes"
        }
        left_open = self._filter_left_open(self.env["crm.lead"].union(*agreeing.values()))
        for row, lead in posters.items():
            addition = additions[row]
            if addition.blanks.get("email_consent") == "no":
                addition.otherwise["email_consent"] = addition.blanks.pop("email_consent")
            elif row in agreeing and lead in left_open:
                addition.blanks["email_consent"] = addition.otherwise.pop("email_consent")
        return additions

    def _filter_left_open(self, leads):
        """Return those of ``leads`` whose “no” is nothing but a poster's tick left open.

        Whom somebody has changed by hand since is left out: the “no” may be his.
        """
        leads = leads.filtered(lambda lead: lead.email_consent == "no" and not lead.worked_on_at)
        if not leads:
            return leads
        earlier = self.search(
            [("lead_id", "in", leads.ids), ("is_done", "=", True), ("id", "not in", self.ids)]
        )
        refusing = earlier.filtered(
            lambda row: row._prepare_person_vals(row.values).get("email_consent") == "no"
        )
        others = refusing.filtered(lambda row: row.import_id.door != "poster" or row.won_lead_id)
        return (refusing.lead_id & leads) - others.lead_id
