from odoo import api, models

_ABSENCE = {"lead_absent_from", "lead_absent_to"}


class CrmTeamMember(models.Model):
    """Somebody's absence is looked at soon after it was entered."""

    _inherit = "crm.team.member"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        if any(not _ABSENCE.isdisjoint(vals) for vals in vals_list):
            self.env["lead.cadence.enrollment"]._trigger_absences()
        return members

    def write(self, vals):
        result = super().write(vals)
        if not _ABSENCE.isdisjoint(vals):
            self.env["lead.cadence.enrollment"]._trigger_absences()
        return result
