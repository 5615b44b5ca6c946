"""A rep, his leader and a clock of 24 hours that starts on Friday 20 March 2026, 12:00 UTC.

All work Monday to Friday, 8:00 to 17:00 UTC.
"""

from .common import LeadFollowupCase


class LeadClockCase(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Hours",
                "tz": "UTC",
                "attendance_ids": [(5, 0, 0)]
                + [
                    (0, 0, {"name": "x", "dayofweek": str(day), "hour_from": 8, "hour_to": 17})
                    for day in range(5)
                ],
            }
        )
        # a company of its own calendar only: no other lead of the database is told of
        cls.company.write(
            {
                "resource_calendar_id": cls.calendar.id,
                "lead_marketing_user_id": False,
                "lead_clock_remind_since": "2026-03-20 12:00:00",
                "lead_clock_leader_since": "2026-03-20 12:00:00",
            }
        )
        cls.user_rep.tz = cls.user_marketing.tz = "UTC"
        cls.user_leader = cls._make_user("lea", "sales_team.group_sale_manager", tz="UTC")
        cls.team = cls.env["crm.team"].create(
            {"name": "Pumps", "user_id": cls.user_leader.id, "use_leads": True}
        )
        cls.team.member_ids = cls.user_rep

    def _make_clock(self, **vals):
        """Make a lead of the rep's; its clock runs from now."""
        vals = {"user_id": self.user_rep.id, "team_id": self.team.id, **vals}
        return self._make_lead(**vals)

    def _watch(self):
        """Run the cron; return ``[(user, subject)]`` of what it told, in the order told."""
        told = self.env["mail.message"].search([], order="id desc", limit=1)
        with self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_watch_clocks").method_direct_trigger()
        messages = self.env["mail.message"].search(
            [("id", ">", told.id), ("message_type", "=", "user_notification")], order="id"
        )
        return [
            (user, message.subject)
            for message in messages
            for user in message.notified_partner_ids.user_ids
        ]

    def _get_stages(self, lead):
        return sorted(lead.clock_notice_ids.mapped("stage"))
