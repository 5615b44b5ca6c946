from odoo import api, models


class LinkTrackerClick(models.Model):
    """A click in a mailing's e-mail is noted with the link that was followed."""

    _inherit = "link.tracker.click"

    @api.model
    def add_click(self, code, **route_values):
        noting = self.with_context(lead_hit_noted=True)
        click = super(LinkTrackerClick, noting).add_click(code, **route_values)
        if not click:
            return click
        click = click.with_env(self.env)
        trace = click.mailing_trace_id
        if trace:
            # sudo: a reader is no user
            self.env["lead.mail.hit"].sudo()._note(trace.sudo(), "click", click.link_id)
        return click
