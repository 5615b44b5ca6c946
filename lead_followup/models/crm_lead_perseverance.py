from odoo import models

_SHOW_TOUCHES, _SHOW_CHANNELS = 3, 2
_FOLLOW_UPS = 5  # after the first contact, for leads that are not from a show

# What reached nobody is no attempt to reach this lead.
_IN_VAIN = ("bounced", "wrong_number")


class CrmLead(models.Model):
    """How often a lead was contacted, and what is missing before silence counts as an answer."""

    _inherit = "crm.lead"

    def _get_channels_made(self):
        """Return ``{lead: [channel of each touch]}`` since it was taken up; one query.

        Bounced e-mails and calls to wrong numbers do not count.
        """
        rows = self.env["lead.touch"].search_fetch(
            [("lead_id", "in", self.ids), ("state", "=", "done")],
            ["lead_id", "channel", "outcome", "done_at"],
        )
        channels_by_lead = {lead: [] for lead in self}
        for touch in rows:
            since = touch.lead_id.engagement_since
            if touch.outcome not in _IN_VAIN and not (since and touch.done_at < since):
                channels_by_lead[touch.lead_id].append(touch.channel)
        return channels_by_lead

    def _get_missing_touches(self):
        """Return ``{lead: (touches, channels)}`` that are missing; (0, 0) where enough was done."""
        missing = {}
        for lead, channels in self._get_channels_made().items():
            if lead.trade_show_id:
                touches = max(0, _SHOW_TOUCHES - len(channels))
                missing[lead] = touches, max(0, _SHOW_CHANNELS - len(set(channels)))
            else:
                missing[lead] = max(0, 1 + _FOLLOW_UPS - len(channels)), 0
        return missing

    def _filter_given_up_early(self):
        """Return those that were not contacted often enough to be called silent."""
        missing = self._get_missing_touches()
        return self.filtered(lambda lead: any(missing[lead]))

    def _describe_touches(self):
        """Return ``{lead: sentence}``: how many touches there were and what is missing."""
        channels_by_lead, missing = self._get_channels_made(), self._get_missing_touches()
        labels = dict(self.env["lead.touch"]._fields["channel"]._description_selection(self.env))
        texts = {}
        for lead, channels in channels_by_lead.items():
            names = ", ".join(labels[channel] for channel in dict.fromkeys(channels))
            made = self.env._(
                "%(lead)s: touches made: %(count)s (%(channels)s).",
                lead=lead.display_name,
                count=len(channels),
                channels=names or "–",
            )
            texts[lead] = f"{made} {lead._describe_missing(*missing[lead])}"
        return texts

    def _describe_missing(self, touches, channels):
        if not touches and not channels:
            return self.env._("That is enough.")
        if not self.trade_show_id:
            return self.env._(
                "Asked for: a first contact and five follow-ups. Missing: %(touches)s.",
                touches=touches,
            )
        if channels and touches:
            return self.env._(
                "Asked for: three touches over two channels. Missing: %(touches)s, over another "
                "channel as well.",
                touches=touches,
            )
        if channels:
            return self.env._(
                "Asked for: three touches over two channels. Missing: one over another channel."
            )
        return self.env._(
            "Asked for: three touches over two channels. Missing: %(touches)s.", touches=touches
        )

    def _persevere(self):
        """Let these leads go on being contacted: where their cadence stopped, else in one.

        Who has no step left gets a to-do on the salesperson's list.
        """
        for lead in self:
            lead._resume_cadence() or lead._enter_cadence() or lead._schedule_next_action(
                self.env._("Contact once more: no step of a cadence is left"),
                user=lead.user_id or self.env.user,
            )

    def _resume_cadence(self):
        """Go on with the last cadence, if it has a step left; tell whether it does."""
        last = self.sudo().enrollment_ids[:1]  # sudo: the engine plans, people may not
        if not last:
            return False
        if last.state in ("done", "stopped"):
            last.write({"state": "active", "stop_reason": False})
            last._plan_next()
        elif last.state == "paused" and last.stop_reason != "call_back":
            last.action_resume()
        return last.state in ("active", "paused")

    def _enter_cadence(self):
        """Let a lead that never was in a cadence enter the show's or the general one."""
        if self.enrollment_ids:
            return False
        general = self.env.ref("lead_followup.lead_cadence_general", raise_if_not_found=False)
        cadence = self.trade_show_id.cadence_id or general
        return bool(cadence and cadence._enroll(self))
