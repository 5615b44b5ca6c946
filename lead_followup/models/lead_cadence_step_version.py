from odoo import api, fields, models

_TEXTS = {"name", "instructions"}  # what changes neither who gets a step nor when


class LeadCadenceStep(models.Model):
    """A step that changes while people are inside its cadence.

    Steps are changed on their cadence, where it is said whether those inside follow. What was
    planned by a changed step is then planned anew; a step that somebody had is archived rather
    than deleted. The steps of an old version know which step they are copies of, so that nobody
    gets one twice.
    """

    _inherit = "lead.cadence.step"

    active = fields.Boolean(default=True)
    origin_id = fields.Many2one(
        "lead.cadence.step", "Copy of", ondelete="set null", index="btree_not_null", copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        default_id = self.env.context.get("default_cadence_id")
        cadence_ids = {vals.get("cadence_id", default_id) for vals in vals_list} - {None, False}
        self.env["lead.cadence"].browse(cadence_ids)._refuse_unasked_change()
        steps = super().create(vals_list)
        steps.cadence_id._replan_inside()
        return steps

    def write(self, vals):
        changed = self.filtered(lambda step: step._is_changed_by(vals))
        cadences = changed.cadence_id
        if changed and vals.get("cadence_id"):
            cadences |= cadences.browse(vals["cadence_id"])
        cadences._refuse_unasked_change()
        result = super().write(vals)
        if vals.keys() & {"sequence", "active", "cadence_id"}:
            cadences._replan_inside()
        elif changed:
            changed.cadence_id._replan_inside(changed)
        return result

    def unlink(self):
        """Delete the steps nobody had; archive the others, whose touches tell what was done."""
        self.cadence_id._refuse_unasked_change()
        cadences = self.cadence_id
        cadences._replan_inside()
        # sudo: a step is kept for whoever had it, in sight or not
        had = (
            self.sudo()
            .env["lead.touch"]
            ._read_group([("step_id", "in", self.ids)], aggregates=["step_id:recordset"])[0][0]
        )
        kept = self & had.sudo(self.env.su)
        kept.write({"active": False})
        return super(LeadCadenceStep, self - kept).unlink()

    def _is_changed_by(self, vals):
        """Tell whether ``vals`` change what those inside get; a name is only a name."""
        self.ensure_one()
        return any(
            field.convert_to_write(self[field.name], self) != value
            for field, value in (
                (self._fields[name], value)
                for name, value in vals.items()
                if name in self._fields and name not in _TEXTS
            )
        )

    def _get_root(self):
        """Return the step that this one is a copy of in an old version, else the step itself."""
        return self.origin_id or self

    def _is_version_of(self, others):
        """Tell whether this step, or another version of it, is among ``others``."""
        roots = {other._get_root() for other in others}
        return bool(self) and self._get_root() in roots
