from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date


class CrmLead(models.Model):
    """Answers: one by one on the lead form, and many leads at once for imports and forms."""

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    # for filters: an answer is chosen with its question, and not by way of ``qualification_ids``
    answer_ids = fields.Many2many(
        "lead.qualifier.answer",
        string="Answers Given",
        compute="_compute_answer_ids",
        search="_search_answer_ids",
        context={"show_qualifier": True},
    )

    @api.depends("qualification_ids.answer_id")
    def _compute_answer_ids(self):
        for lead in self:
            lead.answer_ids = lead.qualification_ids.answer_id

    def _search_answer_ids(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented  # the ORM turns it round
        found = Domain("qualification_ids", "any", [("answer_id", operator, value)])
        if operator == "in" and False in value:
            found |= Domain("qualification_ids", "=", False)
        return found

    def _compute_qualification_board(self):
        """Give what the form shows: each qualifier, its answers, which is given, what is to win."""
        active_qualifiers = self.env["lead.qualifier"].search([("active", "=", True)])
        qualifiers_by_company = {
            company: active_qualifiers._filter_asked_by(company)
            for company in {lead._get_settings_company() for lead in self}
        }
        for lead in self:
            given_by_qualifier = {given.qualifier_id: given for given in lead.qualification_ids}
            qualifiers = qualifiers_by_company[lead._get_settings_company()]
            lead.qualification_board = [
                self._prepare_board_row(
                    qualifier,
                    given_by_qualifier.get(qualifier),
                    bool(lead.with_context(active_test=False).interest_ids),
                )
                for qualifier in qualifiers
                if qualifier.answer_ids
            ]

    @api.model
    def _prepare_board_row(self, qualifier, given, has_interest):
        counted = given and not given.is_expired
        implied = qualifier.answer_ids.filtered("is_implied_by_interest") if has_interest else []
        best = max(qualifier.answer_ids.mapped("points"))
        to_win = max(0, best - sum(answer.points for answer in implied))
        return {
            "id": qualifier.id,
            "name": qualifier.name,
            "question": qualifier.question or "",
            "answers": [
                {
                    "id": answer.id,
                    "name": answer.name,
                    "points": answer.points,
                    "given": bool(given and given.answer_id == answer),
                }
                for answer in qualifier.answer_ids
            ],
            "expired": bool(given and given.is_expired),
            "given_by": given.user_id.name if given and given.user_id else "",
            "given_on": format_date(self.env, given.answered_at.date()) if given else "",
            "source": (given and given.source) or "",
            "to_win": 0 if counted else to_win,
        }

    def action_answer(self, answer_id, given=False):
        """Take down one answer, as the form's choices do, or take it back.

        :param given: the answer was shown as given, so a click takes it back. Two people who give
            the same answer at once both mean to give it.
        """
        self.ensure_one()
        self.check_access("write")
        answer = self.env["lead.qualifier.answer"].browse(answer_id)
        known = self.qualification_ids.filtered(
            lambda known: known.qualifier_id == answer.qualifier_id
        )
        vals = {"answer_id": answer.id, "source": self.env._("Lead form")}
        if not known:
            self.env["lead.qualification"].create({"lead_id": self.id, **vals})
        elif known.answer_id != answer or known.is_expired:
            known.write(vals)
        elif given:
            known.unlink()
        return True

    def _record_answers(self, answers_by_lead, source, answered_at_by_lead=None, overwrite=False):
        """Write down the answers of many leads, filling blanks only unless ``overwrite``.

        :param answers_by_lead: ``{lead: {qualifier code: answer code}}``; an expired answer is a
            blank too.
        :param source: where they come from, as the salesperson will read it.
        :param answered_at_by_lead: ``{lead: datetime}``, now for those left out.
        :raises ValueError: a code nobody knows.

        A handful of queries for any number of leads of one company. The leads are marked for
        scoring; a caller that needs the score now calls ``_update_scores`` after it.
        """
        leads = self.browse().union(*answers_by_lead)
        if not leads:
            return
        leads.check_access("write")
        rows = self._prepare_answer_rows(answers_by_lead, answered_at_by_lead or {})
        if not rows:
            return
        self.env["lead.qualification"].flush_model()
        self.env.execute_query(self._get_record_sql(rows, source, overwrite))
        leads.invalidate_recordset(["qualification_ids"], flush=False)
        self.env["lead.qualification"].invalidate_model(flush=False)
        self.env["lead.score"]._mark_stale_leads(leads)

    @api.model
    def _prepare_answer_rows(self, answers_by_lead, answered_at_by_lead):
        """Give the SQL of (lead, qualifier, answer, when) for each answer, codes looked up."""
        now = fields.Datetime.now()
        qualifiers = self.env["lead.qualifier"]
        codes_by_company = {
            company: qualifiers._get_answers_by_code(company)
            for company in {lead._get_settings_company() for lead in answers_by_lead}
        }
        rows = []
        for lead, answer_by_code in answers_by_lead.items():
            known = codes_by_company[lead._get_settings_company()]
            at = answered_at_by_lead.get(lead) or now
            for code, answer_code in answer_by_code.items():
                answer = known.get(code, {}).get(answer_code)
                if not answer:
                    raise ValueError(f"Unknown answer {answer_code!r} to qualifier {code!r}")
                ids = (lead.id, answer.qualifier_id.id, answer.id)
                rows.append(SQL("(%s, %s, %s, %s::timestamp)", *ids, at))
        return rows

    @api.model
    def _get_record_sql(self, rows, source, overwrite):
        """Give the statement that writes ``rows`` where nothing is known, or what is has expired.

        :param overwrite: write them over what is known and valid, too.
        """
        return SQL(
            """INSERT INTO lead_qualification AS known (lead_id, qualifier_id, answer_id,
                    answered_at, source, user_id, create_uid, write_uid, create_date, write_date)
               SELECT given.*, %(source)s, %(uid)s, %(uid)s, %(uid)s, %(at)s, %(at)s
                 FROM (VALUES %(rows)s) AS given (lead_id, qualifier_id, answer_id, answered_at)
                   ON CONFLICT (lead_id, qualifier_id) DO UPDATE
                  SET answer_id = EXCLUDED.answer_id, answered_at = EXCLUDED.answered_at,
                      source = EXCLUDED.source, user_id = EXCLUDED.user_id,
                      write_uid = EXCLUDED.write_uid, write_date = EXCLUDED.write_date
                WHERE %(overwrite)s OR EXISTS (
                      SELECT FROM lead_qualifier AS qualifier
                       WHERE qualifier.id = known.qualifier_id AND qualifier.valid_days > 0
                         AND known.answered_at + qualifier.valid_days * INTERVAL '1 day'
                             <= %(now)s)
               RETURNING id""",
            source=source,
            uid=self.env.uid,
            at=self.env.cr.now(),
            rows=SQL(", ").join(rows),
            overwrite=overwrite,
            now=fields.Datetime.now(),
        )
