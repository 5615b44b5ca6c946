from datetime import datetime

from odoo import fields, models

# What reached nobody can't be what is answered.
_IN_VAIN = ("bounced", "wrong_number")


class LeadTouch(models.Model):
    """What a lead did about a touch: it answered, or a meeting was booked.

    An answer belongs to the touch it names: an e-mail by the headers of the reply, a letter by its
    code. One that names none belongs to the last touch that was made and reached the lead. The
    outcome keeps the first word that was known; both moments stand beside it.
    """

    _inherit = "lead.touch"

    answered_at = fields.Datetime(
        "Answered On", readonly=True, help="When the lead answered this, the last time."
    )
    meeting_at = fields.Datetime(
        "Meeting Booked On", readonly=True, help="When a meeting came of this, the last time."
    )

    def _note_reply(self, message_ids):
        """Note on which of these touches a reply by e-mail falls, for each lead on one.

        :param message_ids: Message-Ids of the e-mails it answers, as far as it says so.
        """
        answered = self.browse()
        if message_ids:
            answered = self.search(
                [
                    ("id", "in", self.ids),
                    ("state", "=", "done"),
                    ("mail_id.message_id", "in", list(message_ids)),
                ]
            )
        answered._note_result_here("replied")
        self.filtered(lambda touch: touch.lead_id not in answered.lead_id)._note_result("replied")

    def _note_result(self, outcome):
        """Note ``outcome``, “replied” or “meeting”, on each lead's last touch that was made.

        Nothing is added where one of these touches has it since the last was made: then it is
        known on which it falls.
        """
        name = self._get_result_field(outcome)
        made = self.filtered(lambda touch: touch._has_reached_lead())
        made = made.sorted(lambda touch: (touch._get_made_at(), touch.id))
        for touches in made.grouped("lead_id").values():
            last = touches[-1]
            if not any(touch[name] and touch[name] >= last._get_made_at() for touch in touches):
                last._note_result_here(outcome)

    def _note_result_here(self, outcome):
        """Note ``outcome`` on each of these touches itself."""
        self.write({self._get_result_field(outcome): fields.Datetime.now()})
        self.filtered(lambda touch: touch.outcome in (False, "unknown")).outcome = outcome

    def _get_result_field(self, outcome):
        return {"replied": "answered_at", "meeting": "meeting_at"}[outcome]

    def _get_made_at(self):
        return self.done_at or datetime.min

    def _has_reached_lead(self):
        """Tell whether this touch was made and may have reached the lead."""
        self.ensure_one()
        is_in_vain = self.outcome in _IN_VAIN or self.letter_returned_date
        return self.state == "done" and not is_in_vain
