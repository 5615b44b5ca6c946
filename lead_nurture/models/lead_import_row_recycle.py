from odoo import models


class LeadImportRow(models.Model):
    """An import that had brought a lost lead back, and is undone, lets it rest on as before."""

    _inherit = "lead.import.row"

    def _take_back_state(self):
        # sudo: whoever undoes it; rows are written by the program alone
        back_by_lead = {
            lead: lead.sudo().recycle_id
            for lead in self.lead_id
            if lead.sudo().recycle_id.state == "back" and lead.won_status == "pending"
        }
        result = super()._take_back_state()
        rows = self.env["lead.recycle"].sudo()
        for lead, row in back_by_lead.items():
            if lead.won_status == "lost" and lead.sudo().recycle_id != row:
                rows |= row
        (rows.lead_id.recycle_id - rows).unlink()  # the loss that was none
        rows.write(
            {
                "came_back_at": False,
                "came_back_kind": False,
                "days_away": 0,
                "message_count": 0,
                "enrollment_id": False,
                "entered_at": False,
                "track_until": False,
            }
        )
        rows._judge_where_switched_on()
        return result
