"""Leads that leak and their near misses; each check finds the former alone."""

from odoo.addons.lead_followup.tests.common import LeadFollowupCase


class LeadHealthCase(LeadFollowupCase):
    """Now is Friday 2026-03-20 12:00; its week is that of Monday 2026-03-16."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.checks = cls.env["lead.health.check"].search([])
        cls.env["crm.lead"].with_context(active_test=False).search([]).unlink()

    def _get_check(self, slug):
        return self.env.ref(f"lead_nurture.lead_health_check_{slug}")

    def _count(self, check, user=None, companies=None):
        seen = check.with_user(user or self.env.user)
        if companies:
            seen = seen.with_context(allowed_company_ids=companies.ids)
        seen.invalidate_recordset(["count"])
        return seen.count

    def _run_count(self):
        with self.enter_registry_test_mode():
            self.env.ref("lead_nurture.ir_cron_count_health").method_direct_trigger()

    def _run_tell(self):
        with self.enter_registry_test_mode():
            self.env.ref("lead_nurture.ir_cron_tell_health").method_direct_trigger()

    def _make_check(self, **vals):
        return self.env["lead.health.check"].create(
            {
                "name": "No phone number",
                "domain": "[('phone', '=', False)]",
                "hint": "Ask for it.",
                **vals,
            }
        )

    def _make_touch(self, lead, channel="email", **vals):
        return self.env["lead.touch"].create(
            {
                "lead_id": lead.id,
                "channel": channel,
                "state": "done",
                "done_at": "2026-03-19 12:00:00",
                **vals,
            }
        )

    def assertLeaks(self, slug, *leaks):
        """The check counts exactly ``leaks`` and opens them."""
        check = self._get_check(slug)
        action = check.action_open()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found.sorted("id"), self.env[check.model].union(*leaks).sorted("id"))
        self.assertEqual(self._count(check), len(leaks))
