from odoo import http
from odoo.http import request

from ..tools import friends, intake
from ..tools.intake.emails import read_email
from .public_form import BODY_LIMIT, PublicForm
from .public_page import choose_language

_KIND = "referral"
_FIELDS = ("name", "company", "email", "phone", "note")
_SHOWN = 3  # friends at once


class LeadReferController(PublicForm):
    """The page on which a customer names friends who would like to hear from us.

    Of a friend nothing is stored unless the customer says that the friend agrees. What was stored
    is never shown, and the answer is the same whether we know the friend or not. What is refused
    is given back to whoever just typed it, so that he need not type it again.
    """

    @http.route(
        "/lead/refer/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def refer_page(self, token, **_kwargs):
        link = self._find_referral(token)
        if not link:
            return self._refuse()
        return self._ask_for_friends(link)

    @http.route(
        "/lead/refer/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        max_content_length=BODY_LIMIT,
    )
    def refer(self, token, **_kwargs):
        link = self._find_referral(token)
        if not link:
            return self._refuse()
        post = self._read_post(("may_name", "answer"), (*_FIELDS, "consent"))
        tidy = self._tidy(post)
        rows = self._read_friends(tidy)
        is_no = tidy["answer"] == "none"
        own_fault = None if is_no else self._get_friends_fault(link, rows, tidy)
        fault = self._check(link, post, own_fault)
        if fault:
            return self._ask_for_friends(link, fault, rows, bool(tidy["may_name"]))
        # sudo comes with the link: it is the right to answer this one ask
        if is_no:
            link.referral_id._decline()
        else:
            named = [friend for friend, _agrees in rows if any(friend)]
            self._keep(link, friends=named, may_name=bool(tidy["may_name"]))
        return self._page("lead_followup.refer_thanks_page", link, is_no=is_no)

    def _find_referral(self, token):
        """Return the link of a customer who is not archived; speak the language of his e-mail."""
        link = self._find_link(token, _KIND)
        if not link or not link.referral_id.partner_id.active:
            return None
        choose_language(link.referral_id.partner_id.lang, link.company_id)
        return link.with_context(lang=request.env.lang)

    def _ask_for_friends(self, link, fault=None, rows=(), may_name=False):
        empty = (friends.Friend(name=""), False)
        return self._page(
            "lead_followup.refer_page",
            link,
            fault=fault,
            rows=[*rows, *[empty] * _SHOWN][:_SHOWN],
            may_name=may_name,
        )

    def _read_friends(self, tidy):
        """Return ``[(friends.Friend, whether he agrees)]``, a row of the form each."""
        columns = [tidy[name][:_SHOWN] for name in _FIELDS]
        count = max(map(len, columns), default=0)
        padded = [column + [""] * (count - len(column)) for column in columns]
        agreeing = set(tidy["consent"])
        named = [friends.Friend(*values) for values in zip(*padded, strict=True)]
        return [
            (friend._replace(email=self._clean_email(friend.email)), str(place) in agreeing)
            for place, friend in enumerate(named, start=1)
        ]

    def _get_friends_fault(self, link, rows, tidy):
        """Return what is wrong with these rows, as a sentence; None for nothing."""
        named = [(friend, agrees) for friend, agrees in rows if any(friend)]
        if any(len(tidy[name]) > _SHOWN for name in _FIELDS):
            return request.env._(
                "Please name up to %(count)s friends at once; nothing was saved.", count=_SHOWN
            )
        if not named:
            return request.env._("Please name a friend: his name, and how we reach him.")
        referral = link.referral_id
        if referral._count_named() + len(named) > referral._FRIENDS_AT_MOST:
            return request.env._(
                "Thank you, you have named so many already that this link takes no more."
            )
        for friend, agrees in named:
            if fault := self._get_friend_fault(referral, friend, agrees):
                return fault
        return None

    def _get_friend_fault(self, referral, friend, agrees):
        name = friend.name or friend.email or friend.phone or friend.company
        if not agrees:
            return request.env._(
                "Please ask %(name)s first, and tick that he or she agrees. Nothing was saved.",
                name=name,
            )
        if not intake.fold_compact(friend.name):
            return request.env._("Please give each friend's name. Nothing was saved.")
        if fault := self._get_advert_fault(friend.name, friend.company):
            return fault
        if not (friend.email or friend.phone):
            return request.env._(
                "Please give an e-mail address or a phone number of %(name)s. Nothing was saved.",
                name=name,
            )
        if friend.email and not read_email(friend.email).address:
            return request.env._(
                "“%(email)s” is no e-mail address. Please correct it; nothing was saved.",
                email=friend.email,
            )
        if referral._get_friend_fault(friend) == "no_number":
            return request.env._(
                "“%(phone)s” is no phone number that we can call. Please give it with its country "
                "code, as in +1 202 555 0147; nothing was saved.",
                phone=friend.phone,
            )
        return None
