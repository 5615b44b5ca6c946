from odoo import api, models


class MailThread(models.AbstractModel):
    """Odoo's mail gateway notes answers with their message, not once more with their trace."""

    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        noted = self.with_context(lead_hit_noted=True)
        return super(MailThread, noted)._message_route_process(message, message_dict, routes)
