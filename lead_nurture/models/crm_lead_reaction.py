from odoo import models

WITH_SALES = ("mql", "sql")


class CrmLead(models.Model):
    """A nurtured lead that shows interest is offered to a salesperson at once.

    It answers, looks at the price list again, or follows a link that counts: then it is qualified
    whatever its score, by the same fast lane as a request, with the reason. Its track pauses while
    it is with sales and goes on where it is returned, to nurture or as an inquiry.
    """

    _inherit = "crm.lead"

    def write(self, vals):
        result = super().write(vals)
        if "lifecycle" in vals:
            self._follow_lifecycle_in_tracks(vals["lifecycle"])
        return result

    def _follow_lifecycle_in_tracks(self, lifecycle):
        # sudo: whoever's act moves a lead pauses its track
        tracks = self.sudo().enrollment_id.filtered("cadence_id.is_track")
        if lifecycle in WITH_SALES:
            tracks._pause_for_sales()
        elif lifecycle in ("nurture", "inquiry"):
            tracks._resume_from_sales()

    def _is_with_sales(self):
        """Tell whether a salesperson has this open lead, or is offered it."""
        self.ensure_one()
        return self.won_status == "pending" and self.lifecycle in WITH_SALES

    def _is_nurtured(self):
        self.ensure_one()
        return self.lifecycle == "nurture" or (
            self.lifecycle in (False, "inquiry") and self.enrollment_id.cadence_id.is_track
        )

    def _get_reaction(self):
        """Return what this lead has to do, as ``Reaction``: by the track it is or was last in."""
        self.ensure_one()
        track = self.enrollment_ids.filtered("cadence_id.is_track").sorted("id")[-1:].cadence_id
        return track._get_reaction(self._get_settings_company())

    def _react_to(self, events):
        """Qualify those of these leads that are nurtured and did what their track, or their
        company, waits for.

        :param events: new ones, of these leads and surely their doing.
        """
        nurtured = self.filtered(
            lambda lead: lead._is_nurtured() and lead.won_status == "pending" and lead.active
        )
        mine = events.filtered(lambda event: event.lead_id in nurtured)
        reasons = {}
        # the reasons are told in the language of the company
        for (_company, reaction), news in mine.grouped(
            lambda event: (event.lead_id._get_settings_company(), event.lead_id._get_reaction())
        ).items():
            reasons |= news._get_reaction_reasons(reaction)
        if not reasons:
            return
        self.env["lead.event"]._log(
            [
                {
                    "lead_id": event.lead_id.id,
                    "kind": "interest_shown",
                    "ref": f"interest,{event.id},{event.occurred_at}",
                    "note": text[:200],
                }
                for event, text in reasons.items()
            ]
        )
        self.browse({event.lead_id.id for event in reasons})._update_scores()
