from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

_LIVE = ("active", "paused")


class LeadCadence(models.Model):
    """A cadence whose steps change while people are inside: they follow, or finish the old one.

    Whoever changes steps says which, having been told how many are inside. To finish the old one,
    they go on in an archived copy of it, with what they have had and what is planned. To follow,
    what was planned by steps that change is planned anew.
    """

    _inherit = "lead.cadence"

    version_of_id = fields.Many2one(
        "lead.cadence",
        "Old Version of",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        readonly=True,
    )
    version_ids = fields.One2many("lead.cadence", "version_of_id", "Old Versions")
    inside_count = fields.Integer(
        compute="_compute_inside_count",
        compute_sudo=True,
        help="Leads that a change of the steps concerns, paused ones and all companies' included.",
    )
    old_inside_count = fields.Integer("Finish an Old Version", compute="_compute_old_inside_count")
    people_inside = fields.Selection(
        [("follow", "They follow the new version"), ("finish", "They finish the old version")],
        store=False,
        help="Written together with changed steps, where people are inside.",
    )

    @api.depends("enrollment_ids.state")
    def _compute_inside_count(self):
        count_by_cadence = self._count_inside()
        for cadence in self:
            cadence.inside_count = count_by_cadence.get(cadence, 0)

    def _compute_old_inside_count(self):
        # old versions are archived
        count_by_version = self.with_context(active_test=False).version_ids._count_inside()
        for cadence in self:
            cadence.old_inside_count = sum(
                count
                for version, count in count_by_version.items()
                if version.version_of_id == cadence
            )

    @api.constrains("step_ids")
    def _check_branches(self):
        for cadence in self:
            for step in cadence._get_steps():
                step._check_branch_among(cadence._get_steps_before(step))

    def write(self, vals):
        """Write them; ``people_inside`` says what a change of steps means for those inside."""
        vals = dict(vals)
        choice = vals.pop("people_inside", False)
        if choice == "finish" and "step_ids" in vals:
            self._keep_old_version()
        in_writing = self.with_context(lead_people_inside=choice, lead_cadence_in_writing=True)
        return super(LeadCadence, in_writing).write(vals)

    def action_open_old_enrollments(self):
        """Open the leads that finish an old version."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_followup.lead_cadence_enrollment_action"
        )
        action["domain"] = [("cadence_id.version_of_id", "=", self.id), ("state", "in", _LIVE)]
        return action

    def _get_steps(self):
        """Return the steps that are made, in their order; archived ones are not."""
        return self.step_ids.filtered("active").sorted(lambda step: (step.sequence, step.id))

    def _get_steps_before(self, step):
        """Return the steps made before ``step``, in their order."""
        place = (step.sequence, step.id)
        return self._get_steps().filtered(lambda other: (other.sequence, other.id) < place)

    def _get_versions(self):
        """Return these cadences and the old versions of them that are kept."""
        return self | self.with_context(active_test=False).version_ids

    def _count_inside(self):
        """Return ``{cadence: count}`` of the leads inside, paused ones included. One query."""
        return dict(
            self.env["lead.cadence.enrollment"]._read_group(
                [("cadence_id", "in", self.ids), ("state", "in", _LIVE)],
                ["cadence_id"],
                ["__count"],
            )
        )

    def _get_inside(self):
        # sudo: a change concerns all who are inside, whoever's leads they are
        return (
            self.env["lead.cadence.enrollment"]
            .sudo()
            .search([("cadence_id", "in", self.ids), ("state", "in", _LIVE)])
        )

    def _refuse_unasked_change(self):
        """Refuse to change steps while people are inside unless it was said what they get.

        :raises UserError: with their count.
        """
        context = self.env.context
        if context.get("lead_people_inside") or context.get(MODULE_UNINSTALL_FLAG):
            return
        # sudo: other companies' leads count as well
        for cadence, count in self.sudo()._count_inside().items():
            raise UserError(cadence._describe_inside(count))

    def _describe_inside(self, count):
        self.ensure_one()
        if count == 1:
            who = self.env._("One lead is inside “%(cadence)s”.", cadence=self.name)
        else:
            who = self.env._(
                "%(count)s leads are inside “%(cadence)s”.", count=count, cadence=self.name
            )
        what = self.env._(
            "Change its steps on the cadence itself, and say whether who is inside follows the "
            "new version or finishes the old one."
        )
        return f"{who}\n{what}"

    def _keep_old_version(self):
        """Let those inside go on in an archived copy of their cadence as it is now."""
        for cadence in self:
            inside = cadence._get_inside()
            if not inside:
                continue
            old = cadence.copy(cadence._prepare_old_version_vals())
            touches = inside.touch_ids.filtered(
                lambda touch: touch._is_ahead() or touch._is_laid_aside()
            )
            steps = cadence._get_steps()
            copies = steps.copy({"cadence_id": old.id})
            for step, copied in zip(steps, copies, strict=True):
                copied.origin_id = step._get_root()
                # what is planned is made as it was planned
                touches.filtered(lambda touch, step=step: touch.step_id == step).write(
                    {"step_id": copied.id}
                )
            inside.write({"cadence_id": old.id})

    def _prepare_old_version_vals(self):
        """Return what an archived copy has of its own; others may add what it must not have."""
        self.ensure_one()
        return {
            "name": self.env._(
                "%(cadence)s, until %(date)s",
                cadence=self.name,
                date=format_date(self.env, fields.Date.context_today(self)),
            ),
            "active": False,
            "step_ids": [],
            "version_of_id": (self.version_of_id or self).id,
        }

    def _get_order(self):
        """Return ``{step: steps before it}`` of these cadences, archived steps left out."""
        steps = self.env["lead.cadence.step"].with_context(active_test=True)
        order = {}
        for cadence_steps in (
            steps.search([("cadence_id", "in", self.ids)]).grouped("cadence_id").values()
        ):
            for place, step in enumerate(cadence_steps):
                order[step] = cadence_steps[:place]
        return order

    def _replan_moved(self, before, after):
        """Plan anew, for those inside, what is made after other steps now, or not any more.

        What a person approved, wrote or moved by hand stays while its step is there.

        :param before: ``_get_order`` as it was.
        :param after: ``_get_order`` as it is.
        """
        steps = self.env["lead.cadence.step"]
        gone = steps.union(*(step for step in before if step not in after))
        moved = steps.union(
            *(step for step in before if step in after and before[step] != after[step])
        )
        self._replan_inside(gone)
        self._replan_inside(moved, is_kept_by_hand=True)

    def _replan_inside(self, steps, is_kept_by_hand=False):
        """Take back what ``steps`` have planned and not made for those inside; plan it anew.

        :param is_kept_by_hand: whether what a person approved, wrote or moved stays.
        """
        if not steps:
            return
        everybody = self._get_inside()
        if not is_kept_by_hand:
            everybody.touch_ids.filtered(
                lambda touch: touch.step_id in steps and touch._is_laid_aside()
            )._forget()
        inside = everybody.filtered(lambda enrollment: enrollment.state == "active")
        planned = inside.touch_ids.filtered(
            lambda touch: (
                touch.step_id in steps
                and touch._is_ahead()
                and not (is_kept_by_hand and touch._is_made_by_hand())
            )
        )
        # browse: read together even once the touches they were found by are gone
        enrollments = inside.browse(planned.enrollment_id.ids)
        planned._withdraw()._forget()
        enrollments._ask_for_plan()
