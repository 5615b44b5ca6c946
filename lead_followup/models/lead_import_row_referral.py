from odoo import models


class LeadImportRow(models.Model):
    """“Referred by”, as it was typed at the booth: put down to the contact who is meant.

    Where it fits nobody, or several, the words stay what they are: a fact on the lead.
    """

    _inherit = "lead.import.row"

    def _after_capture(self, record_by_row):
        result = super()._after_capture(record_by_row)
        text_by_row = {
            row: record.get("referred_by")
            for row, record in record_by_row.items()
            if row.lead_id and isinstance(record.get("referred_by"), str)
        }
        if any(text_by_row.values()):
            self._put_down_to_referrers(text_by_row)
        return result

    def _put_down_to_referrers(self, text_by_row):
        # sudo: captured in the name of whoever stood there; nobody writes referrals by hand
        referrals = self.env["lead.referral"].sudo()
        company = self.import_id.company_id[:1] or self.env.company
        partner_by_text = referrals._match_referrers(list(text_by_row.values()), company)
        if not partner_by_text:
            return
        partners = self.env["res.partner"].sudo().union(*partner_by_text.values())
        referral_by_partner = referrals._get_for_referrers(partners, "booth", company)
        newcomers = self.filtered(lambda row: row.verdict == "new").lead_id
        leads_by_partner = {}
        for row, text in text_by_row.items():
            if partner := partner_by_text.get(text):
                leads_by_partner.setdefault(partner, self.env["crm.lead"].sudo())
                leads_by_partner[partner] |= row.lead_id.sudo()
        for partner, leads in leads_by_partner.items():
            referral_by_partner[partner]._credit(leads, leads & newcomers)
