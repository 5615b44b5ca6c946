from odoo import api, models
from odoo.fields import Domain
from odoo.orm.domains import DomainOr
from odoo.tools import SQL


class LeadCadenceEnrollment(models.Model):
    """Who has something to do now, found without a walk through all that ever was.

    Each alternative of the condition is looked up by an index of its own, and what is found is put
    together. In one statement that says “or” over other tables PostgreSQL can use none of them.
    """

    _inherit = "lead.cadence.enrollment"

    @api.model
    def _find_due(self, after=0, limit=None):
        """Return those that have something to do now, by id: just what ``_get_due_domain`` says.

        :param after: only those with a greater id.
        """
        found = self._get_due_select(Domain("id", ">", after), limit)
        rows = self.env.execute_query(SQL("%s ORDER BY id LIMIT %s", found, limit))
        return self.browse([enrollment_id for (enrollment_id,) in rows])

    @api.model
    def _count_due(self):
        """Return how many have something to do now."""
        [(count,)] = self.env.execute_query(
            SQL("SELECT COUNT(*) FROM (%s) AS due", self._get_due_select())
        )
        return count

    @api.model
    def _get_due_select(self, among=Domain.TRUE, limit=None):
        """Return the statement that selects their ids, once each.

        :param limit: no alternative need give more than that, the lowest ids first.
        """
        due = self._get_due_domain()
        alternatives = due.children if isinstance(due, DomainOr) else (due,)
        queries = [self._search(part & among, order="id", limit=limit) for part in alternatives]
        return SQL(" UNION ").join(SQL("(%s)", query.select()) for query in queries)
