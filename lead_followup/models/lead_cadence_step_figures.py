from odoo import fields, models

SMALL_SAMPLE = 30  # touches; with fewer a rate says little


class LeadCadenceStep(models.Model):
    """What came of each step so far: how often it was made, and how often it was answered."""

    _inherit = "lead.cadence.step"

    made_count = fields.Integer("Made", compute="_compute_touch_figures")
    answered_count = fields.Integer("Answered", compute="_compute_touch_figures")
    reply_text = fields.Char("Reply Rate", compute="_compute_touch_figures")

    def _compute_touch_figures(self):
        """Two sums for each step, in one query however many steps there are."""
        # sudo: sums of a step the user may see; by his own leads alone every rate would be wrong
        rows = (
            self.env["lead.touch"]
            .sudo()
            ._read_group(
                [
                    ("step_id", "in", self.ids),
                    ("state", "=", "done"),
                    ("company_id", "in", [*self.env.companies.ids, False]),
                ],
                ["step_id"],
                ["made_count:sum", "answered_count:sum"],
            )
        )
        figures = {step.id: (made, answered) for step, made, answered in rows}
        for step in self:
            made, answered = figures.get(step._origin.id, (0, 0))
            step.made_count, step.answered_count = made, answered
            step.reply_text = self._describe_reply_rate(answered, made)

    def _describe_reply_rate(self, answered, made):
        """Return the rate in words; that they are too few where they are."""
        if not made:
            return ""
        if made < SMALL_SAMPLE:
            return self.env._(
                "%(answered)s of %(made)s: too few to judge", answered=answered, made=made
            )
        return self.env._(
            "%(answered)s of %(made)s (%(rate)s %%)",
            answered=answered,
            made=made,
            rate=f"{100.0 * answered / made:.1f}",
        )
