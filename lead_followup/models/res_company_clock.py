from odoo import api, fields, models
from odoo.exceptions import ValidationError

_STAGES = ("remind", "leader", "pass_on")


class ResCompany(models.Model):
    """How long a first contact may take, and who is told when it does not come.

    A stage that is switched on minds the clocks that start from then on: what was missed before
    stays as it is.
    """

    _inherit = "res.company"

    lead_first_contact_hours = fields.Integer(
        "First Contact Within (hours)",
        default=24,
        help="For leads that are not from a trade show; a show sets its own hours.",
    )
    lead_clock_remind = fields.Boolean(
        "Remind the Salesperson",
        default=True,
        help="Once, in his working hours, of all his leads whose first contact is at risk.",
    )
    lead_clock_remind_pct = fields.Integer(
        "Remind After (% of the time)", default=50, help="50: after half of the time."
    )
    lead_clock_leader = fields.Boolean(
        "Tell the Team Leader",
        default=True,
        help="Once, of all leads of the team whose first contact is still at risk.",
    )
    lead_clock_leader_pct = fields.Integer(
        "Tell the Leader After (% of the time)", default=75, help="75: a quarter is left."
    )
    lead_clock_pass_on = fields.Boolean(
        "Offer to Another Salesperson",
        help="A qualified lead that was not contacted before its deadline goes to the next "
        "salesperson by the assignment rules.",
    )
    lead_clock_pass_on_hours = fields.Integer(
        "Offer to Another After (hours)",
        default=8,
        help="Working hours that its salesperson still has after the deadline.",
    )
    lead_clock_remind_since = fields.Datetime(default=fields.Datetime.now, readonly=True)
    lead_clock_leader_since = fields.Datetime(default=fields.Datetime.now, readonly=True)
    lead_clock_pass_on_since = fields.Datetime(default=fields.Datetime.now, readonly=True)

    @api.constrains(
        "lead_first_contact_hours",
        "lead_clock_remind_pct",
        "lead_clock_leader_pct",
        "lead_clock_pass_on_hours",
    )
    def _check_lead_clock(self):
        for company in self:
            if company.lead_first_contact_hours <= 0:
                raise ValidationError(
                    self.env._("The hours for the first contact are a number above zero.")
                )
            if not 0 < company.lead_clock_remind_pct <= company.lead_clock_leader_pct <= 100:
                raise ValidationError(
                    self.env._(
                        "The salesperson is reminded first, then the team leader is told, both "
                        "after more than 0 and at most 100 percent of the time: not after "
                        "%(remind)s and %(leader)s.",
                        remind=company.lead_clock_remind_pct,
                        leader=company.lead_clock_leader_pct,
                    )
                )
            if company.lead_clock_pass_on_hours < 0:
                raise ValidationError(
                    self.env._(
                        "A lead goes to another salesperson zero or more working hours after "
                        "its deadline."
                    )
                )

    def write(self, vals):
        now = fields.Datetime.now()
        for stage in _STAGES:
            if vals.get(f"lead_clock_{stage}"):
                switched_on = self.filtered(lambda company: not company[f"lead_clock_{stage}"])  # noqa: B023 - used at once
                super(ResCompany, switched_on).write({f"lead_clock_{stage}_since": now})
        return super().write(vals)
