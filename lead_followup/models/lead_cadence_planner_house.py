from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

_STANDING = ("planned", "approval", "queued", "sending", "done")


class LeadCadenceEnrollment(models.Model):
    """E-mails to one house keep their distance as well, whoever signs them.

    A house is a mail domain of its own: colleagues who all get one mail within a minute take it
    for a mailing, and their mail server for spam. People at a big provider are nobody's colleagues.
    """

    _inherit = "lead.cadence.enrollment"

    def _get_house(self, step):
        """Return the mail domain that an e-mail of ``step`` goes to, None at a big provider."""
        self.ensure_one()
        domain = self.lead_id.email_domain_criterion or ""
        return domain if step.channel == "email" and domain.startswith("@") else None

    def _get_house_busy(self, requests, company):
        """Return ``{domain: moments}`` (naive UTC) of the e-mails of ``company`` that stand.

        One query, and none where it asks for no pace.
        """
        houses = {request.house for request in requests} - {None}
        if not houses or not company.lead_house_hourly:
            return {}
        rows = self.env["lead.touch"]._read_group(
            Domain("channel", "=", "email")
            & Domain("state", "in", _STANDING)
            & Domain("planned_at", ">=", fields.Datetime.now() - timedelta(hours=1))
            & Domain("lead_id.email_domain_criterion", "in", list(houses))
            & Domain("company_id", "in", (company.id, False)),
            ["lead_id.email_domain_criterion"],
            ["planned_at:array_agg"],
        )
        return dict(rows)
