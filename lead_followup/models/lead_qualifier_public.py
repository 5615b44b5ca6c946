from odoo import api, models


class LeadQualifier(models.Model):
    """Questions that somebody answers himself, on a page without a salesperson."""

    _inherit = "lead.qualifier"

    @api.model
    def _find_asked_by(self, company, codes):
        """Return those with ``codes`` that leads of ``company`` are asked, in their order."""
        asked = self.search([("company_id", "in", [company.id, False])])._filter_asked_by(company)
        return asked.filtered(lambda qualifier: qualifier.code in codes)

    def _prepare_questions(self):
        """Return these questions as a form shows them, in the language of the context.

        :return: ``[{"name", "text", "answers": [(code, text), …]}]``; ``name`` is the form's.
        """
        return [
            {
                "name": f"q_{qualifier.code}",
                "code": qualifier.code,
                "text": qualifier.question or qualifier.name,
                "answers": [(answer.code, answer.name) for answer in qualifier.answer_ids],
            }
            for qualifier in self
            if qualifier.answer_ids
        ]
