from odoo import models


class LeadCadenceEnrollment(models.Model):
    """E-mails in one name keep their distance from each other: see the company's pace."""

    _inherit = "lead.cadence.enrollment"

    def _get_busy(self, requests, company):
        """Return ``{sender id: moments}`` (naive UTC) of the e-mails that stand.

        Nothing where ``company`` asks for no pace: then nobody looks at them.
        """
        if not requests or not company.lead_email_hourly:
            return {}
        rows = self.env["lead.touch"]._read_group(
            self._get_standing_domain(requests), ["user_id"], ["planned_at:array_agg"]
        )
        return {user.id: moments for user, moments in rows}
