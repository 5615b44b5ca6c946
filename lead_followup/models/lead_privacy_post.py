from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import privacy

_DIGITS = 7  # by which a number is looked for, however it was typed


class LeadPrivacy(models.AbstractModel):
    """Forms that wait, or are held back: what people filled in, before it is a lead."""

    _inherit = "lead.privacy"

    @api.model
    def _find_rows(self, people):
        found = super()._find_rows(people)
        own = self._find_posts(people).filtered(lambda post: post._is_by(people))
        return {**found, own._name: own} if own else found

    @api.model
    def _find_posts(self, people):
        """Return the forms that may name these people, in whatever place."""
        posts = self.env["lead.public.post"]
        posts.flush_model(["said"])
        conditions = [
            ("%(said)s::text ~* %(word)s", privacy.address_pattern(address))
            for address in people.emails
        ] + [
            (
                "regexp_replace(translate(%(said)s::text, '۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩',"
                " '01234567890123456789'), '[^0-9]', '', 'g') LIKE %(word)s",
                f"%{number[-_DIGITS:]}%",
            )
            for number in people.numbers
        ]
        named = Domain.OR(
            Domain.custom(
                to_sql=lambda model, alias, query, sql=sql, word=word: SQL(
                    sql, said=SQL.identifier(alias, "said"), word=word
                )
            )
            for sql, word in conditions
        )
        companies = [False, *self.env.companies.ids]
        return self._search_rows(posts._name, named & Domain("link_id.company_id", "in", companies))

    @api.model
    def _forget_found(self, people, found):
        result = super()._forget_found(people, found)
        self._find_posts(people)._forget_people(people)
        return result
