from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class LeadQualification(models.Model):
    """The answer a lead has given to a qualifier: what, who took it down, when, from where.

    One current answer a lead and qualifier; a later one takes its place.
    """

    _name = "lead.qualification"
    _description = "Qualification"
    _order = "qualifier_sequence, id"
    _rec_name = "answer_id"

    lead_id = fields.Many2one("crm.lead", required=True, index=True, ondelete="cascade")
    qualifier_id = fields.Many2one(
        "lead.qualifier",
        required=True,
        ondelete="restrict",
        compute="_compute_qualifier_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    qualifier_sequence = fields.Integer(related="qualifier_id.sequence")
    answer_id = fields.Many2one(
        "lead.qualifier.answer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('qualifier_id', '=?', qualifier_id)]",
    )
    points = fields.Integer(related="answer_id.points")
    answered_at = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", string="Taken Down By", default=lambda self: self.env.user
    )
    source = fields.Char(help="Where the answer comes from: the show, the form, the call.")
    expires_at = fields.Datetime(compute="_compute_expires_at")
    is_expired = fields.Boolean(compute="_compute_expires_at")

    _lead_qualifier_uniq = models.UniqueIndex(
        "(lead_id, qualifier_id)", "This lead has an answer to that qualifier already: change it."
    )

    @api.depends("answer_id")
    def _compute_qualifier_id(self):
        for given in self:
            given.qualifier_id = given.answer_id.qualifier_id or given.qualifier_id

    @api.depends("answered_at", "qualifier_id.valid_days")
    def _compute_expires_at(self):
        now = fields.Datetime.now()
        for given in self:
            days = given.qualifier_id.valid_days
            given.expires_at = days and given.answered_at and given.answered_at + timedelta(days)
            given.is_expired = bool(given.expires_at and given.expires_at <= now)

    @api.constrains("qualifier_id", "answer_id")
    def _check_answer_belongs(self):
        for given in self:
            if given.answer_id.qualifier_id != given.qualifier_id:
                raise ValidationError(
                    self.env._(
                        "“%(answer)s” is no answer to “%(qualifier)s”.",
                        answer=given.answer_id.name,
                        qualifier=given.qualifier_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        given = super().create(vals_list)
        given.lead_id._update_scores()
        return given

    def write(self, vals):
        if "answer_id" in vals:
            # a new answer is dated and signed anew unless the caller says otherwise
            vals = {"answered_at": fields.Datetime.now(), "user_id": self.env.uid, **vals}
        leads = self.lead_id
        if "lead_id" in vals and not self.env.su and leads.ids != [vals["lead_id"]]:
            raise UserError(
                self.env._("An answer stays with the lead that gave it. Take it down anew there.")
            )
        result = super().write(vals)
        if {"answer_id", "answered_at", "qualifier_id", "lead_id"} & set(vals):
            (leads | self.lead_id)._update_scores()
        return result

    def unlink(self):
        leads = self.lead_id
        result = super().unlink()
        leads._update_scores()
        return result
