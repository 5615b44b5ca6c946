from ast import literal_eval

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools import trend


class LeadHealthCheck(models.Model):
    """A leak that is looked for: a filter on leads, or on the rules that work on them.

    It is counted with the rights and in the companies of whoever looks, one count a check, and
    opens what it counts. Archived leads, lost ones among them, count only if the filter names the
    field *Active*. What each company had at the end of earlier weeks stands beside.
    """

    _name = "lead.health.check"
    _inherit = "lead.filter.mixin"
    _description = "Process Check"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True)
    model = fields.Selection(
        selection="_get_models", string="What It Counts", required=True, default="crm.lead"
    )
    domain = fields.Char("Filter", help="What is found is a leak.")
    severity = fields.Selection(
        [("high", "Serious"), ("medium", "Worth a look"), ("low", "To tidy up")],
        required=True,
        default="medium",
    )
    hint = fields.Text("What to Do", translate=True)
    counted_on = fields.Date(readonly=True, copy=False, help="The last day it was kept, by UTC.")
    count_ids = fields.One2many("lead.health.count", "check_id", readonly=True)
    count = fields.Integer("Now", compute="_compute_count")
    fault = fields.Char(compute="_compute_count", export_string_translation=False)
    last_week = fields.Char(compute="_compute_trend")
    four_weeks_ago = fields.Char("4 Weeks Ago", compute="_compute_trend")
    trend = fields.Selection(
        [("more", "More"), ("fewer", "Fewer"), ("same", "The same"), ("unknown", "Not known yet")],
        "Direction",
        compute="_compute_trend",
    )
    trend_text = fields.Char("Trend", compute="_compute_trend")

    @api.model
    def _get_models(self):
        """Return which models checks may count, with their labels; other addons add theirs.

        Each has ``company_id``.
        """
        return [
            ("crm.lead", self.env._("Leads")),
            ("lead.score.rule", self.env._("Score rules")),
            ("lead.assignment.rule", self.env._("Assignment rules")),
            ("lead.recycle.rule", self.env._("Recycling rules")),
            ("lead.cadence", self.env._("Cadences")),
        ]

    @api.depends("model", "domain", "company_id")
    @api.depends_context("uid", "allowed_company_ids", "tz")
    def _compute_count(self):
        """Count each check, once; one whose filter fails says so and counts nothing."""
        for check in self:
            check.count, check.fault = 0, False
            try:
                with self.env.cr.savepoint(flush=False):
                    check.count = self.env[check.model].search_count(check._get_domain())
            except psycopg2.OperationalError:
                raise  # two at once, or a lost connection: says nothing about the filter
            except Exception as error:  # whatever a filter can raise, the other checks count
                check.fault = self.env._("The filter does not work: %s", error)

    @api.depends("count")
    @api.depends_context("uid", "allowed_company_ids", "tz", "lang")
    def _compute_trend(self):
        """Set what was counted at the end of last week and of four weeks ago beside."""
        today = fields.Date.today()
        weeks = [trend.weeks_back(today, 1), trend.weeks_back(today, 4)]
        rows = self.env["lead.health.count"]._read_group(
            [("check_id", "in", self.ids), ("week", "in", weeks)],
            ["check_id", "week:day"],
            ["count:sum"],
        )
        count_by_key = {(check, fields.Date.to_date(day)): count for check, day, count in rows}
        for check in self:
            before, long_before = (count_by_key.get((check._origin, week)) for week in weeks)
            check.last_week = "–" if before is None else str(before)
            check.four_weeks_ago = "–" if long_before is None else str(long_before)
            check.trend = trend.trend_of(check.count, before)
            check.trend_text = check._describe_trend(before)

    @api.constrains("domain", "active", "model", "company_id")
    def _check_domain(self):
        return super()._check_domain()

    @api.constrains("hint")
    def _check_hint(self):
        for check in self:
            if not (check.hint or "").strip():
                raise ValidationError(
                    self.env._(
                        "“%s” does not say what to do about it. Write one sentence in “What to "
                        "Do”: whoever sees the number reads it.",
                        check.name,
                    )
                )

    def write(self, vals):
        """Forget the earlier counts of a check that counts something else from now on."""
        key_by_check = {check: check._get_key() for check in self}
        result = super().write(vals)
        changed = self.filtered(lambda check: check._get_key() != key_by_check[check])
        if changed:
            changed.sudo().count_ids.unlink()  # sudo: the program alone writes them
            super(LeadHealthCheck, changed).write({"counted_on": False})
        return result

    def action_open(self):
        """Open what this check counts."""
        self.ensure_one()
        self.check_access("read")
        search_view = self.env.ref("crm.view_crm_case_leads_filter", raise_if_not_found=False)
        is_lead = self.model == "crm.lead"
        views = ("list", "kanban", "form") if is_lead else ("list", "form")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self.model,
            "view_mode": ",".join(views),
            "views": [(False, view) for view in views],
            "search_view_id": [search_view.id, "search"] if is_lead and search_view else False,
            "domain": list(self._get_domain()),
            "context": {"create": False},
            "help": self.env._("<p>Nothing is left to mend here.</p>"),
        }

    def action_edit(self):
        """Open the form of this check."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_nurture.lead_health_check_action_config"
        )
        return {**action, "res_id": self.id, "view_mode": "form", "views": [(False, "form")]}

    def _get_domain(self):
        self.ensure_one()
        domain = Domain(literal_eval(self.domain or "[]"))
        if self.model == "crm.lead":
            companies = self.env["lead.score.rule"]._get_company_domain(self.company_id.id)
        else:
            companies = (
                Domain("company_id", "in", [self.company_id.id, False])
                if self.company_id
                else Domain.TRUE
            )
        return domain & companies

    def _get_domain_error(self):
        return self._get_filter_error_on(self.env[self.model])

    def _get_filter_error_on(self, model):
        """Say what is wrong with the filter on ``model``, or nothing."""
        try:
            with self.env.cr.savepoint():
                model.search(self._get_domain(), limit=1)
        except psycopg2.OperationalError:
            raise  # two at once, or a lost connection: says nothing about the filter
        except Exception as error:  # whatever a filter can raise, the answer is the same
            return str(error) or type(error).__name__
        return ""

    def _get_key(self):
        return self.model, self.domain, self.company_id.id

    def _describe_trend(self, before):
        """Say how the count stands against ``before``, last week's; None: it was not counted.

        Of a check that can't count: why.
        """
        if self.fault:
            return self.fault
        change = abs(self.count - (before or 0))
        return {
            "more": self.env._("▲ %s more than last week", change),
            "fewer": self.env._("▼ %s fewer than last week", change),
            "same": self.env._("= as last week"),
            "unknown": self.env._("Not counted last week"),
        }[trend.trend_of(self.count, before)]
