import uuid

from odoo import api, models

from ..tools import friends

_KEYS = uuid.UUID("5f5f0a34-7d1f-4b62-9d0c-0f5b8a1d7a11")  # namespace of the keys of friends


class LeadReferral(models.Model):
    """A customer names friends: by his personal link, at the booth, or to a salesperson.

    A friend goes the way of every other lead. One we know stays the lead he is, by whatever way he
    came and whatever he agreed to: he is enriched, and a friend of the customer's. Nothing tells
    the customer which of the two it was.
    """

    _inherit = "lead.referral"

    _FRIENDS_AT_MOST = 12  # by one link

    def _get_friend_fault(self, friend):
        """Return the word for why ``friend`` can't be taken, ``no_number``, or None.

        :param friend: ``friends.Friend``.
        """
        self.ensure_one()
        country = self.company_id.country_id.code or None
        if friend.phone and not friend.email and not friends.read_number(friend.phone, country):
            return "no_number"
        return None

    def _count_named(self):
        """Return how many friends there are, with those whose form waits for its turn."""
        self.ensure_one()
        # sudo: nobody reads forms
        posts = self.env["lead.public.post"].sudo().search([("link_id", "=", self.link_id.id)])
        return self.friend_count + sum(len(post.said["friends"]) for post in posts)

    def _is_himself(self, friend):
        """Tell whether the customer has named himself."""
        self.ensure_one()
        partner = self.partner_id
        country = self.company_id.country_id.code or None
        return friends.is_same_mailbox(
            friend.email, partner.email_normalized or ""
        ) or friends.is_same_number(friend.phone, partner.phone_sanitized or "", country)

    def _name_friends(self, named, may_name):
        """Take the friends that the customer has named by his link; twice is once.

        His own address or number makes no lead, and nobody is told that it was his: the link may
        have been passed on.

        :param named: ``friends.Friend`` each, whose fields were looked at.
        :param may_name: whether these friends may be told who named them.
        """
        self.ensure_one()
        self = self._in_own_lang()
        named = [friend for friend in named if not self._is_himself(friend)]
        results = self.env["lead.import"]._capture(
            [self._prepare_friend_record(friend) for friend in named],
            door="referral",
            company=self.company_id,
        )
        leads = self.env["crm.lead"].browse(
            dict.fromkeys(result["lead_id"] for result in results if result["lead_id"])
        )
        new_ids = {result["lead_id"] for result in results if result["verdict"] == "new"}
        newcomers = leads.filtered(lambda lead: lead.id in new_ids) - self.friend_ids
        newcomers.filtered(lambda lead: not lead.source_id).source_id = self.env.ref(
            "utm.utm_source_referral", raise_if_not_found=False
        )
        source = self.env._("%s, who says he agrees", self.partner_id.display_name)
        unasked = newcomers.filtered(lambda lead: not lead.email_consent)
        unasked.with_context(lead_consent_source=source).email_consent = "yes"
        self._credit(leads, newcomers, may_name)

    def _prepare_friend_record(self, friend):
        """Return what ``lead.import._capture`` takes; one key for one friend of this customer."""
        told = f"{friend.name}\n{friend.company}\n{friend.email}\n{friend.phone}".casefold()
        note = self.env._(
            "%(customer)s: “%(words)s”",
            customer=self.partner_id.display_name,
            words=friend.note,
        )
        return {
            "key": str(uuid.uuid5(_KEYS, f"{self.id}\n{told}")),
            "name": friend.name,
            "company": friend.company,
            "email": friend.email,
            "phone": friend.phone,
            "note": note if friend.note else "",
        }

    def _credit(self, leads, newcomers, may_name=False):
        """Note that this customer has named ``leads``; each counts once for him.

        A lead keeps the referral it has. He himself is no friend of his.

        :param newcomers: those of ``leads`` that came by him; we had the others already.
        :param may_name: whether the newcomers may be told who named them.
        """
        self.ensure_one()
        self = self._in_own_lang()
        partner = self.partner_id
        leads = leads.filtered(
            lambda lead: (
                lead.partner_id != partner
                and (not lead.email_normalized or lead.email_normalized != partner.email_normalized)
                and lead != self.lead_id
            )
        )
        fresh = leads - self.friend_ids
        (leads & newcomers).filtered(lambda lead: not lead.referral_id).write(
            {"referral_id": self.id, "referrer_may_be_named": may_name}
        )
        if not fresh:
            return
        self.friend_ids |= fresh
        is_closed = self.env.context.get("lead_referral_closed")
        if self.state != "won" and not is_closed:
            self.state = "answered"
        self._note_referral(fresh)
        if not is_closed:
            self._ask_for_thanks()
        self._follow_won()

    def _is_customer_closed(self):
        """Tell whether the customer wants to hear no more, by a lead or by his address."""
        self.ensure_one()
        partner = self.partner_id
        # sudo: whoever works with leads does not keep this list
        entry = self.env["mail.blacklist"].sudo()
        stopped = entry.search_count(
            [("email", "=", partner.email_normalized), ("lead_stopped_at", "!=", False)], limit=1
        )
        return bool(stopped or self._get_closed_by_word(partner)["do_not_contact"])

    def _in_own_lang(self):
        """Return this referral in the language of its salesperson, whoever's word came in."""
        lang = self.user_id.lang or self.company_id.partner_id.lang
        return self.with_context(lang=lang) if lang else self

    def _note_referral(self, leads):
        """Give ``leads`` the event of a referral, which counts once in a lead's life."""
        self.env["lead.event"]._log(
            [
                {
                    "lead_id": lead.id,
                    "kind": "referral",
                    "ref": f"referral,{lead.id}",
                    "note": self.partner_id.display_name,
                }
                for lead in leads
            ]
        )
        leads._update_scores()
        body = self.env._("Referred by %(customer)s.", customer=self.partner_id.display_name)
        leads._message_log_batch(bodies={lead.id: body for lead in leads})

    @api.model
    def _get_for_referrers(self, partners, channel, company):
        """Return ``{partner: referral}`` to which friends named by word of mouth are put down.

        That is the latest ask or referral of each, a new one for those who have none.
        """
        # sudo: whose referral it is does not matter for whose friend somebody is
        referrals = self.sudo()
        found = referrals.search(
            [
                ("partner_id", "in", partners.ids),
                ("company_id", "=", company.id),
                ("state", "not in", ("failed", "to_send")),
            ],
            order="id",
        )
        referral_by_partner = {referral.partner_id.id: referral for referral in found}
        missing = partners.filtered(lambda one: one.id not in referral_by_partner)
        made = referrals.create(
            [
                {
                    **self._prepare_ask_vals(partner, company),
                    "channel": channel,
                    "is_ask": False,
                    "asked_by_id": False,
                    "state": "answered",
                }
                for partner in missing
            ]
        )
        referral_by_partner |= {referral.partner_id.id: referral for referral in made}
        return {partner: referral_by_partner[partner.id] for partner in partners}
