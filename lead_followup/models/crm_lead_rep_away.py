from odoo import models


class CrmLead(models.Model):
    """A lead whose salesperson is away for long has calls that wait, as one without has."""

    _inherit = "crm.lead"

    def _get_obstacle(self, channel):
        state, reason = super()._get_obstacle(channel)
        if not state and channel in ("call", "task") and not self.user_id._is_there():
            return "waiting", "rep_away"
        return state, reason

    def _notify_given_to_leader(self, leader, why):
        """Tell ``leader`` of these leads, which no assignment rule may offer and are his now."""
        names = ", ".join(self[:5].mapped("name"))
        told = self.with_context(lang=leader.lang)
        reasons = self.env["lead.handover"].with_context(lang=leader.lang)._fields["taken_back_why"]
        why = dict(reasons._description_selection(told.env))[why]
        subject = told.env._("%(count)s leads in a cadence are yours now", count=len(self))
        if len(self) == 1:
            subject = told.env._("“%s” is yours now", self.name)
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=leader.partner_id.ids,
            subject=subject,
            body=told.env._(
                "Their salesperson can't look after them (%(why)s) and they are not qualified "
                "yet. Keep them or give them to somebody: %(names)s.",
                why=why.lower(),
                names=names if len(self) <= 5 else f"{names}…",
            ),
            email_layout_xmlid="mail.mail_notification_layout",
            email_add_signature=False,
        )
