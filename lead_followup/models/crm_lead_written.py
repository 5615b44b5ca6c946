from odoo import fields, models


class CrmLead(models.Model):
    """A message that one of us writes to the lead by hand is a touch, and a human one."""

    _inherit = "crm.lead"

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if message.message_type == "comment" and self._is_written_to_lead(message):
            self._log_written(message)
        return result

    def _is_written_to_lead(self, message):
        """Tell whether ``message`` goes from one of us to this lead: no note, no internal word."""
        if message.subtype_id.internal or not message.subtype_id:
            return False
        writer = message.author_id
        addresses = {partner.email_normalized for partner in message.partner_ids} - {False}
        to_lead = self.partner_id in message.partner_ids or self.email_normalized in addresses
        return bool(to_lead and writer and not writer.partner_share)

    def _log_written(self, message):
        """Note the message as a touch outside the cadence; waits run from it as from others."""
        # sudo: nobody writes touches by hand
        touch = (
            self.env["lead.touch"]
            .sudo()
            .create(
                {
                    "lead_id": self.id,
                    "channel": "email",
                    "user_id": self.env.uid,
                    "done_user_id": self.env.uid,
                    "state": "queued",
                    "planned_at": fields.Datetime.now(),
                    "slot_rule": "by_hand",
                    "note": message.subject,
                }
            )
        )
        touch._mark_done(fields.Datetime.now(), is_human=True)
