from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import timing


class CrmLead(models.Model):
    """What each outcome of a call brings about: it ends, interrupts or goes on with the cadence.

    Whatever ends a cadence leaves a next action with its reason on somebody's list.
    """

    _inherit = "crm.lead"

    look_again_date = fields.Date(
        "Look Again On", copy=False, help="Until then this lead is left in peace; then it is due."
    )

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        result = super()._handle_won_lost(old_status_by_lead, new_status_by_lead)
        for name in ("won", "lost"):
            ended = self.filtered(
                lambda lead, name=name: new_status_by_lead.get(lead.id, {}).get(f"is_{name}")
            )
            ended._withdraw_calls(name)
        return result

    def write(self, vals):
        result = super().write(vals)
        if vals.get("do_not_contact"):
            self._withdraw_calls("do_not_contact")
        return result

    def _withdraw_calls(self, reason):
        """Take calls outside a cadence off people's lists; a cadence withdraws its own."""
        if not self:
            return
        # sudo: who may win, lose or close a lead may not write touches
        touches = self.env["lead.touch"].sudo()
        calls = touches.search([("lead_id", "in", self.ids), ("enrollment_id", "=", False)])
        calls._withdraw().write({"reason": reason})

    def _follow_interested(self, touch):
        """Stop the cadence; what comes next is on the salesperson's list, for today."""
        self._log_call_reached(touch)
        self.sudo().enrollment_id._stop("interested")
        self._schedule_next_action(
            self.env._("Interested on the phone: offer the next step"),
            user=self.user_id or self.env.user,
            note=touch.note,
        )
        return self._say(self.env._("Interested: the cadence has ended, a next action is planned."))

    def _follow_not_interested(self, touch):
        """Stop the cadence and ask why; a next action stays until that is answered."""
        self.sudo().enrollment_id._stop("not_interested")
        activity = self._schedule_next_action(
            self.env._("Not interested: close it with its reason, or look again later"),
            user=self.user_id or self.env.user,
            note=touch.note,
        )
        action = self.env["ir.actions.act_window"]._for_xml_id("crm.crm_lead_lost_action")
        action["context"] = {
            "dialog_size": "medium",
            "default_lead_ids": self.ids,
            "default_activity_id": activity.id,
        }
        return action

    def _follow_no_answer(self, touch):
        """Go on with the cadence; a call that none had planned is tried again."""
        self._try_again(touch)
        return self._say(self.env._("No answer: noted. What comes next stands under Follow-Up."))

    def _follow_wrong_number(self, touch):
        """Mark the number that was dialled; e-mails go on, and so do calls to another number."""
        number = self._get_call_numbers()[:1]
        if not number:
            raise UserError(
                self.env._(
                    "“%(lead)s” has no number that could be wrong. Choose another outcome.",
                    lead=self.name,
                )
            )
        self._mark_number_wrong(number[0])
        self._try_again(touch)
        return self._say(
            self.env._("%(number)s is marked as wrong; e-mail goes on.", number=number[0])
        )

    def _follow_later(self, touch, moment):
        """Interrupt the cadence until the call agreed for ``moment`` (naive UTC) was made."""
        if self.do_not_contact:
            raise UserError(
                self.env._(
                    "“%(lead)s” must not be contacted. Take that mark off first, if it is wrong.",
                    lead=self.name,
                )
            )
        self._log_call_reached(touch)
        enrollment = self.sudo().enrollment_id
        enrollment._pause_for_call_back(moment)
        self._plan_call(moment, slot_rule="agreed", enrollment_id=enrollment.id, note=touch.note)

    def _nurture_until(self, date, note=False):
        """Leave these leads in peace until ``date``, then put them on somebody's list.

        A hook: an addon that keeps in touch meanwhile may override it. Who bought or does not buy
        keeps his lifecycle.
        """
        self.sudo().enrollment_id._stop("nurture")
        self.write({"look_again_date": date})
        self.filtered(lambda lead: lead.lifecycle not in ("customer", "disqualified")).write(
            {"lifecycle": "nurture"}
        )
        for lead in self:
            lead._schedule_next_action(
                self.env._("Look again, as agreed on the phone"),
                user=lead.user_id or self.env.user,
                date=date,
                note=note,
            )

    def _try_again(self, touch):
        """Plan one more call where no cadence goes on by itself and the number may be right."""
        planned = touch.slot_rule in ("agreed", "by_hand", "again")
        if self.enrollment_id or self.do_not_contact or not planned:
            return
        if not self._get_call_numbers():
            return
        place = self._get_place()
        tomorrow = timing.add_working_days(fields.Datetime.now(), 1, place)
        slot = timing.first_slot("call", now=tomorrow, place=place, window=timing.DAYTIME)
        self._plan_call(slot.start, slot_rule="again")

    def _plan_call(self, moment, **vals):
        """Put a call outside the cadence's steps on the salesperson's list, for ``moment``."""
        # sudo: nobody writes touches by hand
        touch = (
            self.env["lead.touch"]
            .sudo()
            .create(
                {
                    "lead_id": self.id,
                    "channel": "call",
                    "user_id": (self.user_id or self.env.user).id,
                    "state": "planned",
                    "planned_at": moment,
                    **vals,
                }
            )
        )
        touch._queue_activities()

    def _ask_when_to_call_back(self, activity_id):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Call Back Later"),
            "res_model": "lead.call.later",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "dialog_size": "medium",
                "default_lead_id": self.id,
                "default_activity_id": activity_id,
            },
        }

    def _say(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message},
        }
