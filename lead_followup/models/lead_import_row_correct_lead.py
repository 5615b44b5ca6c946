from markupsafe import Markup

from odoo import models
from odoo.tools import html2plaintext

from ..tools import intake
from .untracked import UNTRACKED


class LeadImportRow(models.Model):
    """How a correction is laid onto the lead of the row it corrects.

    What the row has put there, and nobody has changed since, says what the correction says; what
    it leaves open is cleared. A lead that was known before the row loses and gains only what the
    row had filled. All else is told in one note.
    """

    _inherit = "lead.import.row"

    def _take_correction(self, row):
        """Have this row's lead say what ``row`` says, where it still says what this row said."""
        lead, is_made = self.lead_id, self._has_made_lead()
        keeps_state = not is_made and "before" not in (self.undo_values or {})
        if keeps_state:
            self._keep_state_before()
        vals, told = self._settle_person(row)
        if is_made:
            vals |= self._settle_match(vals, row)
        else:
            self._keep_filled(vals)
        if vals:
            lead.with_context(**UNTRACKED).write(vals)
        told |= self._correct_visit(row.values)
        told_answers = self._correct_answers(row.values)
        self._correct_interests(row.values)
        self._tell_correction(row, told, told_answers, is_made)
        lead._update_scores()
        if keeps_state:
            self._keep_state_after()
        if self.verdict == "duplicate":
            self.verdict = "enriched"

    def _settle_person(self, row):
        """Return ``({field: value} to be written, {field: value} to be told)`` of the lead."""
        lead = self.lead_id
        before = self._prepare_person_vals(self.values)
        after = self._prepare_person_vals(row.values)
        if not self._has_made_lead():
            filled = (self.undo_values or {}).get("values", {})
            return intake.settle(
                before,
                after,
                lambda name: (
                    _text(lead[name]) == filled[name][1]
                    if name in filled
                    else not lead[name] or lead._refuses_now(name, after.get(name))
                ),
            )
        for vals, said in ((before, self), (after, row)):
            vals["name"] = said.values.get("subject") or self._get_lead_title(said.values)
            vals["description"] = self._get_description(said.values)
            vals["not_a_buyer"] = said._get_not_a_buyer(said.values)
        is_free = not (before["not_a_buyer"] and self.import_id._get_kept_leads(self))
        return intake.settle(
            before,
            after,
            lambda name: (
                self._still_says(name, before.get(name)) and (name != "not_a_buyer" or is_free)
            ),
        )

    def _still_says(self, name, value):
        """Tell whether this row's lead holds ``value`` in a field, as the row had put it there."""
        lead, field = self.lead_id, self.lead_id._fields[name]
        held = field.convert_to_write(lead[name], lead)
        if held and value:
            if name == "website":
                value = self.env["res.partner"]._clean_website(value)
            elif name in ("phone", "mobile"):
                held, value = (lead._phone_format(number=one) or one for one in (held, value))
            elif field.type == "html":
                held, value = html2plaintext(held).strip(), html2plaintext(value).strip()
        return str(held or False) == str(value or False)

    def _settle_match(self, vals, row):
        """Return what of the contact of the lead that this row made changes with ``vals``.

        A corrected address may be that of a customer, or no customer's any more.
        """
        if {"email_from", "phone", "mobile", "contact_name", "partner_name"}.isdisjoint(vals):
            return {}
        lead, values = self.lead_id, row.values
        partner = self._search_contacts({row: values}).get(intake.email_key(values))
        partner = partner or self.env["res.partner"]
        known, rule = self._find_others(values)
        won = known if known and known.won_status == "won" else None
        is_customer = bool(partner._filter_lead_customers())
        match = self._prepare_match_vals(won, rule, partner, is_customer, None)
        is_moved = lead.partner_id == self.partner_id
        was_customer = self.is_known_customer
        self.write({name: match[name] for name in ("is_known_customer", "won_lead_id")})
        if self.is_known_customer and not was_customer:  # a customer gets no cold cadence
            enrollments = lead.enrollment_ids
            enrollments.filtered(lambda one: one.import_id == self.import_id)._take_back()
        closed = self.won_lead_id._get_closed_ways()
        if not is_moved or lead.partner_id.id == match["partner_id"]:
            return closed
        self.partner_id = match["partner_id"]
        # named beside the contact, so that Odoo does not take them from him
        kept = {
            name: lead._fields[name].convert_to_write(lead[name], lead)
            for name in self._prepare_person_vals(values)
        }
        return {**kept, **vals, **closed, "partner_id": match["partner_id"]}

    def _keep_filled(self, vals):
        """Keep for the undo what ``vals`` put into a lead that was known, beside what was there."""
        lead, filled = self.lead_id, dict((self.undo_values or {}).get("values", {}))
        for name, value in vals.items():
            before = filled[name][0] if name in filled else _text(lead[name] or False)
            filled[name] = [before, _text(value)]
        self._keep_for_undo(values=filled)

    def _correct_answers(self, values):
        """Put the answers right that this import gave; return those that are only told."""
        lead, job = self.lead_id, self.import_id
        given_by_code = {given.qualifier_id.code: given for given in lead.qualification_ids}
        before = self._get_answers(self.values)

        def is_mine(code):
            given = given_by_code.get(code)
            if not given or given.is_expired:
                return not before.get(code)
            return given.answer_id.code == before.get(code) and job._is_source(given.source)

        taken, told = intake.settle(before, self._get_answers(values), is_mine)
        answers = {code: answer for code, answer in taken.items() if answer}
        if answers:
            lead._record_answers({lead: answers}, source=job._get_source(), overwrite=True)
        cleared = [given_by_code[code] for code in taken.keys() - answers.keys()]
        self.env["lead.qualification"].union(*cleared).unlink()
        return {code: answer for code, answer in told.items() if answer}

    def _correct_interests(self, values):
        """Add the interests that are new, and take away those that this row had added."""
        lead = self.lead_id.with_context(active_test=False)
        before, after = (set(said.get("interest") or ()) for said in (self.values, values))
        if before == after:
            return
        nothing = self.env["lead.interest"]
        found = nothing._find_or_create(sorted(before | after))
        wanted = nothing.union(*(found[name] for name in after))
        missing = wanted - lead.interest_ids
        links = (self.undo_values or {}).get("links", {}).get("interest_ids", [])
        mine = lead.interest_ids if self._has_made_lead() else nothing.browse(links)
        wrong = nothing.union(*(found[name] for name in before)) - wanted
        wrong &= mine
        if not self._has_made_lead():
            kept = [one for one in links if one not in wrong.ids] + missing.ids
            self._keep_for_undo(links={"interest_ids": kept})
        commands = [(3, one.id) for one in wrong] + [(4, one.id) for one in missing]
        if commands:
            lead.with_context(**UNTRACKED).write({"interest_ids": commands})

    def _tell_correction(self, row, told, told_answers, is_made):
        """Note on the lead what ``row`` says and was not taken over; on a known one all news."""
        lead = self.lead_id
        facts, note = {}, ""
        if not is_made or told.pop("description", None) is not None:
            said = self._get_facts(self.values).items()
            facts = dict(self._get_facts(row.values).items() - said)
            note = intake.new_lines(row.values.get("note"), [self.values.get("note")])
        cleared = [
            (lead._fields[name]._description_string(self.env), self.env._("left open"))
            for name, value in told.items()
            if not value and name in lead._fields
        ]
        otherwise = lead._describe_vals(told) + cleared + self._describe_answers(told_answers)
        if not (facts or note or otherwise):
            return
        body = Markup("<p>%s</p>") % self.env._(
            "Corrected in “%(job)s”, row %(row)s.", job=self.import_id.name, row=row.number
        )
        if note:
            body += Markup("<p>%s</p>") % Markup("<br/>").join(note.split("\n"))
        body += _as_list(facts.items())
        if otherwise:
            title = self.env._("This differs and was not taken over:")
            body += Markup("<p>%s</p>%s") % (title, _as_list(otherwise))
        message = lead._message_log(body=body)
        if not is_made:
            row._keep_for_undo(message_id=message.id)


def _as_list(pairs):
    items = [Markup("<li>%s: %s</li>") % pair for pair in pairs]
    return Markup("<ul>%s</ul>") % Markup("").join(items) if items else Markup("")


def _text(value):
    """Return ``value`` as the undo keeps it."""
    if isinstance(value, models.BaseModel):
        return value.id
    return value if isinstance(value, bool | int | float) else str(value)
