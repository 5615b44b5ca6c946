from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class LeadQualifierAnswer(models.Model):
    """One possible answer to a qualifier, and the points of fit it gives."""

    _name = "lead.qualifier.answer"
    _description = "Qualifier Answer"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="A short word, by which imports name this answer.")
    sequence = fields.Integer(default=10)
    qualifier_id = fields.Many2one("lead.qualifier", required=True, index=True, ondelete="cascade")
    points = fields.Integer(help="Points of fit, from -100 to 100.")
    is_implied_by_interest = fields.Boolean(
        help="Taken as given when a lead names an interest and this was not asked."
    )

    _code_uniq = models.UniqueIndex(
        "(qualifier_id, code)", "Another answer to this qualifier has that code."
    )
    _points_in_bounds = models.Constraint(
        "CHECK(points BETWEEN -100 AND 100)", "An answer gives from -100 to 100 points."
    )

    @api.depends("qualifier_id.name", "name")
    @api.depends_context("show_qualifier")
    def _compute_display_name(self):
        if not self.env.context.get("show_qualifier"):
            return super()._compute_display_name()
        for answer in self:
            answer.display_name = f"{answer.qualifier_id.name}: {answer.name}"
        return None

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        answers.filtered("is_implied_by_interest")._mark_leads_stale()
        return answers

    def write(self, vals):
        result = super().write(vals)
        if {"points", "is_implied_by_interest"} & set(vals):
            self._mark_leads_stale()
        return result

    def unlink(self):
        self.filtered("is_implied_by_interest")._mark_leads_stale()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        given = (
            self.env["lead.qualification"]
            .sudo()  # leads the user can't see have answers too
            ._read_group([("answer_id", "in", self.ids)], ["answer_id"], ["__count"])
        )
        for answer, count in given:
            raise UserError(
                self.env._(
                    "“%(name)s” is the answer of %(count)s leads.\n"
                    "Rename it, or give those leads another answer first.",
                    name=answer.name,
                    count=count,
                )
            )

    def _mark_leads_stale(self):
        """Have the leads with these answers scored again in the background."""
        if not self:
            return
        self.env["lead.score"]._mark_stale(
            SQL(
                """EXISTS (SELECT FROM lead_qualification AS given
                            WHERE given.lead_id = lead.id AND given.answer_id IN %(ids)s)
                   OR (%(implied)s AND EXISTS (
                        SELECT FROM crm_lead_lead_interest_rel AS wish
                         WHERE wish.lead_id = lead.id))
                """,
                ids=tuple(self.ids),
                implied=any(self.mapped("is_implied_by_interest")),
            )
        )
