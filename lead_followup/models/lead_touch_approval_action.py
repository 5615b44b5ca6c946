from odoo import models
from odoo.exceptions import AccessError, UserError

_MANAGER = "sales_team.group_sale_manager"


class LeadTouch(models.Model):
    """What a person does with e-mails to approve; each in his own name, a manager in others'."""

    _inherit = "lead.touch"

    def action_approve_emails(self):
        """Approve these e-mails as they are, and say what becomes of them.

        :raises UserError: none of them waits for approval.
        """
        held = self._get_own_held()
        # sudo: nobody writes touches by hand
        return self._say_approved(held, held.sudo()._approve())

    def action_review_email(self):
        """Open this e-mail to be read and decided on, the sender's others after it."""
        self.ensure_one()
        held = self._get_own_held()
        others = self.search(
            [("state", "=", "approval"), ("user_id", "=", self.user_id.id)], order="planned_at, id"
        )
        return self.env["lead.touch.review"]._open([*held.ids, *(others - held).ids])

    def action_review_emails(self):
        """Open these e-mails one after the other."""
        return self.env["lead.touch.review"]._open(self._get_own_held().sorted("planned_at").ids)

    def action_reject_emails(self):
        """Ask why these e-mails are not to be sent."""
        return self.env["lead.touch.reject"]._open(self._get_own_held())

    def _get_own_held(self):
        """Return those of these touches that wait for approval.

        One's own are decided on whosever their leads are: a colleague may be away.

        :raises AccessError: one is in another's name, or out of one's sight.
        :raises UserError: there are none.
        """
        self.browse().check_access("read")
        # sudo: what is decided on may be out of the sight of whoever stood in for its salesperson
        held = self.sudo().filtered(lambda touch: touch.state == "approval").sudo(self.env.su)
        if not held:
            raise UserError(
                self.env._(
                    "None of these e-mails waits for approval any more: somebody has decided on "
                    "them, or their cadence has ended.\nGo back to E-mails to Approve to see what "
                    "is left."
                )
            )
        held.check_access("read")
        foreign = held.filtered(lambda touch: touch.user_id != self.env.user)
        foreign.lead_id.check_access("write")
        if foreign and not self.env.user.has_group(_MANAGER):
            raise AccessError(
                self.env._(
                    "“%(email)s” would go out in the name of %(user)s, who approves it himself or "
                    "herself. Ask a sales manager if that can't wait.",
                    email=foreign[0].email_subject,
                    user=foreign[0].sudo().user_id.name,
                )
            )
        return held

    def _say_approved(self, held, approved):
        """Return a message: how many go out, and which don't and why."""
        lines = []
        if len(approved) == 1:
            lines.append(self.env._("The e-mail is approved and goes out at its moment."))
        elif approved:
            lines.append(
                self.env._(
                    "%(count)s e-mails are approved and go out at their moments.",
                    count=len(approved),
                )
            )
        refused = held.sudo() - approved
        anew = self.env._("it has changed meanwhile and waits to be read and approved again")
        lines += [
            self.env._("%(lead)s: %(why)s.", lead=touch.lead_id.name, why=touch.reason_text or anew)
            for touch in refused
        ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if refused else "success",
                "message": "\n".join(lines),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
