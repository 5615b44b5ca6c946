from odoo import models


class LeadCadenceMove(models.TransientModel):
    """Moving a track's e-mail: says where it would go above the cap, or has to wait."""

    _inherit = "lead.cadence.move"

    def _get_fault_texts(self):
        return {
            **super()._get_fault_texts(),
            "over_mailing_cap": self.env._(
                "By then it has had as many mailings as the settings allow; moved there, it goes "
                "out all the same."
            ),
            "followups_first": self.env._(
                "A salesperson's cadence writes to this address; until that ends, the track waits, "
                "moved or not."
            ),
        }
