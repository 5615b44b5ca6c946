from odoo import models


class LeadTouch(models.Model):
    """What is taken back to be planned anew leaves no trace, but for what a person made of it.

    An e-mail that went to nobody is no history: it goes with its copy in the lead's.
    """

    _inherit = "lead.touch"

    def _forget(self):
        """Delete these withdrawn touches, with their e-mails that were never sent."""
        self.filtered(lambda touch: touch.mail_id.state == "cancel")._drop_mails()
        self.unlink()

    def _is_made_by_hand(self):
        """Tell whether a person has written, approved or moved what is to be made."""
        self.ensure_one()
        return self.is_rewritten or bool(self.approved_at) or self.slot_rule == "by_hand"
