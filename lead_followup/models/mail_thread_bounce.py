from odoo import api, models
from odoo.tools import email_normalize

from ..tools import bounces


class MailThread(models.AbstractModel):
    """Delivery reports: an address that can never be reached is marked on its leads."""

    _inherit = "mail.thread"

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        addresses = {email_normalize(found) for found in bounces.hard_failures(email_message)}
        # sudo: the gateway is no user
        self.env["crm.lead"].sudo()._note_hard_bounces(
            addresses - {False}, message_dict.get("bounced_message")
        )
        # Odoo may put such an address on its own list of opt-outs, which is no wish of the lead's.
        gateway = self.with_context(lead_bounce_handling=True)
        return super(MailThread, gateway)._routing_handle_bounce(email_message, message_dict)
