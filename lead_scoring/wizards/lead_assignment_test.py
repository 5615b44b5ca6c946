from odoo import api, fields, models

from ..models.lead_assignment_desk import Desk


class LeadAssignmentTest(models.TransientModel):
    """Says which rule and which salesperson would get one lead, and why each other would not.

    Nothing is offered: it asks what an offer asks, and writes nothing down.
    """

    _name = "lead.assignment.test"
    _description = "Test the Assignment Rules"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade")
    rule_id = fields.Many2one("lead.assignment.rule", compute="_compute_result")
    user_id = fields.Many2one("res.users", compute="_compute_result")
    reasons = fields.Text(compute="_compute_result")

    @api.depends("lead_id")
    def _compute_result(self):
        for test in self:
            test.rule_id, test.user_id, test.reasons = test._try_rules()

    def _try_rules(self):
        """Give (rule, user, why not the others, a line each)."""
        lead = self.lead_id
        rules = self.env["lead.assignment.rule"].search([("active", "=", True)])
        if not lead:
            return False, False, False
        desk = Desk(rules, lead)
        chosen_rule, chosen, lines = False, False, []
        for rule in rules:
            if chosen:
                why = self.env._("comes later")
            elif lead not in rule._get_matching_leads(lead):
                why = self.env._("does not match")
            else:
                people = rule._get_people(lead, desk)
                able = people.filtered(lambda user: not desk.get_excuse(user, lead))
                chosen = able and rule._choose(lead, able, desk)
                chosen_rule = rule if chosen else False
                others = [
                    f"{user.name}: {desk.get_excuse(user, lead) or self.env._('another is chosen')}"
                    for user in people
                    if user != chosen
                ]
                why = "; ".join(others) or self.env._("has nobody else")
            lines.append(f"{rule.name}: {why}")
        return chosen_rule, chosen, "\n".join(lines)
