from odoo import models


class CrmLead(models.Model):
    """A recycled lead comes back: its track ends, its row says when, after what, and by which sign.

    What else follows (owner, rotation, clock, engagement) is the way all lost leads are taken up.
    """

    _inherit = "crm.lead"

    def _revive(self, reason=False, since_by_lead=None):
        lost = self.filtered(lambda lead: lead.won_status == "lost")  # not put away by hand
        revived = super()._revive(reason, since_by_lead)
        # sudo: whoever's sign it is; rows are written by the program alone
        (lost & revived).sudo().recycle_id._come_back(since_by_lead)
        return revived

    def _receive_again(self, kind, vals):
        """Let the form answer the last message of a recycling track, before that track ends."""
        self._filter_revivable().enrollment_id._stop("replied")
        return super()._receive_again(kind, vals)

    def _get_followup_tables(self):
        return (*super()._get_followup_tables(), "lead_recycle")

    def _take_followup(self, tail):
        """Move the history along; whatever still goes on for a lead that is gone ends.

        The track of one that is recycled ends before it could become the head's. A track that the
        head takes over rests while the head is with sales.
        """
        rows = self.env["lead.recycle"].search([("lead_id", "in", tail.ids)])
        live = rows.filtered(lambda row: row.state in ("resting", "due", "track"))
        tracks = tail.enrollment_id & live.enrollment_id
        live._end("merged")
        tracks._stop("merged")
        result = super()._take_followup(tail)
        rows.lead_id = self
        if self.lifecycle in ("mql", "sql"):
            self.enrollment_id.filtered("cadence_id.is_track")._pause_for_sales()
        return result
