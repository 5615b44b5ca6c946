from odoo import api, models
from odoo.fields import Domain


class LeadCadenceEnrollment(models.Model):
    """A lead leaves its cadence as soon as it has a stage, tag or segment that ends it."""

    _inherit = "lead.cadence.enrollment"

    @api.model
    def _leave_by_segment(self, lead_ids):
        """End what the segments of the leads with ``lead_ids`` end; they were changed just now."""
        # sudo: whoever's change let a lead enter the segment ends its cadence
        live = self.sudo().search(
            Domain("lead_id", "in", list(lead_ids))
            & Domain("state", "in", ("active", "paused"))
            & (
                Domain("cadence_id.exit_segment_ids", "!=", False)
                | Domain("cadence_id.version_of_id.exit_segment_ids", "!=", False)
            )
        )
        live._leave_by_exit()

    def _leave_by_exit(self):
        """End those of these enrollments whose lead has what ends their cadence; say so on it."""
        # sudo: whoever may move or tag a lead ends its cadence
        live = self.sudo().filtered(lambda enrollment: enrollment.state in ("active", "paused"))
        by_reason = live.grouped(
            lambda enrollment: enrollment.cadence_id._get_exit(enrollment.lead_id)
        )
        for reason, enrollments in by_reason.items():
            if reason:
                bodies = {
                    enrollment.lead_id.id: enrollment._describe_exit(reason)
                    for enrollment in enrollments
                }
                enrollments._stop(reason)
                enrollments.lead_id._message_log_batch(bodies=bodies)

    def _describe_exit(self, reason):
        """Return what is written on the lead that left."""
        self.ensure_one()
        cadence, lead = self.cadence_id, self.lead_id
        ended_by = cadence.version_of_id or cadence
        if reason == "exit_stage":
            return self.env._(
                "Left the cadence “%(cadence)s”: the stage “%(stage)s” ends it.",
                cadence=cadence.name,
                stage=lead.stage_id.name,
            )
        if reason == "exit_segment":
            return self.env._(
                "Left the cadence “%(cadence)s”: the segment “%(segment)s” ends it.",
                cadence=cadence.name,
                segment=(lead.segment_ids & ended_by.exit_segment_ids)[:1].name,
            )
        return self.env._(
            "Left the cadence “%(cadence)s”: the tag “%(tag)s” ends it.",
            cadence=cadence.name,
            tag=(lead.tag_ids & ended_by.exit_tag_ids)[:1].name,
        )

    def _get_stop_reason_texts(self):
        return {
            **super()._get_stop_reason_texts(),
            "exit_stage": self.env._("Reached a stage that ends the cadence"),
            "exit_tag": self.env._("Got a tag that ends the cadence"),
            "exit_segment": self.env._("Entered a segment that ends the cadence"),
        }
