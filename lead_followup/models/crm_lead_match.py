import hashlib

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import intake

_INDEXED_CHARS = 500  # an entry of an index holds 2,704 bytes
_MATCH_FIELDS = (
    "email_normalized",
    "phone_sanitized",
    "mobile",
    "contact_name",
    "partner_name",
    "identity_key",
    "active",
    "type",
    "won_status",
    "lifecycle",
    "partner_id",
    "user_id",
)


class CrmLead(models.Model):
    """The key by which an import finds a lead that has neither e-mail nor phone."""

    _inherit = "crm.lead"

    identity_key = fields.Char(
        compute="_compute_identity_key",
        store=True,
        copy=False,
        export_string_translation=False,
        help="Contact and company in one spelling: case, blanks and letter forms folded.",
    )

    _identity_key_idx = models.Index("(identity_key) WHERE identity_key IS NOT NULL")
    # Odoo's own index on email_normalized is a trigram one: an equality takes 44 ms on 100k leads.
    _email_equality_idx = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
    _mobile_idx = models.Index("(mobile) WHERE mobile IS NOT NULL")

    _IDENTITY_BATCH = 2000  # leads a transaction

    @api.depends("contact_name", "partner_name")
    def _compute_identity_key(self):
        for lead in self:
            lead.identity_key = lead._get_identity_key()

    @api.model
    def _cron_fill_identity_keys(self):
        """Give the leads that were there before the installation their key; write nothing else."""
        todo = (
            Domain("identity_key", "=", False)
            & Domain("contact_name", "!=", False)
            & Domain("partner_name", "!=", False)
        )
        cron = self.env["ir.cron"]
        leads = self.with_context(active_test=False)
        cron._commit_progress(remaining=leads.search_count(todo))
        last_id = 0
        while batch := leads.search(
            todo & Domain("id", ">", last_id), order="id", limit=self._IDENTITY_BATCH
        ):
            last_id = batch[-1].id
            batch._store_identity_keys()
            if not cron._commit_progress(len(batch)):
                break

    def _store_identity_keys(self):
        """Store the keys in one statement: no write_date, no tracking, no automation runs."""
        key_by_id = {lead.id: lead._get_identity_key() for lead in self}
        self.env.cr.execute_values(
            """UPDATE crm_lead SET identity_key = v.key
                 FROM (VALUES %s) AS v (id, key) WHERE crm_lead.id = v.id""",
            [(lead_id, key or "") for lead_id, key in key_by_id.items()],
        )
        self.invalidate_recordset(["identity_key"])

    def _get_identity_key(self):
        self.ensure_one()
        if not (self.contact_name and self.partner_name):
            return False
        key = intake.name_company_key({"name": self.contact_name, "company": self.partner_name})
        return _join_key(key) if key else False

    def _get_match_values(self):
        """Return this lead's facts under the words by which rows of a file are matched."""
        self.ensure_one()
        return {
            "email": self.email_normalized or None,
            "phone": self.phone_sanitized or None,
            "mobile": self.mobile or None,
            "name": self.contact_name or None,
            "company": self.partner_name or None,
        }

    @api.model
    def _search_candidates(self, values_list, company):
        """Return the leads that share a key with one of ``values_list``, lost and won ones too.

        One query a key, whatever the number of values.

        :param values_list: dicts under the words of a file's rows: email, phone, mobile, name,
            company.
        :param company: res.company whose leads count, beside those of no company; none: any.
        """
        emails, numbers, names = set(), set(), set()
        for values in values_list:
            emails.add(intake.email_key(values))
            numbers.update(number for number, _name in intake.phone_keys(values))
            names.add(intake.name_company_key(values))
        found = leads = self.browse().with_context(active_test=False)
        visible = Domain("company_id", "in", [False, *company.ids]) if company else Domain.TRUE
        for field, keys in (
            ("email_normalized", emails),
            ("phone_sanitized", numbers),
            ("mobile", numbers),
            ("identity_key", {_join_key(key) for key in names if key}),
        ):
            keys = [key for key in keys if key]
            if keys:
                found |= leads.search_fetch(visible & Domain(field, "in", keys), _MATCH_FIELDS)
        return found


def _join_key(key):
    """Return a name and company key as the one text that ``identity_key`` holds.

    What an index cannot hold is held by its digest: a page pasted into a name breaks no file.
    """
    text = key if isinstance(key, str) else "\x1f".join(key)
    if len(text) <= _INDEXED_CHARS:
        return text
    return hashlib.sha256(text.encode()).hexdigest()
