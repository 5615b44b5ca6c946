from odoo import api, fields, models
from odoo.tools import SQL


class LeadReferralReport(models.Model):
    """What came of word of mouth: a line a referral, with the leads that are put down to it.

    The share of answers is a ratio of sums over the asks; archived leads count like others.
    Whoever sees a referral sees what came of it, in numbers.
    """

    _name = "lead.referral.report"
    _description = "Referral Analysis"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    referral_id = fields.Many2one("lead.referral", readonly=True)
    partner_id = fields.Many2one("res.partner", "Referrer", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    asked_by_id = fields.Many2one("res.users", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    channel = fields.Selection(
        lambda self: self.env["lead.referral"]._fields["channel"]._description_selection(self.env),
        readonly=True,
    )
    state = fields.Selection(
        lambda self: self.env["lead.referral"]._fields["state"]._description_selection(self.env),
        readonly=True,
    )
    date = fields.Datetime(
        readonly=True, help="When the customer was asked, or named friends unasked."
    )
    asked_count = fields.Integer("Asked", readonly=True)
    answered_count = fields.Integer("Answered", readonly=True, help="Asks that brought a name.")
    answer_share_pct = fields.Float(
        "Answers (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Of a hundred who were asked, how many named friends.",
    )
    friend_count = fields.Integer("Friends Named", readonly=True)
    lead_count = fields.Integer("Leads", readonly=True)
    qualified_count = fields.Integer("Qualified", readonly=True)
    won_count = fields.Integer("Won", readonly=True)
    revenue = fields.Monetary(readonly=True, currency_field="currency_id")

    @property
    def _table_query(self):
        return SQL(
            """SELECT r.id, r.id AS referral_id, r.partner_id, r.user_id, r.asked_by_id,
                      r.company_id, r.channel, r.state,
                      COALESCE(r.asked_at, r.create_date) AS date,
                      (r.is_ask AND r.asked_at IS NOT NULL)::int AS asked_count,
                      (r.is_ask AND r.asked_at IS NOT NULL AND f.friends > 0)::int
                          AS answered_count,
                      CASE WHEN r.is_ask AND r.asked_at IS NOT NULL
                           THEN 100.0 * (f.friends > 0)::int END AS answer_share_pct,
                      f.friends AS friend_count,
                      l.leads AS lead_count, l.qualified AS qualified_count,
                      l.won AS won_count, l.revenue
                 FROM lead_referral r
                 CROSS JOIN LATERAL (
                      SELECT COUNT(*) AS friends FROM lead_referral_friend_rel
                       WHERE referral_id = r.id) f
                 CROSS JOIN LATERAL (
                      SELECT COUNT(*) AS leads,
                             COUNT(*) FILTER (WHERE mql_at IS NOT NULL
                                 OR lifecycle IN ('mql', 'sql', 'customer')
                                 OR won_status = 'won') AS qualified,
                             COUNT(*) FILTER (WHERE won_status = 'won') AS won,
                             COALESCE(SUM(expected_revenue)
                                 FILTER (WHERE won_status = 'won'), 0) AS revenue
                        FROM crm_lead WHERE referral_id = r.id) l
                WHERE r.state NOT IN ('to_send', 'failed')"""
        )

    @api.model
    def _search(self, domain, *args, **kwargs):
        for model, names in (
            ("lead.referral", ["state", "is_ask", "asked_at", "friend_ids"]),
            ("crm.lead", ["referral_id", "lifecycle", "won_status", "expected_revenue", "mql_at"]),
        ):
            self.env[model].flush_model(names)
        return super()._search(domain, *args, **kwargs)

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "answer_share_pct:avg":
            return SQL(
                "100.0 * SUM(%(answered)s) / NULLIF(SUM(%(asked)s), 0)",
                answered=self._field_to_sql(self._table, "answered_count", query),
                asked=self._field_to_sql(self._table, "asked_count", query),
            )
        return super()._read_group_select(aggregate_spec, query)
