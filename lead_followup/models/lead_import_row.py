from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_datetime

from .ahead import add_ahead, get_company_id, get_named
from .json_list import JsonDict, JsonList


class LeadImportRow(models.Model):
    """A row of an imported file, what it says, and what becomes of it.

    The verdict is one of four: a new lead, a known one enriched, a duplicate that adds nothing
    of its own, or rejected. The reason is the word for why: the key by which a row met another
    row or a lead, or what is wrong with it.
    """

    _name = "lead.import.row"
    _description = "Lead Import Row"
    _order = "import_id, number"
    _rec_name = "number"

    import_id = fields.Many2one("lead.import", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="import_id.company_id", store=True, precompute=True)
    number = fields.Integer("Row", required=True, help="1 is the first row below the headings.")
    cells = JsonList(readonly=True)
    values = JsonDict(readonly=True)
    verdict = fields.Selection(
        [
            ("new", "New"),
            ("enriched", "Enriched"),
            ("duplicate", "Duplicate"),
            ("rejected", "Rejected"),
        ],
        required=True,
        index=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    reason_text = fields.Text("Why", compute="_compute_texts")
    flags = JsonList(readonly=True)
    flags_text = fields.Text("Warnings", compute="_compute_texts")
    match_number = fields.Integer("Same as Row", readonly=True)
    lead_id = fields.Many2one(
        "crm.lead", ondelete="set null", readonly=True, index="btree_not_null"
    )
    is_known_customer = fields.Boolean(readonly=True, help="Met a customer or an open deal.")
    is_revived = fields.Boolean(
        "Taken Up Again", readonly=True, help="Met a lead that was lost or archived."
    )
    partner_id = fields.Many2one("res.partner", ondelete="set null", readonly=True)
    won_lead_id = fields.Many2one(
        "crm.lead",
        "Met Won Lead",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
        help="The new lead is made beside it.",
    )
    is_owner_told = fields.Boolean(readonly=True, help="Whose lead it is has been told.")
    undo_values = JsonDict(readonly=True)
    is_done = fields.Boolean(readonly=True)
    planned_channel = fields.Selection(
        [("email", "Email"), ("call", "Call"), ("letter", "Letter"), ("task", "Task")],
        string="First Contact By",
        readonly=True,
    )
    planned_at = fields.Datetime("First Contact At", readonly=True, help="As the forecast says.")
    is_late_by_plan = fields.Boolean("Misses the Deadline", readonly=True)
    planned_text = fields.Char("First Contact", compute="_compute_texts")
    remark_text = fields.Text("Why and Warnings", compute="_compute_texts")
    display_contact = fields.Char("Contact", compute="_compute_texts", search="_search_contact")
    display_company = fields.Char("Company Name", compute="_compute_texts")
    display_email = fields.Char("Email", compute="_compute_texts")
    display_phone = fields.Char("Phone", compute="_compute_texts")

    _number_unique = models.UniqueIndex(
        "(import_id, number)", "A row of a file is judged once only."
    )
    _todo_idx = models.Index("(import_id, number) WHERE is_done IS NOT TRUE")

    @api.model
    def _add_precomputed_values(self, vals_list):
        jobs = get_named(self, vals_list, "import_id")
        return add_ahead(
            self,
            vals_list,
            lambda vals: {"company_id": get_company_id(jobs, vals.get("import_id"))},
            super()._add_precomputed_values,
        )

    @api.depends_context("lang", "tz")
    def _compute_texts(self):
        channels = dict(self._fields["planned_channel"]._description_selection(self.env))
        for row in self:
            values = row.values or {}
            row.display_contact = values.get("name")
            row.display_company = values.get("company")
            row.display_email = values.get("email")
            row.display_phone = values.get("phone") or values.get("mobile")
            row.reason_text = row._describe_reason()
            row.flags_text = ", ".join(row._describe_flag(flag) for flag in row.flags)
            remarks = (row.reason_text, row.flags_text)
            row.remark_text = " · ".join(text for text in remarks if text)
            row.planned_text = row.planned_at and row._describe_first_contact(channels)

    def _describe_first_contact(self, channels):
        """Return by what and when the person is contacted first, and whether that is too late."""
        text = self.env._(
            "%(channel)s, %(moment)s",
            channel=channels[self.planned_channel],
            moment=format_datetime(self.env, self.planned_at, dt_format="EEE d MMM HH:mm"),
        )
        return self.env._("%s (late)", text) if self.is_late_by_plan else text

    def _search_contact(self, operator, value):
        """Find rows by what they say of a person: name, company, e-mail."""
        if operator not in ("ilike", "=") or not isinstance(value, str):
            return NotImplemented
        pattern = f"%{value}%" if operator == "ilike" else value
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "(%s ILIKE %s OR %s ILIKE %s OR %s ILIKE %s)",
                *(
                    part
                    for key in ("name", "company", "email")
                    for part in (
                        SQL("%s->>%s", SQL.identifier(alias, "values"), key),
                        pattern,
                    )
                ),
            )
        )

    def _describe_reason(self):
        """Return the reason as a sentence for the user, empty for a new lead."""
        texts = self._get_reason_texts()
        text = texts.get(self.reason, self.reason or "")
        if self.match_number:
            return self.env._("%(why)s as row %(number)s", why=text, number=self.match_number)
        # sudo: the file itself names this person; whose lead it is does not matter
        lead = self.sudo().lead_id
        if text and lead and self.verdict in ("enriched", "duplicate"):
            text = self.env._("%(why)s as “%(lead)s”", why=text, lead=lead.name)
        if self.is_revived:
            revived = self.env._("It was closed, and is taken up again")
            text = f"{text} · {revived}"
        if self.is_known_customer:
            known = self.env._("A customer or an open deal: no cadence")
            return f"{text} · {known}" if text else known
        return text

    def _get_reason_texts(self):
        """Return ``{reason: sentence}``; others may add theirs."""
        return {
            "no_contact": self.env._(
                "No usable e-mail or phone, and not both a person and a company"
            ),
            "truncated_card": self.env._("The contact card breaks off"),
            "email": self.env._("Same e-mail address"),
            "phone": self.env._("Same phone number and name"),
            "name_company": self.env._("Same name and company, without e-mail and phone"),
        }

    def _describe_flag(self, flag):
        """Return a flag such as ``email_typo:gmail.com`` in words."""
        word, _colon, detail = flag.partition(":")
        texts = {
            "email_typo": self.env._("mistyped e-mail domain? %(detail)s", detail=detail),
            "email_repaired": self.env._("e-mail repaired"),
            "invalid_email": self.env._("e-mail not usable"),
            "two_emails": self.env._("second e-mail %(detail)s", detail=detail),
            "disposable_email": self.env._("throw-away e-mail"),
            "invalid_phone": self.env._("phone not usable"),
            "phone_extension": self.env._("extension kept apart"),
            "not_a_buyer": self.env._("not a buyer: %(detail)s", detail=detail),
            "test_row": self.env._("test row"),
            "formula_cell": self.env._("formula kept as text"),
            "html_in_note": self.env._("markup shown as text"),
            "ambiguous_date": self.env._("day first or month first?"),
            "other_date_order": self.env._("date in another order than the others"),
            "invalid_date": self.env._("date not understood"),
            "unknown_country": self.env._("country not known"),
            "short_row": self.env._("row too short"),
            "long_row": self.env._("row too long"),
        }
        return texts.get(word, flag)

    def _after_capture(self, record_by_row):
        """Called once for rows captured together, when their leads are written.

        Others may override to do what else follows from a record. A rejected row has no lead.

        :param record_by_row: ``{row: record}`` as they were sent, in the order they were sent.
        """
