from odoo import api, models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """Somebody whom everything was stopped for wants to hear from us again."""

    _inherit = "crm.lead"

    def action_ask_allow_contact(self):
        """Ask why these people may be contacted again."""
        return self.env["lead.person.ask"]._open("allow", leads=self)

    def _allow_contact(self, reason):
        """Take back what ``_stop_everything`` closed for these people; nothing starts by itself.

        What was closed before, or otherwise, stays closed: another opt-out, a “no” to e-mail.

        :raises UserError: nothing was stopped for any of them, or no reason is given.
        """
        self.check_access("write")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._(
                    "Say why contact is allowed again: who agreed, when and how. "
                    "Nothing was changed."
                )
            )
        people = self._find_people(self, self.env["res.partner"])
        stopped = people.leads.filtered("contact_stopped_at")
        if not stopped:
            raise UserError(
                self.env._(
                    "Nothing was stopped for these people. Take “Do Not Contact” off the lead "
                    "itself, if it is set."
                )
            )
        source = self.env._("Allowed again: %s", reason)
        stopped.with_context(lead_consent_source=source).write(
            {
                "do_not_contact": False,
                "contact_stopped_at": False,
                "contact_stopped_by_id": False,
            }
        )
        self._open_addresses(people, source)
        note = self.env._("May be contacted again: %s. Nothing starts by itself.", reason)
        stopped._message_log_batch(
            bodies=dict.fromkeys(stopped.ids, note), author_id=self.env.user.partner_id.id
        )

    @api.model
    def _open_addresses(self, people, source):
        """Take the addresses and numbers of these people off the lists the stop put them on."""
        # sudo: whoever works with leads does not keep these lists
        emails = self.env["mail.blacklist"].sudo().with_context(lead_consent_source=source)
        entries = emails.search([("email", "in", people.emails), ("lead_stopped_at", "!=", False)])
        for entry in entries - _reopen(entries):
            emails._remove(entry.email, message=source)
        phones = self.env["phone.blacklist"].sudo()
        entries = phones.search(
            [("number", "in", people.numbers), ("lead_stopped_at", "!=", False)]
        )
        numbers = (entries - _reopen(entries)).mapped("number")
        if numbers:
            phones._remove(numbers, message=source)
        people.leads.invalidate_recordset(["is_blacklisted", "phone_sanitized_blacklisted"])


def _reopen(entries):
    """Return those that were closed before everything was stopped, as they were then."""
    before = entries.filtered("lead_was_closed")
    before.write({"lead_stopped_at": False, "lead_was_closed": False})
    return before
