from odoo import api, fields, models


class LeadCadenceEnrollment(models.Model):
    """A lead without content, had or none that fits: its track stays, and goes on with more."""

    _inherit = "lead.cadence.enrollment"

    content_used_up = fields.Boolean(
        readonly=True,
        help="The lead has had all that fits it, or nothing does. What is added goes out at its "
        "next turn.",
    )

    _content_used_up_idx = models.Index("(cadence_id) WHERE content_used_up IS TRUE")

    @api.model
    def _get_program_only(self):
        return super()._get_program_only() | {"content_used_up"}

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("done", "stopped"):
            self.filtered("content_used_up")._note_content_used_up(False)
        return result

    def _note_content_used_up(self, is_used_up):
        """Note that these have no content left, or have got some; tell the author of each track."""
        changed = self.filtered(lambda enrollment: enrollment.content_used_up != is_used_up)
        # sudo: the engine's field
        changed.sudo().content_used_up = is_used_up
        changed.cadence_id._refresh_content_notice()
