from odoo import http
from odoo.http import request

from .public_form import BODY_LIMIT
from .public_page import choose_language, render_page


class LeadOptOutController(http.Controller):
    """The page behind the opt-out link of a cadence's e-mail.

    Scanners of mail servers follow links: opening the page changes nothing, only its button does.
    Mail programs that offer one-click opt-out (RFC 8058) post to the same address, without a
    session. The signature in the link is the right to opt out, so that no token of a session is
    asked for; whatever is wrong with a link, the answer is the same.
    """

    @http.route(
        "/lead/opt-out/<int:lead_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def opt_out_page(self, lead_id, token, **_kwargs):
        lead, address = self._read(lead_id, token)
        return self._page(lead, address) if address else self._refuse()

    @http.route(
        "/lead/opt-out/<int:lead_id>/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        sitemap=False,
        max_content_length=BODY_LIMIT,
    )
    def opt_out(self, lead_id, token, **_kwargs):
        lead, address = self._read(lead_id, token)
        if not address:
            return self._refuse()
        undo = request.httprequest.values.get("undo")
        if undo:
            lead._undo_opt_out_by_link(address)
        else:
            lead._opt_out_by_link(address)
        return self._page(lead, address, is_undone=bool(undo))

    def _read(self, lead_id, token):
        email = request.httprequest.values.get("email", "")  # no file
        # sudo: the signed link is the right to close this one address
        lead = request.env["crm.lead"].sudo().browse(lead_id)
        return lead, lead._read_opt_out(token, email)

    def _page(self, lead, address, is_undone=False):
        known = lead.exists()
        choose_language(known.lang_id.code, known.company_id)
        entry = lead.env["mail.blacklist"].search([("email", "=", address)])
        values = {
            "address": address,
            "company_name": (known.company_id or request.env.company).name,
            "is_closed": bool(entry),
            "may_undo": bool(entry.lead_opted_out_at and not entry.lead_stopped_at),
            "is_undone": is_undone,
            "action": request.httprequest.full_path,
        }
        return render_page("lead_followup.opt_out_page", values)

    def _refuse(self):
        choose_language()
        response = render_page("lead_followup.opt_out_unknown_page", {})
        response.status_code = 404
        return response
