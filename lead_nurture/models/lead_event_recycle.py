from odoo import api, models


class LeadEvent(models.Model):
    """A sign of life of somebody who is recycled.

    What comes by a door of its own (reply, form, file, letter) has reopened the lead by then; a
    click or a look at the prices does so here, unless the person asked not to get e-mails.
    """

    _inherit = "lead.event"

    # what by itself takes up a lost lead
    _REVIVING_KINDS = frozenset(
        {"click", "price_page", "request_trial", "request_quote", "request_call"}
    )
    # what shows that an open lead is back from the nurture it was in or waits for
    _RETURNING_KINDS = frozenset(
        {"scan", "web_form", "reply", "letter_answer", "meeting", "call_reached", "referral"}
        | {"request_trial", "request_quote", "request_call"}
    )

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events._note_signs_of_life()
        return events

    def write(self, vals):
        result = super().write(vals)
        if vals.get("confidence") == "human":  # a click that is known by now to be the lead's
            self._note_signs_of_life()
        return result

    @api.model
    def _log(self, vals_list):
        new = super()._log(vals_list)
        telling = self._REVIVING_KINDS | self._RETURNING_KINDS
        if new and any(vals["kind"] in telling for vals in vals_list):
            self.browse(new)._note_signs_of_life()
        return new

    def _note_signs_of_life(self):
        """Take up the lost leads of these events, and note on the rows what brought them back."""
        telling = self.filtered(
            lambda event: (
                event.kind in self._REVIVING_KINDS | self._RETURNING_KINDS
                and event._is_surely_by_lead()
            )
        )
        first_by_lead = {}
        for event in telling.sorted("occurred_at", reverse=True):
            first_by_lead[event.lead_id] = event
        # sudo: whoever's sign it is; rows are written by the program alone
        rows = telling.lead_id.sudo().recycle_id
        if not rows:
            return
        revived = rows._revive_by_click(first_by_lead)
        telling.filtered(lambda event: event.lead_id in revived)._note_news()  # open by now
        for row in rows:
            event = first_by_lead[row.lead_id]
            if row.state == "back" and not row.came_back_kind:
                row.came_back_kind = event.kind
            elif (
                row.state in ("resting", "due", "track")
                and row.way != "lost"
                and event.kind in self._RETURNING_KINDS
            ):
                row._come_back({row.lead_id: event.occurred_at}, event.kind)

    def _is_surely_by_lead(self):
        """Tell whether no program may have done this in the lead's place; others may know more."""
        self.ensure_one()
        if "confidence" not in self._fields:
            return True
        return self["confidence"] in (False, "human")
