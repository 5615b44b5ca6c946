from odoo import api, fields, models
from odoo.tools import SQL

_REQUEST_DAYS = 90  # a request nobody has taken up for longer says nothing of today


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
    )
    lifecycle_at = fields.Datetime("Lifecycle Since", readonly=True, copy=False)
    mql_at = fields.Datetime("Qualified On", readonly=True, copy=False)
    sql_at = fields.Datetime("Accepted On", readonly=True, copy=False)

    # inquiries, and after years customers, are what most leads are
    _lifecycle_idx = models.Index("(lifecycle) WHERE lifecycle NOT IN ('inquiry', 'customer')")

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
        left = moved.filtered(lambda lead: old_by_lead[lead] == "mql")
        if left:
            taken = vals["lifecycle"] in ("sql", "customer")
            left._close_offers("accepted" if taken else "expired")
        if vals["lifecycle"] == "mql" and "user_id" not in vals:
            moved.filtered(lambda lead: old_by_lead[lead] == "nurture")._leave_keeper()
        return result

    def _prepare_lifecycle_dates(self, lifecycle):
        now = fields.Datetime.now()
        own = {"mql": "mql_at", "sql": "sql_at"}.get(lifecycle)
        return {"lifecycle_at": now, **({own: now} if own else {})}

    def _date_first_lifecycle(self):
        """Date what leads were made as, where that is not an inquiry, and give those leads."""
        made = self.filtered(lambda lead: lead.lifecycle not in (False, "inquiry"))
        for lifecycle, leads in made.grouped("lifecycle").items():
            missing = leads.filtered(lambda lead: not lead.lifecycle_at)
            missing.write(self._prepare_lifecycle_dates(lifecycle))
        return made

    def _log_first_lifecycle(self):
        """Note what these leads were made as; a qualified one needs its score by now."""
        self._log_lifecycle(dict.fromkeys(self, False))

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
                "lifecycle_before": old or None,
            }
            if lead in qualified:
                vals["snapshot"] = lines_by_lead.get(lead.id, [])
                vals["score"] = sum(line["points"] for line in vals["snapshot"])
            vals_list.append(vals)
        self.env["lead.event"].sudo()._log(vals_list)  # history is kept whoever acts

    @api.model
    def _get_news_sql(self, now, lead_ids):
        """Give the SELECT of (lead_id, at, event_at, requested_at): what leads did or told last.

        ``at`` is their last news up to ``now``, ``event_at`` their last event among it. A message
        merely opened is no news, nor is what a program did: see ``lead.event.confidence``.
        ``requested_at`` is their last request of the fast lane, which grows stale after 90 days.

        :param lead_ids: SQL of an array of ids.
        """
        return SQL(
            """SELECT lead_id, MAX(at) AS at, MAX(at) FILTER (WHERE is_event) AS event_at,
                      MAX(at) FILTER (WHERE is_request
                          AND at >= %(now)s::timestamp - %(days)s * INTERVAL '1 day'
                      ) AS requested_at
                 FROM (
                    SELECT lead_id, occurred_at AS at, TRUE AS is_event,
                           kind IN %(fast_lane)s AS is_request
                      FROM lead_event
                     WHERE lead_id = ANY(%(ids)s) AND kind NOT IN %(no_news)s
                       AND COALESCE(confidence, 'human') = 'human'
                    UNION ALL
                    SELECT lead_id, answered_at, FALSE, FALSE FROM lead_qualification
                     WHERE lead_id = ANY(%(ids)s)
                 ) AS told
                WHERE at <= %(now)s::timestamp
                GROUP BY lead_id""",
            now=now,
            days=_REQUEST_DAYS,
            fast_lane=self.env["lead.event"]._FAST_LANE_KINDS,
            no_news=(
                *self.env["lead.event"]._QUIET_KINDS,
                *self.env["lead.event"]._NO_NEWS_KINDS,
            ),
            ids=lead_ids,
        )

    @api.model
    def _get_qualifies_sql(self, held=None):
        """Give the SQL that says whether a scored lead becomes ``mql`` now.

        It reads ``lead``, ``company``, ``news``, and the points ``fit`` and ``engagement``. At the
        threshold or by the fast lane; never who is disqualified or no buyer; from nurture only for
        something newer than the day it went there; of the leads from before the install only once
        a person has confirmed, or if they show up again by themselves.

        :param held: SQL that takes the place of this last condition.
        """
        held = held or SQL(
            """(company.lead_offer_start_at IS NULL
                OR lead.create_date >= company.lead_offer_start_at
                OR news.event_at >= company.lead_offer_start_at)"""
        )
        return SQL(
            """(
                company.lead_scoring_enabled
                AND lead.active AND lead.won_status = 'pending' AND lead.not_a_buyer IS NULL
                AND COALESCE(lead.lifecycle, 'inquiry') IN ('inquiry', 'nurture')
                AND %s
                AND (fit + engagement >= %s
                     OR (news.requested_at >= COALESCE(lead.engagement_since, '-infinity')
                         AND news.requested_at > COALESCE(lead.lifecycle_at, '-infinity')))
                AND (COALESCE(lead.lifecycle, 'inquiry') = 'inquiry' OR lead.lifecycle_at IS NULL
                     OR news.at > lead.lifecycle_at)
            )""",
            held,
            self._get_mql_threshold_sql(),
        )

    @api.model
    def _get_mql_threshold_sql(self):
        """Give the SQL of the score from which ``lead`` qualifies; others may know another."""
        return SQL("company.lead_mql_threshold")

    @api.model
    def _count_held_back(self, company):
        """Count the leads that would qualify but for the hold of their offers.

        By the condition of the promotion itself, on the scores there are.

        :return: (leads of nobody, leads somebody owns)
        """
        self.flush_model()
        self.env["lead.event"].flush_model()
        self.env["lead.qualification"].flush_model()
        self.env["res.company"].flush_model()
        held = SQL("TRUE")
        rows = self.env.execute_query(
            SQL(
                """WITH held AS (
                    SELECT lead.* FROM crm_lead AS lead
                      JOIN res_company AS company
                        ON company.id = COALESCE(
                            lead.company_id, (SELECT MIN(id) FROM res_company))
                     WHERE company.id = %(company)s AND lead.active
                       AND lead.create_date < company.lead_offer_start_at
                ), news AS (%(news)s)
                SELECT lead.user_id IS NOT NULL, COUNT(*)
                  FROM held AS lead
                  JOIN res_company AS company ON company.id = %(company)s
                  JOIN lead_score AS score ON score.id = lead.id
                  LEFT JOIN news ON news.lead_id = lead.id
                 WHERE %(qualifies)s
                 GROUP BY 1""",
                company=company.id,
                news=self._get_news_sql(fields.Datetime.now(), SQL("ARRAY(SELECT id FROM held)")),
                qualifies=self._get_qualifies_sql(held),
            )
        )
        count_by_owned = dict(rows)
        return count_by_owned.get(False, 0), count_by_owned.get(True, 0)

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        """Make won leads customers, on whatever road they were won, and close open offers."""
        result = super()._handle_won_lost(old_status_by_lead, new_status_by_lead)
        if not self._has_turned(old_status_by_lead, new_status_by_lead):
            return result
        nothing = {"is_won": False, "is_lost": False}

        def has_changed(lead, status, to):
            new = new_status_by_lead.get(lead.id, nothing)[status]
            return new == to and (old_status_by_lead.get(lead.id) or nothing)[status] != to

        won = self.filtered(lambda lead: has_changed(lead, "is_won", True))
        lost = self.filtered(lambda lead: has_changed(lead, "is_lost", True))
        reopened = self.filtered(lambda lead: has_changed(lead, "is_won", False))
        won.filtered(lambda lead: lead.lifecycle != "customer").write({"lifecycle": "customer"})
        won.filtered("mql_at")._close_offers("accepted")
        lost.filtered(lambda lead: lead.lifecycle == "mql")._close_offers("expired")
        lost.filtered("waiting_reason").write({"waiting_reason": False})
        reopened.filtered(lambda lead: lead.lifecycle == "customer")._restore_lifecycle()
        return result

    @api.model
    def _has_turned(self, old_status_by_lead, new_status_by_lead):
        """Tell whether any lead was won or lost, or is so no longer; a mere stage is no news.

        Odoo reports every stage that was set, and every lead that was made.
        """
        nothing = {"is_won": False, "is_lost": False}
        return any(
            (new_status_by_lead.get(lead_id) or nothing)
            != (old_status_by_lead.get(lead_id) or nothing)
            for lead_id in old_status_by_lead.keys() | new_status_by_lead.keys()
        )

    def _restore_lifecycle(self):
        """Put leads back where they stood before the last change of their lifecycle.

        Customers whose deal is open again, and visitors who may buy after all. Where nothing was
        noted the dates they have decide.
        """
        changes = self.env["lead.event"].sudo()  # history is read whoever acts
        changes_by_lead = changes.search(
            [("lead_id", "in", self.ids), ("kind", "=", "lifecycle")]
        ).grouped("lead_id")
        for lead in self:
            won, *earlier = changes_by_lead.get(lead, changes)[:2] or [changes]
            by_dates = "sql" if lead.sql_at else "mql" if lead.mql_at else "inquiry"
            lead.write(
                {
                    "lifecycle": won.lifecycle_before or by_dates,
                    "lifecycle_at": earlier[0].occurred_at if earlier else False,
                    "mql_at": lead.mql_at,
                    "sql_at": lead.sql_at,
                }
            )
        self.env["lead.score"]._mark_stale_leads(self)
