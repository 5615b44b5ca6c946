from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize


class CrmLead(models.Model):
    """A reply stops the cadence at once and leaves somebody a next action.

    Found by the thread it answers and by the address it comes from, for people write afresh or
    lose the references. What a machine wrote, or one of our own users, is no reply.
    """

    _inherit = "crm.lead"

    def _note_incoming_mail(self, sender, subject, message_id, is_automatic, lead_ids):
        """Stop what a human reply stops; ``lead_ids`` are the leads whose threads it answers.

        :param sender: the From header.
        :param message_id: makes it one event, however often the message comes in.
        """
        address = email_normalize(sender)
        if is_automatic or not address or self._is_own_address(address):
            return
        by_sender = self.search(
            Domain("email_normalized", "=", address) & Domain("enrollment_ids", "!=", False)
        )
        leads = self.browse([lead_id for lead_id in lead_ids if lead_id]).exists() | by_sender
        # The same message again leaves no second task.
        refs = {lead: f"reply,{message_id},{lead.id}" for lead in leads}
        events = self.env["lead.event"].search([("ref", "in", list(refs.values()))])
        known = events.lead_id
        self.env["lead.event"]._log(
            [
                {
                    "lead_id": lead.id,
                    "kind": "reply",
                    "occurred_at": fields.Datetime.now(),
                    "ref": refs[lead],
                    "note": subject[:200],
                }
                for lead in leads
            ]
        )
        # Whose cadence has ended by now may answer its last e-mail just as well.
        contacted = leads.filtered(
            lambda lead: lead.enrollment_ids and lead.won_status == "pending" and lead.touch_ids
        )
        (contacted - known)._schedule_answer(subject)
        leads.enrollment_id._stop("replied")

    def _is_own_address(self, address):
        """Tell whether ``address`` is one of our own users'."""
        return bool(
            self.env["res.users"].search_count(
                [("partner_id.email_normalized", "=", address), ("share", "=", False)], limit=1
            )
        )

    def _schedule_answer(self, subject):
        """Put “answer” on the list of each lead's salesperson, else of its show's sender."""
        todo = self.env.ref("mail.mail_activity_data_todo")
        for lead in self:
            user = lead.enrollment_ids[:1]._get_sender()
            lead.activity_schedule(
                activity_type_id=todo.id,
                user_id=(user or self.env.ref("base.user_admin")).id,
                summary=self.env._("Answered: “%(subject)s”. Write or call back.", subject=subject),
            )
