import textwrap

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ..tools import intake
from .candidates import Candidates

_RECORDS = 200  # a call
_KNOWN = 200  # people asked for in a call
_LAST_WORDS = 160  # characters
_VISITS = 5


class LeadBooth(models.AbstractModel):
    """What a phone at the booth asks and sends, for internal users with sales rights.

    A phone works without a network for hours: it gets all it needs at once, keeps what was taken
    down, and sends it when it can, as often as it must.
    """

    _name = "lead.booth"
    _description = "Booth Capture"

    @api.model
    def get_setup(self, show_id):
        """Return all that capturing at this show needs, in the language of the user.

        ``{show: {id, name, tz}, company_id, user: {id, name}, qualifiers: [{code, name, question,
        answers: [{code, name}]}], interests: [{id, name}], ratings, visitor_kinds, consents:
        [{code, name}], limits: {records, photo_bytes}}``.
        """
        show = self._get_show(show_id)
        company = show.company_id
        qualifiers = self.env["lead.qualifier"].sudo()  # questions are no secret of the company's
        qualifiers = qualifiers.search([("company_id", "in", [company.id, False])])
        return {
            "show": {"id": show.id, "name": show.name, "tz": show.tz},
            "company_id": company.id,
            "user": {"id": self.env.user.id, "name": self.env.user.name},
            "qualifiers": [
                {
                    "code": qualifier.code,
                    "name": qualifier.name,
                    "question": qualifier.question or "",
                    "answers": qualifier.answer_ids.read(["code", "name"], load=None),
                }
                for qualifier in qualifiers._filter_asked_by(company)
                if qualifier.answer_ids
            ],
            "interests": self.env["lead.interest"].search_read([("active", "=", True)], ["name"]),
            "ratings": self._get_choices("lead.show.visit", "rating"),
            "visitor_kinds": [
                kind
                for kind in self._get_choices("crm.lead", "not_a_buyer")
                if kind["code"] != "other"
            ],
            "consents": self._get_choices("crm.lead", "email_consent"),
            "limits": {
                "records": _RECORDS,
                "photo_bytes": self.env["lead.import.row"]._PHOTO_BYTES,
            },
        }

    @api.model
    def read_code(self, text):
        """Return what a scanned code says: ``{kind, words: {word: text}, further: {label: text}}``.

        The words are those of ``capture``; what is sent there as ``code`` need not be sent twice.
        """
        self._check_staff()
        return intake.read_code(text)._asdict()

    @api.model
    def find_known(self, show_id, values):
        """Return whether a person is known, as one entry of ``find_known_many`` says it."""
        return self.find_known_many(show_id, [values])[0]

    @api.model
    def find_known_many(self, show_id, values_list):
        """Return for each of ``values_list``, records as ``capture`` takes them, who that is.

        ``{known, is_customer, lead_id, lead_name, company, owner, last_words, lifecycle, visits:
        [{show, captured_at, captured_by, rating}]}``. Of a lead that the user may not read: that it
        is known, and whose it is. The number of queries does not grow with the people.
        """
        show = self._get_show(show_id)
        self._check_count(values_list, _KNOWN)
        values_list = [values if isinstance(values, dict) else {} for values in values_list]
        company = show.company_id
        # sudo: whose lead it is does not matter for whether somebody is known
        jobs = self.env["lead.import"].sudo().with_company(company)
        judge = jobs.new({"trade_show_id": show.id})._get_capture_judge(values_list)
        people = [judge(number, values).values for number, values in enumerate(values_list, 1)]
        leads = self.env["crm.lead"].sudo()._search_candidates(people, company)
        candidates = Candidates(leads)
        found = [candidates.find(person)[0] for person in people]
        customer_by_email = self._find_customers(people, company)
        known = self.env["crm.lead"].union(*(lead.sudo(False) for lead in found if lead))
        readable = known.with_context(active_test=False)._filtered_access("read")
        told_by_lead = self._describe_leads(readable)
        return [
            self._describe_known(
                lead, told_by_lead, customer_by_email.get(intake.email_key(person))
            )
            for lead, person in zip(found, people, strict=True)
        ]

    @api.model
    def capture(self, show_id, records):
        """Write what was taken down; return an answer a record, as ``lead.import._capture`` does.

        The same record may be sent any number of times under its ``key``.

        :raises UserError: too many at once.
        """
        show = self._get_show(show_id)
        self._check_count(records, _RECORDS)
        records = [
            self._sign_record(record) if isinstance(record, dict) else {} for record in records
        ]
        answers = self.env["lead.import"]._capture(records, "booth", show)
        leads = self.env["crm.lead"].browse({answer["lead_id"] for answer in answers} - {False})
        readable = set(leads.with_context(active_test=False)._filtered_access("read").ids)
        for answer in answers:
            if answer["lead_id"] not in readable:
                answer["lead_id"] = False
        return answers

    @api.model
    def _sign_record(self, record):
        """Return ``record`` as captured by the user; another name in it is a fact like others."""
        staff, named = self.env.user.name, intake.as_text(record.get("captured_by"))
        signed = {**record, "captured_by": staff}
        if named and named != staff:
            further = record.get("further")
            further = further if isinstance(further, dict) else {}
            signed["further"] = {**further, self.env._("Named as captured by"): named}
        return signed

    @api.model
    def _check_staff(self):
        """Refuse who is not of the company's own salespeople.

        :raises AccessError: says whom to ask.
        """
        user = self.env.user
        if not (user._is_internal() and user.has_group("sales_team.group_sale_salesman")):
            raise AccessError(
                self.env._(
                    "Capturing leads at a booth needs the sales rights of an internal user. Ask "
                    "your administrator for them."
                )
            )

    @api.model
    def _get_show(self, show_id):
        """Return the show with this id, if the user may capture there."""
        self._check_staff()
        ids = [show_id] if type(show_id) is int else []
        show = self.env["lead.trade.show"].browse(ids).exists()
        if not show:
            raise UserError(
                self.env._("This trade show is not there any more. Open the booth from its show.")
            )
        show.check_access("read")
        return show

    @api.model
    def _check_count(self, records, limit):
        if not isinstance(records, list) or len(records) > limit:
            raise UserError(
                self.env._(
                    "At most %(limit)s records can be sent at once. Send them in parts.",
                    limit=limit,
                )
            )

    @api.model
    def _get_choices(self, model, field):
        selection = self.env[model]._fields[field]._description_selection(self.env)
        return [{"code": code, "name": name} for code, name in selection]

    @api.model
    def _find_customers(self, people, company):
        """Return ``{e-mail's key: contact}`` of those among ``people`` who bought before."""
        emails = [intake.email_key(person) for person in people]
        # sudo: a customer is known whoever asks
        contacts = (
            self.env["res.partner"]
            .sudo()
            .search(
                [
                    ("email_normalized", "in", [email for email in emails if email]),
                    ("company_id", "in", [False, company.id]),
                ],
                order="id desc",
            )
        )
        customers = contacts._filter_lead_customers()
        return {contact.email_normalized: contact for contact in customers}

    @api.model
    def _describe_known(self, lead, told_by_lead, customer):
        """Return what is told of ``lead`` or None, and of a customer or None."""
        owner = (lead and lead.user_id) or (customer and customer.user_id)
        told = {
            "known": bool(lead or customer),
            "is_customer": bool(customer),
            "lead_id": False,
            "lead_name": False,
            "company": False,
            # sudo, as found: whose lead it is may be known by everybody at the booth
            "owner": (owner and owner.name) or False,
            "last_words": False,
            "lifecycle": False,
            "visits": [],
        }
        return {**told, **told_by_lead.get(lead and lead.id, {})}

    @api.model
    def _describe_leads(self, leads):
        """Return ``{lead id: what its reader is told of it}``."""
        words_by_lead = self._get_last_words(leads)
        lifecycle = dict(self.env["crm.lead"]._fields["lifecycle"]._description_selection(self.env))
        ratings = dict(
            self.env["lead.show.visit"]._fields["rating"]._description_selection(self.env)
        )
        return {
            lead.id: {
                "lead_id": lead.id,
                "lead_name": lead.name,
                "company": lead.partner_name or False,
                "last_words": words_by_lead.get(lead.id, False),
                "lifecycle": lifecycle.get(lead.lifecycle, False),
                "visits": [
                    {
                        "show": visit.trade_show_id.name or "",
                        "captured_at": visit.captured_at,
                        "captured_by": visit.captured_by or "",
                        "rating": ratings.get(visit.rating, ""),
                    }
                    for visit in lead.visit_ids[:_VISITS]
                ],
            }
            for lead in leads
        }

    @api.model
    def _get_last_words(self, leads):
        """Return ``{lead id: the last that the customer wrote or somebody noted, shortened}``."""
        note_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        by_customer = Domain("message_type", "=", "email") | Domain(
            "author_id.partner_share", "=", True
        )
        spoken = Domain("message_type", "in", ("comment", "email")) & (
            by_customer | Domain("subtype_id", "=", note_id)
        )
        on_leads = Domain("model", "=", "crm.lead") & Domain("res_id", "in", leads.ids)
        messages = self.env["mail.message"].sudo()  # who reads a lead reads what stands on it
        last = messages._read_group(on_leads & spoken, ["res_id"], ["id:max"])
        said = {
            message.res_id: (message.date, html2plaintext(message.body or ""))
            for message in messages.browse([message_id for _lead_id, message_id in last])
        }
        for lead in leads:
            for visit in lead.visit_ids.filtered(lambda visit: visit.note and visit.captured_at):
                noted = (visit.captured_at, visit.note)
                said[lead.id] = max(said.get(lead.id, noted), noted)
        return {
            lead_id: _shorten(text, _LAST_WORDS)
            for lead_id, (_at, text) in said.items()
            if text.strip()
        }


def _shorten(text, width):
    """Return ``text`` on one line, cut between words.

    >>> _shorten("Call me\\n next week, please", 18)
    'Call me next…'
    """
    return textwrap.shorten(text, width, placeholder="…")
