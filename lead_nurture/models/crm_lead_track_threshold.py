from odoo import api, models
from odoo.tools import SQL


class CrmLead(models.Model):
    """A lead in a track that names its own score is qualified from that score on."""

    _inherit = "crm.lead"

    @api.model
    def _get_mql_threshold_sql(self):
        self.env["lead.cadence.enrollment"].flush_model(["lead_id", "cadence_id", "state"])
        self.env["lead.cadence"].flush_model(
            ["is_track", "has_own_reaction", "react_score", "version_of_id"]
        )
        return SQL(
            """COALESCE((
                SELECT NULLIF(track.react_score, 0)
                  FROM lead_cadence_enrollment AS enrollment
                  JOIN lead_cadence AS cadence ON cadence.id = enrollment.cadence_id
                  JOIN lead_cadence AS track
                    ON track.id = COALESCE(cadence.version_of_id, cadence.id)
                 WHERE enrollment.lead_id = lead.id
                   AND enrollment.state IN ('active', 'paused')
                   AND cadence.is_track AND track.has_own_reaction
            ), %s)""",
            super()._get_mql_threshold_sql(),
        )
