from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from odoo import models
from odoo.http import request

from ..controllers.public_form import PublicForm
from .crossed import CROSSED


class IrHttp(models.AbstractModel):
    """Public forms: what is refused before a form is asked is refused in words, too."""

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        paths = tuple(request.env["lead.public.link"]._get_paths().values())
        # a subclass of these is another thing: the very ones are raised by Odoo's own checks
        is_ours = type(exception) in (BadRequest, RequestEntityTooLarge)
        if is_ours and request.httprequest.path.startswith(paths):
            return PublicForm()._refuse_broken(exception)
        is_crossed = isinstance(exception, CROSSED) and request.httprequest.method == "POST"
        if is_crossed and request.httprequest.path.startswith(paths):
            return PublicForm()._refuse_crossed()
        return super()._handle_error(exception)
