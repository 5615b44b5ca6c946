from odoo import http
from odoo.http import request

from .public_form import BODY_LIMIT, PublicForm

_NAMES = ("name", "company", "email", "phone", "job_title", "note", "consent")
_PATH = "/lead/show/<string:token>"


class PublicPoster(PublicForm):
    """The page behind a show's poster, on which a visitor writes himself down."""

    @http.route(_PATH, type="http", auth="public", methods=["GET"], sitemap=False, readonly=True)
    def poster_page(self, token, **_kwargs):
        link = self._find_poster(token)
        return self._show_poster(link) if link else self._refuse()

    @http.route(
        _PATH,
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        max_content_length=BODY_LIMIT,
    )
    def poster_send(self, token, **_kwargs):
        link = self._find_poster(token)
        if not link:
            return self._refuse()
        show, interests = link.show_id, self._get_interests()
        questions = show._get_poster_questions()
        post = self._read_post(
            [*_NAMES, *(question["name"] for question in questions)], ["interest"]
        )
        said = self._tidy(post)
        fault = self._check(link, post, self._get_poster_fault(said, questions, interests))
        words = {} if fault else self._get_words(said, questions)
        if not fault and not show._may_be_visitor(words):
            fault = request.env._(
                "This could not be saved. Please look at your name, e-mail and phone number again."
            )
        if fault:
            return self._show_poster(link, fault, said)
        self._keep(link, key=self._read_key(link), words=words, lang=request.env.lang)
        return self._page("lead_followup.poster_thanks_page", link, show=show)

    def _find_poster(self, token):
        """Return the link of a show that is not archived."""
        link = self._find_link(token, "poster")
        return link if link and link.show_id.active else None

    def _show_poster(self, link, fault=None, said=None):
        return self._page(
            "lead_followup.poster_page",
            link,
            fault,
            show=link.show_id,
            questions=link.show_id._get_poster_questions(),
            interests=self._get_interests(),
            consent_text=link.show_id.company_id.lead_consent_text,
            said=said or {},
        )

    def _get_poster_fault(self, said, questions, interests):
        """Return what a visitor is asked to mend; None where nothing is wrong."""
        if not said["name"]:
            return request.env._("Please tell us your name.")
        if not said["email"] and not said["phone"]:
            return request.env._(
                "Please tell us an e-mail address or a phone number, so that we can answer you."
            )
        return (
            self._get_advert_fault(said["name"], said["company"], said["job_title"])
            or self._get_email_fault(said["email"])
            or self._get_choice_fault(said, questions, interests)
        )

    def _get_words(self, said, questions):
        """Return what a visitor said in the words of a row."""
        words = {name: said[name] for name in _NAMES if name != "consent" and said[name]}
        return {
            **words,
            "email": self._clean_email(said["email"]),
            "answers": self._get_answers(said, questions),
            "interest_ids": [int(number) for number in said["interest"]],
            # who was asked and left it open has not agreed
            "email_consent": "yes" if said["consent"] else "no",
        }
