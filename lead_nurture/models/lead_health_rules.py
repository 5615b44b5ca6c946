import logging

import psycopg2

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class LeadFilterMixin(models.AbstractModel):
    """Whether a rule speaks of any lead at all, archived and lost ones included."""

    _inherit = "lead.filter.mixin"

    matches_nothing = fields.Boolean(
        compute="_compute_matches_nothing",
        search="_search_matches_nothing",
        compute_sudo=True,
        export_string_translation=False,
    )

    def _compute_matches_nothing(self):
        idle = self._find_idle()
        for rule in self:
            rule.matches_nothing = rule in idle

    def _search_matches_nothing(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: the rules work on all leads, whoever looks at them; the rights follow with the ids
        idle = self.sudo().search(Domain("active", "=", True))._find_idle()
        return Domain("id", "in" if True in value else "not in", idle.ids)

    def _find_idle(self):
        """Return those of these rules that match no lead; one query. Without leads: none."""
        leads = self.env["crm.lead"]._get_filter_leads().with_context(active_test=False)
        broken, parts = self.browse(), []
        for rule in self.filtered("id"):
            try:
                query = leads._search(rule._get_matched_domain(), limit=1)
            except psycopg2.Error:
                raise  # the transaction is of no use any more, and it isn't the filter's fault
            except Exception:  # what does not work matches nothing
                _logger.info("The filter of %s does not work", rule, exc_info=True)
                broken |= rule
                continue
            found = query.select(SQL("1"))
            parts.append(SQL("(SELECT %s AS id WHERE NOT EXISTS (%s))", rule.id, found))
        if not leads.search_count([], limit=1):
            return self.browse()
        if not parts:
            return broken
        rows = self.env.execute_query(SQL(" UNION ALL ").join(parts))
        return broken | self.browse([row[0] for row in rows])

    def _get_matched_domain(self):
        """Give the leads this rule speaks of; a kind that does not go by its filter alone says."""
        return self._get_domain()


class LeadScoreRule(models.Model):
    _inherit = "lead.score.rule"

    def _get_matched_domain(self):
        """A rule on events speaks of the leads that have such an event."""
        matched = super()._get_matched_domain()
        if self.event_kind:
            matched = Domain("event_ids", "any", [("kind", "=", self.event_kind)])
        return matched & self._get_company_domain(self.company_id.id)


class LeadHealthCheck(models.Model):
    _inherit = "lead.health.check"

    def _get_matched_domain(self):
        """A check that finds nothing is a good sign, and may count other things than leads."""
        return Domain.TRUE
