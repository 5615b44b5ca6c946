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
        deadline = self._get_elsewhere_deadline()
        starts = self._filter_starting_clocks(vals_list)
        return super().create(
            [
                {"first_touch_deadline": deadline, **vals} if is_starting else vals
                for vals, is_starting in zip(vals_list, starts, strict=True)
            ]
        )

    @api.model
    def _get_elsewhere_deadline(self):
        """Return until when somebody who comes to us now hears from us."""
        return fields.Datetime.now() + timedelta(hours=_HOURS_ELSEWHERE)

    @api.model
    def _filter_starting_clocks(self, vals_list):
        """Return for each of ``vals_list`` whether the lead awaits its first contact from us.

        Not one that is made as won, lost or archived, nor one that doesn't buy, nor an opportunity
        with a customer: he and we know each other. One that is made with a show has the show's.
        Asks the database only where this may be so.
        """
        if self.env.context.get("default_trade_show_id"):
            return [False] * len(vals_list)
        ended = self.env["crm.stage"].browse(_ids(vals_list, "stage_id")).filtered("is_won")
        default_type = self.env.context.get("default_type")
        contacts = self.env["res.partner"].browse(
            _ids(
                [vals for vals in vals_list if vals.get("type", default_type) == "opportunity"],
                "partner_id",
            )
        )
        customers = contacts._filter_lead_customers()
        return [
            bool(vals.get("active", True))
            and vals.get("stage_id") not in ended._ids
            and not vals.get("not_a_buyer")
            and not vals.get("trade_show_id")
            and vals.get("lifecycle", "inquiry") not in ("customer", "disqualified")
            and not (
                vals.get("type", default_type) == "opportunity"
                and vals.get("partner_id") in customers._ids
            )
            for vals in vals_list
        ]


def _ids(vals_list, name):
    return list({vals[name] for vals in vals_list if vals.get(name)})
