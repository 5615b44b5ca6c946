from odoo import http
from odoo.http import request

from ..tools import letters, public
from .public_form import BODY_LIMIT
from .public_page import choose_language, render_page

_ANSWERS = ("call", "write", "stop")
_NOTE_LENGTH = 500


class LeadLetterController(http.Controller):
    """The page on which somebody answers a letter. Opening it changes nothing; only answering does.

    Who has the code may answer, nothing about the lead is shown. Odoo limits no requests: codes
    are long enough that guessing one is useless.
    """

    @http.route("/l", type="http", auth="public", methods=["GET"], sitemap=False, readonly=True)
    def letter_code(self, **_kwargs):
        """Ask for the code, or go to its page."""
        code = request.httprequest.args.get("code", "")
        if letters.read_code(code):
            return request.redirect(f"/l/{letters.format_code(letters.read_code(code))}")
        return self._refuse(code)

    @http.route(
        "/l/<string:code>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def letter(self, code, **_kwargs):
        letter = self._find(code)
        return self._page("lead_followup.letter_page", letter) if letter else self._refuse(code)

    @http.route(
        "/l/<string:code>",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        max_content_length=BODY_LIMIT,
    )
    def letter_answer(self, code, **_kwargs):
        form = request.httprequest.form  # neither the address nor files
        answer = form.get("answer", "")
        letter = self._find(code)
        if not letter:
            return self._refuse(code)
        if answer not in _ANSWERS:
            return self._page("lead_followup.letter_page", letter)
        note = public.clean_line(form.get("note", ""))[:_NOTE_LENGTH]
        letter.lead_id._note_letter_answer(letter.letter_code, answer, note)
        return self._page("lead_followup.letter_thanks_page", letter, answer=answer)

    def _find(self, code):
        # sudo: the code is the right to answer this one letter
        return request.env["lead.touch"].sudo()._find_letter(code)

    def _page(self, template, letter, **values):
        company = letter.letter_batch_id.company_id or letter.company_id or request.env.company
        choose_language(letter.lead_id.lang_id.code, company)
        values |= {
            "code": letter.letter_code,
            "company_name": company.name,
            "action": f"/l/{letter.letter_code}",
        }
        return render_page(template, values)

    def _refuse(self, code):
        """Say kindly that no letter has this code; what was typed is never shown as it is."""
        choose_language()
        values = {"is_mistyped": letters.is_mistyped(code), "is_empty": not code.strip()}
        response = render_page("lead_followup.letter_unknown_page", values)
        response.status_code = 200 if values["is_empty"] else 404
        return response
