from odoo import fields, models
from odoo.tools import SQL


class CrmLead(models.Model):
    """Where a lead stands: inquiry, mql, sql, customer; beside the road nurture, disqualified.

    The lifecycle never falls because a score faded. Each change is dated in ``lead.event``, with
    the score and its lines where the lead became qualified. It is written as a plain field;
    whoever writes it, the dates and the history follow.
    """

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    lifecycle = fields.Selection(
        [
            ("inquiry", "Inquiry"),
            ("mql", "Qualified by marketing"),
            ("sql", "Accepted by sales"),
            ("customer", "Customer"),
            ("nurture", "Nurtured"),
            ("disqualified", "Disqualified"),
        ],
        default="inquiry",
        copy=False,
        index=True,
    )
    lifecycle_at = fields.Datetime("Lifecycle Since", readonly=True, copy=False)
    mql_at = fields.Datetime("Qualified On", readonly=True, copy=False)
    sql_at = fields.Datetime("Accepted On", readonly=True, copy=False)

    def write(self, vals):
        if "lifecycle" not in vals:
            return super().write(vals)
        moved = self.filtered(lambda lead: lead.lifecycle != vals["lifecycle"])
        old_by_lead = {lead: lead.lifecycle for lead in moved}
        dates = self._prepare_lifecycle_dates(vals["lifecycle"])
        if moved == self:
            result = super().write({**dates, **vals})
        else:
            result = super().write(vals)
            super(CrmLead, moved).write({**dates, **vals})
        moved._log_lifecycle(old_by_lead)
        return result

    def _prepare_lifecycle_dates(self, lifecycle):
        now = fields.Datetime.now()
        own = {"mql": "mql_at", "sql": "sql_at"}.get(lifecycle)
        return {"lifecycle_at": now, **({own: now} if own else {})}

    def _log_first_lifecycle(self):
        """Date what leads were made as, where that is not an inquiry."""
        made = self.filtered(lambda lead: lead.lifecycle not in (False, "inquiry"))
        for lifecycle in set(made.mapped("lifecycle")):
            leads = made.filtered(lambda lead, lifecycle=lifecycle: lead.lifecycle == lifecycle)
            missing = leads.filtered(lambda lead: not lead.lifecycle_at)
            dates = self._prepare_lifecycle_dates(lifecycle)
            missing.write(dates)
        made._log_lifecycle(dict.fromkeys(made, False))

    def _log_lifecycle(self, old_by_lead):
        """Note the change of these leads; at qualification the score and its lines are kept."""
        if not self:
            return
        labels = dict(self._fields["lifecycle"]._description_selection(self.env))
        now = fields.Datetime.now()
        qualified = self.filtered(lambda lead: lead.lifecycle == "mql")
        lines_by_lead = qualified._get_score_lines()
        vals_list = []
        for lead in self:
            old, new = old_by_lead[lead], lead.lifecycle
            vals = {
                "lead_id": lead.id,
                "kind": "lifecycle",
                "occurred_at": now,
                "note": f"{labels.get(old, '–')} → {labels.get(new, '–')}",
            }
            if lead in qualified:
                vals["snapshot"] = lines_by_lead.get(lead.id, [])
                vals["score"] = sum(line["points"] for line in vals["snapshot"])
            vals_list.append(vals)
        self.env["lead.event"].sudo()._log(vals_list)  # history is kept whoever acts

    def _get_qualifies_sql(self):
        """Give the SQL that says whether a scored lead becomes ``mql`` now.

        It reads ``lead`` (the batch), ``company``, ``sums`` and ``news``. At the threshold or by
        the fast lane; never who is disqualified or no buyer; from nurture only for something newer
        than the day it went there; of the leads from before the install only once a person has
        confirmed.
        """
        return SQL(
            """(
                company.lead_scoring_enabled
                AND lead.active AND lead.won_status = 'pending' AND lead.not_a_buyer IS NULL
                AND COALESCE(lead.lifecycle, 'inquiry') IN ('inquiry', 'nurture')
                AND (company.lead_offer_start_at IS NULL
                     OR lead.create_date >= company.lead_offer_start_at)
                AND (fit + engagement >= company.lead_mql_threshold
                     OR news.requested_at >= COALESCE(lead.engagement_since, '-infinity'))
                AND (COALESCE(lead.lifecycle, 'inquiry') = 'inquiry' OR lead.lifecycle_at IS NULL
                     OR news.at > lead.lifecycle_at)
            )"""
        )

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        """Make won leads customers, on whatever road they were won, and close open offers."""
        result = super()._handle_won_lost(old_status_by_lead, new_status_by_lead)
        nothing = {"is_won": False, "is_lost": False}

        def reached(lead, status):
            new, old = new_status_by_lead.get(lead.id, nothing), old_status_by_lead.get(lead.id)
            return new[status] and not (old or nothing)[status]

        won = self.filtered(lambda lead: reached(lead, "is_won"))
        lost = self.filtered(lambda lead: reached(lead, "is_lost"))
        won.filtered(lambda lead: lead.lifecycle != "customer").write({"lifecycle": "customer"})
        won.filtered("mql_at")._close_offers("accepted")
        lost.filtered(lambda lead: lead.lifecycle == "mql")._close_offers("expired")
        return result
