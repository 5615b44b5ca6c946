from odoo import http
from odoo.http import request

from .public_form import BODY_LIMIT, PublicForm

_NAMES = ("email", "phone", "note", "call_day", "call_part", "tz")
_PATH = "/lead/details/<string:token>"


class PublicDetails(PublicForm):
    """The page behind a lead's personal link: it asks what is unknown, and shows nothing known.

    Mail servers follow links: opening the page changes nothing.
    """

    @http.route(_PATH, type="http", auth="public", methods=["GET"], sitemap=False, readonly=True)
    def details_page(self, token, **_kwargs):
        link = self._find_link(token, "details")
        return self._show_details(link) if link else self._refuse()

    @http.route(
        _PATH,
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        max_content_length=BODY_LIMIT,
    )
    def details_send(self, token, **_kwargs):
        link = self._find_link(token, "details")
        if not link:
            return self._refuse()
        lead, interests = link.lead_id, self._get_interests()
        missing = lead._get_missing_details()
        questions = missing["questions"]
        post = self._read_post(
            [*_NAMES, *(question["name"] for question in questions)], ["interest"]
        )
        said = self._tidy(post)
        said["call_at"] = said["call_day"] and lead._read_wish(
            said["call_day"], said["call_part"], said["tz"]
        )
        fault = self._check(link, post, self._get_details_fault(said, questions, interests))
        if fault:
            return self._show_details(link, fault, said)
        if link._take_key(self._read_key(link)):
            lead._receive_details(
                {
                    "answers": self._get_answers(said, questions),
                    "interest_ids": [int(number) for number in said["interest"]],
                    "call_at": said["call_at"] or None,
                    "email": self._clean_email(said["email"]),
                    **{name: said[name] for name in ("phone", "note")},
                }
            )
        return self._page("lead_followup.details_thanks_page", link, has_wish=bool(said["call_at"]))

    def _show_details(self, link, fault=None, said=None):
        lead = link.lead_id
        first, last = lead._get_wish_bounds()
        return self._page(
            "lead_followup.details_page",
            link,
            fault,
            first_name=lead._get_first_name(),
            missing=lead._get_missing_details(),
            interests=self._get_interests(),
            first_day=first,
            last_day=last,
            said=said or {},
        )

    def _get_details_fault(self, said, questions, interests):
        """Return what is to be mended; None where nothing is wrong."""
        names = ("email", "phone", "note", "call_day", "call_part", "interest")
        if not any(said[name] for name in names) and not self._get_answers(said, questions):
            return request.env._("Nothing is filled in yet. Please answer at least one question.")
        if said["call_part"] and not said["call_day"]:
            return request.env._("Please choose the day on which we may call you.")
        if said["call_day"] and not said["call_at"]:
            return request.env._(
                "We cannot call you at that time. Please choose one ahead, within three months."
            )
        return self._get_email_fault(said["email"]) or self._get_choice_fault(
            said, questions, interests
        )
