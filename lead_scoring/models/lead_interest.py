import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class LeadInterest(models.Model):
    """A product or topic leads ask for, under one name and any number of synonyms."""

    _name = "lead.interest"
    _description = "Interest"
    _order = "name"

    name = fields.Char(required=True)
    synonyms = fields.Text(help="Other names of the same thing, one a line or between commas.")
    expert_id = fields.Many2one(
        "res.users", domain="[('share', '=', False)]", help="Who knows most about it."
    )
    team_id = fields.Many2one("crm.team", help="The team that sells it.")
    color = fields.Integer()
    active = fields.Boolean(default=True)
    lead_count = fields.Integer(compute="_compute_lead_count")

    _name_uniq = models.UniqueIndex("(lower(name))", "Another interest has that name.")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_lead_count(self):
        count_by_interest = dict(
            self.env["crm.lead"]._read_group(
                [("interest_ids", "in", self.ids)], ["interest_ids"], ["__count"]
            )
        )
        for interest in self:
            interest.lead_count = count_by_interest.get(interest, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked_for(self):
        """Keep an interest that an assignment rule names: without it the rule would take all."""
        rules = self.env["lead.assignment.rule"].sudo()  # any company's
        rule = rules.search(
            [("interest_ids", "in", self.ids), ("active", "in", [True, False])], limit=1
        )
        if rule:
            raise UserError(
                self.env._(
                    "“%(interest)s” is asked for by the assignment rule “%(rule)s”.\n"
                    "Change that rule first, or archive the interest.",
                    interest=(rule.interest_ids & self)[0].name,
                    rule=rule.name,
                )
            )

    def unlink(self):
        if self:
            self.env["crm.lead"].flush_model(["interest_ids"])
            self.env["lead.score"]._mark_stale(
                SQL(
                    """EXISTS (SELECT FROM crm_lead_lead_interest_rel AS wish
                                WHERE wish.lead_id = lead.id AND wish.interest_id IN %s)""",
                    tuple(self.ids),
                )
            )
        return super().unlink()

    @api.model
    def _find_or_create(self, names):
        """Give ``{name: interest}`` for all ``names``, making the ones nobody knows yet.

        Case and spaces around don't matter; a synonym gives its interest, an archived one too.
        Empty names are left out. Two queries, however many names.
        """
        interests = self.sudo().with_context(active_test=False)  # imports may meet new topics
        known = {}
        for interest in interests.search([("id", "!=", False)]):  # a short list, as a whole
            own, *synonyms = interest._get_keys()
            known[own] = interest
            for synonym in synonyms:
                known.setdefault(synonym, interest)
        key_by_name = {name: self._get_key(name) for name in names if self._get_key(name)}
        fresh = {}
        for name, key in key_by_name.items():
            if key not in known:
                fresh.setdefault(key, name.strip())  # as it is spelled first
        created = interests.create([{"name": name} for name in fresh.values()])
        known.update(zip(fresh, created, strict=True))
        return {name: known[key].with_env(self.env) for name, key in key_by_name.items()}

    def _get_keys(self):
        """Give the keys of all names this interest goes by, its own first."""
        self.ensure_one()
        names = (self.name, *re.split(r"[,;\n]", self.synonyms or ""))
        return [self._get_key(name) for name in names]

    @api.model
    def _get_key(self, name):
        return " ".join((name or "").split()).casefold()
