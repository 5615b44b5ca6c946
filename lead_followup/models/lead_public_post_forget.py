from odoo import models
from odoo.tools import email_normalize

from ..tools import friends, privacy


class LeadPublicPost(models.Model):
    """Whom a form speaks of that waits, or is held back, and how he is forgotten."""

    _inherit = "lead.public.post"

    def _is_by(self, people):
        """Tell whether it was one of ``people`` who filled this form in about himself."""
        self.ensure_one()
        words = (self.said or {}).get("words") or {}
        return self._is_one_of(people, words.get("email"), words.get("phone"))

    def _is_one_of(self, people, email, phone):
        if email and email_normalize(email) in people.emails:
            return True
        link = self.link_id
        country = (link.show_id.country_id or link.company_id.country_id).code or None
        return bool(phone) and friends.read_number(phone, country) in people.numbers

    def _forget_people(self, people):
        """Forget what ``people`` filled in, and take them out of what others did."""
        own = self.filtered(lambda post: post._is_by(people))
        own.unlink()
        patterns = [privacy.address_pattern(address) for address in people.emails]
        for post in self - own:
            said = dict(post.said)
            if "friends" in said:
                named = [friends.Friend(*texts) for texts in said["friends"]]
                said["friends"] = [
                    list(one) for one in named if not post._is_one_of(people, one.email, one.phone)
                ]
                if not said["friends"]:
                    post.unlink()
                    continue
            post.said = privacy.blank(said, patterns)
