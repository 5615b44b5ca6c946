import logging
import re

from odoo import api, models
from odoo.tools import email_normalize
from odoo.tools.mail import decode_message_header, parse_contact_from_email

from ..tools import forwards, replies

_logger = logging.getLogger(__name__)

_LANG_CODE = re.compile(r"[A-Za-z]{2,3}(?:_[A-Za-z@]+)*")


class CrmLead(models.Model):
    """An e-mail that answers nothing: to which lead it belongs, and what a new one is told.

    Whoever is an open or a lost lead already is written to that lead's thread, by the very route
    that Odoo's gateway takes for a reply. A customer's e-mail makes a new lead beside the won one.
    What a machine wrote makes none. What a colleague passes on comes from whom he had it from.
    """

    _inherit = "crm.lead"

    @api.model
    def _route_fresh_mail(self, message, message_dict, routes):
        """Return ``routes`` with those that would make a lead led to the lead the sender is.

        :param message: the e-mail itself, for its headers.
        :param routes: as ``message_route`` gives them: (model, thread id, values, user id, alias).
        """
        subject = message_dict.get("subject") or ""
        is_automatic = replies.is_automatic(dict(message.items()), subject)
        writer = self._get_writer(message_dict)
        kept = []
        for route in routes:
            model, thread_id, values, user_id, alias = route
            if model != self._name or thread_id:
                kept.append(route)
                continue
            known = self._find_writer(writer, self._get_mail_company(values, alias))
            if known and known.won_status != "won":
                kept.append((model, known.id, values, user_id, alias))
            elif is_automatic:
                _logger.info(
                    "Ignored mail from %s with Message-Id %s: an automatic reply makes no lead",
                    message_dict.get("email_from"),
                    message_dict.get("message_id"),
                )
            else:
                closed = known._get_closed_ways()  # of a won lead, beside which this one is made
                values = {**closed, **self._prepare_writer_vals(writer, message), **(values or {})}
                kept.append((model, thread_id, values, user_id, alias))
        return kept

    @api.model
    def _get_writer(self, message_dict):
        """Return who speaks in a message, as ``forwards.Writer``; ``None`` without an address."""
        sender = message_dict.get("email_from") or ""
        name, address = parse_contact_from_email(sender)
        address = email_normalize(address or sender)
        if not address:
            return None
        if self._is_own_address(address):
            text = forwards.plain_lines(message_dict.get("body") or "")
            passed_on = forwards.forwarded_writer(message_dict.get("subject") or "", text)
            if passed_on and not self._is_own_address(passed_on.email):
                return passed_on
        return forwards.Writer(name if name and "@" not in name else None, address)

    @api.model
    def _get_mail_company(self, values, alias):
        """Return whose leads an address for e-mails makes; none where it serves several."""
        values = values or {}
        company = self.env["res.company"].browse(values.get("company_id"))
        company = company or self.env["crm.team"].browse(values.get("team_id")).company_id
        domain = alias.alias_domain_id if alias else self.env["mail.alias.domain"]
        return company or (domain.company_ids if len(domain.company_ids) == 1 else company)

    @api.model
    def _find_writer(self, writer, company):
        """Return the lead that ``writer`` is, if the company wants to know it."""
        nobody = self.browse()
        if not writer or not (company or self.env.company).lead_match_incoming:
            return nobody
        self._lock_person([writer.email])
        # A mark that is refused must not raise: Odoo deletes a fetched e-mail that has failed.
        self.env["lead.person.guard"].sudo()._try_hold([{"email": writer.email}])
        known, _rule = self._find_known({"email": writer.email, "name": writer.name}, company)
        return known

    @api.model
    def _prepare_writer_vals(self, writer, message):
        """Return what a new lead learns from the head of the e-mail, beside Odoo's own."""
        if not writer:
            return {}
        [(_row, judged)] = self._judge_vals(
            [{"contact_name": writer.name, "email_from": writer.email}], self.env.company
        )
        known = self._find_contact(writer.email, self.env["res.company"])
        vals = {}
        if judged.values["name"] and not known:  # a contact has his name already
            vals["contact_name"] = judged.values["name"]
        if lang := self._get_mail_lang(message):
            vals["lang_id"] = lang.id
        return vals

    @api.model
    def _get_mail_lang(self, message):
        """Return the language the writer's program says he writes in, where it is installed."""
        header = decode_message_header(message, "Content-Language")
        code = header.split(",")[0].strip().replace("-", "_")
        if not _LANG_CODE.fullmatch(code):
            return self.env["res.lang"]
        prefix = code.partition("_")[0] + "_"
        langs = self.env["res.lang"].search(
            ["|", ("code", "=ilike", code), ("code", "=ilike", f"{prefix}%")]
        )
        return langs.sorted(lambda lang: lang.code.lower() != code.lower())[:1]

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        writer = self._get_writer(msg_dict)
        address = email_normalize(msg_dict.get("email_from") or "")
        if writer and writer.email != address:
            msg_dict = self._as_from_writer(msg_dict, writer)
        lead = super().message_new(msg_dict, custom_values)
        if writer and not self._is_own_address(writer.email):
            # sudo: the gateway acts in the name of whoever wrote
            lead.sudo()._welcome(
                "reply",
                ref=f"reply,{msg_dict.get('message_id')},{lead.id}",
                note=msg_dict.get("subject"),
            )
        return lead

    @api.model
    def _as_from_writer(self, msg_dict, writer):
        """Return the message as its writer would have sent it, not who passed it on."""
        sender = f'"{writer.name}" <{writer.email}>' if writer.name else writer.email
        return {
            **msg_dict,
            "email_from": sender,
            "from": sender,
            "subject": forwards.strip_forward(msg_dict.get("subject") or "") or False,
            "author_id": self._find_contact(writer.email, self.env["res.company"]).id,
        }
