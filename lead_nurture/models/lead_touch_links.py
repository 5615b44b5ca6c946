from odoo import models


class LeadTouch(models.Model):
    """Links in the e-mails of a step with a mailing are that mailing's, so that clicks count."""

    _inherit = "lead.touch"

    def _render_emails(self):
        mailing = self.step_id.mailing_id
        if not mailing:
            return super()._render_emails()
        # sudo: whoever works with leads need not see mailings
        values = mailing.sudo()._get_link_tracker_values()
        traced = self._filter_traced()
        if traced:
            super(LeadTouch, traced)._render_emails()
        if fresh := self - traced:
            super(LeadTouch, fresh.with_context(post_convert_links=values))._render_emails()
        return None
