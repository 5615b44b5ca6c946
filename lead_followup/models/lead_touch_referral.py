from psycopg2.errors import UniqueViolation

from odoo import api, fields, models

_NOT_MADE = ("cancelled", "failed", "blocked", "skipped")


class LeadCadenceStep(models.Model):
    _inherit = "lead.cadence.step"

    asks_referral = fields.Boolean(
        "Asks for a Referral",
        help="The e-mail carries the customer's own link to name friends. Whoever was asked not "
        "long ago, or is no customer, is passed over.",
    )


class LeadTouch(models.Model):
    """A step that asks for a referral: the ask is laid down with its e-mail, and made with it.

    From then on nobody else asks this customer. Where the e-mail does not go out, he may be asked
    again.
    """

    _inherit = "lead.touch"

    referral_ids = fields.One2many("lead.referral", "touch_id")

    @api.depends("step_id.asks_referral")
    def _compute_reason_text(self):
        own = self.filtered(lambda touch: touch.state == "skipped" and touch.step_id.asks_referral)
        result = super()._compute_reason_text()
        texts = self.env["lead.referral"]._get_reason_texts()
        for touch in own:
            touch.reason_text = texts.get(touch.reason, touch.reason_text)
        return result

    def _render_emails(self):
        asking = self.filtered(
            lambda touch: (
                touch.step_id.asks_referral
                and not touch.referral_ids.filtered(lambda ask: ask.state == "to_send")
            )
        )
        left_out = asking._lay_down_asks()
        ready = self - left_out
        return super(LeadTouch, ready)._render_emails() if ready else None

    def _can_be_taken_up(self):
        # A text holds the link of an ask that was given up with it: it is written anew.
        if self.step_id.asks_referral and self._has_own_text():
            return False
        return super()._can_be_taken_up()

    def _lay_down_asks(self):
        """Lay the asks of these touches down; skip the others with the reason, and return them."""
        left_out = self.browse()
        for company, touches in self.grouped(lambda one: one._get_sending_company()).items():
            left_out |= touches._lay_down_asks_of(company)
        return left_out

    def _lay_down_asks_of(self, company):
        referrals = self.env["lead.referral"].sudo()  # sudo: nobody writes referrals by hand
        word_by_touch = {touch: "no_contact" for touch in self if not touch.lead_id.partner_id}
        touches = self.filtered("lead_id.partner_id")
        can, left_out = referrals._split_askable(touches.lead_id.partner_id, "email", company)
        for word, partners in left_out.items():
            for touch in touches.filtered(
                lambda one, found=partners: one.lead_id.partner_id in found
            ):
                word_by_touch[touch] = word
        touch_by_partner = {}
        for touch in touches.filtered(lambda one: one.lead_id.partner_id in can):
            if touch.lead_id.partner_id in touch_by_partner:
                word_by_touch[touch] = "same_address"
            else:
                touch_by_partner[touch.lead_id.partner_id] = touch
        try:
            with self.env.cr.savepoint():
                asks = referrals.create(
                    [
                        {
                            **referrals._prepare_ask_vals(partner, company, touch.lead_id),
                            "channel": "email",
                            "user_id": touch.user_id.id,
                            "touch_id": touch.id,
                        }
                        for partner, touch in touch_by_partner.items()
                    ]
                )
                asks._link()
        except UniqueViolation:  # somebody asks one of them at this very moment
            if len(touch_by_partner) > 1:
                left_out = self.browse()
                for touch in self:
                    left_out |= touch._lay_down_asks_of(company)
                return left_out
            word_by_touch |= dict.fromkeys(touch_by_partner.values(), "asked_recently")
        for touch, word in word_by_touch.items():
            touch.write({"state": "skipped", "reason": word})
        passed_over = self.browse().union(*word_by_touch)
        passed_over.enrollment_id._ask_for_plan()
        return passed_over

    def write(self, vals):
        result = super().write(vals)
        state = vals.get("state")
        if state in ("done", "doubtful", *_NOT_MADE):
            asking = self.filtered(lambda touch: touch.step_id.asks_referral)
            # sudo: nobody writes referrals by hand
            asks = asking.sudo().referral_ids.filtered(lambda ask: ask.state == "to_send")
            if state in _NOT_MADE:
                asks._mark_not_asked("withdrawn")
            elif asks:
                asks._mark_asked(vals.get("done_at") or fields.Datetime.now())
        return result
