from odoo import models
from odoo.fields import Domain

from ..tools import timing


class LeadCadenceEnrollment(models.Model):
    """Nobody gets a cadence's mail twice because he is two leads.

    Of several live enrollments whose leads have one address, the first e-mails; the e-mail steps
    of the others are blocked, their calls and letters are made. Companies are apart; a lead
    without a company is everybody's. Once the first has ended, the next one e-mails.
    """

    _inherit = "lead.cadence.enrollment"

    def _filter_same_address(self):
        """Return those with an earlier live enrollment to their address, in two queries."""
        addresses = set(self.lead_id.mapped("email_normalized")) - {False}
        if not addresses:
            return self.browse()
        # sudo: it counts whether somebody is written to, not who may see him
        rows = self.sudo()._read_group(
            Domain("state", "in", ("active", "paused"))
            & Domain("lead_id.email_normalized", "in", list(addresses)),
            ["lead_id", "company_id"],
            ["id:min"],
        )
        firsts = {}
        for lead, company, first_id in rows:
            firsts.setdefault(lead.email_normalized, []).append((lead, company, first_id))
        return self.filtered(
            lambda enrollment: any(
                lead != enrollment.lead_id
                and first_id < enrollment.id
                and (not company or enrollment.company_id in (company, company.browse()))
                for lead, company, first_id in firsts.get(enrollment.lead_id.email_normalized, ())
            )
        )

    def _choose_moments(self, step_by_enrollment):
        """Return what the planner chooses; a second e-mail to an address is blocked."""
        emailing = self.browse().union(
            *(
                enrollment
                for enrollment, step in step_by_enrollment.items()
                if step.channel == "email"
            )
        )
        doubled = emailing._filter_same_address()
        moments = super()._choose_moments(
            {
                enrollment: step
                for enrollment, step in step_by_enrollment.items()
                if enrollment not in doubled
            }
        )
        return moments | dict.fromkeys(doubled, timing.Blocked("same_address"))

    def _filter_mailed(self):
        mailed = super()._filter_mailed()
        return mailed - mailed._filter_same_address()
