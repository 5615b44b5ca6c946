from datetime import timedelta

from odoo import fields, models

from odoo.addons.lead_scoring.models.lead_event import LeadEvent as BaseEvent


class LeadEvent(models.Model):
    """A sign of interest is a request: it qualifies at once."""

    _inherit = "lead.event"

    _FAST_LANE_KINDS = (*BaseEvent._FAST_LANE_KINDS, "interest_shown")

    kind = fields.Selection(
        selection_add=[("interest_shown", "Showed interest")],
        ondelete={"interest_shown": "cascade"},
    )

    def _note_news(self):
        result = super()._note_news()
        sure = self.filtered(lambda event: event.confidence in (False, "human"))
        if sure:
            # sudo: whoever's act it was, the lead's company decides
            sure.lead_id.sudo()._react_to(sure.sudo())
        return result

    def _get_reaction_reasons(self, reaction):
        """Return ``{event: why}`` of those of these events that qualify.

        :param reaction: what their leads have to do, as ``Reaction``.
        """
        env = self.lead_id[:1]._in_company_lang().env
        url_by_event = self._get_followed_urls() if reaction.links else {}
        visited_again = self._filter_visited_again(reaction)
        reasons = {}
        for event in self:
            url = url_by_event.get(event, "").casefold()
            if event.kind == "reply" and reaction.to_reply:
                reasons[event] = env._("It answered: %s", event.note or "–")
            elif event in visited_again:
                reasons[event] = env._(
                    "It looked at the price list on %(count)s days within %(days)s days",
                    count=reaction.page_count,
                    days=reaction.page_days,
                )
            elif any(text in url for text in reaction.links):
                reasons[event] = env._("It followed a link: %s", event.note)
        return reasons

    def _get_followed_urls(self):
        """Return ``{click: address}``, by the link that the ref of a click names."""
        ids = {
            event: int(event.ref.split(",")[2])
            for event in self
            if event.kind == "click" and (event.ref or "").count(",") == 2
        }
        links = self.env["link.tracker"].sudo().browse(set(ids.values())).exists()
        url_by_id = {link.id: link.url or "" for link in links}
        return {event: url_by_id.get(link_id, "") for event, link_id in ids.items()}

    def _filter_visited_again(self, reaction):
        """Return those visits to the price list with which there are enough; one query."""
        visits = self.filtered(lambda event: event.kind == "price_page")
        if not visits or not reaction.page_count:
            return self.browse()
        span = timedelta(days=reaction.page_days)
        all_visits = self.search(
            [
                ("lead_id", "in", visits.lead_id.ids),
                ("kind", "=", "price_page"),
                ("confidence", "not in", ("doubtful", "machine")),
                ("occurred_at", ">", min(visits.mapped("occurred_at")) - span),
            ]
        ).grouped("lead_id")

        def is_enough(visit):
            days = {
                one.occurred_at.date()
                for one in all_visits.get(visit.lead_id, ())
                if visit.occurred_at - span < one.occurred_at <= visit.occurred_at
            }
            return len(days) >= reaction.page_count

        return visits.filtered(is_enough)
