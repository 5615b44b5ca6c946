from odoo import fields, models


class LeadCadence(models.Model):
    """A nurture track is a cadence that may begin again when it is through, month after month."""

    _inherit = "lead.cadence"

    is_track = fields.Boolean(
        "Nurture Track", help="Leads that are not ready yet are kept in touch with here."
    )
    is_endless = fields.Boolean(
        "Begins Again", help="After the last step the first comes again, until the lead buys."
    )

    def _yields_to(self, cadence):
        """Let a lead in a track enter a cadence of follow-ups: it has shown itself again."""
        return (self.is_track and not cadence.is_track) or super()._yields_to(cadence)
