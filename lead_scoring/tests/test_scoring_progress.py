import json
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests.common import new_test_user, tagged

from odoo.addons.lead_scoring.models import crm_lead_score

from .common import LeadScoringCase

_WORD = "lead_scoring.progress"


@tagged("post_install", "-at_install")
class TestScoringProgress(LeadScoringCase):
    """Who learns how many leads wait to be scored again, and when."""

    def setUp(self):
        super().setUp()
        self.env["lead.score"].search([]).is_stale = False
        self.rules = self.env["lead.score.rule"]

    def _count_words(self):
        """Give how often the screens of sales managers were told, and that nothing else was."""
        self.env.cr.precommit.run()  # the bus writes its rows then
        group = self.env.ref("sales_team.group_sale_manager")
        told = self.env["bus.bus"].sudo().search([("message", "ilike", _WORD)])
        for row in told:
            self.assertEqual(json.loads(row.channel)[1:], ["res.groups", group.id])
            self.assertEqual(json.loads(row.message), {"type": _WORD, "payload": {}})
        return len(told)

    def test_count_is_of_the_leads_one_may_see(self):
        other = self.env["res.company"].create({"name": "Other"})
        leads = self._make_leads(4)
        leads[1].user_id = self.user_ann
        leads[2].user_id = self.user_ben
        leads[3].company_id = other
        leads.score_id.is_stale = True
        near = self._make_lead()  # scored, does not wait
        self.manager.company_ids += other
        rules = self.rules.with_user(self.manager)

        here = rules.with_context(allowed_company_ids=self.company.ids).get_stale_count()
        everywhere = rules.with_context(
            allowed_company_ids=(self.company + other).ids
        ).get_stale_count()
        anns = self.rules.with_user(self.user_ann).get_stale_count()

        self.assertFalse(near.score_id.is_stale)
        self.assertEqual(here, 3)
        self.assertEqual(everywhere, 4)
        self.assertEqual(anns, 2)  # nobody's and her own

    def test_count_is_not_for_people_without_crm(self):
        outsider = new_test_user(self.env, "sc_outsider", groups="base.group_user")

        with self.assertRaises(AccessError):
            self.rules.with_user(outsider).get_stale_count()

    def test_archived_lead_that_waits_is_counted(self):
        lead = self._make_lead(active=False)
        lead.score_id.is_stale = True

        self.assertEqual(self.rules.with_user(self.manager).get_stale_count(), 1)

    def test_changed_rule_tells_the_managers_once_and_a_renamed_one_nobody(self):
        self._make_leads(2)
        rule = self.rules.create({"name": "Z", "points": 5, "domain": "[('function', '=', 'Z')]"})
        before = self._count_words()

        rule.name = "Y"
        self.assertEqual(self._count_words() - before, 0)
        rule.points = 7
        self.assertEqual(self._count_words() - before, 1)

    def test_cron_tells_the_managers_after_each_batch(self):
        self._make_leads(3).score_id.is_stale = True
        before = self._count_words()

        with patch.object(crm_lead_score, "_SCORE_BATCH", 2):
            self._run_cron("lead_scoring.ir_cron_score_leads")

        self.assertEqual(self._count_words() - before, 2)
        self.assertEqual(self.rules.with_user(self.manager).get_stale_count(), 0)
