from odoo import api, fields, models

from ..tools import clock
from .crm_lead_clock_hours import only_with_ends

_ENDS = {
    "first_touch_hours": ("clock_started_at", "first_touch_at"),
    "first_human_touch_hours": ("clock_started_at", "first_human_touch_at"),
}


class LeadShowVisit(models.Model):
    """How long a visitor waited for his first contact after this show; see the lead's hours."""

    _inherit = "lead.show.visit"

    first_touch_hours = fields.Float(
        "Hours to First Touch",
        compute="_compute_first_touch_hours",
        store=True,
        precompute=True,
        aggregator="avg",
        help="From the start of the clock. 0: before that, or not contacted yet.",
    )
    first_human_touch_hours = fields.Float(
        "Hours to First Human Touch",
        compute="_compute_first_touch_hours",
        store=True,
        precompute=True,
        aggregator="avg",
        help="Automatic e-mails don't count. 0: before the clock started, or not yet.",
    )

    @api.depends("clock_started_at", "first_touch_at", "first_human_touch_at")
    def _compute_first_touch_hours(self):
        for visit in self:
            for name, (start, end) in _ENDS.items():
                visit[name] = clock.hours_between(visit[start], visit[end])

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        selected = super()._read_group_select(aggregate_spec, query)
        if name not in _ENDS or function not in ("avg", "min"):
            return selected
        return only_with_ends(self, selected, _ENDS[name], query)
