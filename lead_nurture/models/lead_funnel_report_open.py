from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .lead_funnel_report import _STATED_BY

_SMALL_SAMPLE = 30  # leads; with fewer a rate says little
_STAGES = (
    ("inquiry_count", None),
    ("mql_count", "mql_rate_pct"),
    ("offered_count", "offered_rate_pct"),
    ("accepted_count", "accepted_rate_pct"),
    ("sql_count", "sql_of_accepted_pct"),
    ("won_count", "won_rate_pct"),
)
# Money that is divided by other leads than those that have it.
_BASE_BY_MEASURE = {
    "cost_per_sql": "costed_sql_count:sum",
    "cost_per_customer": "costed_won_count:sum",
}


class LeadFunnelReport(models.Model):
    """Each number opens the leads it is about; what a rate is about is said with it."""

    _inherit = "lead.funnel.report"

    measured = fields.Char(
        compute="_compute_measured",
        search="_search_measured",
        export_string_translation=False,
        help="The leads that a measure counts: [('measured', '=', 'accepted_rate_pct')].",
    )

    def _compute_measured(self):
        self.measured = False

    def _search_measured(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._get_measured_domain(name) for name in value)

    @api.model
    def _get_measured_domain(self, name):
        """Return which leads the measure ``name`` is of."""
        if name not in self._get_measure_names():
            raise UserError(
                self.env._("There is no measure “%s” here. Choose one that is shown.", name)
            )
        is_count = self._fields[name].type == "integer"

        def to_sql(model, alias, query):
            column = model._field_to_sql(alias, _STATED_BY.get(name, name), query)
            return SQL("%s > 0", column) if is_count else SQL("%s IS NOT NULL", column)

        return Domain.custom(to_sql=to_sql)

    @api.model
    def get_measure_bases(self):
        """Return which aggregate counts the leads each rate, average or median is of.

        :return: ``{"small": below how many to warn, "base_by_measure": {measure: aggregate}}``
        """
        return {
            "small": _SMALL_SAMPLE,
            "base_by_measure": {
                name: _BASE_BY_MEASURE.get(name, f"{name}:count")
                for name in self._get_measure_names()
                if self._fields[name].aggregator == "avg"
            },
        }

    @api.model
    def get_funnel(self, domain):
        """Return the stages of the funnel over the leads of ``domain``, for the drawn chart.

        :return: ``{"small": …, "stages": [{measure, label, count, rate, rate_label, base}],
            "sql_without_offer": …, "uncosted": … or False where costs are not to be seen}``;
            a rate of nothing is False.
        """
        names = [name for pair in _STAGES for name in pair if name]
        specs = [f"{name}:{self._fields[name].aggregator}" for name in names]
        specs += [f"{rate}:count" for _count, rate in _STAGES if rate]
        may_see_costs = "uncosted_count" in self._get_measure_names()
        if may_see_costs:
            specs.append("uncosted_count:sum")
        values = dict(zip(specs, self._read_group(domain, [], specs)[0], strict=True))
        labels = self.fields_get(names, ["string"])
        stages = [
            {
                "measure": count,
                "label": labels[count]["string"],
                "count": values[f"{count}:sum"] or 0,
                "rate_measure": rate,
                "rate": values[f"{rate}:avg"] if rate else False,
                "rate_label": labels[rate]["string"] if rate else False,
                "base": values[f"{rate}:count"] if rate else False,
            }
            for count, rate in _STAGES
        ]
        return {
            "small": _SMALL_SAMPLE,
            "stages": stages,
            "uncosted": (values["uncosted_count:sum"] or 0) if may_see_costs else False,
        }

    @api.model
    def action_open_leads(self, domain, measure=False):
        """Open the leads behind a number: those of ``domain`` that ``measure`` counts.

        :param domain: on this report.
        """
        domain = Domain(domain)
        if measure and measure != "__count":
            self._get_measured_domain(measure)
            domain &= Domain("measured", "=", measure)
        label = self.fields_get([measure], ["string"]).get(measure, {}).get("string")
        search_view = self.env.ref("crm.view_crm_case_leads_filter", raise_if_not_found=False)
        return {
            "type": "ir.actions.act_window",
            "name": label or self.env._("Leads"),
            "res_model": "crm.lead",
            "view_mode": "list,kanban,form",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "search_view_id": [search_view.id, "search"] if search_view else False,
            "domain": [("funnel_id", "any", list(domain))],
            "context": {"active_test": False, "create": False},
        }

    def action_open_lead(self):
        """Open the lead of this row."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": self.lead_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
