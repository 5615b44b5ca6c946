"""Pages for people who have a link and no user."""

from odoo.http import request

from ..tools import public


def choose_language(code=None, company=None):
    """Speak the language that the address names, else that of ``code``, else the browser's.

    Of those that are installed; whoever asks for none of them reads the language of ``company``.
    """
    ours = [ours for ours, _name in request.env["res.lang"].get_installed()]
    company = (company or request.env.company).sudo()  # sudo: no secret of the company's
    browser = request.httprequest.accept_languages
    wished = (
        request.httprequest.args.get("lang"),
        code,
        public.best_language([tag for tag, _quality in browser], ours),
        company.partner_id.lang,
    )
    chosen = next((one for one in wished if one in ours), None)
    if chosen:
        request.update_context(lang=chosen)


def render_page(template, values):
    """Render ``template`` for anybody: in the language and direction of the context, unindexed."""
    language = request.env["res.lang"]._get_data(code=request.env.lang)
    values["html_attributes"] = {
        "lang": (language.code or "en").replace("_", "-"),
        "dir": language.direction or "ltr",
        "style": "height: 100%;",
    }
    response = request.render(template, values)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
