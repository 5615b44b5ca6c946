import logging

from markupsafe import Markup

from odoo import fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class CrmLead(models.Model):
    """Somebody turns to us by himself: by a web form, or by an e-mail that answers nothing.

    A new person is a new lead: judged as a row of a file is, with the event that gives it its
    points, its clock, and the cadence the company has chosen for such people, if any. An open lead
    we know is that lead: its cadence stops, for he has spoken, and somebody has it on his list.
    """

    _inherit = "crm.lead"

    def _welcome(self, kind, ref=False, note=False):
        """Do what follows from a new lead's coming by itself; once a lead.

        :param kind: of the lead event: ``web_form`` or ``reply``.
        :param ref: names the occasion, so that it is one event however often it comes in.
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        [(_row, judged)] = self._judge_vals([self._get_contact_vals()], company)
        self._note_flags(judged)
        self.env["lead.event"]._log(
            [{"lead_id": self.id, "kind": kind, "ref": ref, "note": (note or "")[:200]}]
        )
        self._update_scores()
        if self._is_of_customer():
            self._tell_customer_owner()
        else:
            self._enroll_newcomer()

    def _get_contact_vals(self):
        names = ("contact_name", "partner_name", "function", "email_from", "phone", "mobile")
        vals = {name: self[name] for name in names}
        return {**vals, "country_id": self.country_id.id, "state_id": self.state_id.id}

    def _note_flags(self, judged):
        """Say on the lead what is doubtful about what he wrote; nothing he wrote is changed."""
        rows = self.env["lead.import.row"]
        texts = [rows._describe_flag(flag) for flag in judged.flags]
        if texts:
            items = Markup("").join(Markup("<li>%s</li>") % text for text in texts)
            self._message_log(
                body=Markup("<p>%s</p><ul>%s</ul>") % (self.env._("Please check:"), items)
            )
        kind = judged.values["visitor_kind"] or ("other" if "test_row" in judged.flags else False)
        if kind and not self.not_a_buyer:
            self.write({"not_a_buyer": kind, "first_touch_deadline": False})

    def _is_of_customer(self):
        """Tell whether this lead's contact bought before."""
        return bool(self.partner_id and self.partner_id._filter_lead_customers())

    def _tell_customer_owner(self):
        """Tell whoever looks after this customer that he has turned to us again."""
        won = self.search(
            [("partner_id", "=", self.partner_id.id), ("won_status", "=", "won")],
            order="id desc",
            limit=1,
        )
        owner = self.user_id or self.partner_id.user_id or won.user_id
        if owner:
            body = self.env._(
                "%(name)s is a customer of yours. No cadence was started; please get in touch.",
                name=self.name,
            )
            if self.do_not_contact:
                body = self.env._(
                    "%(name)s is a customer of yours who must not be contacted. No cadence was "
                    "started; read what was written to us.",
                    name=self.name,
                )
            self.message_notify(
                partner_ids=owner.partner_id.ids,
                subject=self.env._("%(name)s turned to us", name=self.name),
                body=body,
            )

    def _enroll_newcomer(self):
        """Let this lead enter the cadence its company has chosen for those who come by themselves.

        Whatever is wrong with the cadence, the lead stands and the visitor sees no error.
        """
        company = self.company_id or self.env.company
        cadence = company.lead_auto_cadence_id.filtered("active")
        if not cadence or not self._can_enroll() or self.not_a_buyer:
            return
        try:
            with self.env.cr.savepoint():
                if not cadence._enroll(self):
                    self._note_left_out(cadence)
        except Exception:  # left visibly undone: the lead has no cadence and its clock runs
            _logger.exception("Enrolling %s in %s failed", self, cadence)

    def _note_left_out(self, cadence):
        """Write on this lead why it did not enter ``cadence``."""
        self.ensure_one()
        _can, left_out = cadence._split_enrollable(self)
        texts = cadence._get_entry_reason_texts()
        for word in left_out:
            self._message_log(
                body=self.env._(
                    "Did not enter the cadence “%(cadence)s”: %(why)s.",
                    cadence=cadence.name,
                    why=texts.get(word, word),
                )
            )

    def _receive_again(self, kind, vals):
        """Note that this known lead came by ``kind`` and said ``vals``; return what it lacked.

        Reopens it where it was lost, fills its blanks, writes down all he said.
        """
        self.ensure_one()
        self._revive(self.env._("Turned to us by himself."))
        added, otherwise = self.with_context(lead_keep_contact=True)._fill_blanks(vals)
        said = self._describe_vals(vals)
        label = dict(self.env["lead.event"]._fields["kind"]._description_selection(self.env))[kind]
        items = Markup("").join(
            Markup("<li>%s: %s</li>") % (name, Markup("<br/>").join(text.split("\n")))
            for name, text in said
        )
        body = Markup("<p>%s</p><ul>%s</ul>") % (label, items)
        if otherwise:
            body += Markup("<p>%s</p>") % self.env._(
                "What differs from the lead was not taken over."
            )
        self._message_log(body=body)
        self.env["lead.event"]._log(
            [{"lead_id": self.id, "kind": kind, "occurred_at": fields.Datetime.now()}]
        )
        self.enrollment_id._stop("replied")
        self._update_scores()
        return added

    def _lock_person(self, keys):
        """Let those who come in at the same moment under one of ``keys`` be met one by one.

        Held until the end of the transaction: two forms sent by one double click are one lead.
        """
        for key in sorted(keys):
            self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(hashtext(%s))", f"lead {key}"))
