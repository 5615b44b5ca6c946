from ast import literal_eval

from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain


class CrmLead(models.Model):
    """What a filter on leads reads: for rules and segments that have to know when to look again."""

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _parse_filter(self, text):
        """Give the domain that a rule keeps as ``text``, or None where it is none any more."""
        try:
            return Domain(literal_eval(text or "[]"))
        except (ValueError, SyntaxError):
            return None  # using it switches the rule off, and says so

    @api.model
    def _get_filter_fields(self, domain):
        """Give the set of fields ``domain`` reads, along its paths and in its inner domains.

        What the segments it names read is read by it, too.
        """
        used = self._get_read_fields(self, domain)
        for inner in self._get_segment_domains(domain):
            used |= self._get_read_fields(self, inner)
        return used

    @api.model
    def _get_read_fields(self, model, domain):
        """Give the set of fields ``domain`` on ``model`` reads itself."""
        used = set()
        for condition in domain.iter_conditions():
            reached = model
            for name in condition.field_expr.split("."):
                field = reached is not None and reached._fields.get(name)
                if not field:
                    break  # a part of a date or of properties
                used.add(field)
                reached = self.env[field.comodel_name] if field.relational else None
            inner = condition.operator in ("any", "any!", "not any", "not any!")
            if inner and reached is not None and isinstance(condition.value, (Domain, list, tuple)):
                used |= self._get_read_fields(reached, Domain(condition.value))
        return used

    @api.model
    def _get_segment_domains(self, domain):
        """Give the filters of the segments that ``domain`` may name, on the lead or beyond it.

        By id on the lead itself; a condition further away may mean any segment.
        """
        return self.env["lead.segment"]._get_domains(self._get_segment_ids(domain))

    @api.model
    def _get_segment_ids(self, domain):
        """Give the ids of the segments that ``domain`` may name."""
        if not any(
            field.comodel_name == "lead.segment" for field in self._get_read_fields(self, domain)
        ):
            return set()
        segments = self.env["lead.segment"]
        ids = set()
        for condition in domain.iter_conditions():
            if condition.field_expr == "segment_ids":
                ids |= segments._get_named_ids(condition) or set(segments._get_ids_in_use())
            elif "segment" in condition.field_expr or condition.operator.endswith(("any", "any!")):
                ids |= set(segments._get_ids_in_use())
        return ids

    @api.model
    def _get_watched_names(self, domain):
        """Give the names of the lead's own fields whose change may change what ``domain`` says.

        Those it reads itself, those the segments it names read, and all they are computed from.
        """
        names = {
            condition.field_expr.split(".")[0]
            for part in (domain, *self._get_segment_domains(domain))
            for condition in part.iter_conditions()
        }
        watched, fresh = set(), names & set(self._fields)
        while fresh:
            watched |= fresh
            paths = {path for name in fresh for path in self._fields[name].get_depends(self)[0]}
            fresh = ({path.split(".")[0] for path in paths} & set(self._fields)) - watched
        return watched

    @api.model
    def _get_watched_by(self, texts):
        """Give the names that all these filters together watch; broken ones watch nothing."""
        domains = [domain for text in texts if (domain := self._parse_filter(text)) is not None]
        return set().union(*(self._get_watched_names(domain) for domain in domains))

    @api.model
    def _is_score_read(self, used):
        """Say whether one of the fields ``used`` is a lead's that follows from its score."""
        own = self._SCORER_COLUMNS.union(self._SCORE_FIELDS)
        return any(
            field.model_name == "lead.score"
            or (field.model_name == "crm.lead" and field.name in own)
            for field in used
        )

    @api.model
    def _get_filter_leads(self):
        """Give the leads as filters see them: alike, whoever's act has them looked up.

        As the superuser, in no language and by UTC: neither "today" nor "mine" nor a company's own
        value may depend on who happens to write a lead.
        """
        return self.with_env(self.env(user=SUPERUSER_ID, su=True, context={"tz": "UTC"}))
