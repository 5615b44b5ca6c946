from odoo import fields, models


class LeadCadence(models.Model):
    """A cadence may ask that whoever signs its first e-mails approves each of them."""

    _inherit = "lead.cadence"

    is_first_email_approved = fields.Boolean(
        "The rep approves each first e-mail",
        help="The first e-mail to each lead is prepared, and waits under E-mails to Approve until "
        "its sender has approved it. It never goes out by itself.",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("is_first_email_approved"):
            self._hold_queued_emails()
        return result

    def _hold_queued_emails(self):
        """Take the first e-mails that are queued already out of the queue, to be approved."""
        # sudo: nobody writes touches by hand
        touches = self.env["lead.touch"].sudo()
        queued = touches.search(
            [
                ("enrollment_id.cadence_id", "in", self.ids),
                ("channel", "=", "email"),
                ("state", "=", "queued"),
            ]
        )
        queued.filtered(lambda touch: touch._needs_approval())._hold_for_approval()
