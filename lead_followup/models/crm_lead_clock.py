from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_HOURS_ELSEWHERE = 24  # first contact of a lead that is not from a show


class CrmLead(models.Model):
    """The clock of the first contact.

    A lead from a show hears from us within the hours its show sets; one from elsewhere within
    24 hours of its creation. The first touch may be automatic; the first human one is told apart.
    """

    _inherit = "crm.lead"

    first_touch_deadline = fields.Datetime(
        compute="_compute_first_touch_deadline",
        store=True,
        readonly=False,
        copy=False,
        help="Until when the first contact is made.",
    )
    first_touch_at = fields.Datetime(readonly=True, copy=False)
    first_human_touch_at = fields.Datetime(readonly=True, copy=False)
    clock_state = fields.Selection(
        [
            ("done", "Contacted in time"),
            ("done_late", "Contacted late"),
            ("in_time", "In time"),
            ("at_risk", "At risk"),
            ("late", "Late"),
        ],
        compute="_compute_clock_state",
        search="_search_clock_state",
        string="First Contact",
    )

    @api.depends("visit_ids.first_touch_deadline", "visit_ids.captured_at")
    def _compute_first_touch_deadline(self):
        for lead in self:
            visits = lead.visit_ids.filtered("first_touch_deadline")
            latest = visits.sorted(lambda visit: visit.first_touch_deadline)[-1:]
            lead.first_touch_deadline = latest.first_touch_deadline or lead.first_touch_deadline

    @api.depends("first_touch_deadline", "first_touch_at", "next_touch_at")
    def _compute_clock_state(self):
        now = fields.Datetime.now()
        for lead in self:
            deadline, touched = lead.first_touch_deadline, lead.first_touch_at
            if not deadline:
                lead.clock_state = False
            elif touched:
                lead.clock_state = "done" if touched <= deadline else "done_late"
            elif deadline < now:
                lead.clock_state = "late"
            else:
                planned = lead.next_touch_at
                lead.clock_state = "in_time" if planned and planned <= deadline else "at_risk"

    @api.model
    def _search_clock_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        untouched = Domain("first_touch_deadline", "!=", False) & Domain(
            "first_touch_at", "=", False
        )
        planned_in_time = Domain.custom(
            to_sql=lambda model, alias, query: model._planned_in_time_sql(alias)
        )
        open_clock = untouched & Domain("first_touch_deadline", ">=", now)
        touched = Domain("first_touch_deadline", "!=", False) & Domain(
            "first_touch_at", "!=", False
        )
        in_time = Domain.custom(
            to_sql=lambda model, alias, query: model._touched_in_time_sql(alias)
        )
        domain_by_state = {
            "late": untouched & Domain("first_touch_deadline", "<", now),
            "in_time": open_clock & planned_in_time,
            "at_risk": open_clock & ~planned_in_time,
            "done": touched & in_time,
            "done_late": touched & ~in_time,
            False: Domain("first_touch_deadline", "=", False),
        }
        return Domain.OR(domain_by_state[state] for state in value)

    def _planned_in_time_sql(self, alias):
        """Return the condition that the next touch is planned before the deadline."""
        return SQL(
            """EXISTS (SELECT 1 FROM lead_cadence_enrollment e
                        WHERE e.id = %s AND e.next_touch_at <= %s)""",
            SQL.identifier(alias, "enrollment_id"),
            SQL.identifier(alias, "first_touch_deadline"),
        )

    def _touched_in_time_sql(self, alias):
        return SQL(
            "%s <= %s",
            SQL.identifier(alias, "first_touch_at"),
            SQL.identifier(alias, "first_touch_deadline"),
        )

    @api.model_create_multi
    def create(self, vals_list):
        deadline = fields.Datetime.now() + timedelta(hours=_HOURS_ELSEWHERE)
        return super().create([{"first_touch_deadline": deadline, **vals} for vals in vals_list])
