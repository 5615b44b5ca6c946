from markupsafe import Markup

from odoo import api, fields, models

_ICONS = {
    "scan": "fa-qrcode",
    "rating_hot": "fa-star",
    "rating_warm": "fa-star-half-o",
    "web_form": "fa-wpforms",
    "reply": "fa-reply",
    "meeting": "fa-calendar",
    "call_reached": "fa-phone",
    "referral": "fa-handshake-o",
    "price_page": "fa-tags",
    "page_view": "fa-globe",
    "click": "fa-mouse-pointer",
    "open": "fa-envelope-open-o",
    "request_trial": "fa-flask",
    "request_quote": "fa-file-text-o",
    "request_call": "fa-volume-control-phone",
    "lifecycle": "fa-exchange",
    "interest_shown": "fa-bolt",
    "bounce": "fa-exclamation-triangle",
    "opt_out": "fa-ban",
    "consent": "fa-check-square-o",
}


class LeadEvent(models.Model):
    """An event as people read it: a sign for its kind, and what it is worth today."""

    _inherit = "lead.event"  # pylint: disable=consider-merging-classes-inherited

    kind_icon = fields.Html(compute="_compute_kind_icon", sanitize=False, string="Sign")
    worth = fields.Float(
        "Points",
        digits=(6, 1),
        compute="_compute_worth",
        help="What it adds to the engagement today: faded, less where a program may have done it, "
        "nothing where enough of its kind count already.",
    )

    @api.depends("kind")
    def _compute_kind_icon(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for event in self:
            event.kind_icon = Markup('<i class="fa fa-fw %s" role="img" title="%s"></i>') % (
                _ICONS.get(event.kind, "fa-circle-o"),
                labels.get(event.kind, ""),
            )

    @api.depends("kind", "occurred_at", "confidence")
    def _compute_worth(self):
        worth_by_id = self.lead_id._get_event_worth()
        for event in self:
            event.worth = worth_by_id.get(event._origin.id, 0.0)
