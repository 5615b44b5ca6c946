from odoo import api, models
from odoo.fields import Domain

from ..tools import privacy
from .untracked import UNTRACKED


class LeadPrivacy(models.AbstractModel):
    """What is somebody else's and names a person: it stays his, and loses the address alone."""

    _inherit = "lead.privacy"

    @api.model
    def _filter_own_rows(self, rows, people):
        """Return those of ``rows`` that are these people's, or nobody's else."""

        def is_own(row):
            said = row.values or {}
            if row.lead_id in people.leads or said.get("email") in people.emails:
                return True
            own = (said.get(word) for word in ("name", "email", "phone", "mobile"))
            return not row.lead_id and not any(own)

        return rows.filtered(is_own)

    @api.model
    def _blank_in_others(self, rows, people):
        """Take the addresses of ``people`` out of others' ``rows``, and what came of those."""
        patterns = [privacy.address_pattern(address) for address in people.emails]
        for row in rows:
            row.write(
                {
                    name: privacy.blank(row[name], patterns)
                    for name in ("cells", "values", "undo_values", "flags")
                    if row[name]
                }
            )
        leads = (rows.lead_id - people.leads).with_context(**UNTRACKED)
        messages = self.env["mail.message"].sudo()  # sudo: others' leads, which only lose a word
        messages = messages.search(
            Domain("model", "=", "crm.lead") & Domain("res_id", "in", leads.ids)
        )
        for records, name in (
            (leads, "description"),
            (leads.visit_ids, "note"),
            (messages, "body"),
        ):
            for record in records.filtered(name):
                text = str(record[name])
                blanked = privacy.blank(text, patterns)
                if blanked != text:
                    record[name] = blanked

    @api.model
    def _get_hidden_words(self, people):
        """Return patterns of who named these people and does not want them to know."""
        leads = people.leads
        referrals = self._search_rows("lead.referral", Domain("friend_ids", "in", leads.ids))
        shown = leads.filtered("referrer_may_be_named").referral_id.partner_id
        hidden = (referrals | leads.referral_id).partner_id - shown - people.partners
        words = {
            word
            for partner in hidden
            for word in (partner.display_name, partner.name, partner.email_normalized)
            if word
        }
        return [privacy.name_pattern(word) for word in sorted(words, key=len, reverse=True)]
