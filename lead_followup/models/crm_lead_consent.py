from odoo import SUPERUSER_ID, api, fields, models

CONSENT_WAYS = ("email_consent", "phone_opt_out", "letter_opt_out", "do_not_contact")


class CrmLead(models.Model):
    """By which ways somebody may be reached, since when, and where that comes from.

    Each change by whatever door leaves an event that is never rewritten. A door that knows more
    than who wrote says so by ``lead_consent_source`` in the context; one that notes it itself, for
    it knows more of each lead, by ``lead_consent_noted``.
    """

    _inherit = "crm.lead"

    consent_event_ids = fields.One2many(
        "lead.event",
        "lead_id",
        "Consent and Its Source",
        domain=[("kind", "=", "consent")],
        readonly=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        if any(vals.get(name) for vals in vals_list for name in CONSENT_WAYS):
            leads._note_consent(dict.fromkeys(leads.ids, {}))
        return leads

    def write(self, vals):
        if not self or not any(name in vals for name in CONSENT_WAYS):
            return super().write(vals)
        before = self._get_consent()
        result = super().write(vals)
        self._note_consent(before)
        return result

    def _merge_dependences(self, opportunities):
        """Keep a “no” to e-mail: whoever refused as one of these leads has refused."""
        result = super()._merge_dependences(opportunities)
        if self.email_consent != "no" and "no" in opportunities.mapped("email_consent"):
            source = self.env._("Merged with a lead that said no")
            self.with_context(lead_consent_source=source).email_consent = "no"
        return result

    def _get_consent(self):
        """Return ``{lead id: {way: value}}`` as it is now."""
        return {lead.id: {name: lead[name] for name in CONSENT_WAYS} for lead in self}

    def _note_consent(self, before, source_by_lead=None):
        """Note what is other than ``before``, in one statement.

        :param before: as of ``_get_consent``; a way left out was open, or nobody had asked.
        :param source_by_lead: ``{lead: text}`` where each has its own.
        """
        context = self.env.context
        if context.get("lead_consent_noted") and source_by_lead is None:
            return
        changes = {}
        for lead in self:
            old = before.get(lead.id, {})
            changes[lead] = {
                name: lead[name] for name in CONSENT_WAYS if lead[name] != old.get(name, False)
            }
        self._log_consent(changes, source_by_lead or {}, context.get("lead_consent_source"))

    @api.model
    def _log_consent(self, changes, source_by_lead, source):
        """Log ``{lead: {way: value}}`` as events, each lead's with its source, else ``source``."""
        source = source or self._get_consent_writer()
        by_person = self.env.uid != SUPERUSER_ID and self.env.user.has_group("base.group_user")
        # sudo: whoever may write the lead may not write events
        self.env["lead.event"].sudo()._log(
            [
                {
                    "lead_id": lead.id,
                    "kind": "consent",
                    "note": source_by_lead.get(lead) or source,
                    "user_id": self.env.uid if by_person else None,
                    "snapshot": {"way": way, "value": value},
                }
                for lead, change in changes.items()
                for way, value in change.items()
            ]
        )
        self.invalidate_recordset(["consent_event_ids"], flush=False)

    def _note_list_of_no_email(self, is_on):
        """Note that the address of these leads got on Odoo's list of those without e-mail, or off.

        :param is_on: whether it is there now.
        """
        source = self.env.context.get("lead_consent_source")
        self._log_consent({lead: {"email_blacklist": is_on} for lead in self}, {}, source)

    @api.model
    def _get_consent_writer(self):
        """Return where a change comes from of which nothing but its writer is known."""
        if self.env.uid == SUPERUSER_ID:
            return self.env._("The program")
        if self.env.user.has_group("base.group_user"):
            return self.env._("By hand, %s", self.env.user.name)
        return self.env._("The website")
