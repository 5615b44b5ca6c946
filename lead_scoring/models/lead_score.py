from odoo import api, fields, models
from odoo.tools import SQL


class LeadScore(models.Model):
    """What a lead is worth: one narrow row a lead, whose id is the lead's own id.

    Kept beside the leads because their table is wide and has many indexes: a score that fades
    every night costs a tenth here. It is read through the lead (``score_total`` and its like),
    written only by the scorer, and always there, or leads without a row would sort first.
    """

    _name = "lead.score"
    _description = "Lead Score"
    _log_access = False

    fit = fields.Integer(readonly=True)
    engagement = fields.Integer(readonly=True)
    total = fields.Integer(readonly=True)
    scored_at = fields.Datetime(readonly=True)
    is_stale = fields.Boolean(readonly=True)  # facts or rules have changed since scored_at

    _lead_fkey = models.Constraint("FOREIGN KEY (id) REFERENCES crm_lead (id) ON DELETE CASCADE")
    _total_idx = models.Index("(total DESC, id)")
    _stale_idx = models.Index("(id) WHERE is_stale")

    @api.model
    def _mark_stale(self, condition, company=None):
        """Have the open leads that meet ``condition`` (SQL on ``lead``) scored in the background.

        Rows that are stale already are written too: a scorer at work then meets a changed row
        and starts anew, instead of overwriting a mark whose reason it has not seen.

        :param company: only this company's leads; a rule without a company asks for all.
        :return: how many leads wait for it.
        """
        self.env["crm.lead"].flush_model(["active", "won_status", "company_id"])
        self.env.cr.execute(
            SQL(
                """UPDATE lead_score AS score SET is_stale = TRUE
                     FROM crm_lead AS lead
                    WHERE lead.id = score.id
                      AND lead.active AND lead.won_status = 'pending'
                      AND (%(company)s::int IS NULL OR lead.company_id = %(company)s
                           OR lead.company_id IS NULL)
                      AND (%(condition)s)""",
                company=company.id if company else None,
                condition=condition,
            )
        )
        count = self.env.cr.rowcount
        self.invalidate_model(["is_stale"], flush=False)
        if count:
            self._trigger_scoring()
            self._tell_progress()
        return count

    @api.model
    def _mark_stale_leads(self, leads):
        """Have ``leads`` scored in the background, soon; see ``_mark_stale``."""
        if not leads:
            return
        rows = self.env.execute_query(
            SQL(
                """UPDATE lead_score AS score SET is_stale = TRUE
                     FROM lead_score AS kept
                    WHERE kept.id = score.id AND score.id = ANY(%s)
                RETURNING kept.is_stale""",
                list(leads._ids),
            )
        )
        self.invalidate_model(["is_stale"], flush=False)
        if not all(was_stale for (was_stale,) in rows):
            self._trigger_scoring()

    @api.model
    def _insert_zero(self, leads):
        """Give new leads their row, where no rule has points for them."""
        self.env["crm.lead"].flush_model(["name"])  # the rows they belong to
        self.env.cr.execute(
            SQL(
                """INSERT INTO lead_score (id, fit, engagement, total, scored_at, is_stale)
                   SELECT id, 0, 0, 0, %s, FALSE FROM UNNEST(%s) AS lead (id)
                       ON CONFLICT (id) DO NOTHING""",
                fields.Datetime.now(),
                list(leads._ids),
            )
        )
        self.browse(leads._ids).invalidate_recordset(flush=False)

    @api.model
    def _tell_progress(self):
        """Have the screens of sales managers ask anew how many leads wait for scoring."""
        managers = self.env.ref("sales_team.group_sale_manager")
        managers._bus_send("lead_scoring.progress", {})  # no number: it depends on who looks

    @api.model
    def _trigger_scoring(self, at=None):
        cron = self.env.ref("lead_scoring.ir_cron_score_leads", raise_if_not_found=False)
        if cron:  # not there yet while the module's own data is loaded
            cron.sudo()._trigger(at)  # anyone's change may ask for it
