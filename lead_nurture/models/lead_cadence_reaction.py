from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Reaction(NamedTuple):
    """What a nurtured lead has to do to be offered to a salesperson at once."""

    to_reply: bool
    page_count: int  # visits to the price list, on different days; 0: never
    page_days: int
    links: tuple[str, ...]  # texts that a link's address may hold, in small letters


class LeadCadence(models.Model):
    """A track may say itself what brings its leads to sales; else their company does."""

    _inherit = "lead.cadence"

    has_own_reaction = fields.Boolean(
        "Own Signs of Interest",
        help="What brings its leads to sales is said here, not in the company's settings.",
    )
    react_to_reply = fields.Boolean("Offer Who Answers", default=True)
    react_page_count = fields.Integer("Visits to the Price List", default=2)
    react_page_days = fields.Integer("Days between Visits", default=14)
    react_links = fields.Text("Links that Count")
    react_score = fields.Integer(
        "Offered From a Score of", help="0: as in the company's settings of scores."
    )

    @api.constrains("react_page_count", "react_page_days", "react_score")
    def _check_reaction_in_bounds(self):
        for cadence in self:
            if not 0 <= cadence.react_page_count <= 100 or not 1 <= cadence.react_page_days <= 365:
                raise ValidationError(
                    self.env._("Give 0 to 100 visits, and a span of 1 to 365 days.")
                )
            if not 0 <= cadence.react_score <= 100:
                raise ValidationError(
                    self.env._("Give a score of 1 to 100, or 0 for that of the company.")
                )

    def _get_reaction(self, company):
        """Return what brings a lead of this track to sales: its own, or that of ``company``.

        An old version says what the cadence says today.

        :return: ``Reaction``; of no cadence the company's.
        """
        track = self.version_of_id or self
        if not track.has_own_reaction:
            return company._get_lead_reaction()
        return Reaction(
            track.react_to_reply,
            track.react_page_count,
            track.react_page_days,
            split_lines(track.react_links),
        )


def split_lines(text):
    """Return the lines of ``text`` that say something, in small letters."""
    return tuple(line.strip() for line in (text or "").casefold().splitlines() if line.strip())
