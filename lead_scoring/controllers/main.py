from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import consteq

from odoo.addons.mail.controllers.mail import MailController

from ..models.lead_handover_link import ACCEPT_PATH, RETURN_PATH


class LeadOfferController(http.Controller):
    """The answers to an offer from the e-mail that made it, see ``lead.handover``."""

    @http.route(ACCEPT_PATH, type="http", auth="user", methods=["GET"])
    def accept_lead_offer(self, res_id="", token="", **_other):
        if not self._is_signed(ACCEPT_PATH, res_id, token):
            return self._refuse()
        try:
            with request.env.cr.savepoint():
                lead = request.env["lead.handover"].browse(int(res_id))._accept_by_link()
        except UserError as error:
            return self._tell(error)
        return MailController._redirect_to_record("crm.lead", lead.id)

    @http.route(RETURN_PATH, type="http", auth="user", methods=["GET", "POST"])
    def return_lead_offer(self, res_id="", token="", reason_id="", note="", **_other):
        if not self._is_signed(RETURN_PATH, res_id, token):
            return self._refuse()
        offer = request.env["lead.handover"].browse(int(res_id))
        try:
            with request.env.cr.savepoint():
                if request.httprequest.method == "GET":
                    return self._ask(offer, token)
                offer._return_by_link(reason_id, note)
        except UserError as error:
            return self._tell(error)
        return request.redirect(offer._get_list_path())

    def _is_signed(self, path, res_id, token):
        """Say whether the link is one of ours, for this offer and this answer."""
        signature = request.env["mail.thread"]._encode_link(path, {"res_id": res_id})
        return res_id.isdecimal() and token.isascii() and consteq(signature, token)

    def _ask(self, offer, token):
        """Show the reasons, each a click."""
        lead = offer._get_answerable_lead()
        values = {"offer": offer, "lead": lead, "token": token, "reasons": offer._get_reasons()}
        return request.render("lead_scoring.lead_offer_return_page", values)

    def _refuse(self):
        message = request.env._(
            "This link is not complete, so nothing was answered.\n"
            "Open the offer in your list and answer it there."
        )
        return self._tell(message, status=403)

    def _tell(self, message, status=200):
        values = {
            "message": str(message),
            "list_path": request.env["lead.handover"]._get_list_path(),
        }
        response = request.render("lead_scoring.lead_offer_message_page", values)
        response.status_code = status
        return response
