import logging

from odoo import api, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

_OPEN = ("previewed", "queued", "running", "paused")


class LeadPrivacy(models.AbstractModel):
    """A person is forgotten: whatever tells who he was goes, what counts stays as a number.

    Leads, visits, touches and events stay without names, addresses and words, so that imports,
    shows and reports add up as before. What stays of the person is his address on Odoo's list of
    those without e-mail, and his number on that of numbers: else the next file would bring him
    back to the mailings. The contact and its documents are Odoo's own.
    """

    _inherit = "lead.privacy"

    @api.model
    def _erase(self, people, reason):
        """Forget ``people``, who want that or whom nobody needs any more.

        :param reason: why, in words; it stays.
        :raises UserError: an import that names them is not through yet.
        """
        found = self._find_rows(people)
        rows = found.get("lead.import.row", self.env["lead.import.row"].sudo())
        named = self._find_import_rows(people)
        self._check_imports_are_through(named)
        self.env["crm.lead"]._stop_everything(people, reason)
        self._forget_referred(people)
        self._blank_in_others(named - rows, people)
        rows._forget()
        named.import_id._forget_file()
        people.leads._forget_person()
        self._forget_found(people, found)
        _logger.info(
            "%s had %s leads and %s rows of imports erased: %s",
            self.env.user.login,
            len(people.leads),
            len(rows),
            reason,
        )

    @api.model
    def _forget_found(self, people, found):
        """Called last; an addon forgets here what ``_find_rows`` has ``found`` in its tables."""

    @api.model
    def _check_imports_are_through(self, rows):
        waiting = rows.filtered(lambda row: not row.is_done and row.import_id.state in _OPEN)
        if waiting:
            raise UserError(
                self.env._(
                    "“%(job)s” names this person and is not through. Let it finish, or delete it; "
                    "then erase. Nothing was changed.",
                    job=waiting.import_id[:1].name,
                )
            )

    @api.model
    def _forget_referred(self, people):
        """Take the names of these people out of what is said on the referrals they came by."""
        names = {lead.contact_name or lead.name for lead in people.leads} - {False}
        # sudo: nobody writes referrals by hand
        referrals = self.env["lead.referral"].sudo()
        referrals = referrals.search([("friend_ids", "in", people.leads.ids)])
        for activity in referrals.activity_ids:
            if any(name in (activity.summary or "") for name in names):
                activity.summary = self.env._("Say thank you")
        referrals.message_ids.filtered(
            lambda message: any(name in (message.body or "") for name in names)
        ).unlink()
