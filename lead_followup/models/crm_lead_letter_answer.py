from odoo import fields, models
from odoo.tools import plaintext2html

# What is noted for each answer; “other” is one that somebody of us takes care of himself.
_KINDS = {
    "call": ("letter_answer", "request_call"),
    "write": ("letter_answer",),
    "other": ("letter_answer",),
    "mail": ("letter_answer",),
    "stop": ("opt_out",),
}


class CrmLead(models.Model):
    """What a lead answers to a letter, by whatever door its code comes back.

    It is the answer to that letter, ends its cadence as a reply does, takes up a lost lead, and
    counts for the score once a letter: further answers are in the history with no points.
    """

    _inherit = "crm.lead"

    def _note_letter_answer(self, code, answer, note):
        """Note what a lead answers to the letter with ``code``: a sign of life, an end to it.

        Who wants a call or a message leaves a next action with its reason.

        :param answer: "call", "write", "other" or "stop".
        :param note: what was added in words, may be empty.
        :return: whether it was new: the same answer given twice is one.
        """
        self.ensure_one()
        vals_list = self._prepare_letter_events(code, answer, note)
        if not vals_list:
            return False
        # The cadence's sender is asked for before it ends, and the lead before it is taken up.
        user = self.enrollment_ids[:1]._get_sender() or self.env.ref("base.user_admin")
        self.touch_ids.filtered(lambda touch: touch.letter_code == code)._note_result_here(
            "replied"
        )
        self.enrollment_id._stop("replied")
        if answer != "stop":
            self._revive(self.env._("Answered a letter."), {self: fields.Datetime.now()})
        # what brought a lead back is noted once it is back
        if not self.env["lead.event"]._log(vals_list):
            return False
        if answer == "stop":
            source = self.env._("Answer to a letter")
            self.with_context(lead_consent_source=source).letter_opt_out = True
            self._message_log(body=self.env._("Answered a letter: no more letters, please."))
        elif answer in ("call", "write"):
            self._schedule_letter_answer(user, answer, note)
        self._update_scores()
        return True

    def _prepare_letter_events(self, code, answer, note):
        """Return the events of ``answer`` to the letter with ``code``, none where it is known."""
        own_ref = f"letter,{code},{answer}"
        known = self.env["lead.event"].search(
            [("ref", "in", [f"letter,{code},{word}" for word in _KINDS])]
        )
        if own_ref in known.mapped("ref"):
            return []
        vals_list = []
        for kind in _KINDS[answer]:
            vals = {
                "lead_id": self.id,
                "kind": kind,
                "occurred_at": fields.Datetime.now(),
                "ref": own_ref if not vals_list else f"{own_ref},{kind}",
                "note": (note or "")[:200],
            }
            if kind == "letter_answer" and kind in known.mapped("kind"):
                vals["points"] = 0
            vals_list.append(vals)
        return vals_list

    def _schedule_letter_answer(self, user, answer, note):
        """Put what the lead asked for on the list of ``user``."""
        type_by_answer = {"call": "mail_activity_data_call", "write": "mail_activity_data_todo"}
        summaries = {
            "call": self.env._("Answered a letter: please call"),
            "write": self.env._("Answered a letter: please write"),
        }
        self.activity_schedule(
            f"mail.{type_by_answer[answer]}",
            user_id=user.id,
            summary=summaries[answer],
            note=plaintext2html(note) if note else False,
        )
