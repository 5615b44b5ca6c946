from odoo import api, models


class LeadCadence(models.Model):
    """A lost lead is written to by its recycling track, and by no other cadence.

    An open one that is with sales enters no track.
    """

    _inherit = "lead.cadence"

    def _get_entry_obstacles(self):
        is_track = self.is_track
        return [
            (
                "with_sales",
                lambda leads: leads.filtered(lambda lead: is_track and _is_with_sales(lead)),
            ),
            ("lost", lambda leads: leads.filtered(lambda lead: not is_track and _is_lost(lead))),
            *super()._get_entry_obstacles(),
        ]

    @api.model
    def _get_entry_reason_texts(self):
        return {
            **super()._get_entry_reason_texts(),
            "lost": self.env._("Lost"),
            "with_sales": self.env._("With sales: let it be returned to nurture first"),
        }


def _is_lost(lead):
    return lead.won_status == "lost" and lead._is_in_recycling_track()


def _is_with_sales(lead):
    return lead._is_with_sales()
