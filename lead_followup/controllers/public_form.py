import uuid

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import email_normalize
from odoo.tools.misc import hash_sign, verify_hash_signed

from ..tools import public
from .public_page import choose_language, render_page

BODY_LIMIT = 128 * 1024  # bytes, for each route that takes a form
HONEYPOT = "confirm_address"
_KEY = "form_key"
_KEY_SCOPE = "lead_followup-public_form"
_CAPTCHA = "lead_public_form"
# Characters; what is not named here may have as many as the last.
_LIMITS = {"name": 120, "company": 160, "job_title": 120, "email": 254, "phone": 40, "note": 2000}
_LIMIT = 200
_VALUES_LIMIT = 100  # under one name
_LINES = ("note",)


class PublicForm(http.Controller):
    """What all forms share that are filled in by people who have a link and no user.

    A controller of such a form finds the link (``_find_link``), shows the page (``_page``), reads
    from the post what the form asks for and nothing else (``_read_post``), and refuses what is not
    in order in words (``_check``). Opening a page changes nothing. Whatever is wrong with a link,
    the answer is the same (``_refuse``); what a form answers never depends on whether we know whom
    it is from.

    Its page calls ``lead_followup.public_form_layout`` and inside that, with its questions,
    ``lead_followup.public_form``, which brings all that ``_check`` asks for. Its routes take CSRF
    tokens and carry ``max_content_length=BODY_LIMIT``. Nothing is kept on the controller: all
    threads share it. Odoo folds all subclasses into one, so that each names its methods apart.
    """

    def _find_link(self, token, kind):
        """Return the live link of ``kind`` with ``token``; None for any other, whatever is wrong.

        What follows speaks the language of the lead that the link is about, else the one that the
        reader's browser asks for, else the company's.
        """
        # sudo: the link is the right to fill in its form
        link = request.env["lead.public.link"].sudo()._find(token, kind)
        choose_language(link.lead_id.lang_id.code, link.company_id)
        return link.with_context(lang=request.env.lang) or None

    def _refuse(self):
        """Answer a link that does not work: unknown, expired and revoked ones alike."""
        choose_language()
        response = render_page("lead_followup.public_link_unknown_page", self._get_frame())
        response.status_code = 404
        return response

    def _refuse_broken(self, error):
        """Answer a request that could not be read at all, or whose CSRF token is not its own.

        :param error: HTTPException, as Odoo raises it before any form is asked.
        """
        choose_language()
        values = {**self._get_frame(), "is_unread": error.code == 413}
        response = render_page("lead_followup.public_form_broken_page", values)
        response.status_code = error.code
        response.flatten()
        return response

    def _refuse_crossed(self):
        """Answer a form that could not be kept because others wrote at that moment, all tries long.

        It is shown again as it was filled in, and nothing of it is saved.
        """
        request.update_context(lead_form_crossed=True)
        rule, args = request.env["ir.http"]._match(request.httprequest.path)
        response = rule.endpoint(**args)
        response.status_code = 503
        response.flatten()
        return response

    def _page(self, template, link, fault=None, **values):
        """Show a page of ``link``; with a ``fault``, a sentence, what was sent in is refused."""
        page = {
            **self._get_frame(link.company_id),
            "action": f"{request.httprequest.path}?lang={request.env.lang}",
            "honeypot": HONEYPOT,
            "form_key": self._make_key(link),
            "captcha": _CAPTCHA,
            "fault": fault,
            **values,
        }
        response = render_page(template, page)
        if fault:
            response.status_code = 422
        return response

    def _read_post(self, names, lists=()):
        """Return ``{name: text}`` of what was sent under ``names``, as it is, and nothing else.

        :param names: of single values, empty where nothing came.
        :param lists: of those under which several values may come: ``{name: [text, …]}``.
        """
        form = request.httprequest.form  # neither the address nor files
        single = {name: form.get(name, "") for name in names}
        return single | {name: form.getlist(name) for name in lists}

    def _tidy(self, post):
        """Return what ``_read_post`` gave without what is not to be seen in it."""
        return {
            name: [public.clean_line(text) for text in value[:_VALUES_LIMIT]]
            if isinstance(value, list)
            else (public.clean_lines if name in _LINES else public.clean_line)(value)
            for name, value in post.items()
        }

    def _check(self, link, post, own_fault=None):
        """Return why ``post`` is refused, as a sentence for whoever sent it; None where it is not.

        Each call counts as one attempt at ``link``, so that it is made once a request. What is
        refused is no reason to refuse others: see ``lead.public.attempt``.

        :param post: as ``_read_post`` gives it.
        :param own_fault: the sentence for what the form itself finds wrong, which comes last.
        """
        if request.env.context.get("lead_form_crossed"):
            return request.env._(
                "So many are writing to us right now that this could not be saved. Please send it "
                "again; what you filled in is still here."
            )
        # sudo: nobody reads attempts
        attempts = request.env["lead.public.attempt"].sudo()
        address = request.httprequest.remote_addr
        room = attempts._get_room(link, address, has_captcha=self._has_captcha())
        if room == "closed":
            return request.env._(
                "Too many forms came in within an hour. Please try again later; nothing was saved."
            )
        fault = self._get_fault(link, post) or own_fault or self._get_captcha_fault()
        attempts._note(link, address, is_used=not fault and room == "open")
        request.update_context(lead_form_held=room == "held")
        return fault

    def _keep(self, link, **said):
        """Keep what was sent in; what follows from it is done after the answer.

        How long that takes would tell whether we know an address.
        """
        # sudo: nobody writes them by hand
        posts = request.env["lead.public.post"].sudo()
        if request.env.context.get("lead_form_held"):
            posts._hold(link, said)
        else:
            posts._keep(link, said)

    def _get_fault(self, link, post):
        if request.httprequest.form.get(HONEYPOT):
            return request.env._(
                "A field that nobody sees was filled in, as programs do. Please reload the page, "
                "fill in the form by hand and send it again."
            )
        if self._read_key(link) is None:
            return request.env._(
                "This page was changed on its way. Please reload it and fill it in again."
            )
        for name, value in post.items():
            if isinstance(value, list) and len(value) > _VALUES_LIMIT:
                return self._get_text_fault("too_long", name)
            for text in value if isinstance(value, list) else [value]:
                if fault := public.fault_of(text, _LIMITS.get(name, _LIMIT)):
                    return self._get_text_fault(fault, name)
        return None

    def _get_text_fault(self, fault, name):
        if fault == "too_long":
            return request.env._(
                "One of your answers is too long: up to %(count)s characters fit in. Please "
                "shorten it and send it again.",
                count=_LIMITS.get(name, _LIMIT),
            )
        return request.env._(
            "One of your answers holds characters that cannot be read. Please type it anew and "
            "send it again."
        )

    def _get_captcha_fault(self):
        """Ask Odoo's captcha, where one is set up."""
        try:
            request.env["ir.http"]._verify_request_recaptcha_token(_CAPTCHA)
        except UserError:
            return request.env._(
                "We could not make sure that a person filled this in. Please send it again."
            )
        return None

    def _make_key(self, link):
        """Return the signed key of one form: sent in twice, it is one."""
        # sudo: the secret of the database signs
        return hash_sign(request.env(su=True), _KEY_SCOPE, [link.id, str(uuid.uuid4())])

    def _read_key(self, link):
        """Return the key, a uuid as text, of the form that is sent in; None for a forged one."""
        signed = request.httprequest.form.get(_KEY, "")
        try:
            # sudo: as above
            values = verify_hash_signed(request.env(su=True), _KEY_SCOPE, signed)
        except (ValueError, IndexError):  # anything at all may stand there
            return None
        if not values or values[0] != link.id:
            return None
        return values[1]

    def _has_foreign_answer(self, said, questions):
        """Tell whether one of ``questions``, of ``_prepare_questions``, has none of its answers."""
        return any(
            said[question["name"]] not in ("", *(code for code, _text in question["answers"]))
            for question in questions
        )

    def _get_answers(self, said, questions):
        """Return ``{qualifier code: answer code}`` of what was answered."""
        return {
            question["code"]: said[question["name"]]
            for question in questions
            if said[question["name"]]
        }

    def _get_interests(self):
        """Return ``{id as text: name}`` of the interests there are."""
        # sudo: what a company offers may be read by whom it asks
        interests = request.env["lead.interest"].sudo().search([])
        return {str(interest.id): interest.name for interest in interests}

    def _get_email_fault(self, email):
        if email and not email_normalize(email):
            return request.env._(
                "This e-mail address is not complete. It looks like name@company.example."
            )
        return None

    def _get_advert_fault(self, name, *others):
        """Return what is wrong with a person's ``name``, and with his company and job title.

        We greet people by them in our own e-mails: a stranger's advertisement is no name.
        """
        if public.has_address(name, may_be_domain=False) or any(map(public.has_address, others)):
            return request.env._(
                "A name, a company or a job title holds an address of the web or of e-mail. "
                "Please write it without that; nothing was saved."
            )
        return None

    def _clean_email(self, email):
        """Return the bare address of what was typed, “Ann <ann@ample.example>” as well."""
        return email_normalize(email) or email

    def _get_choice_fault(self, said, questions, interests):
        if self._has_foreign_answer(said, questions) or set(said["interest"]) - set(interests):
            return request.env._(
                "One of the answers is not among those to choose from. Please reload the page and "
                "choose again."
            )
        return None

    def _get_frame(self, company=None):
        """Return what every page shows around its own: the company, and the other languages."""
        # sudo: name and logo of a company are public, whoever asks
        company = (company or request.env.company).sudo()
        languages = request.env["res.lang"].get_installed()
        path = request.httprequest.path
        return {
            "company_name": company.name,
            "logo_url": ""
            if company.uses_default_logo
            else f"/web/binary/company_logo?company={company.id}",
            "languages": [
                {
                    "code": code.replace("_", "-"),
                    "name": name.rpartition("/")[2].strip(),  # of “Persian / فارسی” the latter
                    "url": f"{path}?lang={code}",
                }
                for code, name in languages
                if code != request.env.lang
            ],
            "has_captcha": self._has_captcha(),
        }

    def _has_captcha(self):
        """Tell whether a captcha of Odoo is set up: its page carries more of Odoo's own scripts."""
        info = request.env["ir.http"].get_frontend_session_info()
        return bool(info.get("recaptcha_public_key") or info.get("turnstile_site_key"))
