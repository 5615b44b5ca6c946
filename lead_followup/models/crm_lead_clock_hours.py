from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import clock

# Without both ends there are no hours: such leads are left out of an average.
_ENDS = {
    "first_touch_hours": ("clock_started_at", "first_touch_at"),
    "mql_first_touch_hours": ("mql_at", "first_touch_at"),
    "mql_first_human_touch_hours": ("mql_at", "first_human_touch_at"),
}


class CrmLead(models.Model):
    """How long the first contact took, from the start of the clock and from qualification.

    Hours by the clock, nights included. Who was contacted before waited zero hours. An average is
    over the leads that were contacted, and for qualification over those that were qualified.
    """

    _inherit = "crm.lead"

    first_touch_hours = fields.Float(
        "Hours to First Touch",
        compute="_compute_first_touch_hours",
        store=True,
        aggregator="avg",
        help="From the start of the clock. 0: before that, or not contacted yet.",
    )
    mql_first_touch_hours = fields.Float(
        "Hours from Qualified to First Touch",
        compute="_compute_first_touch_hours",
        store=True,
        aggregator="avg",
        help="0: contacted before it was qualified, or not contacted yet.",
    )
    mql_first_human_touch_hours = fields.Float(
        "Hours from Qualified to First Human Touch",
        compute="_compute_first_touch_hours",
        store=True,
        aggregator="avg",
        help="Automatic e-mails don't count. 0: before it was qualified, or not yet.",
    )

    @api.depends("clock_started_at", "mql_at", "first_touch_at", "first_human_touch_at")
    def _compute_first_touch_hours(self):
        for lead in self:
            for name, (start, end) in _ENDS.items():
                lead[name] = clock.hours_between(lead[start], lead[end])

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        selected = super()._read_group_select(aggregate_spec, query)
        if name not in _ENDS or function not in ("avg", "min"):
            return selected
        return only_with_ends(self, selected, _ENDS[name], query)


def only_with_ends(model, selected, ends, query):
    """Return the aggregate ``selected`` over the records that have both of ``ends``."""
    start, end = (model._field_to_sql(model._table, name, query) for name in ends)
    return SQL("%s FILTER (WHERE %s IS NOT NULL AND %s IS NOT NULL)", selected, start, end)
