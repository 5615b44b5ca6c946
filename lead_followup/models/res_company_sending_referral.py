from odoo import models


class ResCompany(models.Model):
    """A company's stop switch and its test mode hold asks back as they do with cadences."""

    _inherit = "res.company"

    def _note_sending_switch(self, name):
        result = super()._note_sending_switch(name)
        # sudo: who may turn the switch need not see the referrals
        referrals = self.env["lead.referral"].sudo()
        if name == "lead_sending_stopped" and self.lead_sending_stopped:
            referrals.search(referrals._get_waiting_domain(self))._hold()
        elif not (name == "lead_test_mode" and self.lead_test_mode):
            referrals._release_held(self)
        return result

    def _count_held_emails(self):
        counts = super()._count_held_emails()
        # sudo: numbers only
        referrals = self.env["lead.referral"].sudo()
        waiting = referrals._get_waiting_domain(self)
        counts["waiting"] += referrals.search_count(waiting)
        held = referrals.search_count(waiting & referrals._get_held_domain())
        counts["held"] += held
        return counts
