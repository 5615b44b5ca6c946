from odoo import models


class LeadCadenceEnrollment(models.Model):
    """An end by hand, with the reason somebody gave."""

    _inherit = "lead.cadence.enrollment"

    def action_stop(self):
        """Stop these enrollments by hand."""
        self._stop_by_hand("manual")

    def _stop_by_hand(self, reason):
        """End these enrollments for ``reason``, a word or a free text; return those that ended."""
        self.check_access("write")
        live = self.filtered(lambda enrollment: enrollment.state in ("active", "paused"))
        live._stop(reason)
        text = self._get_stop_reason_texts().get(reason, reason)
        for cadence, enrollments in live.grouped("cadence_id").items():
            enrollments._note_on_leads(
                self.env._(
                    "The cadence “%(cadence)s” was stopped: %(reason)s.",
                    cadence=cadence.name,
                    reason=text.rstrip("."),
                )
            )
        return live

    def _get_hand_reasons(self):
        """Return ``[(word, text)]`` of the reasons a person may choose from."""
        return [
            ("manual", self.env._("No particular reason")),
            ("answered_elsewhere", self.env._("Answered in another way")),
            ("not_now", self.env._("Not now")),
            ("wrong_person", self.env._("Not the right person")),
            ("no_need", self.env._("Has no need")),
        ]

    def _get_stop_reason_texts(self):
        return {**dict(self._get_hand_reasons()), **super()._get_stop_reason_texts()}
