from odoo import models

_TRACE_BY_STATE = {"cancel": ("outgoing", "cancel"), "outgoing": ("cancel", "outgoing")}


class MailMail(models.Model):
    """The trace of a track's e-mail says whether that was withdrawn, and whether it goes on.

    One that was deleted before it went out is withdrawn.
    """

    _inherit = "mail.mail"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in _TRACE_BY_STATE:
            before, after = _TRACE_BY_STATE[vals["state"]]
            self._move_traces(before, after)
        return result

    def unlink(self):
        self._move_traces("outgoing", "cancel")
        return super().unlink()

    def _move_traces(self, before, after):
        """Note ``after`` on the traces of tracks' e-mails among these that say ``before``."""
        # sudo: whoever works with leads need not see mailings
        traces = self.filtered("is_lead_touch").sudo().mailing_trace_ids
        traces.filtered(lambda trace: trace.trace_status == before).trace_status = after
