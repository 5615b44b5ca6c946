from odoo import fields, models


class LeadReferral(models.Model):
    """Thanking a customer: on somebody's list when he named friends, and when one of them buys."""

    _inherit = "lead.referral"

    thanked_at = fields.Datetime("Thanked On")
    thanked_by_id = fields.Many2one("res.users", index="btree_not_null")
    thanks_activity_id = fields.Many2one("mail.activity", ondelete="set null", copy=False)
    needs_thanks = fields.Boolean("To Thank", help="Friends came, and nobody has thanked yet.")

    def action_thanked(self):
        """Note that these customers were thanked now, and take it off the list."""
        self.check_access("write")
        # sudo: nobody writes referrals by hand, and it may stand on a colleague's list
        referrals = self.sudo()
        referrals._note_thanked(self.env.user)
        referrals.thanks_activity_id.filtered("active")._action_done(
            feedback=self.env._("Thanked.")
        )

    def _note_thanked(self, user):
        self.write(
            {
                "thanked_at": fields.Datetime.now(),
                "thanked_by_id": user.id,
                "needs_thanks": False,
            }
        )

    def _ask_for_thanks(self):
        """Put thanking for named friends on the list of whoever looks after each customer."""
        for referral in self:
            referral._remind_to_thank(
                self.env._(
                    "Say thank you: %(customer)s named friends",
                    customer=referral.partner_id.display_name,
                )
            )

    def _follow_won(self):
        """Tell whether a friend has bought: whoever looks after the customer is told once."""
        for referral in self.filtered("friend_ids"):
            referral = referral._in_own_lang()
            won = referral.referred_lead_ids.filtered(lambda lead: lead.won_status == "won")
            if won and referral.state != "won":
                referral.state = "won"
                referral._remind_to_thank(
                    self.env._(
                        "Say thank you: %(friend)s, named by %(customer)s, has bought",
                        friend=won[0].contact_name or won[0].name,
                        customer=referral.partner_id.display_name,
                    )
                )
            elif not won and referral.state == "won":
                referral.state = "answered"

    def _remind_to_thank(self, summary):
        """Have one reminder on the list, which says the latest reason.

        Whoever is not to be contacted is not thanked either.
        """
        self.ensure_one()
        if self._get_closed_by_word(self.partner_id)["do_not_contact"]:
            return
        self.needs_thanks = True
        activity = self.thanks_activity_id
        if activity.active:
            activity.summary = summary
            return
        self.thanks_activity_id = self.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self._get_thanker().id, summary=summary
        )

    def _get_thanker(self):
        """Return who thanks this customer: his salesperson, else marketing, else Odoo's head."""
        self.ensure_one()
        people = (
            self.partner_id.user_id,
            self.user_id,
            self.asked_by_id,
            self.company_id.lead_marketing_user_id,
        )
        known = (one for one in people if one.active and not one.share)
        return next(known, self.env.ref("base.user_admin"))
