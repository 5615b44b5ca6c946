from urllib.parse import urlencode

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import file_open

_WORKER = "lead_followup/static/src/lead_booth_worker/service_worker.js"


class LeadBoothController(http.Controller):
    """The booth on a phone: a page that opens without a network, and what it sends later.

    Rights and limits are those of ``lead.booth``; the page itself carries its setup and its
    texts, since a phone in a hall can't ask for them.
    """

    @http.route("/lead/booth/<int:show_id>", type="http", auth="user", methods=["GET"])
    def booth(self, show_id, **_kwargs):
        try:
            setup = request.env["lead.booth"].get_setup(show_id)
        except UserError:  # no rights, or no such show
            return request.redirect("/odoo/trade-shows")
        response = request.render("lead_followup.lead_booth_page", self._get_values(setup))
        # the worker keeps it where it may; the browser's own cache would hide updates
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Lead-Booth-User"] = str(request.env.uid)  # whose page would be kept
        return response

    @http.route(
        "/lead/booth/service-worker.js", type="http", auth="public", methods=["GET"], readonly=True
    )
    def service_worker(self):
        with file_open(_WORKER) as file:
            return request.make_response(
                file.read(),
                [
                    ("Content-Type", "text/javascript; charset=utf-8"),
                    ("Service-Worker-Allowed", "/lead/booth/"),
                    ("Cache-Control", "no-cache"),
                ],
            )

    @http.route("/lead/booth/<int:show_id>/capture", type="jsonrpc", auth="user")
    def capture(self, show_id, records, database, user_id):
        return self._refuse_others(database, user_id) or {
            "answer": request.env["lead.booth"].capture(show_id, records)
        }

    @http.route("/lead/booth/<int:show_id>/known", type="jsonrpc", auth="user", readonly=True)
    def known(self, show_id, values, database, user_id):
        return self._refuse_others(database, user_id) or {
            "answer": request.env["lead.booth"].find_known(show_id, values)
        }

    def _refuse_others(self, database, user_id):
        """Tell who is logged in where it is not the user whose captures the phone sends.

        One phone may serve several people; nobody sends what another wrote.
        """
        if (request.db, request.env.uid) != (database, user_id):
            return {"other_user": request.env.user.name}
        return None

    def _get_values(self, setup):
        """Return the values of the page's template."""
        show = setup["show"]
        language = request.env["res.lang"]._get_data(code=request.env.lang)
        modules, _language = request.env["ir.http"]._get_translations_for_webclient(
            ["lead_followup"], request.env.lang
        )
        messages = modules["lead_followup"]["messages"]
        return {
            "boot": {
                "leadBooth": {
                    "database": request.db,
                    "setup": setup,
                    "texts": {message["id"]: message["string"] for message in messages},
                },
                "debug": request.session.debug,
                "__session_info__": {"db": request.db},
            },
            "show_name": show["name"],
            "manifest_url": "/web/manifest.scoped_app_manifest?"
            + urlencode(
                {
                    "app_id": "lead_followup",
                    "path": f"lead/booth/{show['id']}",
                    "app_name": show["name"],
                }
            ),
            "language": (language.code or "en").replace("_", "-"),
            "direction": language.direction or "ltr",
        }
