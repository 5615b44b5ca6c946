from datetime import timedelta

from odoo import fields, models

from odoo.addons.lead_followup.tools import timing

_LOOK_AGAIN = timedelta(days=7)  # at whether a cadence of follow-ups still e-mails the address


class LeadCadenceEnrollment(models.Model):
    """A track's e-mail waits: over the cap for the first day on which it may go, and while a
    cadence of follow-ups e-mails its address a week at a time.

    A cadence of follow-ups never waits for a track, whichever began first. A round of which
    nothing was made, because it was left out for that or its text failed, is followed by another,
    in a track that does not begin again as well: the lead has had nothing of it yet.
    """

    _inherit = "lead.cadence.enrollment"

    def _finish(self):
        crowded = self.filtered(lambda enrollment: enrollment._is_crowded_out())
        crowded._rest_for_a_round()
        return super(LeadCadenceEnrollment, self - crowded)._finish()

    def _is_crowded_out(self):
        """Tell whether nothing of this round was made, for no reason that lies with the lead."""
        self.ensure_one()
        if not self.cadence_id.is_track:
            return False
        touches = self._get_round_touches()
        return "done" not in touches.mapped("state") and any(
            (touch.state == "skipped" and touch.reason in ("over_cap", "followups_first"))
            or (touch.state == "failed" and touch.is_text_fault)
            for touch in touches
        )

    def _goes_first(self, other):
        """Leave a track and a cadence of follow-ups apart: of these the track waits."""
        is_alike = self.cadence_id.is_track == other.cadence_id.is_track
        return is_alike and super()._goes_first(other)

    def _filter_behind_followups(self):
        """Return the tracks whose address a live cadence of follow-ups e-mails."""
        tracks = self.filtered("cadence_id.is_track")
        emailing_by_address = tracks._get_emailing_by_address()
        return tracks.filtered(
            lambda enrollment: any(
                not first.cadence_id.is_track and first._is_of_company_of(enrollment)
                for first in emailing_by_address.get(enrollment.lead_id.email_normalized, ())
            )
        )

    def _get_cap_company(self):
        """Return whose cap holds: the lead's company's, else that of whoever signs the e-mail."""
        self.ensure_one()
        coming = self.touch_ids.filtered(
            lambda touch: (
                touch.channel == "email" and touch.state in ("planned", "approval", "queued")
            )
        )
        sender = coming[:1].user_id or self._get_sender()
        return self.company_id or sender.company_id or self.env.company

    def _get_put_offs(self, step_by_enrollment):
        """Return ``{enrollment: (moment, word)}``: until when, and why, its e-mail waits."""
        capped = self.filtered(
            lambda enrollment: (
                enrollment.cadence_id.is_track and step_by_enrollment[enrollment].channel == "email"
            )
        )
        found = {}
        for company, enrollments in capped.grouped(
            lambda enrollment: enrollment._get_cap_company()
        ).items():
            next_by_lead = enrollments.lead_id._get_next_mailing_at(company)
            for enrollment in enrollments:
                if moment := next_by_lead.get(enrollment.lead_id):
                    found[enrollment] = moment, "over_cap"
        later = fields.Datetime.now() + _LOOK_AGAIN
        for enrollment in capped._filter_behind_followups():
            moment, _word = found.get(enrollment, (later, ""))
            found[enrollment] = max(moment, later), "followups_first"
        return found

    def _get_not_before(self, step_by_enrollment):
        moments = super()._get_not_before(step_by_enrollment)
        for enrollment, (moment, _word) in self._get_put_offs(step_by_enrollment).items():
            moments[enrollment] = max(moment, moments.get(enrollment) or moment)
        return moments

    def _choose_moments(self, step_by_enrollment):
        moments = super()._choose_moments(step_by_enrollment)
        enrollments = self.browse().union(*step_by_enrollment)
        for enrollment, (until, word) in enrollments._get_put_offs(step_by_enrollment).items():
            place = enrollment.lead_id._get_place()
            is_put_off = until > enrollment._get_earliest(step_by_enrollment[enrollment], place)
            if is_put_off and isinstance(moments[enrollment], timing.Send):
                moments[enrollment] = moments[enrollment]._replace(put_off=word)
        return moments

    def _prepare_moment_vals(self, moment):
        vals = super()._prepare_moment_vals(moment)
        if isinstance(moment, timing.Send):
            vals["put_off_reason"] = moment.put_off or False
        return vals
