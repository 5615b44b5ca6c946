from odoo import api, models

from .lead_touch_report import get_trace_id

_HITS = ("open", "click")


class LeadEvent(models.Model):
    """What becomes of an e-mail is noted on its touch: opened, followed, the last before an
    opt-out."""

    _inherit = "lead.event"

    @api.model
    def _log(self, vals_list):
        new_ids = super()._log(vals_list)
        if any(vals["kind"] in (*_HITS, "opt_out") for vals in vals_list):
            self.browse(new_ids)._note_on_touches()
        return new_ids

    def _judge_anew(self, confidence, occurred_at=None):
        changed = super()._judge_anew(confidence, occurred_at)
        changed._note_on_touches()
        return changed

    def _note_on_touches(self):
        """Note these on the touches they are about; a few queries for any number."""
        # sudo: nobody writes touches by hand
        events, touches = self.sudo(), self.env["lead.touch"].sudo()
        hits = events.filtered(lambda event: event.kind in _HITS)
        trace_ids = {get_trace_id(event.ref) for event in hits} - {0}
        if trace_ids:
            traces = self.env["mailing.trace"].sudo().browse(trace_ids).exists()
            trace_by_mail = {trace.mail_mail_id_int: trace for trace in traces}
            mine = touches.search([("mail_id", "in", list(trace_by_mail))])
            mine._note_hits({touch: trace_by_mail[touch.mail_id.id] for touch in mine})
        opted_out = events.filtered(lambda event: event.kind == "opt_out").lead_id
        if opted_out:
            touches.search(
                [
                    ("lead_id", "in", opted_out.ids),
                    ("channel", "=", "email"),
                    ("state", "=", "done"),
                ]
            )._note_opt_out()
