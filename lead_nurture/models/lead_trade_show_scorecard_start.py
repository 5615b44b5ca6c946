from odoo import models

_GOALS = ("goal_lead_count", "goal_qualified_count", "goal_revenue")


class LeadTradeShow(models.Model):
    """What a scorecard still waits for, and where it is entered; on the screen alone."""

    _inherit = "lead.trade.show"

    def _get_scorecard_page(self, card):
        return {
            **super()._get_scorecard_page(card),
            "show_id": self.id,
            "missing": self._get_missing_texts(card),
        }

    def _get_missing_texts(self, card):
        """Return a sentence for each thing without which the page can say little."""
        self.ensure_one()
        texts = []
        sums = card["sums_by_show"][self]
        if not sums.get("lead") and card["age"] is not None:
            texts.append(
                self.env._(
                    "No visitor is entered yet. Import the scanner's file on the show, or take "
                    "visitors down at the booth; these figures then fill by themselves."
                )
            )
        if self._may_see_costs() and sums.get("cost") is None:
            texts.append(
                self.env._(
                    "What the show cost is not entered, so nothing is said of cost and return. "
                    "Enter it on the show, under Costs; 0 for what was free."
                )
            )
        if not any(self[goal] for goal in _GOALS):
            texts.append(
                self.env._(
                    "No goal is set. With goals on the show, this page says how much of them is "
                    "reached."
                )
            )
        return texts
