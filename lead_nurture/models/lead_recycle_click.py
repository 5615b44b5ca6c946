from odoo import models


class LeadRecycle(models.Model):
    """A lost lead that clicks is somebody's to call: whoever gets it finds that on his list."""

    _inherit = "lead.recycle"

    def _revive_by_click(self, event_by_lead):
        """Take up the lost leads of these rows whose event does that by itself."""
        lost = self.lead_id.filtered(
            lambda lead: (
                lead.won_status == "lost"
                and event_by_lead[lead].kind in self.env["lead.event"]._REVIVING_KINDS
            )
        )
        if not lost:
            return
        lost -= lost.browse().union(*lost._get_recycle_refusals())
        kinds = dict(self._fields["came_back_kind"]._description_selection(self.env))
        since = {lead: event_by_lead[lead].occurred_at for lead in lost}
        for kind, leads in lost.grouped(lambda lead: event_by_lead[lead].kind).items():
            reason = self.env._("Came back: %s", kinds[kind])
            for lead in leads._revive(reason, since):
                lead._schedule_next_action(
                    self.env._("Lost before, and shows interest again: get in touch")
                )
