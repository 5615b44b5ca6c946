from odoo import api, fields, models

from odoo.addons.lead_scoring.models.lead_event import LeadEvent as BaseEvent


class LeadEvent(models.Model):
    """What somebody has allowed or refused: since when, from where, and in whose words.

    ``snapshot`` holds ``{"way": field, "value": what it is since then}``, ``note`` where it comes
    from. No sign of interest: it is neither scored nor news.
    """

    _inherit = "lead.event"

    _QUIET_KINDS = (*BaseEvent._QUIET_KINDS, "consent")

    kind = fields.Selection(selection_add=[("consent", "Consent")], ondelete={"consent": "cascade"})
    consent_text = fields.Char("What", compute="_compute_consent_text")

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_consent_text(self):
        texts = self._get_consent_texts()
        for event in self:
            said = event.snapshot if event.kind == "consent" else None
            event.consent_text = said and texts.get((said.get("way"), said.get("value")))

    @api.model
    def _get_consent_texts(self):
        """Return ``{(way, value): sentence}``; whoever adds a way adds its sentences."""
        return {
            ("email_consent", "yes"): self.env._("E-mail: yes"),
            ("email_consent", "no"): self.env._("E-mail: no"),
            ("email_consent", False): self.env._("E-mail: neither yes nor no"),
            ("email_blacklist", True): self.env._("E-mail: on the list of those who get none"),
            ("email_blacklist", False): self.env._("E-mail: off that list again"),
            ("phone_opt_out", True): self.env._("Calls: no"),
            ("phone_opt_out", False): self.env._("Calls: no longer refused"),
            ("letter_opt_out", True): self.env._("Letters: no"),
            ("letter_opt_out", False): self.env._("Letters: no longer refused"),
            ("do_not_contact", True): self.env._("Must not be contacted at all"),
            ("do_not_contact", False): self.env._("May be contacted again"),
        }
