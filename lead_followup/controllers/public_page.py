"""Pages for people who have a link and no user."""

from odoo.http import request


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
