from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import timing


class LeadCadenceStep(models.Model):
    """One action in a cadence.

    It waits a number of days, of the lead's working days or of the calendar's, from the moment
    the touch before it was really made. The first contact never waits: it has a deadline.
    """

    _name = "lead.cadence.step"
    _description = "Cadence Step"
    _order = "cadence_id, sequence, id"

    cadence_id = fields.Many2one("lead.cadence", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="cadence_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    channel = fields.Selection(
        [("email", "Email"), ("call", "Call"), ("letter", "Letter"), ("task", "Task")],
        required=True,
        default="email",
    )
    wait_days = fields.Integer("Wait", default=0)
    wait_unit = fields.Selection(
        [("working", "Working days"), ("calendar", "Calendar days")],
        required=True,
        default="working",
    )
    template_id = fields.Many2one(
        "mail.template", domain="[('model', '=', 'crm.lead')]", ondelete="restrict"
    )
    instructions = fields.Html(translate=True, help="What the rep should know or do.")

    _wait_not_negative = models.Constraint(
        "CHECK(wait_days >= 0)", "A step waits zero days or more."
    )

    @api.constrains("channel", "template_id")
    def _check_template(self):
        for step in self:
            if step.channel == "email" and not step.template_id:
                raise ValidationError(
                    self.env._("The e-mail step “%(step)s” needs a template.", step=step.name)
                )
            template = step.template_id
            if template and template.model_id.model != "crm.lead":
                raise ValidationError(
                    self.env._(
                        "The template “%(template)s” (step “%(step)s”) is for %(model)s.\n"
                        "Choose one for leads, or make a copy of it that is.",
                        template=template.name,
                        step=step.name,
                        model=template.model_id.name or self.env._("no kind of record"),
                    )
                )

    def _add_wait(self, moment, place):
        """Return when this step's wait from ``moment`` (naive UTC) is over, by the days there."""
        self.ensure_one()
        add = timing.add_working_days if self.wait_unit == "working" else timing.add_days
        return add(moment, self.wait_days, place)
