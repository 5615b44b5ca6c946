from odoo import models
from odoo.fields import Domain

from ..tools import timing

_EMAILED = ("planned", "waiting", "approval", "queued", "sending", "done", "doubtful")


class LeadCadenceEnrollment(models.Model):
    """Nobody gets a cadence's mail twice because he is two leads.

    Of several live enrollments whose leads have one address, the first that has and may make an
    e-mail does so; the e-mail steps of the others are blocked, their calls and letters are made.
    Companies are apart; a lead without a company is everybody's. Once the first has ended, the
    next one e-mails.
    """

    _inherit = "lead.cadence.enrollment"

    def _filter_same_address(self):
        """Return those with an earlier live enrollment that e-mails their address.

        The number of queries does not depend on how many they are.
        """
        emailing_by_address = self._get_emailing_by_address()
        return self.filtered(
            lambda enrollment: any(
                first._goes_first(enrollment) and first._is_of_company_of(enrollment)
                for first in emailing_by_address.get(enrollment.lead_id.email_normalized, ())
            )
        )

    def _goes_first(self, other):
        """Tell whether this one, not ``other``, e-mails the address they share; others differ."""
        self.ensure_one()
        return self.id < other.id

    def _is_of_company_of(self, other):
        self.ensure_one()
        return not self.company_id or other.company_id in (
            self.company_id,
            self.company_id.browse(),
        )

    def _get_emailing_by_address(self):
        """Return ``{address: live enrollments}`` that e-mail it, of addresses that are shared."""
        addresses = set(self.lead_id.mapped("email_normalized")) - {False}
        if not addresses:
            return {}
        # sudo: it counts whether somebody is written to, not who may see him
        live = self.sudo().search(
            Domain("state", "in", ("active", "paused"))
            & Domain("lead_id.email_normalized", "in", list(addresses)),
            order="id",
        )
        by_address = (live | self.sudo()).grouped(
            lambda enrollment: enrollment.lead_id.email_normalized
        )
        shared = (
            live.browse().union(*(same for same in by_address.values() if len(same) > 1)) & live
        )
        return shared.filtered(lambda enrollment: enrollment._is_emailing()).grouped(
            lambda enrollment: enrollment.lead_id.email_normalized
        )

    def _is_emailing(self):
        """Tell whether this enrollment has e-mailed its lead, or is still to and may."""
        self.ensure_one()
        if self.lead_id._get_email_obstacle():
            return False
        emails = self.touch_ids.filtered(lambda touch: touch.channel == "email")
        if any(touch.state in _EMAILED or touch._is_laid_aside() for touch in emails):
            return True
        taken = self.touch_ids.filtered(lambda touch: touch.round == self.round).step_id
        return any(
            step.channel == "email" and not step._is_version_of(taken)
            for step in self.cadence_id._get_steps()
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
