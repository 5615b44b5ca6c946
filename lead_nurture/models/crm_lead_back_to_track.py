from odoo import fields, models


class CrmLead(models.Model):
    """A lead that sales gives back to nurture goes on in the track it was in before.

    A rule that speaks of what was returned comes first: by it the lead rests, or is left in peace.
    So does a day agreed on to look at the lead again.
    """

    _inherit = "crm.lead"

    def write(self, vals):
        from_sales = self.browse()
        if vals.get("lifecycle") == "nurture" and not self.env.context.get("lead_returning"):
            from_sales = self.filtered(lambda lead: lead.lifecycle in ("mql", "sql"))
        result = super().write(vals)
        from_sales._go_back_to_track()
        return result

    def _return_handover(self, reason, note=False):
        if reason.destination != "nurture":
            return super()._return_handover(reason, note)
        leads = self.with_context(lead_returning=True)
        offers = super(CrmLead, leads)._return_handover(reason, note)
        offers = offers.with_env(self.env)
        # sudo: whoever returns it sees it no more; rows are written by the program alone
        returned = offers.sudo().lead_id
        rows = self.env["lead.recycle"].sudo()
        rows = rows._open_for_nurture(returned, "returned", {"return_reason_id": reason.id})
        returned._follow_return(rows)
        return offers

    def _follow_return(self, rows):
        """Let these leads, just returned, go on in their tracks where ``rows`` don't forbid it."""
        today = fields.Date.today()
        held = rows.filtered(
            lambda row: (
                row.reason in ("rule_never", "rotations")
                or (row.state == "resting" and row.rest_until > today)
            )
        )
        for word, mine in held.grouped(lambda row: row.reason or "resting").items():
            mine.lead_id.enrollment_id.filtered("cadence_id.is_track")._stop(word)
        free = self - held.lead_id
        free.enrollment_id.filtered("cadence_id.is_track")._resume_from_sales()
        # whom a rule takes up today enters its track, and who said no none
        (free - rows.filtered(lambda row: row.reason != "no_rule").lead_id)._go_back_to_track()

    def _go_back_to_track(self):
        """Enroll those of these leads anew that left a track for sales and are in no cadence."""
        today = fields.Date.today()
        # sudo: whoever gives a lead back, its track goes on
        free = self.sudo().filtered(
            lambda lead: (
                not lead.enrollment_id
                and lead.won_status == "pending"
                and (lead.look_again_date or today) <= today
            )
        )
        last_by_lead = {
            lead: lead.enrollment_ids.filtered(_is_in_prospect_track).sorted("id")[-1:]
            for lead in free
        }
        back = free.filtered(lambda lead: last_by_lead[lead].stop_reason in _LEFT_FOR_SALES)
        for track, leads in back.grouped(lambda lead: last_by_lead[lead].cadence_id).items():
            if track.active and track._get_steps():
                track._enroll(leads)


# Ends of a track after which a salesperson takes over: neither an end by hand nor a refusal.
_LEFT_FOR_SALES = ("replaced", "replied", "meeting", "interested", "came_back")


def _is_in_prospect_track(enrollment):
    return enrollment.cadence_id.is_track and not enrollment.cadence_id.is_after_sale
