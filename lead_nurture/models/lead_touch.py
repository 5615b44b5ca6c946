from odoo import models


class LeadTouch(models.Model):
    """E-mails of a step with a mailing leave a trace there, in the first round of a track.

    A mailing writes to an address once only; later rounds go out without it. What the trace knows
    (opened, clicked) counts for the conditions of later steps.
    """

    _inherit = "lead.touch"

    def _prepare_composer_vals(self, step, sender):
        vals = super()._prepare_composer_vals(step, sender)
        if step.mailing_id and self[:1].round == 1:
            vals["mass_mailing_id"] = step.mailing_id.id
        return vals

    def _get_branch_words(self):
        words = super()._get_branch_words()
        traces = self.mail_id.mailing_trace_ids
        if any(trace.links_click_datetime for trace in traces):
            words |= {"clicked", "opened"}
        if any(trace.open_datetime for trace in traces):
            words.add("opened")
        return words

    def _drop_mails(self):
        """Take the traces along: a mailing writes to nobody whom it believes to have reached."""
        # sudo: whoever takes a lead over need not see mailings
        traces = self.env["mailing.trace"].sudo()
        traces.search([("mail_mail_id", "in", self.mail_id.ids)]).unlink()
        return super()._drop_mails()
