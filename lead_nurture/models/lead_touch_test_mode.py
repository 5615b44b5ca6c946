from odoo import models


class LeadTouch(models.Model):
    """An e-mail sent as a test is still to go out, for its mailing as well."""

    _inherit = "lead.touch"

    def _mark_tested(self):
        result = super()._mark_tested()
        self.mail_id.mailing_trace_ids.write({"trace_status": "outgoing", "sent_datetime": False})
        return result
