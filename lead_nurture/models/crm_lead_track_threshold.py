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
        # step by step, not joined: the scorer asks it of thousands, and few are in a track
        return SQL(
            """COALESCE((
                SELECT MAX((
                    SELECT (SELECT NULLIF(track.react_score, 0) FROM lead_cadence AS track
                             WHERE track.id = COALESCE(cadence.version_of_id, cadence.id)
                               AND track.has_own_reaction)
                      FROM lead_cadence AS cadence
                     WHERE cadence.id = enrollment.cadence_id AND cadence.is_track))
                  FROM lead_cadence_enrollment AS enrollment
                 WHERE enrollment.lead_id = lead.id AND enrollment.state IN ('active', 'paused')
            ), %s)""",
            super()._get_mql_threshold_sql(),
        )
