from odoo import fields, models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """A call and what came of it: noted in one click, and what follows is done at once.

    It is the call that the lead's cadence, or an activity, asked for; where none did, a touch
    outside any cadence. Either way Odoo's own log of activities knows it too.
    """

    _inherit = "crm.lead"

    def action_log_call(self, outcome, activity_id=False, note=False):
        """Note a call that was made to this lead, and do what its outcome asks for.

        :param outcome: “interested”, “later”, “not_interested”, “no_answer” or “wrong_number”.
        :param activity_id: that asked for the call; without one, the call that comes next.
        :return: an action: what was done in a message, or the question that is left. After “later”
            nothing is noted until the date is given.
        :raises UserError: the lead is archived, or the activity is done already.
        """
        self.ensure_one()
        self.check_access("write")
        follow_by_outcome = {
            "interested": self._follow_interested,
            "not_interested": self._follow_not_interested,
            "no_answer": self._follow_no_answer,
            "wrong_number": self._follow_wrong_number,
        }
        self._check_callable()
        if outcome == "later":
            return self._ask_when_to_call_back(activity_id)
        if outcome not in follow_by_outcome:
            raise UserError(
                self.env._(
                    "“%(outcome)s” is no outcome of a call. Nothing was noted on “%(lead)s”; "
                    "choose one of the five.",
                    outcome=outcome,
                    lead=self.name,
                )
            )
        touch = self._note_call(outcome, activity_id, note)
        return follow_by_outcome[outcome](touch)

    def _check_callable(self):
        if not self.active and self._get_contact_obstacle():
            raise UserError(
                self.env._(
                    "“%(lead)s” is lost or archived. Restore it first; then note the call.",
                    lead=self.name,
                )
            )

    def _note_call(self, outcome, activity_id=False, note=False):
        """Note the call as made now by whoever is logged in, and give the touch that it is."""
        activity = self._get_call_activity(activity_id)
        # sudo: nobody writes touches by hand
        touches = self.env["lead.touch"].sudo()
        touch = (
            touches.search([("activity_id", "=", activity.id)], limit=1)
            if activity
            else self._get_open_call()
        )
        asked_for = bool(activity)
        activity = activity or touch.activity_id or self._create_call_activity()
        if not touch:
            vals = {"slot_rule": "by_hand"} if asked_for else {}
            touch = touches.create({**touches._prepare_call_vals(activity), **vals})
        touch.write({"outcome": outcome, "note": note, "activity_id": activity.id})
        label = dict(touch._fields["outcome"]._description_selection(self.env))[outcome]
        activity._action_done(feedback=f"{label}. {note}" if note else label)
        return touch

    def _get_call_activity(self, activity_id):
        """Return the activity that asked for the call.

        :raises UserError: it is of another lead, gone, or done already.
        """
        if not activity_id:
            return self.env["mail.activity"]
        # sudo: a call on a colleague's list may be noted by whoever may write the lead
        activity = self.env["mail.activity"].sudo().with_context(active_test=False)
        activity = activity.search(
            [("id", "=", activity_id), ("res_model", "=", self._name), ("res_id", "=", self.id)]
        )
        if not activity.active:
            raise UserError(
                self.env._(
                    "This call to “%(lead)s” is not on the list any more: it was noted "
                    "or withdrawn already. Look at the lead's touches, then note another one.",
                    lead=self.name,
                )
            )
        return activity

    def _get_open_call(self):
        """Return the call that this lead's cadence, or an agreement, has planned next."""
        # sudo: nobody writes touches by hand
        calls = self.sudo().touch_ids.filtered(
            lambda touch: (
                touch.channel == "call" and touch.state in ("planned", "queued", "waiting")
            )
        )
        return calls.sorted(lambda touch: touch.planned_at or fields.Datetime.now())[:1]

    def _create_call_activity(self):
        return self.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.env.uid, automated=False
        )

    def _log_call_reached(self, touch):
        """Note that the lead was reached; once for a touch."""
        # sudo: the history is kept by the program alone
        self.env["lead.event"].sudo()._log(
            [
                {
                    "lead_id": self.id,
                    "kind": "call_reached",
                    "ref": f"call,{touch.id}",
                    "note": touch.note,
                }
            ]
        )
        self.sudo()._update_scores()
