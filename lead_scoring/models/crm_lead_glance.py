from odoo import api, models
from odoo.tools import SQL


class CrmLead(models.Model):
    """What the form of a lead counts and looks up in other tables: one query for all of it.

    Whoever may read a lead may read these of it, so no rules are asked. Other addons add theirs.
    """

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    _GLANCE_SCORES = ("total", "scored_at")

    @api.depends("event_ids")
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
        scores = self.env["lead.score"]._fields
        return {
            "event_count": SQL(
                "(SELECT COUNT(*) FROM lead_event WHERE lead_id = lead.id)",
                to_flush=self.env["lead.event"]._fields["lead_id"],
            ),
            **{
                name: SQL(
                    "(SELECT %s FROM lead_score WHERE id = lead.id)",
                    SQL.identifier(name),
                    to_flush=scores[name],
                )
                for name in self._GLANCE_SCORES
            },
        }

    def _take_glances(self, glance_by_id):
        """Set the fields that ``_compute_glance`` computes; whoever adds a column extends it.

        :param glance_by_id: ``{lead id: {name: value}}``; leads not saved yet have none.
        """
        for lead in self:
            lead.event_count = glance_by_id.get(lead._origin.id, {}).get("event_count", 0)
        # the form shows the score as well: known now, it needs no query of its own
        scored = {
            key: glance for key, glance in glance_by_id.items() if glance["total"] is not None
        }
        scores = self.env["lead.score"].browse(scored)
        for name in self._GLANCE_SCORES:
            values = [glance[name] for glance in scored.values()]
            scores._fields[name]._insert_cache(scores, values)
