from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import branches


class LeadCadenceStep(models.Model):
    """For whom a step is: everybody, those who have a salesperson, those of one outcome.

    A call or task always needs its rep. The condition looks at a step before this one in the same
    round; what may become known late (a bounce, a click) is looked at when the step is due.
    """

    _inherit = "lead.cadence.step"

    is_rep_only = fields.Boolean(
        "Once a Rep Is There",
        help="The step waits until the lead has a salesperson and goes out in his name. "
        "Calls and tasks always do.",
    )
    branch_of = fields.Selection(
        [
            ("step", "The step before"),
            ("call", "The last call"),
            ("email", "The last e-mail"),
            ("letter", "The last letter"),
        ],
        string="Only If",
        help="Empty: the step is made whatever came of the steps before it.",
    )
    branch_word = fields.Selection(
        [
            ("no_answer", "was not answered (call)"),
            ("later", "reached somebody, who said later (call)"),
            ("wrong_number", "went to a wrong number (call)"),
            ("unknown", "was made, outcome not given (call)"),
            ("clicked", "was clicked (e-mail)"),
            ("not_clicked", "was not clicked (e-mail)"),
            ("opened", "was opened (e-mail)"),
            ("bounced", "came back (e-mail, letter)"),
            ("not_made", "could not be made"),
        ],
        string="Its Outcome",
    )
    branch_text = fields.Char("Only If …", compute="_compute_branch_text")

    @api.depends("branch_of", "branch_word")
    @api.depends_context("lang")
    def _compute_branch_text(self):
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("branch_of", "branch_word")
        }
        for step in self:
            step.branch_text = step.branch_of and (
                f"{labels['branch_of'][step.branch_of]} "
                f"{labels['branch_word'].get(step.branch_word, '…')}"
            )

    @api.constrains("branch_of", "branch_word")
    def _check_branch_word(self):
        for step in self:
            if step.branch_of and not step.branch_word:
                raise ValidationError(
                    self.env._(
                        "The step “%(step)s” has a condition without an outcome.\n"
                        "Choose the outcome it waits for, or leave “Only If” empty.",
                        step=step.name,
                    )
                )

    @api.constrains("branch_of", "branch_word", "channel", "sequence", "active", "cadence_id")
    def _check_branch_place(self):
        """Look at their cadences as a whole, unless these write their steps one by one just now."""
        if not self.env.context.get("lead_cadence_in_writing"):
            self._check_branch_word()  # which says more plainly what is missing
            self.cadence_id._check_branches()

    def _needs_rep(self):
        """Tell whether this step waits until the lead has a salesperson."""
        self.ensure_one()
        return self.channel in ("call", "task") or self.is_rep_only

    def _check_branch_among(self, before):
        """Refuse a condition that no step of ``before``, those made earlier, can ever fulfil.

        :raises ValidationError: nothing to look at, or an outcome that its channel does not have.
        """
        self.ensure_one()
        if not self.branch_of:
            return
        looked_at = before[-1:]
        if self.branch_of != "step":
            looked_at = before.filtered(lambda step: step.channel == self.branch_of)
        if not looked_at:
            raise ValidationError(
                self.env._(
                    "“%(step)s” is made only if %(condition)s, but there is none before it.\n"
                    "Move it further down, or leave “Only If” empty.",
                    step=self.name,
                    condition=self.branch_text,
                )
            )
        if self.branch_word not in branches.WORDS_BY_CHANNEL[looked_at[-1].channel]:
            raise ValidationError(
                self.env._(
                    "“%(step)s” is made only if %(condition)s, but “%(before)s” has no such "
                    "outcome.\nChoose one that fits its channel.",
                    step=self.name,
                    condition=self.branch_text,
                    before=looked_at[-1].name,
                )
            )
