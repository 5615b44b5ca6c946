from dataclasses import replace

from odoo import models


class LeadImport(models.Model):
    """Whose visitors don't buy: the competitors named for an import, and those of the company.

    What is captured live is judged before anybody has named somebody for it: the names given for
    the show's files count there, too.
    """

    _inherit = "lead.import"

    def _get_options(self):
        texts = [self.competitor_names, self.company_id.lead_competitor_names]
        show = self.trade_show_id
        if show and (self.door or not self.id):
            texts += self.search(
                [("trade_show_id", "=", show.id), ("competitor_names", "!=", False)]
            ).mapped("competitor_names")
        names = (name.strip() for text in texts for name in (text or "").splitlines())
        return replace(
            super()._get_options(), competitors=tuple(dict.fromkeys(filter(None, names)))
        )
