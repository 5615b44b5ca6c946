from odoo import models
from odoo.exceptions import UserError

ACCEPT_PATH = "/lead/offer/accept"
RETURN_PATH = "/lead/offer/return"


class LeadHandover(models.Model):
    """The answer to an offer by the links of its e-mail, for the one it was sent to and no other.

    A link is signed for one offer and one answer. A manager answers for others on the lead itself.
    """

    _inherit = "lead.handover"  # pylint: disable=consider-merging-classes-inherited

    def _get_accept_link(self):
        return self._get_link(ACCEPT_PATH)

    def _get_return_link(self):
        return self._get_link(RETURN_PATH)

    def _get_link(self, path):
        """Give the signed address of one answer to this offer."""
        self.ensure_one()
        return self.lead_id._notify_get_action_link("controller", controller=path, res_id=self.id)

    def _get_list_path(self):
        """Give where a user sees what is offered to him."""
        return "/odoo/action-lead_scoring.crm_lead_action_offered"

    def _accept_by_link(self):
        """Accept this offer for the user; give the lead.

        :raises UserError: there is nothing he may accept.
        """
        lead = self._get_answerable_lead()
        lead.action_accept_handover()
        return lead

    def _return_by_link(self, reason_id, note):
        """Return this offer's lead for the user.

        :param reason_id: id of a reason, or whatever else a browser may send.
        :raises UserError: there is nothing he may return, or no such reason.
        """
        lead = self._get_answerable_lead()
        reason = self._get_reasons().filtered(lambda reason: str(reason.id) == str(reason_id))
        if not reason:
            raise UserError(
                self.env._(
                    "“%s” was not returned: the reason is not in the list any more.\n"
                    "Open the link again and choose another.",
                    lead.name,
                )
            )
        lead._return_handover(reason, " ".join((note or "").split()) or False)

    def _get_reasons(self):
        return self.env["lead.return.reason"].search([("active", "=", True)])

    def _get_answerable_lead(self):
        """Give the lead, with the user's own rights, if he may answer this offer now.

        The offer stays locked: of two clicks at once the second waits, and is told.
        :raises UserError: he may not, or there is nothing to answer (any more).
        """
        offer = self.sudo().exists()  # judged right here
        problem = self._explain_refusal(offer)
        if not problem:
            offer._lock()
            problem = offer._explain_closed()
        if problem:
            raise UserError(problem)
        lead = offer.lead_id.with_env(self.env)
        lead.check_access("read")
        return lead

    def _explain_refusal(self, offer):
        """Say why this user may not answer ``offer``, or nothing."""
        if not self.env.user.has_group("sales_team.group_sale_salesman"):
            return self.env._(
                "You have no rights on leads (any more), so nothing was answered.\n"
                "Ask your administrator for the rights of a salesperson."
            )
        if not offer:
            return self.env._(
                "This offer is not there any more: its lead was deleted or merged into another."
            )
        if offer.user_id != self.env.user:
            return self.env._(
                "This offer was made to another salesperson, so nothing was answered.\n"
                "Log in as the one the e-mail was sent to, or ask your manager for the lead."
            )
        return ""

    def _explain_closed(self):
        """Say why this offer can't be answered by anyone, or nothing."""
        self.ensure_one()
        if not self.lead_id.active or self.lead_id.won_status == "lost":
            return self.env._(
                "“%s” is archived, so nothing was answered.\n"
                "Restore it first if you want to work on it.",
                self.lead_id.name,
            )
        return self._explain_answered() if self.state != "offered" else ""
