from odoo import api, models
from odoo.fields import Domain


class CrmLead(models.Model):
    """Everything is stopped for somebody: his recycling, and mailings that wait for him, too."""

    _inherit = "crm.lead"

    @api.model
    def _get_stopped_texts(self):
        return {**super()._get_stopped_texts(), "recycle": self.env._("recycling given up")}

    @api.model
    def _stop_recycling(self, people):
        # sudo: rows are written by the program alone, which gives them up as the leads are closed
        live = self.env["lead.recycle"].sudo()._get_live(people.leads)
        return [*super()._stop_recycling(people), *((row.lead_id, "recycle", 1) for row in live)]

    @api.model
    def _stop_mails(self, people):
        """Cancel what mailings have queued for the addresses as well, whatever record it is for."""
        counted = super()._stop_mails(people)
        # sudo: whoever works with leads need not see mailings
        traces = self.env["mailing.trace"].sudo()
        traces = traces.search(
            Domain("email", "in", people.emails)
            & Domain("trace_status", "in", ("outgoing", "process"))
        )
        traces.mail_mail_id.filtered(lambda mail: mail.state == "outgoing").cancel()
        traces.filtered(lambda trace: trace.mail_mail_id.state in (False, "cancel")).set_canceled()
        return counted
