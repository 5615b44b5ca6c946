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
        self,
        sender,
        subject,
        message_id,
        is_automatic,
        lead_ids,
        is_fresh=False,
        answers=(),
        letters=None,
    ):
        """Stop what a human reply stops; ``lead_ids`` are the leads whose threads it answers.

        :param sender: the From header.
        :param message_id: makes it one event, however often the message comes in.
        :param is_fresh: the message answers none of ours; ``lead_ids`` were found by its sender.
        :param answers: Message-Ids of the e-mails it answers, by its own headers.
        :param letters: touches whose codes it quotes: it answers them.
        """
        address = email_normalize(sender)
        if is_automatic or not address or self._is_own_address(address):
            return
        letters = letters or self.env["lead.touch"]
        lead_ids = [*lead_ids, *letters.lead_id.ids]
        leads = self.browse([lead_id for lead_id in lead_ids if lead_id]).exists()
        leads |= self._find_in_touch(address)
        refs = {lead: f"reply,{message_id},{lead.id}" for lead in leads}
        leads -= self._get_replied(refs)
        leads._revive(self.env._("Wrote to us: “%(subject)s”.", subject=subject))
        letters = letters.filtered(lambda letter: letter.lead_id in leads)
        leads._log_replies(subject, refs, counted=letters._note_answered_by_mail(subject))
        # Whose cadence has ended by now may answer its last e-mail just as well.
        contacted = leads.filtered(
            lambda lead: (is_fresh and lead.id in lead_ids) or lead._is_answer_awaited()
        )
        contacted._schedule_answer(subject)
        leads.touch_ids._note_reply(answers)
        leads.enrollment_id._stop("replied")

    def _find_in_touch(self, address):
        """Return the leads of this normalized ``address`` that a cadence has to do with."""
        # a lost lead may be written to as well, while it is
        in_touch = Domain("enrollment_id", "!=", False) | (
            Domain("active", "=", True) & Domain("enrollment_ids", "!=", False)
        )
        found = self.with_context(active_test=False).search(
            Domain("email_normalized", "=", address) & in_touch
        )
        return found.with_env(self.env)

    def _get_replied(self, refs):
        """Return the leads whose reply, by its ref in ``refs`` (``{lead: ref}``), is known.

        The same message again leaves no second task; one that made a lead stops nothing.
        """
        return self.env["lead.event"].search([("ref", "in", list(refs.values()))]).lead_id

    def _log_replies(self, subject, refs, counted):
        """Log a reply of each of these leads; it gives no points to those in ``counted``."""
        self.env["lead.event"]._log(
            [
                {
                    "lead_id": lead.id,
                    "kind": "reply",
                    "occurred_at": fields.Datetime.now(),
                    "ref": refs[lead],
                    "note": subject[:200],
                    **({"points": 0} if lead in counted else {}),
                }
                for lead in self
            ]
        )

    def _is_answer_awaited(self):
        """Tell whether this lead was written to, so that somebody is to read what it answers."""
        self.ensure_one()
        return bool(self.enrollment_ids and self.won_status == "pending" and self.touch_ids)

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
