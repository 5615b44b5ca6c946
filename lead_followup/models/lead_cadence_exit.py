from odoo import api, fields, models, tools
from odoo.fields import Domain


class LeadCadence(models.Model):
    """Which stages, tags and segments of a lead end this cadence for it, and keep it out."""

    _inherit = "lead.cadence"

    exit_stage_ids = fields.Many2many(
        "crm.stage",
        "lead_cadence_exit_stage_rel",
        string="Stages That End It",
        help="A lead that reaches one of them leaves at once.",
    )
    exit_tag_ids = fields.Many2many(
        "crm.tag",
        "lead_cadence_exit_tag_rel",
        string="Tags That End It",
        help="A lead that gets one of them leaves at once.",
    )

    exit_segment_ids = fields.Many2many(
        "lead.segment",
        "lead_cadence_exit_segment_rel",
        string="Segments That End It",
        help="A lead that enters one of them leaves at once.",
    )

    _EXIT_FIELDS = frozenset({"exit_stage_ids", "exit_tag_ids", "exit_segment_ids"})

    @api.onchange("exit_stage_ids", "exit_tag_ids", "exit_segment_ids")
    def _onchange_exits(self):
        """Say how many of the leads inside leave when this is saved."""
        live = (
            self._origin._get_versions()
            .enrollment_ids.sudo()
            .filtered(lambda enrollment: enrollment.state in ("active", "paused"))
        )  # sudo: those of others leave as well
        count = len(live.filtered(lambda enrollment: self._get_exit(enrollment.lead_id)))
        if not count:
            return None
        return {
            "warning": {
                "title": self.env._("Leads leave this cadence"),
                "message": self.env._(
                    "%s of the leads inside are in such a stage or segment, or have such a tag. "
                    "They leave when you save.",
                    count,
                ),
                "type": "notification",
            }
        }

    @api.model_create_multi
    def create(self, vals_list):
        cadences = super().create(vals_list)
        if any(not self._EXIT_FIELDS.isdisjoint(vals) for vals in vals_list):
            self.env.registry.clear_cache()
        return cadences

    def write(self, vals):
        result = super().write(vals)
        if not self._EXIT_FIELDS.isdisjoint(vals):
            self.env.registry.clear_cache()
            self._get_versions().enrollment_ids._leave_by_exit()
        return result

    @api.model
    @tools.ormcache()
    def _has_exits(self):
        """Tell whether any cadence is ended by a stage, a tag or a segment."""
        named = Domain.OR(Domain(name, "!=", False) for name in sorted(self._EXIT_FIELDS))
        cadences = self.sudo().with_context(active_test=False)  # whoever's lead it is
        return bool(cadences.search_count(named, limit=1))

    def _get_exit(self, lead):
        """Return the word for what ends this cadence for ``lead``, None where nothing does.

        An old version ends as the cadence does whose version it is.
        """
        self.ensure_one()
        cadence = self.version_of_id or self
        if lead.stage_id.id in cadence.exit_stage_ids.ids:
            return "exit_stage"
        if set(lead.tag_ids.ids) & set(cadence.exit_tag_ids.ids):
            return "exit_tag"
        # sudo: a segment ends it whoever may read which one
        if set(lead.sudo().segment_ids.ids) & set(cadence.sudo().exit_segment_ids.ids):
            return "exit_segment"
        return None

    def _get_entry_obstacles(self):
        def filter_by_exit(word):
            return lambda leads: leads.filtered(lambda lead: self._get_exit(lead) == word)

        obstacles = super()._get_entry_obstacles()
        if not self._has_exits():
            return obstacles
        words = ("exit_stage", "exit_tag", "exit_segment")
        return [*obstacles, *((word, filter_by_exit(word)) for word in words)]

    @api.model
    def _get_entry_reason_texts(self):
        return {
            **super()._get_entry_reason_texts(),
            "exit_stage": self.env._("In a stage that ends the cadence"),
            "exit_tag": self.env._("Has a tag that ends the cadence"),
            "exit_segment": self.env._("In a segment that ends the cadence"),
        }
