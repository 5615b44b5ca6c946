from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class LeadSegment(models.Model):
    """A named filter that leads enter and leave by themselves.

    A lead is looked at again as soon as something the filter reads changes on it, and every night:
    filters may speak of days gone by, or of records beside the lead. Archived leads, lost ones
    among them, belong to a segment only if its filter names the field *Active*.

    Any rule may ask for segments; a score rule only for those that do not read the score.
    """

    _name = "lead.segment"
    _inherit = "lead.filter.mixin"
    _description = "Lead Segment"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True)
    color = fields.Integer()
    domain = fields.Char("Filter", help="Which leads belong to the segment.")
    lead_ids = fields.Many2many(
        "crm.lead",
        "crm_lead_lead_segment_rel",
        "segment_id",
        "lead_id",
        readonly=True,
        copy=False,
        context={"active_test": False},
    )
    lead_count = fields.Integer(compute="_compute_lead_count")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_lead_count(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        count_by_segment = dict(
            leads._read_group([("segment_ids", "in", self.ids)], ["segment_ids"], ["__count"])
        )
        for segment in self:
            segment.lead_count = count_by_segment.get(segment, 0)

    @api.constrains("domain", "active")
    def _check_no_circle(self):
        """Refuse a filter on segments, and one on the score while a score rule asks for it."""
        self.env.registry.clear_cache()  # rules have to meet the filter as it is from now on
        leads = self.env["crm.lead"]
        for segment in self.filtered("active"):
            domain = leads._parse_filter(segment.domain)
            used = leads._get_read_fields(leads, domain) if domain is not None else ()
            if any(field.comodel_name == "lead.segment" for field in used):
                raise ValidationError(
                    self.env._(
                        "“%s” asks for another segment.\nChoose the fields that one asks for.",
                        segment.name,
                    )
                )
        rules = self.env["lead.score.rule"].sudo()  # of any company: each may ask for it
        by_filter = [("active", "=", True), ("event_kind", "=", False), ("error", "=", False)]
        rules.search(by_filter).filtered(
            lambda rule: leads._parse_filter(rule.domain) is not None
        )._check_scored()

    @api.model_create_multi
    def create(self, vals_list):
        segments = super().create(vals_list)
        self.env.registry.clear_cache()
        segments._refresh()
        return segments

    def write(self, vals):
        result = super().write(vals)
        if {"domain", "active", "company_id"} & set(vals):
            self.env.registry.clear_cache()
            self._refresh()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked_for(self):
        """Keep a segment that a rule names: the rule would ask for nothing from then on."""
        leads = self.env["crm.lead"]
        for model in self._get_rule_models():
            rules = self.env[model].sudo()  # any company's rule may name a segment of all
            for rule in rules.search([("active", "in", [True, False])]):
                domains = map(leads._parse_filter, rule._get_filter_texts())
                named = [
                    segment_id
                    for domain in domains
                    if domain is not None
                    for segment_id in leads._get_segment_ids(domain)
                ]
                for segment in self.browse(named) & self:
                    raise UserError(
                        self.env._(
                            "“%(segment)s” is asked for by “%(rule)s”.\n"
                            "Change that rule first, or archive the segment: leads then leave it.",
                            segment=segment.name,
                            rule=rule.display_name,
                        )
                    )

    def unlink(self):
        left = self.sudo().lead_ids  # leads the user can't see leave it as well
        result = super().unlink()
        self.env.registry.clear_cache()
        left.invalidate_recordset(["segment_ids"], flush=False)
        return result

    def action_open_leads(self):
        """Open the leads that are in this segment now."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("crm.crm_lead_all_leads")
        return {
            **action,
            "name": self.name,
            "domain": [("segment_ids", "in", self.ids)],
            "context": {"active_test": False, "create": False},
        }

    @api.model
    def _get_rule_models(self):
        """Give the models whose rules may name segments; other addons add theirs."""
        return ["lead.score.rule", "lead.assignment.rule"]

    def _get_domain(self):
        self.ensure_one()
        return Domain(literal_eval(self.domain or "[]"))
