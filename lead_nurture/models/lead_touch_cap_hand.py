from datetime import timedelta

from odoo import api, fields, models


class LeadTouch(models.Model):
    """A track's e-mail that a person moves to a day below the cap goes then, in sight.

    He is told so at once; who insists is obeyed, also where a mailing comes in between. A cadence
    of follow-ups that writes to the address goes first all the same: it is another person's. Once
    the chosen moment has passed without the e-mail leaving, the rules choose again.
    """

    _inherit = "lead.touch"

    is_cap_overruled = fields.Boolean(
        "Above the Cap by Hand",
        readonly=True,
        help="A person chose a moment at which the lead has had enough mailings already.",
    )

    @api.depends("is_cap_overruled", "slot_rule")
    def _compute_reason_text(self):
        result = super()._compute_reason_text()
        for touch in self.filtered("is_cap_overruled"):
            if touch.reason or touch.slot_rule != "by_hand":
                continue
            if touch._filter_coming() or touch.state == "done":
                touch.reason_text = self.env._(
                    "By hand, although it has had as many mailings as the settings allow"
                )
        return result

    def _move(self, moment):
        self.filtered("put_off_reason").put_off_reason = False
        over = self._filter_over_cap_at(moment)
        over.is_cap_overruled = True
        (self - over).filtered("is_cap_overruled").is_cap_overruled = False
        return super()._move(moment)

    def _get_moment_faults_of_each(self, moment):
        """Add ``over_mailing_cap``: the lead has had enough by then; and ``followups_first``: a
        cadence of follow-ups writes to its address, for which a track waits.

        A fixed number of queries.
        """
        faults_by_touch = super()._get_moment_faults_of_each(moment)
        for touch in self._filter_over_cap_at(moment):
            faults_by_touch[touch].append("over_mailing_cap")
        emails = self.filtered(lambda touch: touch.channel == "email")
        behind = emails.enrollment_id._filter_behind_followups()
        for touch in emails.filtered(lambda touch: touch.enrollment_id in behind):
            faults_by_touch[touch].append("followups_first")
        return faults_by_touch

    def _filter_over_cap_at(self, moment):
        """Return the e-mails of tracks among these that the cap would not let go at ``moment``."""
        over = self.browse()
        emails = self.filtered(
            lambda touch: touch.channel == "email" and touch.enrollment_id.cadence_id.is_track
        )
        for company, touches in emails.grouped(
            lambda touch: touch.enrollment_id._get_cap_company()
        ).items():
            cap, span = company.lead_mailing_cap, timedelta(days=company.lead_mailing_cap_days)
            if not cap:
                continue
            people = touches.lead_id._get_addressees()
            moments = touches.lead_id._get_mailing_moments(
                set(people.values()), moment - span, but_touches=touches.ids
            )
            over |= touches.filtered(
                lambda touch, people=people, moments=moments, cap=cap: (
                    len([at for at in moments[people[touch.lead_id]] if at <= moment]) >= cap
                )
            )
        return over

    def _get_put_off_reason(self):
        word = super()._get_put_off_reason()
        if word != "over_cap" or self.slot_rule != "by_hand":
            return word
        if not self.is_cap_overruled:
            self.is_cap_overruled = True
        return None
