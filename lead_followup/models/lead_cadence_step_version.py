from odoo import api, fields, models

# what changes neither who gets a step nor when
_TEXTS = {"name", "instructions", "text_fault_told_at"}
_PLACE = {"sequence", "active", "cadence_id"}  # what changes when it is its turn


class LeadCadenceStep(models.Model):
    """A step that changes while people are inside its cadence.

    Steps are changed on their cadence, where it is said whether those inside follow. What was
    planned by a changed step, or by one with others before it now, is planned anew; a step that
    somebody had is archived rather than deleted. The steps of an old version know which step they
    are copies of, so that nobody gets one twice.
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
        cadences = self.env["lead.cadence"].browse(cadence_ids)
        self._check_may_change("create", cadences)
        cadences._refuse_unasked_change()
        order = cadences._get_order()
        steps = super().create(vals_list)
        cadences._replan_moved(order, cadences._get_order())
        return steps

    def write(self, vals):
        changed = self.filtered(lambda step: step._is_changed_by(vals))
        cadences = changed.cadence_id
        if changed and vals.get("cadence_id"):
            cadences |= cadences.browse(vals["cadence_id"])
        self._check_may_change("write", cadences)
        cadences._refuse_unasked_change()
        own = {name: value for name, value in vals.items() if name not in _PLACE}
        rewritten = changed.filtered(lambda step: step._is_changed_by(own))
        order = cadences._get_order()
        result = super().write(vals)
        if vals.keys() & _PLACE:
            cadences._replan_moved(order, cadences._get_order())
        rewritten.cadence_id._replan_inside(rewritten)
        return result

    def unlink(self):
        """Delete the steps nobody had; archive the others, whose touches tell what was done."""
        cadences = self.cadence_id
        self._check_may_change("unlink", cadences)
        cadences._refuse_unasked_change()
        order = cadences._get_order()
        left = {step: before - self for step, before in order.items() if step not in self}
        cadences._replan_moved(order, left)
        # sudo: a step is kept for whoever had it, in sight or not
        had = (
            self.sudo()
            .env["lead.touch"]
            ._read_group([("step_id", "in", self.ids)], aggregates=["step_id:recordset"])[0][0]
        )
        kept = self & had.sudo(self.env.su)
        kept.write({"active": False})
        return super(LeadCadenceStep, self - kept).unlink()

    def _check_may_change(self, operation, cadences):
        """Refuse who has no right to it before a question names the cadence and who is inside."""
        self.check_access(operation)
        cadences.check_access("write")

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
