from odoo import models


class LeadCadencePreview(models.TransientModel):
    """Of an e-mail from the library it says which piece the lead would get, and why that."""

    _inherit = "lead.cadence.preview"

    def _describe(self, touch):
        line = super()._describe(touch)
        subject, why = touch._get_foreseen_content()
        if subject and touch._has_moment():
            line["text"] = self.env._("%(text)s: “%(content)s”", text=line["text"], content=subject)
            line["why"] = " · ".join(filter(None, [line["why"], why]))
        return line
