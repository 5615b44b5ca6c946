from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmTeamMember(models.Model):
    """Says when a member is away; assignment passes over who is."""

    _inherit = "crm.team.member"

    lead_absent_from = fields.Date("Away From")
    lead_absent_to = fields.Date("Away To", help="The last day away; empty: until further notice.")

    @api.constrains("lead_absent_from", "lead_absent_to")
    def _check_absence(self):
        for member in self:
            if (
                member.lead_absent_to
                and member.lead_absent_from
                and member.lead_absent_to < member.lead_absent_from
            ):
                raise ValidationError(
                    self.env._(
                        "%(member)s would be back before leaving: check the two dates.",
                        member=member.user_id.name,
                    )
                )

    def _is_absent(self, day):
        self.ensure_one()
        start, end = self.lead_absent_from, self.lead_absent_to
        if not start and not end:
            return False
        return (not start or start <= day) and (not end or day <= end)
