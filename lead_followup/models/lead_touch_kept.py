from odoo import fields, models


class LeadTouch(models.Model):
    """What a person made of a step, laid aside by a pause and taken up again after it."""

    _inherit = "lead.touch"

    is_laid_aside = fields.Boolean(
        readonly=True, help="Taken back for a while: it goes on as a person has left it."
    )

    def _lay_aside(self):
        """Keep those of these withdrawn steps that a person has made his own; forget the others.

        Of one that was only moved its moment is kept; its e-mail is prepared anew.
        """
        kept = self.filtered(lambda touch: touch.step_id and touch._is_made_by_hand())
        (self - kept)._forget()
        kept.filtered(
            lambda touch: touch.mail_id.state == "cancel" and not touch._has_own_text()
        )._drop_mails()
        kept.is_laid_aside = True

    def _put_off(self):
        """Keep those of these withdrawn e-mails whose text is somebody's; forget the others.

        They wait for their turn, after the steps before them: no moment is theirs any more.
        """
        written = self.filtered(lambda touch: touch._has_own_text())
        (self - written)._forget()
        written.write({"is_laid_aside": True, "planned_at": False, "slot_rule": False})

    def _is_laid_aside(self):
        """Tell whether this step was withdrawn for a while only, and is taken up again."""
        self.ensure_one()
        return (
            self.is_laid_aside
            and self.state == "cancelled"
            and self.step_id
            and not self.letter_batch_id
            and self.enrollment_id.state in ("active", "paused")
            and self.round == self.enrollment_id.round
        )

    def _has_own_text(self):
        """Tell whether its e-mail is there as somebody has written or approved it."""
        self.ensure_one()
        return bool(self.mail_id) and (self.is_rewritten or bool(self.approved_at))

    def _can_be_taken_up(self):
        """Tell whether this laid-aside step can still be made, and as it was.

        A text is nothing to keep once it would go to another address; one that was only approved,
        once another signs.
        """
        self.ensure_one()
        enrollment = self.enrollment_id
        state, _reason = enrollment._get_step_obstacle(self.step_id)
        if state or not self.step_id.active:
            return False
        if not self._has_own_text():
            return self.slot_rule == "by_hand"
        if self.mail_id.state not in ("cancel", "outgoing"):
            return False
        is_same_address = self.lead_id.email_normalized in self._get_addressees()
        return is_same_address and (self.is_rewritten or self._is_own())

    def _is_own(self):
        """Tell whether this e-mail carries the name of whoever would sign it now."""
        self.ensure_one()
        return self.user_id == self.enrollment_id._get_sender()

    def _take_up(self):
        """Put these laid-aside steps on their way again: each at its moment, or a new one."""
        now = fields.Datetime.now()
        hanging = self.filtered(lambda touch: touch.reason == "branch_open")
        (self - hanging).reason = False
        self.write({"state": "planned", "is_laid_aside": False})
        written = self.filtered(lambda touch: touch._has_own_text())
        for touch in self - written:
            touch.user_id = touch.enrollment_id._get_sender()
        self.filtered(
            lambda touch: touch.slot_rule != "by_hand" or touch.planned_at <= now
        )._choose_new_moments()
        if self.env.context.get("lead_forecast"):
            return  # taken back soon: the moments are enough
        ready = written.filtered(lambda touch: touch.state == "planned")
        ready.reason = False  # it was looked at for good before it was written
        approved = ready.filtered(lambda touch: touch.approved_at and touch._is_own())
        approved.state = "queued"
        approved.mail_id.state = "outgoing"
        approved._schedule_mails()
        unread = ready - approved
        unread.write({"approved_at": False, "approved_user_id": False})
        unread._hold_for_approval()
        unread._pass_on_held()
        (self - written)._queue()
        self.enrollment_id._note_coming()

    def _choose_new_moments(self):
        """Give these steps another moment by the planner; their states stay.

        Where there is none they are blocked.
        """
        self.planned_at = False  # their old places don't count against the cap
        left = self
        while left:
            turn = left._get_first_of_each()
            left -= turn
            turn._choose_new_moments_at_once()

    def _choose_new_moments_at_once(self):
        step_by_enrollment = {touch.enrollment_id: touch.step_id for touch in self}
        moments = self.enrollment_id._choose_moments(step_by_enrollment)
        for touch in self:
            enrollment = touch.enrollment_id
            vals = enrollment._prepare_step_moment_vals(touch.step_id, moments[enrollment])
            if vals["state"] == "blocked":
                touch._block(vals["reason"])
                continue
            vals["state"] = touch.state
            if touch.state != "planned":
                vals["reason"] = touch.reason
            touch.write({**vals, "deadline": enrollment.lead_id._get_open_deadline()})
