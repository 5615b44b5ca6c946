from collections import defaultdict
from functools import lru_cache

from markupsafe import Markup

from odoo import fields, models
from odoo.tools import plaintext2html

from ..tools import intake
from .untracked import UNTRACKED

# Field of crm.lead by the canonical word of a row's value.
_PLAIN_FIELDS = {
    "email": "email_from",
    "phone": "phone",
    "mobile": "mobile",
    "job_title": "function",
    "company": "partner_name",
    "name": "contact_name",
    "website": "website",
    "street": "street",
    "street2": "street2",
    "city": "city",
    "zip": "zip",
}
_NOT_BUYING = ("student", "press", "exhibitor", "competitor")


class LeadImportRow(models.Model):
    """How judged rows are written: new leads made, known ones enriched, with all they tell of."""

    _inherit = "lead.import.row"

    def _write_leads(self):
        """Write these rows, the first of their person each; return the leads.

        Every statement is for all rows together; the further rows of each person are worked in.
        """
        merged = self._merge_further_rows()
        created = self.filtered(lambda row: not row.lead_id)
        known = self - created
        # Known ones first: what earlier files have said is searched for, and the new leads of the
        # rows would be written for that, apart from the rest.
        additions = known._enrich_leads(merged)
        created._create_leads(merged)
        self._add_visits(created._get_visits(merged, additions))
        leads = self.lead_id
        self._add_answers(merged)
        further = self._get_further_rows()
        lead_by_number = {(row.import_id.id, row.number): row.lead_id for row in self}
        for row in further:
            row.lead_id = lead_by_number[row.import_id.id, row.match_number]
        (self | further).is_done = True
        return leads

    def _get_visits(self, merged, additions):
        """Return ``{row: values of its visit}``: of these new leads', and of known ones."""
        visits = {row: row._prepare_visit_vals(merged[row]) for row in self}
        # one that was made with its show has the visit there by now
        visits = {
            row: vals
            for row, vals in visits.items()
            if vals and not self._find_visit(row.lead_id, vals)
        }
        added = {row: addition.visit for row, addition in additions.items() if addition.visit}
        return visits | added

    def _get_further_rows(self):
        """Return the rows of the same file that are the same persons as these."""
        return self.search(
            [
                ("import_id", "in", self.import_id.ids),
                ("verdict", "=", "duplicate"),
                ("match_number", "in", self.mapped("number")),
            ]
        )

    def _merge_further_rows(self):
        """Return ``{row: values}``, blanks filled from the further rows of the same person."""
        merged = {(row.import_id.id, row.number): dict(row.values) for row in self}
        for further in self._get_further_rows().sorted("number"):
            key = (further.import_id.id, further.match_number)
            merged[key] = intake.merge_values(merged[key], further.values)
        return {row: merged[row.import_id.id, row.number] for row in self}

    def _create_leads(self, merged):
        """Make a lead for each row; no salesperson, no partner, no message."""
        if not self:
            return
        kind_by_job = {job: job._get_lead_type() for job in self.import_id}
        # Found once: without it Odoo looks for the first stage anew for each lead.
        stage = self.env["crm.lead"]._stage_find(domain=[("fold", "=", False)])
        interests = self._find_interests(merged[row] for row in self)
        vals_list = []
        for row in self:
            vals = row._prepare_lead_vals(merged[row])
            vals.update(type=kind_by_job[row.import_id], stage_id=stage.id)
            if wanted := self._pick_interests(interests, merged[row]):
                vals["interest_ids"] = [(6, 0, wanted.ids)]
            # Together with the lead: what it shows of the visit is written along with the rest.
            if visit := row._prepare_visit_vals(merged[row]):
                vals["visit_ids"] = [(0, 0, visit)]
            vals_list.append(vals)
        leads = self.env["crm.lead"].with_context(**UNTRACKED, lead_score_later=True)
        leads = leads.create(vals_list).with_env(self.env)
        for row, lead in zip(self, leads, strict=True):
            row.write({"lead_id": lead.id, "verdict": "new"})
        leads.visit_ids._log_events()

    def _prepare_lead_vals(self, values):
        """Return the values of a new lead; others may override to add theirs."""
        job = self.import_id
        vals = self._prepare_person_vals(values)
        campaign = job.trade_show_id.campaign_id
        medium_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "lead_followup.utm_medium_trade_show", raise_if_not_found=False
        )
        vals.update(
            name=values.get("subject") or self._get_lead_title(values),
            import_id=job.id,
            company_id=job.company_id.id,
            partner_id=self.partner_id.id,
            campaign_id=campaign.id,
            medium_id=medium_id if campaign else False,
            description=self._get_description(values),
            not_a_buyer=self._get_not_a_buyer(values),
            user_id=False,
            team_id=False,
            **self.won_lead_id._get_closed_ways(),
        )
        if vals["not_a_buyer"]:
            vals["lifecycle"] = "disqualified"
        return vals

    def _prepare_person_vals(self, values):
        """Return what a lead, new or known, holds of a person; others may override to add theirs.

        A known lead takes over what it lacks of it.
        """
        vals = {field: values.get(key) or False for key, field in _PLAIN_FIELDS.items()}
        vals.update(self._prepare_place_vals(values))
        vals["email_consent"] = _CONSENT[values.get("consent")]
        return vals

    def _prepare_place_vals(self, values):
        countries, states = self._places()
        code = values.get("country_code")
        state_id = states.get((code, values.get("state_code"))) or states.get(
            (code, intake.fold_compact(values.get("state") or ""))
        )
        return {"country_id": countries.get(code, False), "state_id": state_id or False}

    def _places(self):
        """Return ids of countries by code, of states by (country's code, own code or folded name).

        Read once a transaction, and not record by record: the world has some thousand states.
        """
        cache = self.env.cr.cache.setdefault("lead_import_places", {})
        if not cache:
            countries = self.env["res.country"].search_read([("code", "!=", False)], ["code"])
            code_by_country = {country["id"]: country["code"] for country in countries}
            states = self.env["res.country.state"].search_read(
                [("country_id", "in", list(code_by_country))],
                ["country_id", "name", "code"],
                load=None,
            )
            cache["countries"] = {country["code"]: country["id"] for country in countries}
            cache["states"] = {
                (code_by_country[state["country_id"]], key): state["id"]
                for state in states
                for key in (_fold_state(state["name"]), state["code"])
            }
        return cache["countries"], cache["states"]

    def _get_lead_title(self, values):
        parts = [values.get("name"), values.get("company")]
        return ", ".join(part for part in parts if part) or (
            values.get("email") or values.get("phone") or self.env._("Lead")
        )

    def _get_description(self, values):
        """Return the note and all facts without a field of the lead as HTML, everything escaped."""
        parts = [plaintext2html(values["note"])] if values.get("note") else []
        parts += [Markup("<p>%s: %s</p>") % fact for fact in self._get_facts(values).items()]
        return Markup("").join(parts) or False

    def _get_facts(self, values):
        """Return ``{label: text}`` of all that a lead has no field for, further answers too."""
        facts = {label: values.get(key) for key, label in self._get_fact_labels().items()}
        facts.update(self._get_unasked(values))
        facts.update(values.get("further") or {})
        if values.get("state") and not self._prepare_place_vals(values)["state_id"]:
            facts[self.env._("State")] = values["state"]
        return {
            label: ", ".join(fact) if isinstance(fact, list) else fact
            for label, fact in facts.items()
            if fact
        }

    def _get_unasked(self, values):
        """Return ``{label: code}`` of the answers to what this row's lead is not asked."""
        asked = self._get_asked()
        return {
            intake.FIELDS[code]: values[code]
            for code in ("budget", "authority", "timeframe")
            if values.get(code) and values[code] not in asked.get(code, {})
        }

    def _get_fact_labels(self):
        """Return {key of the values: label} of what the lead has no field for."""
        return {
            "phone_extension": self.env._("Extension"),
            "other_emails": self.env._("Other e-mails"),
            "salutation": self.env._("Salutation"),
            "academic_title": self.env._("Academic title"),
            "source": self.env._("Source"),
            "external_id": self.env._("External ID"),
        }

    def _get_not_a_buyer(self, values):
        if values.get("visitor_kind") in _NOT_BUYING:
            return values["visitor_kind"]
        return "other" if "test_row" in (self.flags or []) else False

    def _add_answers(self, merged):
        """Record the survey's answers and interests of each row's lead, blanks only."""
        self._add_interests({row: merged[row] for row in self if row.verdict != "new"})
        answers_by_lead, answered_at_by_lead = {}, {}
        for row, values in merged.items():
            if answers := row._get_answers(values):
                answers_by_lead[row.lead_id] = answers
                moment = fields.Datetime.to_datetime(values.get("scanned_at"))
                if moment:
                    answered_at_by_lead[row.lead_id] = moment
        if answers_by_lead:
            self.env["crm.lead"]._record_answers(
                answers_by_lead,
                source=self.import_id[:1]._get_source(),
                answered_at_by_lead=answered_at_by_lead,
            )

    def _add_interests(self, merged):
        """Add what each known lead asks for; leads that lack the same are written together."""
        interests = self._find_interests(merged.values())
        if not interests:
            return
        leads_by_missing = defaultdict(self.env["crm.lead"].browse)
        for row, values in merged.items():
            known = row.lead_id.with_context(active_test=False).interest_ids
            missing = self._pick_interests(interests, values) - known
            if missing:
                leads_by_missing[missing] |= row.lead_id
                row._keep_for_undo(links={"interest_ids": missing.ids})
        for missing, leads in leads_by_missing.items():
            # Each write scores its leads anew: one by one that is most of the import's time.
            leads.write({"interest_ids": [(4, interest.id) for interest in missing]})

    def _find_interests(self, people):
        """Return ``{name: lead.interest}`` of all that these dicts of values ask for."""
        names = {name for values in people for name in values.get("interest") or ()}
        return self.env["lead.interest"]._find_or_create(sorted(names)) if names else {}

    def _pick_interests(self, interests, values):
        wanted = (interests[name] for name in values.get("interest") or ())
        return self.env["lead.interest"].union(*wanted)


@lru_cache(maxsize=8192)
def _fold_state(name):
    """Return ``name`` as states are known by it: the same thousands in every transaction."""
    return intake.fold_compact(name)


_CONSENT = {True: "yes", False: "no", None: False}
