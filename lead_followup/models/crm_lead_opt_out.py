from urllib.parse import urlencode

from odoo import models
from odoo.tools import consteq, email_normalize, hmac

_SCOPE = "lead_followup-opt_out"


class CrmLead(models.Model):
    """The link in the foot of each cadence's e-mail by which its reader gets no more of them.

    The link is signed for one address and one lead: who has it may close that address, and learns
    nothing else. It works as long as the database does, also when the lead is gone.
    """

    _inherit = "crm.lead"

    def _get_opt_out_token(self, address):
        # sudo: the secret of the database signs
        return hmac(self.env(su=True), _SCOPE, (self.id, address))

    def _get_opt_out_url(self, address):
        """Return the link for ``address``, normalized, to which this lead's e-mail goes."""
        self.ensure_one()
        token = self._get_opt_out_token(address)
        path = f"/lead/opt-out/{self.id}/{token}?{urlencode({'email': address})}"
        return f"{self.get_base_url().rstrip('/')}{path}"

    def _read_opt_out(self, token, email):
        """Return the address that ``token`` was made for, False where it was made for another.

        :param email: as the link says it; anything at all.
        """
        address = email_normalize(email or "")
        if not address or not token.isascii():
            return False
        return consteq(self._get_opt_out_token(address), token) and address

    def _render_opt_out_foot(self, url, company):
        """Return the foot of an e-mail of ``company`` to this lead, in its language."""
        self.ensure_one()
        code = self.lang_id.filtered("active").code
        lead = self.with_context(lang=code) if code else self
        language = lead.env["res.lang"]._get_data(code=code or lead.env.lang or "en_US")
        return lead.env["ir.qweb"]._render(
            "lead_followup.opt_out_foot",
            {
                "url": url,
                "company_name": company.name,
                "direction": language.direction or "ltr",
            },
            minimal_qcontext=True,
        )

    def _opt_out_by_link(self, address):
        """Put ``address`` on Odoo's list of those who get no mass e-mail; its cadences end."""
        blacklist = self.env["mail.blacklist"].with_context(
            lead_consent_source=self.env._("The link in an e-mail")
        )
        known = blacklist.search_count([("email", "=", address)])
        entry = blacklist._add(
            address, message=self.env._("Opted out by the link in an e-mail of a cadence.")
        )
        if not known:
            entry._note_opt_out_by_link()
        if not self._is_own_address(address):  # the lead may have another address by now
            self.exists().enrollment_id._stop("opted_out")

    def _undo_opt_out_by_link(self, address):
        """Take back what ``_opt_out_by_link`` did; what others put on the list stays there.

        So does it where everything was stopped since.

        Cadences don't start again by themselves: somebody is told.
        """
        blacklist = self.env["mail.blacklist"].with_context(
            lead_consent_source=self.env._("The link in an e-mail, taken back")
        )
        entry = blacklist.search([("email", "=", address)])
        if not entry.lead_opted_out_at or entry.lead_stopped_at:
            return
        blacklist._remove(address, message=self.env._("The opt-out by the link was a mistake."))
        leads = self.search([("email_normalized", "=", address)])
        leads.filtered(
            lambda lead: lead.enrollment_ids[:1].stop_reason == "opted_out"
        )._schedule_next_action(
            self.env._("Took back the opt-out. Write yourself, or let the lead enter a cadence.")
        )
