from odoo import api, models
from odoo.tools import SQL


class CrmLead(models.Model):
    """What the form of a lead counts and looks up in other tables: one query for all of it.

    Whoever may read a lead may read these of it, so no rules are asked. Other addons add theirs.
    """

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    def _compute_glance(self):
        ids = self._origin.ids
        columns = self._prepare_glance_columns()
        rows = ids and self.env.execute_query(
            SQL(
                "SELECT lead.id, %s FROM UNNEST(%s) AS lead(id)",
                SQL(", ").join(columns.values()),
                ids,
            )
        )
        self._take_glances({row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows})

    @api.model
    def _prepare_glance_columns(self):
        """Give ``{name: SQL}``, each one value of ``lead.id``; others add theirs."""
        return {
            "event_count": SQL(
                "(SELECT COUNT(*) FROM lead_event WHERE lead_id = lead.id)",
                to_flush=self.env["lead.event"]._fields["lead_id"],
            )
        }

    def _take_glances(self, glance_by_id):
        """Set the fields that ``_compute_glance`` computes; whoever adds a column extends it.

        :param glance_by_id: ``{lead id: {name: value}}``; leads not saved yet have none.
        """
        for lead in self:
            lead.event_count = glance_by_id.get(lead._origin.id, {}).get("event_count", 0)
