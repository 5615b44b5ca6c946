from odoo import fields, models
from odoo.tools import SQL


class CrmLead(models.Model):
    """Earlier and later sales of a lead: those it repeats, and their repeats."""

    _inherit = "crm.lead"

    sale_chain_count = fields.Integer("Other Sales", compute="_compute_glance")

    def _count_sale_chain(self):
        """Set how many of its chain the user may see, in two queries; none for no lead."""
        chain_by_id = self._get_sale_chains()
        ids = {one for chain in chain_by_id.values() for one in chain}
        leads = self.with_context(active_test=False)
        seen = set(leads.search([("id", "in", list(ids))]).ids) if ids else set()
        for lead in self:
            chain = chain_by_id.get(lead._origin.id, set())
            lead.sale_chain_count = len(seen & chain)

    def _get_sale_chains(self):
        """Return ``{lead id: ids of the other sales of its chain}``, in one query.

        Two branches instead of an OR, with which PostgreSQL reads all leads for each form opened.
        """
        if not self.ids:
            return {}
        self.env["crm.lead"].flush_model(["repeat_of_id"])
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE chain(start, id) AS (
                       SELECT id, id FROM crm_lead WHERE id = ANY(%(ids)s)
                        UNION
                       SELECT chain.start, step.id
                         FROM chain
                         JOIN LATERAL (
                             SELECT id FROM crm_lead WHERE repeat_of_id = chain.id
                              UNION ALL
                             SELECT repeat_of_id FROM crm_lead
                              WHERE id = chain.id AND repeat_of_id IS NOT NULL
                         ) step ON TRUE
                   )
                   SELECT start, id FROM chain WHERE start != id""",
                ids=list(self.ids),
            )
        )
        chains = {}
        for start, lead_id in rows:
            chains.setdefault(start, set()).add(lead_id)
        return chains

    def action_open_sale_chain(self):
        """Open the earlier and later sales of this lead."""
        self.ensure_one()
        ids = self._get_sale_chains().get(self.id, set())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Earlier and Later Sales"),
            "res_model": self._name,
            "view_mode": "list,form",
            "views": [
                (self.env.ref("crm.crm_case_tree_view_oppor").id, "list"),
                (False, "form"),
            ],
            "domain": [("id", "in", list(ids))],
            "context": {"active_test": False},
        }

    def _merge_dependences(self, opportunities):
        """Let the repeats of merged leads be the head's, and the head repeat what they did."""
        tail = opportunities - self
        # only what was taken up has repeats: merging costs others no query
        origins = tail.filtered("repeat_handled_at")
        repeats = self.browse()
        if origins:
            # sudo: merging is allowed, whoever may see the repeats
            repeats = self.sudo().with_context(active_test=False)
            repeats = repeats.search([("repeat_of_id", "in", origins.ids)])
        result = super()._merge_dependences(opportunities)
        own = self.sudo()
        repeats = repeats - own - own.repeat_of_id  # no lead repeats its own repeat
        if repeats:
            repeats.write({"repeat_of_id": self.id})
        origin = own.repeat_of_id - opportunities or (tail.repeat_of_id - opportunities - own)[:1]
        if own.repeat_of_id != origin:
            own.repeat_of_id = origin
        return result
