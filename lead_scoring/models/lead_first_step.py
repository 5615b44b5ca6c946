from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_list


class Finding(NamedTuple):
    """What a company's own records say of one first step."""

    state: str  # one of the words of lead.first.step.state
    now: str  # sentences: what is there, and what is switched on
    starts: str = ""  # sentences: what would happen by itself, or after which confirmation
    confirm: str = ""  # the XML id of the action that asks for it, stating the number


class LeadFirstStep(models.Model):
    """One thing to see to before leads flow by themselves, and whether it is seen to.

    Only its words and its place are kept. How it stands is read from the records of the user's
    company whenever somebody looks, so that it can't say what is no longer true: who archives all
    score rules has that step to do again. What a person switched off on purpose is no step to do.
    """

    _name = "lead.first.step"
    _description = "First Step"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The word by which the addons know the step.")
    sequence = fields.Integer(default=10)
    action_id = fields.Many2one("ir.actions.act_window", ondelete="cascade")
    state = fields.Selection(
        [("todo", "To do"), ("done", "Done"), ("off", "Switched off")], compute="_compute_finding"
    )
    now_text = fields.Text("Now", compute="_compute_finding")
    starts_text = fields.Text("What Starts It", compute="_compute_finding")
    confirm_xmlid = fields.Char(compute="_compute_finding", export_string_translation=False)

    _code_uniq = models.UniqueIndex("(code)", "There is a step of that code already.")

    @api.depends("code")
    @api.depends_context("uid", "company", "lang", "tz")
    def _compute_finding(self):
        findings = self._get_findings(self.env.company)
        for step in self:
            finding = findings.get(step.code, Finding("todo", ""))
            step.state = finding.state
            step.now_text = finding.now
            step.starts_text = finding.starts
            step.confirm_xmlid = finding.confirm

    def action_open(self):
        """Open the screen where this step is done."""
        self.ensure_one()
        self.check_access("read")
        return self._get_action()

    def action_confirm(self):
        """Ask for the confirmation this step waits for; without one, open its screen."""
        self.ensure_one()
        self.check_access("read")
        if not self.confirm_xmlid:
            return self._get_action()
        return self.env["ir.actions.act_window"]._for_xml_id(self.confirm_xmlid)

    def _get_action(self):
        """Return the action of the screen where this step is done, False without one.

        Others may override.
        """
        if not self.action_id:
            return False
        return self.env["ir.actions.act_window"]._for_xml_id(self.action_id.xml_id)

    @api.model
    def _get_findings(self, company):
        """Return ``{code: Finding}`` of ``company``; other addons add theirs.

        The same number of queries for any number of leads.
        """
        return {
            "qualifiers": self._find_qualifiers(company),
            "score_rules": self._find_score_rules(company),
            "assignment": self._find_assignment(company),
        }

    @api.model
    def _describe_progress(self):
        """Return how many steps are to do, as a sentence."""
        steps = self.search([], limit=100)  # a handful; each is a record of the addons' data
        left = steps.filtered(lambda step: step.state == "todo")
        if not left:
            return self.env._("All steps are done.")
        return self.env._("To do: %(left)s of %(total)s.", left=len(left), total=len(steps))

    @api.model
    def _find_qualifiers(self, company):
        qualifiers = self.env["lead.qualifier"].search(self._get_shared_domain(company))
        empty = qualifiers.filtered(lambda qualifier: not qualifier.answer_ids)
        if not qualifiers:
            return Finding("todo", self.env._("No question is asked about a lead."))
        texts = [self.env._("Asked about each lead: %s.", self._list_names(qualifiers))]
        if empty:
            texts.append(
                self.env._("Without an answer to choose: %s.", self._list_names(empty)),
            )
        return Finding("todo" if empty else "done", " ".join(texts))

    @api.model
    def _find_score_rules(self, company):
        count = self.env["lead.score.rule"].search_count(self._get_shared_domain(company))
        if not count:
            return Finding("todo", self.env._("No rule gives a lead points."))
        texts = [self.env._("Score rules that are on: %s.", count)]
        if company.lead_scoring_enabled:
            texts.append(
                self.env._(
                    "Leads qualify by themselves from %s points on.", company.lead_mql_threshold
                )
            )
            return Finding("done", " ".join(texts))
        texts.append(self.env._("Leads do not qualify by their score: Settings → CRM."))
        return Finding("off", " ".join(texts))

    @api.model
    def _find_assignment(self, company):
        if not company.lead_offer_enabled:
            return Finding(
                "off",
                self.env._("Qualified leads are offered to nobody: Settings → CRM."),
            )
        people = self._get_takers(company)
        texts = [
            self.env._("Leads are offered to: %s.", self._list_names(people))
            if people
            else self.env._("No assignment rule names somebody who takes leads.")
        ]
        if waiting := self.env["crm.lead"].search_count(self._get_waiting_domain(company)):
            texts.append(self.env._("Qualified leads that wait for somebody: %s.", waiting))
        return Finding(
            "done" if people else "todo", " ".join(texts), *self._describe_held_back(company)
        )

    @api.model
    def _get_takers(self, company):
        """Return the users whom the assignment rules of ``company`` may offer leads to."""
        rules = self.env["lead.assignment.rule"].search(self._get_shared_domain(company))
        people = self.env["res.users"].union(*rules._get_candidates().values())
        experts = rules.filtered(lambda rule: rule.method == "expert")
        if experts:
            interests = experts.interest_ids
            if not all(rule.interest_ids for rule in experts):
                interests = interests.search([("expert_id", "!=", False)])
            people |= rules._filter_salespeople(interests.expert_id)
        # sudo: who of them works here is asked, though the reader may not see their companies
        return people.filtered(lambda user: company in user.sudo().company_ids)

    @api.model
    def _describe_held_back(self, company):
        """Return what becomes of the leads from before the install, and what asks for it."""
        if not company.lead_offer_start_at:
            return "", ""
        free, owned = self.env["crm.lead"]._count_held_back(company)
        if not free and not owned:
            return self.env._("No lead from before the installation waits to be let in."), ""
        text = self.env._(
            "Leads from before the installation are held back. Once you confirm, %(free)s are "
            "offered, and %(owned)s more qualify and stay with their owners.",
            free=free,
            owned=owned,
        )
        return text, "lead_scoring.lead_offer_start_action"

    @api.model
    def _get_waiting_domain(self, company):
        return self._get_lead_domain(company) & Domain(
            [("lifecycle", "=", "mql"), ("user_id", "=", False), ("won_status", "=", "pending")]
        )

    @api.model
    def _get_lead_domain(self, company):
        return self.env["lead.score.rule"]._get_company_domain(company.id)

    @api.model
    def _get_shared_domain(self, company):
        """Return the condition that something is of ``company``, or of all."""
        return Domain("company_id", "in", (company.id, False))

    @api.model
    def _list_names(self, records, at_most=6):
        """Return the names of ``records`` in a row; of those beyond ``at_most`` how many."""
        names = records[:at_most].mapped("display_name")
        if len(records) > at_most:
            names.append(self.env._("%s more", len(records) - at_most))
        return format_list(self.env, names, "unit")
