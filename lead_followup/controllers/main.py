from odoo import http
from odoo.http import content_disposition, request

_TYPE_BY_EXTENSION = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class LeadImportController(http.Controller):
    """The files that an import gives out."""

    @http.route(
        "/lead_followup/import/<int:import_id>/rejected.<any(csv,xlsx):extension>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def rejected_rows(self, import_id, extension):
        """Give the rejected rows of an import that the user may read."""
        job = request.env["lead.import"].search([("id", "=", import_id)])
        if not job:
            raise request.not_found()
        content = job._get_rejected_csv() if extension == "csv" else job._get_rejected_xlsx()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", _TYPE_BY_EXTENSION[extension]),
                ("Content-Disposition", content_disposition(job._get_rejected_name(extension))),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
