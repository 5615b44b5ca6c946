from odoo import models


class LeadCadenceEnrollment(models.Model):
    """What ends in a track ends in the recycling row; what ends silent goes on to nurture."""

    _inherit = "lead.cadence.enrollment"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("done", "stopped"):
            # sudo: whatever ends it; rows are written by the program alone
            rows = self.env["lead.recycle"].sudo()
            tracks = self.filtered("cadence_id.is_track")
            if tracks:
                rows.search(
                    [("enrollment_id", "in", tracks.ids), ("state", "=", "track")]
                )._follow_end()
            if vals["state"] == "done":
                silent = (self - tracks).sudo().lead_id.filtered(_is_left_alone)
                opened = rows._open_for_nurture(silent, "silent")
                nurtured = silent.filtered(lambda lead: lead.lifecycle == "nurture")
                (nurtured - opened.lead_id)._go_back_to_track()
        return result

    def _get_stop_reason_texts(self):
        return {
            **super()._get_stop_reason_texts(),
            "customer": self.env._("Is a customer"),
            "came_back": self.env._("The lead came back"),
            "resting": self.env._("Rests; its track begins again once that is over"),
            "rule_never": self.env._("Its recycling rule says never"),
            "rotations": self.env._("Was taken up again as often as its recycling rule allows"),
            "track_over": self.env._("No sign of life for as long as its recycling rule says"),
        }


def _is_left_alone(lead):
    """Tell whether no salesperson has this lead to work on."""
    return lead.lifecycle in ("inquiry", "nurture") and not lead._is_open_deal()
