from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from odoo import models
from odoo.http import request

from ..controllers.public_form import PublicForm
from .crossed import CROSSED

# pages for people without a user that hang on no link of ours in the database
_PAGES = ("/l/", "/lead/opt-out/")


class IrHttp(models.AbstractModel):
    """Public forms: what is refused before a form is asked is refused in words, too."""

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        path = request.httprequest.path
        # Odoo takes a file for the token that it looks for, and fails
        if path.startswith(cls._get_public_paths()) and "csrf_token" in request.httprequest.files:
            raise BadRequest()
        return result

    @classmethod
    def _handle_error(cls, exception):
        path = request.httprequest.path
        # a subclass of these is another thing: the very ones are raised by Odoo's own checks
        is_ours = type(exception) in (BadRequest, RequestEntityTooLarge)
        if is_ours and path.startswith(cls._get_public_paths()):
            return PublicForm()._refuse_broken(exception)
        is_crossed = isinstance(exception, CROSSED) and request.httprequest.method == "POST"
        if is_crossed and path.startswith(cls._get_form_paths()):
            return PublicForm()._refuse_crossed()
        return super()._handle_error(exception)

    @classmethod
    def _get_form_paths(cls):
        return tuple(request.env["lead.public.link"]._get_paths().values())

    @classmethod
    def _get_public_paths(cls):
        return (*cls._get_form_paths(), *_PAGES)
