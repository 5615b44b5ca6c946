from odoo import api, models
from odoo.fields import Domain


class LeadTouch(models.Model):
    """E-mails of a step with a mailing leave a trace there, one for each lead and address.

    A mailing writes to an address once only; later rounds, and whoever comes back, get the e-mail
    without it. What the trace knows (opened, clicked) counts for the conditions of later steps.
    """

    _inherit = "lead.touch"

    @api.depends("state", "reason")
    def _compute_reason_text(self):
        over = self.filtered(lambda touch: touch.reason == "round_over")
        over.reason_text = self.env._("The next round of its track has come so far as well")
        return super(LeadTouch, self - over)._compute_reason_text()

    def _render_emails(self):
        """Make those that their mailing knows already apart from the others: without it."""
        traced = self._filter_traced()
        if traced and traced != self:
            super(LeadTouch, traced)._render_emails()
        return super(LeadTouch, self - traced or self)._render_emails()

    def _filter_traced(self):
        """Return those whose lead or address the mailing of their one step has written to."""
        mailing = self.step_id.mailing_id
        if not mailing:
            return self.browse()
        leads = self.lead_id
        addresses = set(leads.mapped("email_normalized")) - {False}
        # sudo: whoever works with leads need not see mailings
        traces = self.env["mailing.trace"].sudo()
        traces = traces.search(
            Domain("mass_mailing_id", "=", mailing.id)
            & (
                (Domain("model", "=", leads._name) & Domain("res_id", "in", leads.ids))
                | Domain("email", "in", list(addresses))
            )
        )
        lead_ids, emails = set(traces.mapped("res_id")), set(traces.mapped("email"))
        return self.filtered(
            lambda touch: touch.lead_id.id in lead_ids or touch.lead_id.email_normalized in emails
        )

    def _prepare_composer_vals(self, step, sender):
        vals = super()._prepare_composer_vals(step, sender)
        if step.mailing_id and not self._filter_traced():
            vals["mass_mailing_id"] = step.mailing_id.id
        return vals

    def _get_branch_words(self):
        words = super()._get_branch_words()
        traces = self.mail_id.mailing_trace_ids
        if any(trace._is_followed() for trace in traces):
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
