import logging
from ast import literal_eval

import psycopg2

from odoo import api, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class LeadSegment(models.Model):
    """Who is in a segment: looked up in one statement, for a few leads or for all."""

    _inherit = "lead.segment"

    @api.model
    def _cron_refresh_segments(self):
        """Look at all leads again, a segment a transaction; what fails is met again tomorrow."""
        cron = self.env["ir.cron"]
        segments = self.search([("active", "=", True)])
        cron._commit_progress(remaining=len(segments))
        for segment in segments:
            segment._refresh_or_leave()
            if not cron._commit_progress(1):
                break

    def _refresh_or_leave(self):
        """Refresh one segment of the cron; what meets another's write is tried once more."""
        if not self._try_to_refresh():
            self.env["ir.cron"]._commit_progress()  # the next try sees what they wrote
            self._try_to_refresh()

    def _try_to_refresh(self):
        """Say whether to go on: what fails is logged, left as it is, and met again."""
        try:
            with self.env.cr.savepoint():
                self._refresh()
        except psycopg2.OperationalError:
            _logger.info("Others were at work on leads of segment %s", self.id)
            return False
        except Exception:
            _logger.exception("Segment %s could not be refreshed, left as it is", self.id)
        return True

    @api.model
    def _refresh_leads(self, ids, after_score):
        """Have the leads with ``ids`` enter and leave segments, as scoring passes over them.

        :param after_score: before scoring, those that do not read the score are looked at; after
            it, those that read the score or what it may have changed, such as the lifecycle.
        :return: ids of the leads that entered or left one
        """
        segments = [
            row for row in self._get_in_use() if self._is_after_score(row[0]) == after_score
        ]
        return self._refresh_members(segments, ids)

    @api.model
    def _refresh_written(self, ids):
        """Have the leads with ``ids`` enter and leave any segment, after something was written."""
        return self._refresh_members(self._get_in_use(), ids)

    def _refresh(self):
        """Have all leads enter and leave these segments; who changed is scored again if asked."""
        segments = [row for row in self._get_in_use() if row[0] in self._ids]
        changed = self._refresh_members(segments)
        archived = set(self._ids) - {row[0] for row in segments}
        if archived:
            rows = self.env.execute_query(
                SQL(
                    "DELETE FROM crm_lead_lead_segment_rel WHERE segment_id = ANY(%s)"
                    " RETURNING lead_id",
                    list(archived),
                )
            )
            changed |= {lead_id for (lead_id,) in rows}
        self._forget_members(changed)
        if changed and "segment_ids" in self.env["lead.score.rule"]._get_watched_fields():
            self.env["lead.score"]._mark_stale_leads(self.env["crm.lead"].browse(changed))

    @api.model
    def _refresh_members(self, segments, ids=None):
        """Bring the members of ``segments`` up to date in one statement.

        :param segments: rows of ``_get_in_use``
        :param ids: only these leads; nothing given: all
        :return: the set of ids of leads that entered or left a segment
        """
        parts = self._get_member_parts(segments, ids)
        if not parts:
            return set()
        self.env["crm.lead"].flush_model(["segment_ids"])
        rows = self.env.execute_query(
            SQL(
                """WITH matched AS MATERIALIZED (%(parts)s),
                left_now AS (
                    DELETE FROM crm_lead_lead_segment_rel AS member
                     WHERE segment_id = ANY(%(segment_ids)s) AND %(among)s
                       AND NOT EXISTS (SELECT FROM matched
                                        WHERE matched.lead_id = member.lead_id
                                          AND matched.segment_id = member.segment_id)
                    RETURNING lead_id
                ),
                entered AS (
                    INSERT INTO crm_lead_lead_segment_rel (lead_id, segment_id)
                    SELECT lead_id, segment_id FROM matched
                        ON CONFLICT DO NOTHING RETURNING lead_id
                )
                SELECT lead_id FROM left_now UNION SELECT lead_id FROM entered""",
                parts=SQL(" UNION ALL ").join(parts.values()),
                segment_ids=list(parts),
                among=SQL("TRUE") if ids is None else SQL("lead_id = ANY(%s)", list(ids)),
            )
        )
        changed = {lead_id for (lead_id,) in rows}
        self._forget_members(changed)
        return changed

    @api.model
    def _get_member_parts(self, segments, ids):
        """Give ``{segment id: SELECT of its (lead_id, segment_id)}``; broken ones are left out.

        A segment whose filter no longer works is switched off on the way.
        """
        leads = self.env["crm.lead"]._get_filter_leads()
        among = Domain.TRUE
        if ids is not None:
            among = Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s = ANY(%s)", SQL.identifier(alias, "id"), list(ids)
                )
            )
        of_company = self.env["lead.score.rule"]._get_company_domain
        parts = {}
        for segment_id, domain, company_id in segments:
            try:
                query = leads._search(
                    among & of_company(company_id) & Domain(literal_eval(domain)), order="id"
                )
                lead_id = SQL.identifier(query.table, "id")
                part = query.select(SQL("%s AS lead_id, %s AS segment_id", lead_id, segment_id))
            except psycopg2.Error:
                raise  # the transaction is of no use any more, and it isn't the filter's fault
            except Exception as error:  # whatever a filter can raise, the others still work
                _logger.exception("Segment %s does not work and is switched off", segment_id)
                self.browse(segment_id)._switch_off(str(error))
                continue
            parts[segment_id] = SQL("(%s)", part)
        return parts

    @api.model
    def _forget_members(self, lead_ids):
        """Drop what is cached of members, which a statement has just changed."""
        if lead_ids:
            leads = self.env["crm.lead"].browse(lead_ids)
            leads.invalidate_recordset(["segment_ids"], flush=False)
            self.invalidate_model(["lead_ids"], flush=False)

    @api.model
    @tools.ormcache()
    def _get_in_use(self):
        """Give the segments in use, as a tuple of (id, domain text, company id)."""
        return tuple(
            (segment.id, segment.domain or "[]", segment.company_id.id or None)
            for segment in self.sudo().search([("active", "=", True)])  # whoever's lead it is
        )

    @api.model
    @tools.ormcache("segment_id")
    def _is_after_score(self, segment_id):
        """Say whether scoring looks at a segment after it, as its filter reads what it writes."""
        leads = self.env["crm.lead"]
        domain = leads._parse_filter(self.sudo().browse(segment_id).domain)
        return domain is not None and leads._is_score_read(leads._get_filter_fields(domain))

    @api.model
    @tools.ormcache()
    def _get_watched_fields(self):
        """Give the lead's fields whose change may move it between segments."""
        texts = [domain for _id, domain, _company_id in self._get_in_use()]
        if not texts:
            return frozenset()
        watched = self.env["crm.lead"]._get_watched_by(texts)
        # archived leads are in no segment that does not name them
        return frozenset(watched | {"segment_ids", "company_id", "active"})

    @api.model
    def _get_named_ids(self, condition):
        """Give the ids of the segments a filter's ``condition`` names; none: any may be meant."""
        value = condition.value
        items = [value] if isinstance(value, (int, str)) else list(value)
        return {item for item in items if type(item) is int} if items else set()

    @api.model
    def _get_ids_in_use(self):
        return [segment_id for segment_id, _domain, _company_id in self._get_in_use()]

    @api.model
    def _get_domains(self, ids):
        """Give the filters of those of the segments with ``ids`` that are in use, and parse."""
        texts = [
            domain for segment_id, domain, _company_id in self._get_in_use() if segment_id in ids
        ]
        parsed = map(self.env["crm.lead"]._parse_filter, texts)
        return [domain for domain in parsed if domain is not None]
