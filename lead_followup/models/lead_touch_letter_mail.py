from odoo import api, models

from ..tools import letters


class LeadTouch(models.Model):
    """A letter that an e-mail answers by quoting its code."""

    _inherit = "lead.touch"

    @api.model
    def _find_letters(self, codes):
        """Return the letters with these codes, as ``letters.find_codes`` gives them; one query."""
        if not codes:
            return self.browse()
        printed = [letters.format_code(code) for code in codes]
        return self.search([("letter_code", "in", printed)])

    def _note_answered_by_mail(self, subject):
        """Note an e-mail as the answer to these letters; return the leads it is worth points for.

        Its reply is worth none beside: it is one act.
        """
        self._note_result_here("replied")
        vals_list = []
        for letter in self:
            vals_list += letter.lead_id._prepare_letter_events(letter.letter_code, "mail", subject)
        self.env["lead.event"]._log(vals_list)
        counted = {vals["lead_id"] for vals in vals_list if "points" not in vals}
        return self.lead_id.browse(counted)
