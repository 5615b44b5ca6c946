from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.tools import format_date

_NOT_SENT = ("cancel", "exception")


class CrmLead(models.Model):
    """A salesperson asks a lead to complete its details: an e-mail with its personal link.

    Two clicks, the button and Send. Whoever got the link a short while ago, from somebody or from
    a cadence, is asked again only by who insists.
    """

    _inherit = "crm.lead"

    def action_ask_details(self):
        """Open the e-mail that carries the personal link.

        :raises UserError: no e-mail may go there, or nothing is left to ask.
        :raises RedirectWarning: it was sent not long ago; its button opens the e-mail all the same.
        """
        self.ensure_one()
        self.check_access("write")
        if obstacle := self._get_ask_details_obstacle():
            raise UserError(obstacle)
        action = self._get_ask_details_action()
        asked_at = self._get_details_asked_at()
        if asked_at:
            raise RedirectWarning(
                self.env._(
                    "“%(lead)s” got its link on %(date)s already. Wait for the answer, or ask "
                    "again if there is a reason to.",
                    lead=self.name,
                    date=format_date(self.env, asked_at),
                ),
                action,
                self.env._("Ask Again"),
            )
        return action

    def _get_ask_details_action(self):
        template = self.env.ref("lead_followup.mail_template_details", raise_if_not_found=False)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for Details"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_template_id": template.id if template else False,
                "default_email_layout_xmlid": "mail.mail_notification_light",
            },
        }

    def _get_ask_details_obstacle(self):
        """Return why this lead is not asked by e-mail, as a sentence; None where it may be."""
        if not self.email_normalized:
            return self.env._("This lead has no e-mail address. Add one, or call.")
        if self.email_wrong:
            return self.env._(
                "E-mails to this address come back. Correct the address, or call; nothing was sent."
            )
        if self.do_not_contact or self.is_blacklisted or self.email_consent == "no":
            return self.env._(
                "This lead wants no e-mails. Ask by phone where you may; nothing was sent."
            )
        missing = self._get_missing_details()
        if not any(missing.values()):
            return self.env._(
                "All that the page asks is known of this lead. To let it choose a time for a call, "
                "copy the link from the menu Actions."
            )
        return None

    def _get_details_asked_at(self):
        """Return when an e-mail carried this lead's link within the company's time, else None."""
        company = self.company_id or self.env.company
        since = fields.Datetime.now() - timedelta(days=company.lead_details_again_days)
        # sudo: who asks may see neither all links nor all that was written
        links = self.env["lead.public.link"].sudo()
        tokens = links.search([("kind", "=", "details"), ("lead_id", "=", self.id)]).mapped("token")
        if not tokens:
            return None
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("date", ">", since),
                    ("message_type", "!=", "notification"),
                ],
                order="id desc",
            )
        )
        for message in messages:
            states = message.mail_ids.mapped("state")  # none where it was sent and swept away
            is_lost = states and all(state in _NOT_SENT for state in states)
            if not is_lost and any(token in (message.body or "") for token in tokens):
                return message.date
        return None
