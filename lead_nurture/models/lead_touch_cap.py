from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

_PATIENCE = timedelta(days=35)  # after that an e-mail that is put off again is left out


class LeadTouch(models.Model):
    """A track's e-mail is looked at once more at the moment it would go out.

    A mailing may have been sent since it was planned, another lead of the address written to, or
    a salesperson's cadence begun there. Then it gets a new moment, and says so. One that has been
    put off for five weeks, and is to be once more, is left out in sight, and its track goes on;
    whether it is put off as it would leave, or because the mail queue is late with it.
    """

    _inherit = "lead.touch"

    put_off_reason = fields.Char(readonly=True, help="The word for why it is not made earlier.")
    put_off_since = fields.Datetime(readonly=True)
    put_off_count = fields.Integer("Put Off", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        touches = super().create(vals_list)
        touches._note_put_off()
        return touches

    def write(self, vals):
        if "put_off_reason" in vals and not vals["put_off_reason"]:  # it waits no longer
            vals = {**vals, "put_off_since": False, "put_off_count": 0}
        result = super().write(vals)
        if vals.get("put_off_reason"):
            self._note_put_off()
        return result

    def _note_put_off(self):
        """Note since when those of these wait that are put off for the first time."""
        first = self.filtered(lambda touch: touch.put_off_reason and not touch.put_off_since)
        first.write({"put_off_since": fields.Datetime.now(), "put_off_count": 1})

    @api.depends("put_off_reason", "put_off_since", "put_off_count")
    def _compute_reason_text(self):
        result = super()._compute_reason_text()
        waits = self._get_put_off_texts()
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

    @api.model
    def _get_put_off_texts(self):
        return {
            "over_cap": self.env._("it has had as many mailings as the settings allow"),
            "followups_first": self.env._("a salesperson's cadence writes to this address"),
        }

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
        if self._filter_waited_long():
            self._leave_out(word)
            return
        self._plan_anew_apart()

    def _plan_anew_at_once(self):
        """Leave out those that have waited long and would wait once more; count what is put off."""
        weary = self._filter_waited_long()
        put_offs = weary.enrollment_id._get_put_offs(
            {touch.enrollment_id: touch.step_id for touch in weary}
        )
        for word, touches in weary.grouped(
            lambda touch: put_offs.get(touch.enrollment_id, (None, False))[1]
        ).items():
            if word:
                touches._leave_out(word)
        left = self.filtered(lambda touch: touch.state != "skipped")
        waited = left.filtered("put_off_since")
        result = super(LeadTouch, left)._plan_anew_at_once()
        for touch in waited.filtered("put_off_reason"):
            touch.put_off_count += 1
        return result

    def _filter_waited_long(self):
        """Return those that have been put off for five weeks."""
        begin = fields.Datetime.now() - _PATIENCE
        return self.filtered(lambda touch: touch.put_off_since and touch.put_off_since <= begin)

    def _leave_out(self, word):
        """Skip these for ``word``, in sight; their tracks go on."""
        self.filtered(lambda touch: not touch.planned_at).planned_at = fields.Datetime.now()
        self._skip(word)
        self.enrollment_id._ask_for_plan()

    def _is_over_cap(self):
        self.ensure_one()
        addressees = set(self.lead_id._get_addressees().values())
        return bool(
            self.lead_id._filter_over_mailing_cap(
                addressees, self.enrollment_id._get_cap_company(), but_touches=self.ids
            )
        )
