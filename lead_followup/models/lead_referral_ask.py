from odoo import api, fields, models
from odoo.fields import Domain


class LeadReferral(models.Model):
    """Asking customers for a referral: who may be asked, and the asking itself."""

    _inherit = "lead.referral"

    @api.model
    def _get_reason_texts(self):
        """Return ``{word: why somebody is not asked}``."""
        return {
            "archived": self.env._("Archived"),
            "other_company": self.env._("Belongs to another company"),
            "not_won": self.env._("Not won"),
            "no_contact": self.env._("Has no contact"),
            "not_customer": self.env._("Not a customer yet"),
            "do_not_contact": self.env._("Must not be contacted"),
            "asked_recently": self.env._("Asked not long ago"),
            "same_address": self.env._("Has the address of another one who is asked"),
            "no_email": self.env._("No usable e-mail address"),
            "opted_out": self.env._("Opted out of e-mail"),
            "no_consent": self.env._("Said no to e-mail"),
            "email_bounced": self.env._("The e-mail address does not exist: it bounced"),
            "no_sender_email": self.env._("Whoever would ask has no e-mail address"),
            "declined": self.env._("The customer would rather not"),
            "ask_gone": self.env._("The link in its e-mail works no more"),
            "withdrawn": self.env._("Its step was not made"),
            "crashed": self.env._("The server stopped while it was sent; it may have gone out"),
            "mail_missing": self.env._("Its e-mail was deleted"),
        }

    @api.model
    def _split_askable(self, partners, channel, company):
        """Tell whom of ``partners`` the company may ask by ``channel`` now.

        :return: ``(partners, {word: partners left out})``; a fixed number of queries.
        """
        # sudo: whoever asks need not see the leads that say no
        partners = partners.sudo()
        left_out = {}

        def leave_out(word, found):
            nonlocal partners
            if found:
                left_out[word] = left_out.get(word, found.browse()) | found
                partners -= found

        leave_out("archived", partners.filtered(lambda one: not one.active))
        leave_out(
            "other_company",
            partners.filtered(lambda one: one.company_id and one.company_id != company),
        )
        leave_out("not_customer", partners - partners._filter_lead_customers())
        closed = self._get_closed_by_word(partners)
        leave_out("do_not_contact", closed["do_not_contact"])
        leave_out("asked_recently", self._get_asked(company, partners))
        if channel == "email":
            leave_out("no_email", partners.filtered(lambda one: not one.email_normalized))
            leave_out("opted_out", partners.filtered("is_blacklisted"))
            leave_out("no_consent", partners & closed["no_consent"])
            leave_out("email_bounced", partners & closed["email_bounced"])
        first_by_key = {}
        for partner in partners:
            first_by_key.setdefault(self._get_ask_key(partner), partner)
        leave_out("same_address", partners - partners.browse().union(*first_by_key.values()))
        return partners.sudo(False), left_out

    @api.model
    def _get_closed_by_word(self, partners):
        """Return ``{word: partners}`` whom a lead of theirs closes a way to; one search."""
        addresses = list(set(partners.mapped("email_normalized")) - {False})
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        closing = leads.search_fetch(
            (Domain("partner_id", "in", partners.ids) | Domain("email_normalized", "in", addresses))
            & (
                Domain("do_not_contact", "=", True)
                | Domain("email_consent", "=", "no")
                | Domain("wrong_email", "!=", False)
            ),
            ["partner_id", "email_normalized", "do_not_contact", "email_consent", "wrong_email"],
        )
        found = dict.fromkeys(("do_not_contact", "no_consent", "email_bounced"), partners.browse())
        by_partner, by_address = {}, {}
        for lead in closing:
            words = {
                "do_not_contact": lead.do_not_contact,
                "no_consent": lead.email_consent == "no",
            }
            said = {word for word, is_so in words.items() if is_so}
            by_partner.setdefault(lead.partner_id, set()).update(said)
            by_address.setdefault(lead.email_normalized, set()).update(said)
            if lead.wrong_email:
                by_address.setdefault(lead.wrong_email, set()).add("email_bounced")
        for partner in partners:
            words = by_partner.get(partner, set()) | (
                by_address.get(partner.email_normalized, set())
                if partner.email_normalized
                else set()
            )
            for word in words:
                found[word] |= partner
        return found

    @api.model
    def _ask(self, partners, channel, company, template=None, lead_by_partner=None):
        """Ask those of ``partners`` who may be asked; by e-mail through the mail queue.

        :param channel: by which they are asked; all but e-mail are noted as made now.
        :param template: mail.template of this model, for e-mails.
        :param lead_by_partner: ``{partner: the deal after which he is asked}``.
        :return: ``(referrals, {word: partners left out})``.
        """
        can, left_out = self._split_askable(partners, channel, company)
        now = fields.Datetime.now()
        made = {} if channel == "email" else {"state": "asked", "asked_at": now}
        # sudo: nobody writes referrals by hand
        referrals = self.sudo().create(
            [
                {
                    **self._prepare_ask_vals(
                        partner, company, (lead_by_partner or {}).get(partner)
                    ),
                    "channel": channel,
                    **made,
                }
                for partner in can
            ]
        )
        referrals._link()
        if channel == "email":
            referrals._queue(template)
        return referrals.sudo(False), left_out

    @api.model
    def _prepare_ask_vals(self, partner, company, lead=None):
        """Return values of an ask of ``partner`` in the name of his salesperson."""
        # sudo: whose customer he is decides who asks, whoever presses
        partner = partner.sudo()
        owner = partner.user_id or partner.commercial_partner_id.user_id
        owners = (owner, lead.sudo().user_id if lead else owner, self.env.user)
        user = next((one for one in owners if one.active and one.email), self.env.user)
        return {
            "partner_id": partner.id,
            "company_id": company.id,
            "lead_id": lead.id if lead else False,
            "user_id": user.id,
            "is_ask": True,
            "asked_by_id": self.env.uid,
        }

    def _mark_asked(self, asked_at):
        """Note that these customers have been asked."""
        self.filtered(lambda referral: referral.state == "to_send").write(
            {"state": "asked", "asked_at": asked_at, "reason": False}
        )

    def _mark_not_asked(self, reason):
        """Note that these customers were not asked after all: they may be asked again."""
        open_asks = self.filtered(
            lambda referral: (
                referral.state == "to_send"
                or (referral.state == "asked" and referral.mail_id.state == "exception")
            )
        )
        open_asks.write({"state": "failed", "asked_at": False, "ask_key": False, "reason": reason})
        open_asks._revoke_links()

    def action_decline(self):
        """Note that the customer knows nobody, or would rather not; his link works no more."""
        self.check_access("write")
        self.sudo()._decline()  # sudo: nobody writes referrals by hand

    def _decline(self):
        declined = self.filtered(lambda referral: referral.state in ("to_send", "asked", "expired"))
        declined.mail_id.filtered(lambda mail: mail.state == "outgoing").cancel()
        declined.write({"state": "declined"})
        declined._revoke_links()

    @api.model
    def _cron_expire(self):
        """Mark asks whose link has expired unanswered, in one write."""
        now = fields.Datetime.now()
        self.search([("state", "=", "asked"), ("link_id.expires_at", "<=", now)]).write(
            {"state": "expired"}
        )

    def _open(self):
        """Return an action that shows this referral, with its link to be handed out."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
