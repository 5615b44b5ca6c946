from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import letters


class LeadLetterAnswered(models.TransientModel):
    """Takes down that somebody answered a letter: by phone, at the counter, on a card sent back.

    The code at its foot says which letter and whose. Who has the code may say so, whoever works on
    the lead; the next action goes to that one.
    """

    _name = "lead.letter.answered"
    _description = "Letter Answered"

    code = fields.Char(
        "Code of the Letter", required=True, default=lambda self: self._default_code()
    )
    answer = fields.Selection(
        [
            ("call", "Wants to be called"),
            ("write", "Wants to be written to"),
            ("other", "Answered; I have taken care of it"),
            ("stop", "Wants no more letters"),
        ],
        required=True,
        default="call",
    )
    note = fields.Char("What Was Said", size=500)

    @api.model
    def _default_code(self):
        """Return the code of the letter last posted to the lead this was opened on."""
        letters_sent = self._get_opened_on().touch_ids.filtered(
            lambda touch: touch.letter_state == "posted"
        )
        return letters_sent.sorted("done_at")[-1:].letter_code

    @api.model
    def _get_opened_on(self):
        """Return the lead whose form this was opened on, none where it was opened by the menu."""
        context = self.env.context
        is_lead = context.get("active_model") == "crm.lead"
        return self.env["crm.lead"].browse(is_lead and context.get("active_id") or [])

    def action_confirm(self):
        """Note the answer on the letter's lead; show that lead to whoever may see it.

        :raises UserError: the code is mistyped, unknown or another company's, or this answer is
            known already.
        """
        self.ensure_one()
        lead = self._find_letter().lead_id
        note = " ".join((self.note or "").split())
        code = letters.format_code(letters.read_code(self.code))
        if not lead._note_letter_answer(code, self.answer, note):
            raise UserError(
                self.env._(
                    "That answer to the letter %(code)s was noted before. Nothing was changed.\n"
                    "What is new belongs into a note on the lead.",
                    code=code,
                )
            )
        own = lead.sudo(False)
        words = dict(self._fields["answer"]._description_selection(self.env))
        lead._message_log(
            body=self.env._(
                "Letter %(code)s: %(answer)s. %(note)s",
                code=code,
                answer=words[self.answer],
                note=note,
            )
        )
        if self._get_opened_on() == own:
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        if own.has_access("read"):
            return own._get_records_action()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Noted. Whoever works on the lead has it on the list."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _find_letter(self):
        """Return the letter with the typed code.

        :raises UserError: see ``action_confirm``.
        """
        if letters.is_mistyped(self.code):
            raise UserError(
                self.env._(
                    "“%s” has a typing error: no letter carries such a code.\n"
                    "Ten letters and digits stand at its foot, never 0, O, 1, I or L. Read it "
                    "again, or ask for it again.",
                    self.code,
                )
            )
        # sudo: whoever has the code may answer, as on the letter's page
        letter = self.env["lead.touch"].sudo()._find_letter(self.code)
        if not letter:
            raise UserError(
                self.env._(
                    "None of our letters carries the code “%s”. Compare it with the foot of the "
                    "letter; without a code, note the answer on the lead itself.",
                    self.code,
                )
            )
        company = letter.letter_batch_id.company_id or letter.company_id
        if company and company not in self.env.companies:
            raise UserError(
                self.env._(
                    "“%s” is the code of a letter of another company. Switch to that company if "
                    "you may, else pass the answer on to a colleague there.",
                    self.code,
                )
            )
        return letter
