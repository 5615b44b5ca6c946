from odoo import models

from ..tools import friends


class LeadPublicLink(models.Model):
    """What follows from a form, when its turn has come; see ``lead.public.post``."""

    _inherit = "lead.public.link"

    def _receive(self, said):
        """Do what was sent in by this link; an addon that adds a kind adds its own.

        :param said: for “poster” ``{"key", "words": {word: text}, "lang"}``, for “referral”
            ``{"friends": [[text, …]], "may_name"}``.
        """
        self.ensure_one()
        if self.kind == "poster":
            self.show_id._receive_visitor(said["key"], said["words"], said["lang"])
        elif self.kind == "referral":
            named = [friends.Friend(*texts) for texts in said["friends"]]
            referral, may_name = self.referral_id, said["may_name"]
            if self.revoked_at or referral._is_customer_closed():
                # who wants to hear no more is not thanked, and stands for nobody
                referral, may_name = referral.with_context(lead_referral_closed=True), False
            referral._name_friends(named, may_name)
