from odoo import api, models
from odoo.tools import html2plaintext

from ..tools import intake
from .candidates import Candidates

# Field of crm.lead by the word under which a row of a file holds it.
_FIELD_BY_WORD = {
    "name": "contact_name",
    "company": "partner_name",
    "job_title": "function",
    "email": "email_from",
    "phone": "phone",
    "mobile": "mobile",
    "website": "website",
    "street": "street",
    "street2": "street2",
    "city": "city",
    "zip": "zip",
    "country": "country_id",
    "state": "state_id",
    "lead_title": "name",
}
# What stays as it is on a lead we know; of the first two is told what the newcomer said.
_KEPT = frozenset({"name", "user_id"})
_KEPT_UNTOLD = frozenset(
    {
        "type",
        "active",
        "team_id",
        "company_id",
        "stage_id",
        "partner_id",
        "campaign_id",
        "medium_id",
        "lifecycle",
        "import_id",
    }
)
NEVER_FILLED = _KEPT | _KEPT_UNTOLD


class CrmLead(models.Model):
    """Who somebody is that comes by another door than our own import, and what they add.

    Values of a new lead are judged as a row of a file is, and met with the leads there are by the
    same three keys. A lead we know is never overwritten: its blanks are filled, and what it holds
    otherwise is told.
    """

    _inherit = "crm.lead"

    def _inverse_phone(self):
        """Leave the contact's number alone where a stranger's words come in."""
        if self.env.context.get("lead_keep_contact"):
            return None
        return super()._inverse_phone()

    def _inverse_email_from(self):
        if self.env.context.get("lead_keep_contact"):
            return None
        return super()._inverse_email_from()

    @api.model
    def _judge_vals(self, vals_list, company, numbers=None):
        """Return ``[(intake.SourceRow, intake.JudgedRow)]`` for values of new leads.

        :param company: res.company by whose country numbers without a prefix are read.
        :param numbers: of the rows in their file, 1, 2, 3… without.
        """
        options = intake.Options(default_country=company.country_id.code or None)
        words = list(_FIELD_BY_WORD)
        names = self._get_place_names(vals_list)
        judged = []
        for number, vals in zip(numbers or range(1, len(vals_list) + 1), vals_list, strict=True):
            cells = [
                str(names.get((field, vals.get(field)), vals.get(field)) or "")
                for field in _FIELD_BY_WORD.values()
            ]
            row = intake.SourceRow(number, cells)
            judged.append((row, intake.judge_row(row, words, words, options)))
        return judged

    @api.model
    def _get_place_names(self, vals_list):
        """Return ``{(field, id): code or name}`` of the countries and states that are named."""
        countries = self.env["res.country"].browse(_ids(vals_list, "country_id"))
        states = self.env["res.country.state"].browse(_ids(vals_list, "state_id"))
        return {
            **{("country_id", country.id): country.code for country in countries},
            **{("state_id", state.id): state.code for state in states},
        }

    @api.model
    def _find_known(self, values, company):
        """Return the lead that a person with ``values`` is, and the key; ``(no lead, None)``."""
        # sudo: whose lead it is does not matter for whether somebody is known
        lead, rule = Candidates(self.sudo()._search_candidates([values], company)).find(values)
        return lead if lead else self.sudo().browse(), rule

    @api.model
    def _find_contact(self, email, company):
        """Return the contact with this normalised address, the oldest of several."""
        if not email:
            return self.env["res.partner"]
        companies = [("company_id", "in", [False, *company.ids])] if company else []
        # sudo: a contact is known whoever asks
        contacts = self.env["res.partner"].sudo()
        return contacts.search([("email_normalized", "=", email), *companies], order="id", limit=1)

    def _fill_blanks(self, vals):
        """Fill what this lead lacks from ``vals``; return what ``_compare_vals`` does."""
        blanks, otherwise = self._compare_vals(vals)
        if blanks:
            self.write(blanks)
        return blanks, otherwise

    def _compare_vals(self, vals):
        """Tell what of ``vals`` this lead lacks, and what it holds otherwise.

        :return: ``({field: value}, {field: value})``: what fills its blanks or takes back its
            consent, x2many fields as commands that add; what is not taken over because the lead
            says otherwise.
        """
        self.ensure_one()
        blanks, otherwise = {}, {}
        for name, value in vals.items():
            field = self._fields.get(name)
            if not field or not value or name in _KEPT_UNTOLD:
                continue
            if field.type in ("many2many", "one2many"):
                if additions := self._get_additions(field, value):
                    blanks[name] = additions
            elif (not self[name] and name not in _KEPT) or self._refuses_now(name, value):
                blanks[name] = value
            elif not self._says_the_same(field, value):
                otherwise[name] = value
        return blanks, otherwise

    def _refuses_now(self, name, value):
        """Tell whether ``value`` takes back a consent: a refusal wins over a yes known before."""
        return name == "email_consent" and value == "no" and self.email_consent == "yes"

    def _get_additions(self, field, commands):
        """Return those of x2many ``commands`` that add something this lead lacks."""
        ids = {one for command in commands if command[0] == 6 for one in command[2]}
        ids |= {command[1] for command in commands if command[0] == 4}
        links = [(4, one) for one in sorted(ids - set(self[field.name].ids))]
        return links + [command for command in commands if command[0] == 0]

    def _says_the_same(self, field, value):
        """Tell whether this lead holds ``value`` already, however it is spelt."""
        mine = field.convert_to_write(self[field.name], self)
        if field.name == "email_from":
            key = intake.email_key
            return key({"email": str(value)}) in (key({"email": mine}), self.email_normalized)
        if field.name in ("phone", "mobile"):
            number = self._phone_format(number=str(value)) or value
            return number in (self.phone_sanitized, self.phone, self.mobile)
        if field.name == "website":
            value = self.env["res.partner"]._clean_website(value)
        if field.type in ("char", "text"):
            return not intake.new_lines(str(value), [str(mine)])
        if field.type == "html":
            return not intake.new_lines(html2plaintext(value), [html2plaintext(mine or "")])
        return str(mine) == str(value)

    def _describe_vals(self, vals):
        """Return ``[(label, text)]`` of ``vals`` as a person reads them."""
        described = []
        for name, value in vals.items():
            field = self._fields.get(name)
            if not field or not value or name in _KEPT_UNTOLD:
                continue
            if field.type in ("many2many", "one2many", "properties"):
                continue
            label = field._description_string(self.env)
            described.append((label, self._describe_value(field, value)))
        return described

    def _describe_value(self, field, value):
        if field.type == "many2one":
            return self.env[field.comodel_name].sudo().browse(value).display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return html2plaintext(str(value)).strip() if field.type == "html" else str(value)


def _ids(vals_list, name):
    return list({vals[name] for vals in vals_list if vals.get(name)})
