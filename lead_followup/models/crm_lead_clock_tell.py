from odoo import fields, models
from odoo.tools import format_datetime, format_time

_NAMED_LEADS = 10  # in one message; the others are in the list it links to
_TOGETHER = 1  # hours; deadlines this close are told as one


class CrmLead(models.Model):
    """What people are told of first contacts: how many wait, until when, and which first."""

    _inherit = "crm.lead"

    def _notify_clocks(self, stage, user):
        """Tell ``user`` in one message of these leads, in his language and time zone."""
        told = self.with_context(lang=user.lang, tz=user._get_lead_tz())
        told = told.sorted(lambda lead: (lead.first_touch_deadline, lead.id))
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=user.partner_id.ids,
            subject=told._describe_clocks(stage),
            body=told._render_clocks(stage),
            email_layout_xmlid="mail.mail_notification_layout",
            email_add_signature=False,
        )

    def _describe_clocks(self, stage):
        """Return one sentence: how many leads it is about, how many late, how many until when."""
        what = self._get_clock_text(stage)
        if stage not in ("remind", "leader"):
            return what
        details = ", ".join(self._describe_deadlines())
        return self.env._("%(waiting)s: %(details)s", waiting=what, details=details)

    def _get_clock_text(self, stage):
        count = len(self)
        if count == 1:
            return {
                "remind": self.env._("“%s” waits for its first contact", self.name),
                "leader": self.env._("“%s” of your team waits for its first contact", self.name),
                "pass_on": self.env._("“%s” was taken back: no contact in time", self.name),
                "no_taker": self.env._("“%s” found no salesperson", self.name),
            }[stage]
        return {
            "remind": self.env._("%s leads wait for their first contact", count),
            "leader": self.env._("%s leads of your team wait for their first contact", count),
            "pass_on": self.env._("%s leads were taken back: no contact in time", count),
            "no_taker": self.env._("%s leads found no salesperson", count),
        }[stage]

    def _describe_deadlines(self):
        """Return what a sentence says of these leads' deadlines, part by part."""
        now = fields.Datetime.now()
        ahead = [lead.first_touch_deadline for lead in self if lead.first_touch_deadline >= now]
        late = len(self) - len(ahead)
        details = []
        if late:
            details.append(self.env._("late") if late == len(self) else self.env._("%s late", late))
        if ahead:
            first = fields.Datetime.add(min(ahead), hours=_TOGETHER)
            until = max(moment for moment in ahead if moment < first)
            time = self._format_deadline(until)
            soon = sum(moment <= until for moment in ahead)
            details.append(
                self.env._("until %s", time)
                if soon == len(self)
                else self.env._("%(count)s until %(time)s", count=soon, time=time)
            )
        return details

    def _format_deadline(self, moment):
        """Return ``moment`` as its reader says it: the hour today, else the day with it."""
        local = [
            fields.Datetime.context_timestamp(self, one).date()
            for one in (moment, fields.Datetime.now())
        ]
        tz = self.env.context["tz"]
        if local[0] == local[1]:
            return format_time(self.env, moment, tz=tz, time_format="short")
        return format_datetime(self.env, moment, tz=tz, dt_format="EEE d MMM, HH:mm")

    def _render_clocks(self, stage):
        labels = dict(self._fields["clock_state"]._description_selection(self.env))
        items = [
            {
                "lead": lead,
                "link": lead._notify_get_action_link("view"),
                "deadline": self._format_deadline(lead.first_touch_deadline),
                "state": labels.get(lead.clock_state, ""),
            }
            for lead in self[:_NAMED_LEADS]
        ]
        path = "/odoo/action-lead_followup.crm_lead_action_first_contact"
        values = {
            "items": items,
            "rest": len(self) - len(items),
            "list_link": self[:1].get_base_url() + path,
            "stage": stage,
        }
        return self.env["ir.qweb"]._render(
            "lead_followup.lead_clock_mail", values, minimal_qcontext=True
        )
