from odoo import api, models


class CrmLead(models.Model):
    """What happens to a lead lets the rules of cadences look at it, soon."""

    _inherit = "crm.lead"

    # what may have changed, without a write on the lead, when it is scored again
    _SCORED_FIELDS = frozenset(
        {"score_id", "score_fit", "score_engagement", "score_total", "scored_at"}
        | {"event_ids", "qualification_ids", "touch_ids", "segment_ids"}
    )

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        self.env["lead.cadence"]._note_newcomers()
        return leads

    def write(self, vals):
        result = super().write(vals)
        self.env["lead.cadence"]._note_changes(vals)
        return result

    def _score_batch(self, now, touch):
        result = super()._score_batch(now, touch)
        self.env["lead.cadence"]._note_changes(self._SCORED_FIELDS)
        return result
