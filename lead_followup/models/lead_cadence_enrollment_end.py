from odoo import api, fields, models


class LeadCadenceEnrollment(models.Model):
    """Why an enrollment ended or stands still, in words; and the pause for an agreed call."""

    _inherit = "lead.cadence.enrollment"

    stop_reason_text = fields.Char("Why", compute="_compute_stop_reason_text")

    @api.depends("stop_reason", "state")
    def _compute_stop_reason_text(self):
        texts = self._get_stop_reason_texts()
        for enrollment in self:
            reason = enrollment.stop_reason or (enrollment.state == "done" and "done")
            enrollment.stop_reason_text = texts.get(reason, reason)

    def _get_stop_reason_texts(self):
        """Return ``{word: text}`` of what ends or holds a cadence; others may add theirs."""
        return {
            "won": self.env._("Won"),
            "lost": self.env._("Lost"),
            "replied": self.env._("The lead answered"),
            "meeting": self.env._("A meeting is booked"),
            "interested": self.env._("Reached by phone, interested"),
            "not_interested": self.env._("Not interested, by phone"),
            "nurture": self.env._("To be looked at again later"),
            "call_back": self.env._("A call is agreed"),
            "opted_out": self.env._("Opted out of e-mail"),
            "do_not_contact": self.env._("Must not be contacted"),
            "disqualified": self.env._("Disqualified"),
            "archived": self.env._("Archived"),
            "manual": self.env._("Stopped by hand"),
            "merged": self.env._("Merged into another lead"),
            "replaced": self.env._("Another cadence took over"),
            "rejected": self.env._("Its e-mail was not approved"),
            "no_channel": self.env._("No step could be made"),
            "done": self.env._("All steps are behind it, without an answer"),
        }

    def _stop(self, reason):
        """End them; what the lead did is noted on the touch that it answers as well."""
        if reason in ("replied", "meeting"):
            # sudo: whoever books or receives it may not write touches
            live = self.sudo().filtered(lambda enrollment: enrollment.state in ("active", "paused"))
            live.lead_id.touch_ids._note_result(reason)
        return super()._stop(reason)

    def _pause_for_call_back(self, moment):
        """Hold these enrollments until the call agreed for ``moment`` (naive UTC) is made.

        What a person has paused stays as it is.
        """
        live = self.filtered(
            lambda enrollment: enrollment.state == "active" or enrollment.stop_reason == "call_back"
        )
        # What was never made is planned anew once the call is made.
        live._withdraw_touches()._lay_aside()
        live.write(
            {
                "state": "paused",
                "stop_reason": "call_back",
                "needs_plan": False,
                "next_touch_at": moment,
                "next_channel": "call",
            }
        )

    def _resume_after_call_back(self):
        """Let those that were held for an agreed call be active again; they want a plan then."""
        held = self.filtered(
            lambda enrollment: (
                enrollment.state == "paused" and enrollment.stop_reason == "call_back"
            )
        )
        held.write({"state": "active", "stop_reason": False})
