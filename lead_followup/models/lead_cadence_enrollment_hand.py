from odoo import fields, models
from odoo.exceptions import UserError


class LeadCadenceEnrollment(models.Model):
    """What a person does to leads in a cadence: skip or move what comes next, pause, stop.

    One or many at once, by whoever may write the lead; each is noted on the lead.
    """

    _inherit = "lead.cadence.enrollment"

    def action_skip(self):
        """Leave out the next step of these enrollments and plan the one after it.

        :raises UserError: none of them has a step that can be skipped.
        """
        self.check_access("write")
        skipped = self._get_next_touches()._skip("by_hand")
        if not skipped:
            raise UserError(
                self.env._(
                    "Nothing can be skipped: the chosen leads are paused or through, their letter "
                    "is printed, or their e-mail is being sent.\nResume the paused ones first."
                )
            )
        skipped.enrollment_id._go_on()
        self._note_touches(
            skipped,
            lambda step, cadence: self.env._(
                "Skipped “%(step)s” of the cadence “%(cadence)s”.", step=step, cadence=cadence
            ),
        )
        text = self.env._("Skipped for %(done)s of %(all)s.", done=len(skipped), all=len(self))
        return self._tell(text, is_all=len(skipped) == len(self))

    def action_ask_move(self):
        """Ask for the moment to which what comes next is moved."""
        self.check_access("write")
        touches = self._get_next_touches()._filter_movable()
        if not touches:
            raise UserError(
                self.env._(
                    "Nothing can be moved: the chosen leads have no step with a date, or it is "
                    "printed or being sent already."
                )
            )
        return self._ask("lead_followup.lead_cadence_move_action")

    def action_ask_pause(self):
        """Ask until when these enrollments are held."""
        return self._ask("lead_followup.lead_cadence_pause_action")

    def action_ask_stop(self):
        """Ask why these enrollments end."""
        return self._ask("lead_followup.lead_cadence_stop_action")

    def _ask(self, xmlid):
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "context": {"default_enrollment_ids": [(6, 0, self.ids)]}}

    def _get_next_touches(self):
        """Return the next touch of each active enrollment: the one with the earliest moment.

        Where nothing has a moment it is the call or task that waits for its salesperson.
        """
        # sudo: people do this to touches by way of the enrollment, which they may write
        found = self.env["lead.touch"].sudo()
        for enrollment in self.sudo().filtered(lambda enrollment: enrollment.state == "active"):
            live = enrollment.touch_ids.filtered(
                lambda touch: touch.state in ("planned", "approval", "queued", "sending", "waiting")
            )
            found |= live.sorted(lambda touch: (touch.state == "waiting", touch.planned_at))[:1]
        return found

    def _go_on(self):
        """Note what comes next where a touch is on its way; plan the next elsewhere."""
        (self - self._note_coming())._plan_next()

    def _note_coming(self):
        """Note the earliest touch on its way of each of these active enrollments.

        :return: those that have a step on its way; the others are left as they are.
        """
        found = self.browse()
        # sudo: touches are read whoever may see them
        for enrollment in self.sudo().filtered(lambda enrollment: enrollment.state == "active"):
            coming = enrollment.touch_ids.filtered(
                lambda touch: (
                    touch.step_id and touch.state in ("planned", "approval", "queued", "sending")
                )
            ).sorted("planned_at")[:1]
            if coming:
                vals = {"next_touch_at": coming.planned_at, "next_channel": coming.channel}
                if any(enrollment[name] != value for name, value in vals.items()):
                    enrollment.write(vals)
                found |= enrollment
        return found.sudo(self.env.su)

    def _move_next(self, moment):
        """Move the next touch of these enrollments to ``moment`` (naive UTC); return those moved.

        :raises UserError: the moment is over.
        """
        self.check_access("write")
        if moment <= fields.Datetime.now():
            raise UserError(self.env._("This moment is over. Choose one ahead."))
        touches = self._get_next_touches()._filter_movable()
        touches._move(moment)
        touches.enrollment_id._go_on()
        self._note_touches(
            touches,
            lambda step, cadence: self.env._(
                "Moved “%(step)s” of the cadence “%(cadence)s” to another time by hand.",
                step=step,
                cadence=cadence,
            ),
        )
        return touches.enrollment_id

    def _note_touches(self, touches, describe):
        """Write ``describe(step's title, cadence's name)`` on the lead of each of ``touches``."""
        for (step, cadence), group in touches.grouped(
            lambda touch: (touch._get_title(), touch.enrollment_id.cadence_id)
        ).items():
            group.enrollment_id.with_env(self.env)._note_on_leads(describe(step, cadence.name))

    def _note_on_leads(self, text):
        """Write ``text`` on the leads of these enrollments, in the name of whoever does it."""
        leads = self.lead_id
        leads._message_log_batch(bodies=dict.fromkeys(leads.ids, text))

    def _tell(self, text, is_all):
        """Return the notification ``text``, a warning where something was not done to all."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if is_all else "warning",
                "message": text,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
