from odoo import models


class LeadCadenceEnrollment(models.Model):
    """A lead leaves its cadence as soon as it has a stage or a tag that ends it."""

    _inherit = "lead.cadence.enrollment"

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
        if reason == "exit_stage":
            return self.env._(
                "Left the cadence “%(cadence)s”: the stage “%(stage)s” ends it.",
                cadence=cadence.name,
                stage=lead.stage_id.name,
            )
        return self.env._(
            "Left the cadence “%(cadence)s”: the tag “%(tag)s” ends it.",
            cadence=cadence.name,
            tag=(lead.tag_ids & (cadence.version_of_id or cadence).exit_tag_ids)[:1].name,
        )

    def _get_stop_reason_texts(self):
        return {
            **super()._get_stop_reason_texts(),
            "exit_stage": self.env._("Reached a stage that ends the cadence"),
            "exit_tag": self.env._("Got a tag that ends the cadence"),
        }
