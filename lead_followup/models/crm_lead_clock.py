from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import SQL

_NOT_OWED = ("customer", "disqualified")  # lifecycles
_PLAN_GRACE = timedelta(hours=1)  # a touch this much overdue is no plan any more


class _ClockState(fields.Selection):
    """How the clock stands, for grouping: by no column, but by what it follows from."""

    def to_sql(self, model, alias):
        return model._clock_state_sql(alias)


class CrmLead(models.Model):
    """The clock of the first contact.

    A lead from a show hears from us within the hours its show sets; one from elsewhere within the
    company's hours from its creation, 24 unless set otherwise. The first touch may be automatic;
    the first human one is told apart. The clock runs through nights and holidays. It is at risk
    while nothing is planned before the deadline, or what was planned has not been done.
    """

    _inherit = "crm.lead"

    first_touch_deadline = fields.Datetime(
        compute="_compute_first_touch_deadline",
        store=True,
        readonly=False,
        copy=False,
        help="Until when the first contact is made.",
    )
    clock_started_at = fields.Datetime(
        "Clock Started",
        compute="_compute_first_touch_deadline",
        store=True,
        copy=False,
        help="From when the first contact is counted: the show's closing, the scan, the creation.",
    )
    first_touch_at = fields.Datetime(readonly=True, copy=False)
    first_human_touch_at = fields.Datetime(readonly=True, copy=False)
    clock_state = _ClockState(
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

    _running_clock_idx = models.Index(
        "(first_touch_deadline) WHERE first_touch_at IS NULL AND first_touch_deadline IS NOT NULL"
    )

    @api.depends(
        "visit_ids.first_touch_deadline", "visit_ids.clock_started_at", "visit_ids.captured_at"
    )
    def _compute_first_touch_deadline(self):
        for lead in self:
            visits = lead.visit_ids.filtered("first_touch_deadline")
            latest = visits.sorted(lambda visit: visit.first_touch_deadline)[-1:]
            lead.first_touch_deadline = latest.first_touch_deadline or lead.first_touch_deadline
            lead.clock_started_at = latest.clock_started_at or lead.clock_started_at

    @api.depends(
        "first_touch_deadline",
        "first_touch_at",
        "next_touch_at",
        "not_a_buyer",
        "do_not_contact",
        "lifecycle",
        "won_status",
    )
    def _compute_clock_state(self):
        now = fields.Datetime.now()
        for lead in self:
            deadline, touched = lead.first_touch_deadline, lead.first_touch_at
            if not deadline:
                lead.clock_state = False
            elif touched:
                lead.clock_state = "done" if touched <= deadline else "done_late"
            elif not lead._is_owed_contact():
                lead.clock_state = False
            elif deadline < now:
                lead.clock_state = "late"
            else:
                planned = lead.next_touch_at
                is_planned = planned and now - _PLAN_GRACE <= planned <= deadline
                lead.clock_state = "in_time" if is_planned else "at_risk"

    @api.model
    def _search_clock_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        unanswered = Domain("first_touch_deadline", "!=", False) & Domain(
            "first_touch_at", "=", False
        )
        owed = Domain.custom(to_sql=lambda model, alias, query: model._owed_contact_sql(alias))
        untouched = unanswered & owed
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
            False: Domain("first_touch_deadline", "=", False) | (unanswered & ~owed),
        }
        return Domain.OR(domain_by_state[state] for state in value)

    def _is_owed_contact(self):
        """Tell whether this lead, not contacted yet, is to hear from us at all."""
        self.ensure_one()
        return (
            self.won_status == "pending"
            and not self.not_a_buyer
            and not self.do_not_contact
            and self.lifecycle not in _NOT_OWED
        )

    def _owed_contact_sql(self, alias):
        """Return the condition of ``_is_owed_contact``."""
        return SQL(
            """(%s = 'pending' AND %s IS NULL AND %s IS NOT TRUE
                AND COALESCE(%s, 'inquiry') NOT IN %s)""",
            self._fields["won_status"].to_sql(self, alias),
            self._fields["not_a_buyer"].to_sql(self, alias),
            self._fields["do_not_contact"].to_sql(self, alias),
            self._fields["lifecycle"].to_sql(self, alias),
            _NOT_OWED,
        )

    def _planned_in_time_sql(self, alias):
        """Return the condition that the next touch is planned before the deadline."""
        enrollments = self.env["lead.cadence.enrollment"]
        return SQL(
            """EXISTS (SELECT 1 FROM lead_cadence_enrollment e
                        WHERE e.id = %s AND %s BETWEEN %s AND %s)""",
            self._fields["enrollment_id"].to_sql(self, alias),
            enrollments._fields["next_touch_at"].to_sql(enrollments, "e"),
            fields.Datetime.now() - _PLAN_GRACE,
            self._fields["first_touch_deadline"].to_sql(self, alias),
        )

    def _touched_in_time_sql(self, alias):
        return SQL(
            "%s <= %s",
            self._fields["first_touch_at"].to_sql(self, alias),
            self._fields["first_touch_deadline"].to_sql(self, alias),
        )

    @api.model_create_multi
    def create(self, vals_list):
        starts = self._filter_starting_clocks(vals_list)
        return super().create(
            [
                {**self._prepare_clock_vals(vals), **vals} if is_starting else vals
                for vals, is_starting in zip(vals_list, starts, strict=True)
            ]
        )

    def write(self, vals):
        """Let a clock that is set or restarted by hand or by program count from now."""
        if not vals.get("first_touch_deadline") or "clock_started_at" in vals:
            return super().write(vals)
        restarted = self if "first_touch_at" in vals else self.filtered(_has_no_start)
        if restarted == self:
            return super().write({"clock_started_at": fields.Datetime.now(), **vals})
        result = super().write(vals)
        super(CrmLead, restarted).write({"clock_started_at": fields.Datetime.now()})
        return result

    @api.model
    def _prepare_clock_vals(self, vals):
        """Return the clock of a new lead with ``vals`` that turns to us now."""
        if "first_touch_deadline" in vals and not vals["first_touch_deadline"]:
            return {}
        company = self.env["res.company"].browse(vals.get("company_id"))
        return {
            "first_touch_deadline": self._get_elsewhere_deadline(company),
            "clock_started_at": fields.Datetime.now(),
        }

    @api.model
    def _get_elsewhere_deadline(self, company=None):
        """Return until when somebody who comes to ``company`` now hears from us."""
        # sudo: a setting that holds whoever makes the lead
        hours = (company or self.env.company).sudo().lead_first_contact_hours
        return fields.Datetime.now() + timedelta(hours=hours)

    @api.model
    def _filter_starting_clocks(self, vals_list):
        """Return for each of ``vals_list`` whether the lead awaits its first contact from us.

        Not one that is made as won, lost or archived, nor one that doesn't buy, nor an opportunity
        with a customer: he and we know each other. One that is made with a show, or with a visit
        at one, has the show's. Asks the database only where this may be so.
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
            and not _has_visit(vals)
            and vals.get("lifecycle", "inquiry") not in ("customer", "disqualified")
            and not (
                vals.get("type", default_type) == "opportunity"
                and vals.get("partner_id") in customers._ids
            )
            for vals in vals_list
        ]


def _has_no_start(lead):
    return not lead.clock_started_at


def _has_visit(vals):
    """Tell whether ``vals`` make a lead together with a visit at a show."""
    return any(
        command[0] == Command.CREATE and command[2].get("trade_show_id")
        for command in vals.get("visit_ids") or ()
    )


def _ids(vals_list, name):
    return list({vals[name] for vals in vals_list if vals.get(name)})
