from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError

from ..tools import scorecard

_READER = "sales_team.group_sale_salesman_all_leads"
_MANAGER = "sales_team.group_sale_manager"


class LeadTradeShow(models.Model):
    """What a show brought, against its goals and the shows before it.

    A lead at several shows is a visit of each; its money counts for one of them, as the company
    has it. The shows before are told as they stood as long after their own closing.
    """

    _inherit = "lead.trade.show"

    def _get_scorecard_figures(self):
        """Return what the scorecard of each show is made of; the same queries for one and ten.

        :return: ``[{"show", "age": since its closing, or None before it begins, "others": shows,
            "is_same": whether these are its earlier editions, "until_by_other": {show: naive UTC},
            "sums_by_show": {show: {sum: number}}, "figures_by_show": {show: {name: Figure}},
            "extra_cost": of campaigns and sources,
            "staff": [{"names", "lead", "qualified", "won"}]}]``, in the order of ``self``.
        """
        self._check_scorecard_access()
        card_by_show = {}
        for company, shows in self.grouped("company_id").items():
            for card in shows.with_company(company)._prepare_scorecards():
                card_by_show[card["show"].id] = card
        return [card_by_show[show.id] for show in self]

    def _check_scorecard_access(self):
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group(_READER)):
            raise AccessError(
                self.env._(
                    "A scorecard is of everybody's leads, and you see your own.\n"
                    "Ask a sales manager to show it to you."
                )
            )

    def _may_see_costs(self):
        return self.env.su or self.env.user.has_group(_MANAGER)

    def _prepare_scorecards(self):
        now = fields.Datetime.now()
        last_by_show = self._get_last_shows()
        until_by_pair = {(show, show): now for show in self}
        for show, (others, _is_same) in last_by_show.items():
            age = show._get_age()
            for other in others:
                until = now if age is None else min(other.closes_at + age, now)
                until_by_pair[show, other] = until
        sums, staff = self._get_figure_sums(
            [(show.id, other.id, until) for (show, other), until in until_by_pair.items()]
        )
        own_cost_by_show = self._get_own_costs(until_by_pair)
        cards = []
        for show in self:
            others, is_same = last_by_show[show]
            sums_by_show = {}
            for looked_at in (show, *others):
                found = sums.get((show.id, looked_at.id), {})
                if found.get("cost") is None:  # nobody to spread it over: spent all the same
                    found["cost"] = own_cost_by_show[looked_at]
                sums_by_show[looked_at] = found
            cost, own_cost = sums_by_show[show]["cost"], own_cost_by_show[show]
            cards.append(
                {
                    "show": show,
                    "age": show._get_age(),
                    "others": others,
                    "is_same": is_same,
                    "until_by_other": {other: until_by_pair[show, other] for other in others},
                    "figures_by_show": {
                        looked_at: scorecard.get_figures(found)
                        for looked_at, found in sums_by_show.items()
                    },
                    "sums_by_show": sums_by_show,
                    "extra_cost": (cost or 0) - (own_cost or 0),
                    "staff": _join_names(staff.get(show.id, {})),
                }
            )
        return cards

    def _get_own_costs(self, pairs):
        """Return ``{show: what was entered for it}``, None where nothing was, or is not shown."""
        shows = self.browse(dict.fromkeys(other.id for _show, other in pairs))
        if not self._may_see_costs():
            return dict.fromkeys(shows)
        sums = self.env["lead.show.cost"]._read_group(
            [("trade_show_id", "in", shows.ids)], ["trade_show_id"], ["company_amount:sum"]
        )
        return dict.fromkeys(shows) | dict(sums)

    def _get_age(self):
        """Return how long ago the show closed, below zero while it runs, None before it."""
        self.ensure_one()
        now = fields.Datetime.now()
        if self._get_local_today() < self.date_begin and now < self.closes_at:
            return None
        return now - self.closes_at

    def _get_local_today(self):
        """Return today's date at the show."""
        self.ensure_one()
        now = fields.Datetime.now()
        return fields.Datetime.context_timestamp(self.with_context(tz=self.tz), now).date()

    def _is_running(self):
        age = self._get_age()
        return age is not None and age < timedelta()


def _join_names(counts_by_name):
    """Return ``[{"names", "lead", "qualified", "won"}]``, best first; one name in any case."""
    staff = {}
    for name, counts in counts_by_name.items():
        key = " ".join(name.split()).casefold()
        if not key:
            continue
        person = staff.setdefault(key, {"names": [], "lead": 0, "qualified": 0, "won": 0})
        person["names"].append(name)
        for figure in ("lead", "qualified", "won"):
            person[figure] += counts[figure]
    for person in staff.values():
        person["names"].sort()
    return sorted(
        staff.values(),
        key=lambda person: (-person["won"], -person["qualified"], -person["lead"], person["names"]),
    )
