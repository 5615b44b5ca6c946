from odoo import fields, models
from odoo.tools import SQL


class LeadFunnelReport(models.Model):
    """How fast a lead heard from us, by anybody or by a person."""

    _inherit = "lead.funnel.report"

    def _get_speed_sql(self):
        """Return the hours to the first contact, the shares in 24 and 48 hours, and their start.

        From when the lead turned to us: the scan at the show it is put down to; for one of no
        show its scan or creation, or the sign of life that took it up again. And from its
        qualification. Who was contacted before waited zero hours. A lead without a contact counts
        as missed once the hours are over, if a contact was owed to it.
        """
        starts = {
            "capture": SQL(
                """(CASE WHEN visit.lead_id IS NOT NULL
                        THEN COALESCE(visit.captured_at, lead.create_date)
                        ELSE GREATEST(COALESCE(lead.captured_at, lead.create_date),
                                      lead.engagement_since) END)"""
            ),
            "mql": SQL("lead.mql_at"),
        }
        ends = {
            name: SQL(
                "(CASE WHEN visit.lead_id IS NOT NULL THEN %s ELSE %s END)",
                SQL.identifier("visit", column),
                SQL.identifier("lead", column),
            )
            for name, column in (("touch", "first_touch_at"), ("human", "first_human_touch_at"))
        }
        owed = SQL(
            "(lead.first_touch_deadline IS NOT NULL AND lead.not_a_buyer IS NULL"
            " AND lead.do_not_contact IS NOT TRUE"
            " AND COALESCE(lead.lifecycle, 'inquiry') <> 'disqualified')"
        )
        columns = {"capture_at": starts["capture"]}
        for start_name, start in starts.items():
            for end_name, end in ends.items():
                columns[f"{start_name}_{end_name}_hours"] = SQL(
                    "GREATEST(EXTRACT(EPOCH FROM %s - %s) / 3600, CASE WHEN %s IS NOT NULL"
                    " AND %s IS NOT NULL THEN 0 END)",
                    end,
                    start,
                    end,
                    start,
                )
                for hours in (24, 48):
                    columns[f"{start_name}_{end_name}_{hours}_pct"] = SQL(
                        """CASE WHEN %(start)s IS NULL THEN NULL
                                WHEN %(end)s <= %(start)s + INTERVAL '1 hour' * %(hours)s
                                THEN 100::float8
                                WHEN %(end)s IS NOT NULL THEN 0::float8
                                WHEN %(owed)s AND %(start)s + INTERVAL '1 hour' * %(hours)s
                                     < %(now)s::timestamp THEN 0::float8 END""",
                        start=start,
                        end=end,
                        owed=owed,
                        hours=hours,
                        now=fields.Datetime.now(),
                    )
        return columns

    def _get_visit_join_sql(self, own, show):
        """Join the visit of the show that a lead is put down to; what is of it stays with it."""
        return SQL(
            """LEFT JOIN (
                SELECT DISTINCT ON (lead_id, trade_show_id) lead_id, trade_show_id, captured_at,
                       first_touch_at, first_human_touch_at
                  FROM lead_show_visit WHERE trade_show_id IS NOT NULL AND %s
                 ORDER BY lead_id, trade_show_id
               ) visit ON visit.lead_id = lead.id AND visit.trade_show_id = %s""",
            own,
            show,
        )
