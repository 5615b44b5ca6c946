from markupsafe import Markup

from odoo import fields, models
from odoo.tools import html2plaintext

from ..tools import intake
from .additions import Addition, Said
from .untracked import UNTRACKED

_QUALIFIERS = ("budget", "authority", "timeframe", "need")


class LeadImportRow(models.Model):
    """What the rows of a file add to leads we know, by whichever door the file came.

    Blanks are filled, a visit, answers and interests added; nothing is overwritten. What the row
    remarks, and what it says otherwise than the lead, stands in one note in the lead's chatter. A
    row that gave the lead a value or a visit has enriched it, else it is a duplicate. What an
    earlier file has said already is neither added nor told again, so that the same file twice
    adds nothing. What was there before is kept for the undo.
    """

    _inherit = "lead.import.row"

    def _find_additions(self, merged, lead_by_row, vals_by_row=None):
        """Return ``{row: Addition}`` for rows that meet a lead; nothing is written.

        A handful of queries, whatever the number of rows.

        :param merged: ``{row: values}``, further rows of the same person worked in.
        :param lead_by_row: ``{row: crm.lead}``.
        :param vals_by_row: ``{row: values of crm.lead}`` where the file names its fields itself.
        """
        leads = self.env["crm.lead"].union(*lead_by_row.values())
        said_by_lead = self._get_said(leads)
        additions = {}
        for row, lead in lead_by_row.items():
            values, said = merged[row], said_by_lead.get(lead.id, Said())
            vals = {**(vals_by_row or {}).get(row, {})}
            vals |= {name: one for name, one in row._prepare_person_vals(values).items() if one}
            addition = Addition()
            addition.blanks, otherwise = lead._compare_vals(vals)
            if lead.email_consent and ("email_consent", "no") in said.pairs:
                addition.blanks.pop("email_consent", None)  # consented again since it was said
            row._compare_answers(addition, lead, values)
            if not vals_by_row:  # else its notes are one of the fields it names
                row._compare_note(addition, lead, values, said)
            row._compare_visits(addition, otherwise, lead, values, said)
            addition.otherwise = {
                name: value
                for name, value in otherwise.items()
                if (name, _fold(value)) not in said.pairs
            }
            addition.other_answers = {
                code: answer
                for code, answer in addition.other_answers.items()
                if (code, _fold(answer)) not in said.pairs
            }
            additions[row] = addition
        return additions

    def _get_said(self, leads):
        """Return ``{lead id: Said}``: what the rows written before have said of ``leads``."""
        earlier = self.env["lead.import.row"].search(
            [("lead_id", "in", leads.ids), ("is_done", "=", True), ("id", "not in", self.ids)]
        )
        said_by_lead = {}
        for row in earlier:
            said, values = said_by_lead.setdefault(row.lead_id.id, Said()), row.values
            pairs = {**row._prepare_person_vals(values), **(values.get("fields") or {})}
            pairs |= {code: values.get(code) for code in (*_QUALIFIERS, "scanned_at")}
            pairs |= {"booth_rating": values.get("rating"), **row._get_facts(values)}
            said.pairs |= {(name, _fold(value)) for name, value in pairs.items() if value}
            said.notes.append(values.get("note") or "")
        return said_by_lead

    def _compare_answers(self, addition, lead, values):
        """Put into ``addition`` the answers and interests that ``lead`` has not given yet."""
        known = {
            given.qualifier_id.code: given.answer_id.code
            for given in lead.qualification_ids
            if not given.is_expired
        }
        for code, answer in self._get_answers(values).items():
            if code not in known:
                addition.answers[code] = answer
            elif known[code] != answer and values.get(code):
                addition.other_answers[code] = answer
        interests = lead.with_context(active_test=False).interest_ids
        keys = {key for interest in interests for key in interest._get_keys()}
        addition.interests = [
            name for name in values.get("interest") or () if interests._get_key(name) not in keys
        ]

    def _compare_note(self, addition, lead, values, said):
        """Put into ``addition`` the lines and facts nobody has noted on ``lead`` yet."""
        if values.get("note"):
            noted = [html2plaintext(lead.description or ""), *lead.visit_ids.mapped("note")]
            addition.note = intake.new_lines(values["note"], [*noted, *said.notes])
        addition.facts = {
            label: text
            for label, text in self._get_facts(values).items()
            if (label, _fold(text)) not in said.pairs
        }
        weighty = {self._get_fact_labels()["other_emails"], *(values.get("further") or ())}
        addition.has_further = not weighty.isdisjoint(addition.facts)

    def _compare_visits(self, addition, otherwise, lead, values, said):
        """Put into ``addition`` the visit ``lead`` has not made yet, or what it lacks."""
        vals = self._prepare_visit_vals(values)
        visit = vals and self._find_visit(lead, vals)
        if visit:
            addition.visit_id = visit.id
            is_dated = bool(values.get("scanned_at"))
            addition.visit_blanks = self._compare_visit(visit, vals, is_dated)
            if vals["rating"] and visit.rating and vals["rating"] != visit.rating:
                otherwise["booth_rating"] = vals["rating"]
        # A scan named before is no second visit, though its time was put right then: a scanner's
        # clock that is ahead is ahead of every day on which the file is imported.
        elif vals and (
            self.import_id.trade_show_id
            or ("scanned_at", _fold(values["scanned_at"])) not in said.pairs
        ):
            addition.visit = vals

    def _get_answers(self, values):
        """Return ``{qualifier's code: answer's code}`` that ``values`` give and that is asked."""
        answers = {code: values[code] for code in _QUALIFIERS if values.get(code)}
        if values.get("interest"):
            answers.setdefault("need", "some")
        asked = self._get_asked()
        return {code: one for code, one in answers.items() if one in asked.get(code, {})}

    def _get_asked(self):
        """Return ``{qualifier's code: {answer's code: answer}}`` that this row's lead is asked.

        Read once a transaction and company.
        """
        company = self.import_id.company_id
        if self.lead_id:
            company = self.lead_id._get_settings_company()
        cache = self.env.cr.cache.setdefault("lead_import_answers", {})
        if company.id not in cache:
            cache[company.id] = self.env["lead.qualifier"]._get_answers_by_code(company)
        return cache[company.id]

    def _enrich_leads(self, merged, vals_by_row=None):
        """Add to the known leads of these rows what they lack; return ``{row: Addition}``.

        Visits, answers and interests are added by the caller, together with those of new leads.
        """
        lead_by_row = {row: row.lead_id for row in self}
        additions = self._find_additions(merged, lead_by_row, vals_by_row)
        put_away = self.filtered(lambda row: not additions[row].closes).lead_id._filter_revivable()
        changed = self.filtered(lambda row: additions[row].has_value or row.lead_id in put_away)
        changed._keep_state_before()
        put_away._revive(since_by_lead=self._get_signs_of_life(additions))
        for row in self:
            row.verdict = "enriched" if row in changed else "duplicate"
            row._fill_lead(additions[row])
        self._complete_visits(additions)
        self._note_additions(additions, put_away)
        return additions

    def _get_signs_of_life(self, additions):
        """Return ``{lead: since when its engagement counts}`` by the visits that are added."""
        now = fields.Datetime.now()
        return {
            row.lead_id: min(now, addition.visit["captured_at"])
            for row, addition in additions.items()
            if addition.visit
        }

    def _fill_lead(self, addition):
        """Fill the blanks of this row's lead, and keep what it was before."""
        if not addition.blanks:
            return
        lead, values, links = self.lead_id, {}, {}
        for name, value in addition.blanks.items():
            if lead._fields[name].type in ("many2many", "one2many"):
                links[name] = [command[1] for command in value if command[0] == 4]
            else:
                values[name] = [_as_json(lead[name] or False), _as_json(value)]
        self._keep_for_undo(values=values, links=links)
        lead.with_context(**UNTRACKED).write(addition.blanks)

    def _note_additions(self, additions, put_away):
        """Write one note in the chatter of each lead that is told something, or was revived."""
        body_by_row = {}
        for row, addition in additions.items():
            if addition.has_news or row.lead_id in put_away:
                body_by_row[row] = row._describe_addition(addition, row.lead_id in put_away)
        if not body_by_row:
            return
        leads = self.env["crm.lead"].union(*(row.lead_id for row in body_by_row))
        messages = leads._message_log_batch(
            bodies={row.lead_id.id: body for row, body in body_by_row.items()}
        )
        message_by_lead = {message.res_id: message.id for message in messages}
        for row in body_by_row:
            row._keep_for_undo(message_id=message_by_lead[row.lead_id.id])

    def _describe_addition(self, addition, is_revived):
        """Return the note on ``addition`` as HTML, everything a file said escaped."""
        parts = [
            self.env._(
                "Seen again in “%(job)s”, row %(row)s.", job=self.import_id.name, row=self.number
            )
        ]
        if is_revived:
            parts.append(self.env._("It was closed, and is taken up again."))
        body = Markup("<p>%s</p>") % " ".join(parts)
        if addition.note:
            lines = Markup("<br/>").join(addition.note.split("\n"))
            body += Markup("<p>%s</p>") % lines
        body += _as_list(addition.facts.items())
        lead = self.lead_id
        otherwise = lead._describe_vals(addition.otherwise)
        otherwise += self._describe_answers(addition.other_answers)
        if otherwise:
            title = self.env._("This differs and was not taken over:")
            body += Markup("<p>%s</p>%s") % (title, _as_list(otherwise))
        return body

    def _describe_answers(self, answers):
        """Return ``[(question, answer)]`` of ``{qualifier's code: answer's}``."""
        if not answers:
            return []
        asked = self._get_asked()
        found = [asked.get(code, {}).get(answer) for code, answer in answers.items()]
        return [(answer.qualifier_id.name, answer.name) for answer in found if answer]


def _as_list(pairs):
    items = [Markup("<li>%s: %s</li>") % pair for pair in pairs]
    return Markup("<ul>%s</ul>") % Markup("").join(items) if items else Markup("")


def _as_json(value):
    if isinstance(value, models.BaseModel):
        return value.id
    return value if isinstance(value, bool | int | float) else str(value)


def _fold(value):
    """Return the text by which the same said twice is known again."""
    return "".join(str(value).casefold().split())
