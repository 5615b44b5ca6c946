from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain

_MANAGER = "sales_team.group_sale_manager"
_SMALL_SAMPLE = 30  # leads; with fewer a rate says little


class LeadTradeShow(models.Model):
    """What a show was to bring, what it brought, and what it cost.

    Every rate is a ratio of sums over all leads that were at the show, lost and archived ones too.
    Each figure costs the same number of queries for one show as for fifty.
    """

    _inherit = "lead.trade.show"

    goal_lead_count = fields.Integer("Leads Wanted", help="How many leads the show is to bring.")
    goal_in_time_pct = fields.Integer(
        "Contacted in Time, Goal (%)",
        default=100,
        help="How many in a hundred leads are to hear from us before their deadline.",
    )
    goal_cost_total = fields.Monetary("Budget", groups=_MANAGER)
    goal_cost_per_lead = fields.Monetary(
        "Cost a Lead, at Most",
        groups=_MANAGER,
        help="What a lead of this show may cost.",
    )
    cost_ids = fields.One2many("lead.show.cost", "trade_show_id", groups=_MANAGER)
    cost_total = fields.Monetary(compute="_compute_costs", groups=_MANAGER)
    cost_per_lead = fields.Monetary("Cost a Lead", compute="_compute_costs", groups=_MANAGER)
    lead_count = fields.Integer("Leads", compute="_compute_lead_counts")
    new_count = fields.Integer(
        "New", compute="_compute_lead_counts", help="Leads that nobody knew before the show."
    )
    known_count = fields.Integer("Known", compute="_compute_lead_counts")
    hot_count = fields.Integer("Hot", compute="_compute_lead_counts")
    warm_count = fields.Integer("Warm", compute="_compute_lead_counts")
    cold_count = fields.Integer("Cold", compute="_compute_lead_counts")
    contacted_count = fields.Integer(
        "Contacted", compute="_compute_lead_counts", help="Leads whose first contact was made."
    )
    in_time_count = fields.Integer(
        "Contacted in Time",
        compute="_compute_lead_counts",
        help="Leads whose first contact was made before its deadline.",
    )
    contact_due_count = fields.Integer(
        "Contact Made or Due",
        compute="_compute_lead_counts",
        help="Leads that were contacted, and those whose deadline has passed without it. Who does "
        "not buy or must not be contacted is due none.",
    )
    won_count = fields.Integer("Won", compute="_compute_lead_counts")
    lead_goal_pct = fields.Float("Lead Goal (%)", compute="_compute_lead_counts")
    in_time_pct = fields.Float(
        "In Time (%)",
        compute="_compute_lead_counts",
        help="Contacted in time, of all whose contact was made or due.",
    )
    won_pct = fields.Float("Won (%)", compute="_compute_lead_counts")
    is_small_sample = fields.Boolean(compute="_compute_lead_counts")

    _goals_not_negative = models.Constraint(
        "CHECK(goal_lead_count >= 0 AND goal_cost_total >= 0 AND goal_cost_per_lead >= 0)",
        "A goal is a number of zero (none) or more.",
    )
    _goal_in_time_is_a_share = models.Constraint(
        "CHECK(goal_in_time_pct BETWEEN 0 AND 100)",
        "The goal for contacts in time lies between 0 and 100 percent.",
    )

    @api.depends("cost_ids.amount", "visit_ids")
    def _compute_costs(self):
        for show in self:
            show.cost_total = sum(show.cost_ids.mapped("amount"))
            show.cost_per_lead = show.cost_total / show.lead_count if show.lead_count else 0.0

    @api.depends(
        "goal_lead_count",
        "visit_ids.is_new_lead",
        "visit_ids.is_in_time",
        "visit_ids.first_touch_at",
        "visit_ids.lead_id.temperature",
        "visit_ids.lead_id.won_status",
    )
    def _compute_lead_counts(self):
        leads = self._count_visits(Domain.TRUE)
        new = self._count_visits(Domain("is_new_lead", "=", True))
        contacted = self._count_visits(Domain("first_touch_at", "!=", False))
        due = self._count_visits(self._get_contact_due_domain())
        in_time = self._count_visits(Domain("is_in_time", "=", True))
        hot = self._count_visits(Domain("temperature", "=", "hot"))
        warm = self._count_visits(Domain("temperature", "=", "warm"))
        won = self._count_visits(Domain("lead_id.won_status", "=", "won"))
        for show in self:
            show.lead_count = leads[show]
            show.new_count = new[show]
            show.known_count = leads[show] - new[show]
            show.hot_count = hot[show]
            show.warm_count = warm[show]
            show.cold_count = leads[show] - hot[show] - warm[show]
            show.contacted_count = contacted[show]
            show.in_time_count = in_time[show]
            show.contact_due_count = due[show]
            show.won_count = won[show]
            show.lead_goal_pct = _percent(leads[show], show.goal_lead_count)
            show.in_time_pct = _percent(in_time[show], due[show])
            show.won_pct = _percent(won[show], leads[show])
            show.is_small_sample = 0 < leads[show] < _SMALL_SAMPLE

    @api.model
    def _get_contact_due_domain(self):
        """Return which visits were followed by a contact, or should have been by now.

        Not yet due is whose deadline lies ahead; a lead that was lost uncontacted was due one.
        """
        missed = (
            Domain("first_touch_deadline", "<", fields.Datetime.now())
            & Domain("lead_id.not_a_buyer", "=", False)
            & Domain("lead_id.lifecycle", "!=", "disqualified")
            & Domain("lead_id.do_not_contact", "!=", True)
        )
        return Domain("first_touch_at", "!=", False) | missed

    def _count_visits(self, domain):
        """Return ``{show: number of its visits that match}``, zero for those without."""
        # sudo: sums of a show the user may see; by his own leads alone every rate would be wrong
        visits = self.env["lead.show.visit"].sudo().with_context(active_test=False)
        domain &= Domain("trade_show_id", "in", self.ids)
        return Counter(dict(visits._read_group(domain, ["trade_show_id"], ["__count"])))

    def action_open_leads(self):
        """Open every lead that was at this show, lost ones too."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("lead_followup.crm_lead_show_action")
        action["domain"] = [("visit_ids.trade_show_id", "=", self.id)]
        # made or imported here, a lead was at this show
        action["context"] = {"active_test": False, "default_trade_show_id": self.id}
        return action

    def action_open_hot_leads(self):
        """Open the hot leads of this show."""
        action = self.action_open_leads()
        action["domain"] += [("temperature", "=", "hot")]
        return action

    def action_open_contacted_leads(self):
        """Open the leads of this show whose first contact was made."""
        action = self.action_open_leads()
        action["domain"] = [
            (
                "visit_ids",
                "any",
                [("trade_show_id", "=", self.id), ("first_touch_at", "!=", False)],
            )
        ]
        return action

    def action_open_won_leads(self):
        """Open the leads of this show that were won."""
        action = self.action_open_leads()
        action["domain"] += [("won_status", "=", "won")]
        return action


def _percent(part, whole):
    return 100.0 * part / whole if whole else 0.0
