from odoo import models


class LeadTouch(models.Model):
    """The last look at an e-mail that asks for a referral: its ask must still stand.

    Where the ask was given up or declined meanwhile, the link in the text works no more.
    """

    _inherit = "lead.touch"

    def _may_send_now(self):
        if not super()._may_send_now():
            return False
        if not self.step_id.asks_referral:
            return True
        asks = self.sudo().referral_ids  # sudo: their states alone
        # where nobody knows whether the e-mail went out, it counts as asked already
        live = ("to_send", "asked") if self.state == "doubtful" else ("to_send",)
        if any(ask.state in live for ask in asks):
            return True
        declined = asks.filtered(lambda ask: ask.state == "declined")
        self.mail_id.cancel()
        self.write({"state": "skipped", "reason": "declined" if declined else "ask_gone"})
        self.enrollment_id._ask_for_plan()
        return False
