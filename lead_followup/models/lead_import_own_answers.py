from dataclasses import replace

from odoo import models

from ..tools import intake

# What a file's usual answers come to; a company's question that knows them all takes them as is.
_USUAL = {
    "budget": {"none", "lt10k", "10k_50k", "50k_250k", "gt250k"},
    "authority": {"none", "end_user", "influencer", "decision_maker"},
    "timeframe": {"none", "0_3m", "3_6m", "6_12m", "gt12m"},
}


class LeadImport(models.Model):
    """A company that asks for budget, authority or timeframe with answers of its own.

    What a file says is looked up among those by name and by code; what is not among them, or not
    asked any more, is kept as a fact in the words of the file.
    """

    _inherit = "lead.import"

    def _get_options(self):
        known = self.env["lead.qualifier"]._get_answers_by_code(self.company_id)
        own = {
            field: {
                intake.fold_key(text): answer.code
                for answer in known.get(field, {}).values()
                for text in (answer.name, answer.code)
            }
            for field, usual in _USUAL.items()
            if usual - known.get(field, {}).keys()
        }
        return replace(super()._get_options(), own_answers=own)
