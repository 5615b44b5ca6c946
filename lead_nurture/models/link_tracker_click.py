from odoo import api, models

from ..tools.opt_out_links import is_opt_out_address


class LinkTrackerClick(models.Model):
    """A click in a mailing's e-mail is noted with the link that was followed.

    Looking at how to get no more of them is no sign of interest, and no opt-out either.
    """

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
            hits = self.env["lead.mail.hit"].sudo()
            is_trap = is_opt_out_address(click.link_id.url)
            hits._note(trace.sudo(), "click", click.link_id, is_trap=is_trap)
        return click
