from odoo import models


class LeadCadenceEnrollment(models.Model):
    """What an import began and its undo takes back; a cadence it had taken the place of goes on.

    Which import began it, and where a lead stands, the program alone says: people pause, move,
    skip and stop by the actions, which keep the guards.
    """

    _name = "lead.cadence.enrollment"
    _inherit = ["lead.cadence.enrollment", "lead.program.only"]

    _PROGRAM_ONLY = frozenset(
        {
            "lead_id",
            "cadence_id",
            "company_id",
            "state",
            "step_id",
            "round",
            "next_touch_at",
            "next_channel",
            "needs_plan",
            "import_id",
            "last_touch_at",
            "stop_reason",
            "touch_ids",
            "resume_at",
            "is_by_rule",
        }
    )

    def _get_stop_reason_texts(self):
        return {
            **super()._get_stop_reason_texts(),
            "undone": self.env._("The import that began it was undone"),
        }

    def _take_back(self):
        """End these enrollments; those that have reached nobody leave no trace."""
        self._stop("undone")
        unheard = self.filtered(
            lambda enrollment: (
                not ({"done", "sending", "doubtful"} & set(enrollment.touch_ids.mapped("state")))
            )
        )
        mails = unheard.touch_ids.mail_id.filtered(lambda mail: mail.state == "cancel")
        mails.mail_message_id.unlink()  # never sent, and the mail goes with its message
        unheard.unlink()

    def _go_on_after_undo(self):
        """Let these go on where the cadence of an import, now taken back, had replaced them."""
        replaced = self.filtered(
            lambda enrollment: (
                enrollment.stop_reason == "replaced" and enrollment.lead_id._can_enroll()
            )
        )
        replaced._go_on_from_stop()

    def _go_on_from_stop(self):
        """Let these stopped ones go on where they stood; whether they may, the caller has asked."""
        # What was never made is planned anew, as after a pause.
        self.touch_ids.filtered(
            lambda touch: touch.state == "cancelled" and touch.round == touch.enrollment_id.round
        ).unlink()
        self.write({"state": "active", "stop_reason": False})
        self._plan_next()
