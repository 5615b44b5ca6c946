from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize


class CrmLead(models.Model):
    """A reply stops the cadence at once and leaves somebody a next action.

    Found by the thread it answers and by the address it comes from, for people write afresh or
    lose the references. What a machine wrote, or one of our own users, is no reply.
    """

    _inherit = "crm.lead"

    def _note_incoming_mail(
        self, sender, subject, message_id, is_automatic, lead_ids, is_fresh=False, answers=()
    ):
        """Stop what a human reply stops; ``lead_ids`` are the leads whose threads it answers.

        :param sender: the From header.
        :param message_id: makes it one event, however often the message comes in.
        :param is_fresh: the message answers none of ours; ``lead_ids`` were found by its sender.
        :param answers: Message-Ids of the e-mails it answers, by its own headers.
        """
        address = email_normalize(sender)
        if is_automatic or not address or self._is_own_address(address):
            return
        # a lost lead may be written to as well, while it is
        in_touch = Domain("enrollment_id", "!=", False) | (
            Domain("active", "=", True) & Domain("enrollment_ids", "!=", False)
        )
        by_sender = self.with_context(active_test=False).search(
            Domain("email_normalized", "=", address) & in_touch
        )
        by_sender = by_sender.with_env(self.env)
        leads = self.browse([lead_id for lead_id in lead_ids if lead_id]).exists() | by_sender
        # The same message again leaves no second task; one that made a lead stops nothing.
        refs = {lead: f"reply,{message_id},{lead.id}" for lead in leads}
        events = self.env["lead.event"].search([("ref", "in", list(refs.values()))])
        leads -= events.lead_id
        leads._revive(self.env._("Wrote to us: “%(subject)s”.", subject=subject))
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
            lambda lead: (
                (is_fresh and lead.id in lead_ids)
                or (lead.enrollment_ids and lead.won_status == "pending" and lead.touch_ids)
            )
        )
        contacted._schedule_answer(subject)
        leads.touch_ids._note_reply(answers)
        leads.enrollment_id._stop("replied")

    def _is_own_address(self, address):
        """Tell whether ``address`` is one of our own users'."""
        return bool(
            self.env["res.users"].search_count(
                [("partner_id.email_normalized", "=", address), ("share", "=", False)], limit=1
            )
        )

    def _schedule_answer(self, subject):
        """Put “answer” on somebody's list for each lead."""
        self._schedule_next_action(
            self.env._("Answered: “%(subject)s”. Write or call back.", subject=subject)
        )

    def _schedule_next_action(self, summary, user=None, date=None, note=False):
        """Put ``summary`` on somebody's list for each of these leads, and give the activities.

        :param user: on whose list; whoever answers the lead where nobody is named.
        """
        todo = self.env.ref("mail.mail_activity_data_todo")
        activities = self.env["mail.activity"]
        for lead in self:
            activities |= lead.activity_schedule(
                activity_type_id=todo.id,
                user_id=(user or lead._get_answerer()).id,
                summary=summary,
                date_deadline=date,
                note=note or "",
            )
        return activities

    def _get_answerer(self):
        """Return who answers this lead: its salesperson, else the show's sender, else marketing,
        else the leader of its team, at last the administrator."""
        self.ensure_one()
        company = self.company_id or self.env.company
        people = (
            self.user_id,
            self.trade_show_id.sender_id,
            company.lead_marketing_user_id,
            self.team_id.user_id,
        )
        found = next((user for user in people if user.active), None)
        return found or self.env.ref("base.user_admin")
