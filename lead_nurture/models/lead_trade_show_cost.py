from odoo import api, fields, models
from odoo.tools import SQL


class LeadTradeShow(models.Model):
    """Costs of a show in several currencies are summed in its company's.

    A lead at two shows costs once: it is divided by the leads that are put down to the show, as on
    the scorecard and in the funnel.
    """

    _inherit = "lead.trade.show"

    cost_per_lead = fields.Monetary(
        help="What is entered here, divided by the leads put down to this show. A lead at several "
        "shows is put down to one of them. The scorecard adds what campaigns and sources cost."
    )

    @api.depends("cost_ids.company_amount", "visit_ids")
    def _compute_costs(self):
        count_by_show = self._count_credited()
        for show in self:
            leads = count_by_show.get(show._origin.id)
            show.cost_total = sum(show.cost_ids.mapped("company_amount"))
            show.cost_per_lead = show.cost_total / leads if leads else 0.0

    def _count_credited(self):
        """Return ``{show id: number of leads put down to it}``, those with any; one query."""
        if not self.ids:
            return {}
        self.env["crm.lead"].flush_model()
        self.env["lead.show.visit"].flush_model()
        report = self.env["lead.funnel.report"]
        at_them = SQL(
            "lead_id IN (SELECT lead_id FROM lead_show_visit WHERE trade_show_id IN %s)",
            tuple(self.ids),
        )
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT %(show)s, COUNT(*)
                         FROM crm_lead lead %(first_show)s
                        WHERE lead.id IN (SELECT lead_id FROM lead_show_visit
                                           WHERE trade_show_id IN %(ids)s)
                          AND %(show)s IN %(ids)s
                        GROUP BY 1""",
                    show=report._get_show_sql(),
                    first_show=report._get_first_show_join_sql(at_them),
                    ids=tuple(self.ids),
                )
            )
        )
