from odoo import models

from ..tools.show_series import series_key

_MOST = 3  # so many columns fit beside the show on one page


class LeadTradeShow(models.Model):
    """With which shows a show is compared."""

    _inherit = "lead.trade.show"

    def _get_last_shows(self):
        """Return ``{show: (up to three shows before it, latest first, is the same show)}``.

        Earlier editions of the same show, by its name without the year; without any, the last
        shows of its company. Archived ones count too. One query.
        """
        if not self:
            return {}
        earlier = self.with_context(active_test=False).search(
            [
                ("company_id", "in", self.company_id.ids),
                ("date_end", "<", max(self.mapped("date_begin"))),
            ],
            order="date_end desc, id desc",
        )
        key_by_show = {show: series_key(show.name) for show in earlier | self}
        last_by_show = {}
        for show in self:
            before = earlier.filtered(
                lambda other, show=show: (
                    other.company_id == show.company_id and other.date_end < show.date_begin
                )
            )
            key = key_by_show[show]
            same = before.filtered(lambda other, key=key: key and key_by_show[other] == key)
            last_by_show[show] = (self.browse((same or before)[:_MOST]._ids), bool(same))
        return last_by_show
