from odoo import fields, models
from odoo.tools import SQL


class CrmLead(models.Model):
    """Lists, pivots and graphs can be grouped by how the first contact stands right now."""

    _inherit = "crm.lead"

    def _clock_state_sql(self, alias):
        return SQL(
            """CASE WHEN %(deadline)s IS NULL THEN NULL
                    WHEN %(touched)s IS NOT NULL
                    THEN CASE WHEN %(done_in_time)s THEN 'done' ELSE 'done_late' END
                    WHEN NOT %(owed)s THEN NULL
                    WHEN %(deadline)s < %(now)s THEN 'late'
                    WHEN %(planned)s THEN 'in_time'
                    ELSE 'at_risk' END""",
            deadline=self._fields["first_touch_deadline"].to_sql(self, alias),
            touched=self._fields["first_touch_at"].to_sql(self, alias),
            done_in_time=self._touched_in_time_sql(alias),
            owed=self._owed_contact_sql(alias),
            planned=self._planned_in_time_sql(alias),
            now=fields.Datetime.now(),
        )
