from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

_PATIENCE = timedelta(days=35)  # after that an e-mail that is put off again is left out


class LeadTouch(models.Model):
    """A track's e-mail is looked at once more at the moment it would go out.

    A mailing may have been sent since it was planned, another lead of the address written to, or
    a salesperson's cadence begun there. Then it gets a new moment, and says so. One that has been
    put off for five weeks, and is to be once more, is left out in sight, and its track goes on.
    """

    _inherit = "lead.touch"

    put_off_reason = fields.Char(readonly=True, help="The word for why it is not made earlier.")
    put_off_since = fields.Datetime(readonly=True)
    put_off_count = fields.Integer("Put Off", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        first = {"put_off_since": fields.Datetime.now(), "put_off_count": 1}
        return super().create(
            [{**first, **vals} if vals.get("put_off_reason") else vals for vals in vals_list]
        )

    @api.depends("put_off_reason", "put_off_since", "put_off_count")
    def _compute_reason_text(self):
        result = super()._compute_reason_text()
        waits = {
            "over_cap": self.env._("it has had as many mailings as the settings allow"),
            "followups_first": self.env._("a salesperson's cadence writes to this address"),
        }
        for touch in self:
            if touch.state == "skipped" and touch.reason in waits:
                touch.reason_text = self.env._(
                    "Left out after five weeks of waiting: %(why)s", why=waits[touch.reason]
                )
            elif touch._filter_coming() and not touch.reason and touch.put_off_reason in waits:
                touch.reason_text = self.env._(
                    "Put off since %(date)s, times: %(count)s, because %(why)s",
                    date=format_date(self.env, touch.put_off_since or fields.Datetime.now()),
                    count=touch.put_off_count or 1,
                    why=waits[touch.put_off_reason],
                )
        return result

    def _may_send_now(self):
        if not super()._may_send_now():
            return False
        word = self.state == "queued" and self._get_put_off_reason()
        if word:
            self._put_off_by_cap(word)
            return False
        return True

    def _get_put_off_reason(self):
        """Return the word for why this e-mail may not go today, None if it may."""
        self.ensure_one()
        if not self.enrollment_id.cadence_id.is_track:
            return None
        if self.enrollment_id._filter_behind_followups():
            return "followups_first"
        return "over_cap" if self._is_over_cap() else None

    def _put_off_by_cap(self, word):
        """Give this queued e-mail a later moment, or leave it out where it has waited long."""
        now = fields.Datetime.now()
        since = self.put_off_since or now
        if since <= now - _PATIENCE:
            self._skip(word)
            self.enrollment_id._ask_for_plan()
            return
        self.write({"put_off_since": since, "put_off_count": self.put_off_count + 1})
        self._plan_anew_apart()

    def _is_over_cap(self):
        self.ensure_one()
        addressees = set(self.lead_id._get_addressees().values())
        return bool(
            self.lead_id._filter_over_mailing_cap(
                addressees, self.enrollment_id._get_cap_company(), but_touches=self.ids
            )
        )
