from odoo import fields, models
from odoo.exceptions import UserError


class LeadCadence(models.Model):
    """A plan of touches: e-mails, calls, letters and tasks, until somebody answers.

    A lead is in one cadence at a time. Each step waits from what was really done before; its
    moment is chosen in the lead's own week and day.
    """

    _name = "lead.cadence"
    _description = "Cadence"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True)
    step_ids = fields.One2many("lead.cadence.step", "cadence_id", copy=True)
    step_count = fields.Integer(compute="_compute_step_count")
    enrollment_ids = fields.One2many("lead.cadence.enrollment", "cadence_id")
    enrollment_count = fields.Integer("Leads Inside", compute="_compute_enrollment_count")

    def _compute_step_count(self):
        for cadence in self:
            cadence.step_count = len(cadence.step_ids)

    def _compute_enrollment_count(self):
        count_by_cadence = dict(
            self.env["lead.cadence.enrollment"]._read_group(
                [("cadence_id", "in", self.ids), ("state", "=", "active")],
                ["cadence_id"],
                ["__count"],
            )
        )
        for cadence in self:
            cadence.enrollment_count = count_by_cadence.get(cadence, 0)

    def action_open_enrollments(self):
        """Open the leads inside."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_followup.lead_cadence_enrollment_action"
        )
        action["domain"] = [("cadence_id", "=", self.id)]
        return action

    def _enroll(self, leads):
        """Let ``leads`` enter this cadence, plan each one's first touch; return the enrollments.

        Left out is who may not enter, see ``_split_enrollable``. Calling it twice enrolls once.
        The order of ``leads`` is the order in which they get a place under the sender's daily cap.

        :raises UserError: the cadence has no steps.
        """
        self.ensure_one()
        if not self._get_steps():
            raise UserError(
                self.env._(
                    "“%(cadence)s” has no steps. Add one; then leads can enter.", cadence=self.name
                )
            )
        leads.check_access("write")
        leads = leads.sudo()  # the engine writes enrollments and touches, which people may not
        leads, _left_out = self._split_enrollable(leads)
        leads.enrollment_id._stop("replaced")  # those in a cadence that yields to this one
        # The index of live enrollments must see the ends that are not written yet.
        self.env["lead.cadence.enrollment"].flush_model(["state"])
        enrollments = (
            self.env["lead.cadence.enrollment"]
            .sudo()
            .create([{"lead_id": lead.id, "cadence_id": self.id} for lead in leads])
        )
        enrollments._plan_next()
        return enrollments.sudo(self.env.su)

    def _yields_to(self, cadence):
        """Tell whether a lead leaves this cadence when it enters ``cadence``; others override."""
        return False
