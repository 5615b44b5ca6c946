from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class LeadQualifier(models.Model):
    """A question the salespeople care about, with its possible answers.

    A lead has at most one answer to it. The answer counts for ``valid_days`` from the day it was
    given; after that the lead counts as unasked again. Without a company it is asked everywhere.
    """

    _name = "lead.qualifier"
    _description = "Qualifier"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    question = fields.Char(
        translate=True, help="How to ask it, as the salesperson would say it on the phone."
    )
    code = fields.Char(
        required=True, help="A short word without spaces, by which imports name this question."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    valid_days = fields.Integer(
        default=365, help="An answer counts for this many days; 0 means that it never expires."
    )
    answer_ids = fields.One2many("lead.qualifier.answer", "qualifier_id", copy=True)

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another qualifier of this company has that code."
    )
    _valid_days_positive = models.Constraint(
        "CHECK(valid_days >= 0)", "The validity of an answer is zero or more days."
    )

    @api.model_create_multi
    def create(self, vals_list):
        qualifiers = super().create(vals_list)
        qualifiers._mark_companies_stale()
        return qualifiers

    def write(self, vals):
        moved = {"active", "company_id", "code"} & set(vals)
        if moved:
            self._mark_companies_stale()
        result = super().write(vals)
        if {"valid_days", "active"} & set(vals):
            self.answer_ids._mark_leads_stale()
        if moved:
            self._mark_companies_stale()
        return result

    def unlink(self):
        self._mark_companies_stale()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        count_by_qualifier = dict(
            self.env["lead.qualification"]
            .sudo()  # leads the user can't see have answers too
            ._read_group([("qualifier_id", "in", self.ids)], ["qualifier_id"], ["__count"])
        )
        for qualifier, count in count_by_qualifier.items():
            raise UserError(
                self.env._(
                    "“%(name)s” has been answered for %(count)s leads.\n"
                    "Archive it instead: it is then no longer asked, and what is known stays.",
                    name=qualifier.name,
                    count=count,
                )
            )

    def _mark_companies_stale(self):
        """Have leads scored again whose company's own qualifier hides a common one, or did so."""
        for company in self.company_id:
            self.env["lead.score"]._mark_stale(SQL("TRUE"), company)

    def _get_answers_by_code(self, company):
        """Give ``{qualifier code: {answer code: answer}}`` as ``company`` sees it.

        A company's own qualifier hides the common one of the same code. Two queries.
        """
        qualifiers = (
            self.env["lead.qualifier"]
            .sudo()  # configuration, read for people who may not configure
            .search([("company_id", "in", [company.id, False])])
        )
        return {
            qualifier.code: {answer.code: answer for answer in qualifier.answer_ids}
            for qualifier in qualifiers._filter_asked_by(company)
        }

    def _filter_asked_by(self, company):
        """Keep those of these qualifiers that leads of ``company`` are asked, in their order.

        A company's own takes the place of the common one of the same code, as in the scorer.
        """
        own = self.filtered(lambda qualifier: qualifier.company_id == company)
        own_codes = set(own.mapped("code"))
        return self.filtered(
            lambda qualifier: (
                qualifier in own or not qualifier.company_id and qualifier.code not in own_codes
            )
        )
