from odoo import models

from .lead_event import LeadEvent as NurtureEvent


class LeadEvent(models.Model):
    """A letter that is answered is a sign of interest, as a reply by e-mail is."""

    _inherit = "lead.event"

    _WATCHED_KINDS = (*NurtureEvent._WATCHED_KINDS, "letter_answer")

    def _get_reaction_reasons(self, reaction):
        reasons = super()._get_reaction_reasons(reaction)
        if reaction.to_reply:
            env = self.lead_id[:1]._in_company_lang().env
            for event in self.filtered(lambda event: event.kind == "letter_answer"):
                reasons.setdefault(event, env._("It answered a letter: %s", event.note or "–"))
        return reasons
