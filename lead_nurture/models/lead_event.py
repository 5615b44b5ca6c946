from odoo import api, fields, models

from odoo.addons.lead_scoring.models.lead_event import LeadEvent as BaseEvent


class LeadEvent(models.Model):
    """What becomes of mailings; and what a new event may lead to."""

    _inherit = "lead.event"

    # what may lead to more than points, see ``_note_news``; imports log others by the thousand
    _WATCHED_KINDS = ("click", "price_page", "reply")
    _NO_NEWS_KINDS = (*BaseEvent._NO_NEWS_KINDS, "bounce", "opt_out")

    kind = fields.Selection(
        selection_add=[("bounce", "E-mail came back")], ondelete={"bounce": "cascade"}
    )

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events._note_watched()
        return events

    @api.model
    def _log(self, vals_list):
        new_ids = super()._log(vals_list)
        if any(vals["kind"] in self._WATCHED_KINDS for vals in vals_list):
            self.browse(new_ids)._note_watched()
        return new_ids

    def _note_watched(self):
        watched = self.filtered(lambda event: event.kind in self._WATCHED_KINDS)
        if watched:
            watched._note_news()

    def _note_news(self):
        """Do what follows from these events: new ones, or those now known to be the lead's doing.

        Only of watched kinds. Others may add what follows from theirs.
        """
