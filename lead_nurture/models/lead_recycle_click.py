from odoo import models
from odoo.tools import plaintext2html


class LeadRecycle(models.Model):
    """A lost lead that clicks is somebody's to call: whoever gets it finds that on his list."""

    _inherit = "lead.recycle"

    def _revive_by_click(self, event_by_lead):
        """Take up the lost leads of these rows whose event does that by itself; return them."""
        lost = self.lead_id.filtered(
            lambda lead: (
                lead.won_status == "lost"
                and event_by_lead[lead].kind in self.env["lead.event"]._REVIVING_KINDS
            )
        )
        revived = lost.browse()
        if not lost:
            return revived
        lost -= lost.browse().union(*lost._get_recycle_refusals())
        kinds = dict(self._fields["came_back_kind"]._description_selection(self.env))
        since = {lead: event_by_lead[lead].occurred_at for lead in lost}
        for kind, leads in lost.grouped(lambda lead: event_by_lead[lead].kind).items():
            reason = self.env._("Came back: %s", kinds[kind])
            back = leads._revive(reason, since)
            revived |= back
            for lead in back:
                note = event_by_lead[lead].note
                lead._schedule_next_action(
                    self.env._("Lost before, and shows interest again: get in touch"),
                    note=note and plaintext2html(f"{kinds[kind]}: {note}"),
                )
        return revived
