from datetime import timedelta

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import NOW, LeadScoringCase


@tagged("post_install", "-at_install")
class TestOfferSettings(LeadScoringCase):
    """Whose settings and whose language hold for a lead, and who hears of a rule that broke."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.other.lead_offer_start_at = False
        cls.reps.company_ids += cls.other
        cls.team.company_id = False
        cls.rule = cls.env["lead.assignment.rule"].create(
            {"name": "Rule", "method": "fixed", "member_ids": cls.user_ann.ids}
        )
        cls.first = cls.env["res.company"].with_context(active_test=False).search([], order="id")[0]
        (cls.first + cls.other).resource_calendar_id = False

    def _make_pair(self):
        """Give a lead of no company, and one of the other company."""
        free, there = self._make_qualified(), self._make_qualified(company_id=self.other.id)
        self.assertFalse(free.company_id)
        return free, there

    def _offer_in(self, company, leads):
        leads.with_company(company)._offer_qualified()

    def test_lead_without_company_goes_by_the_first_one(self):
        free, there = self._make_pair()

        self.assertEqual(free.with_company(self.other)._get_settings_company(), self.first)
        self.assertEqual(there.with_company(self.first)._get_settings_company(), self.other)

    def test_first_companys_switch_holds_whoever_acts(self):
        self.first.lead_offer_enabled = False
        for acting in self.first + self.other:
            with self.subTest(acting=acting.name):
                free, there = self._make_pair()
                self._offer_in(acting, free + there)
                self.assertEqual((free.user_id, there.user_id.name), (free.user_id.browse(), "Ann"))

    def test_keeper_of_a_lead_without_company_is_the_first_ones(self):
        self.first.lead_marketing_user_id, self.other.lead_marketing_user_id = (
            self.manager,
            self.user_cat,
        )
        self.user_cat.company_id = self.other
        free, there = self._make_pair()
        self._offer_in(self.first, free + there)
        free.company_id = False
        reason = self.env.ref("lead_scoring.lead_return_reason_not_now")

        (free + there).with_user(self.user_ann).with_company(self.other)._return_handover(reason)

        self.assertEqual((free.user_id, there.user_id), (self.manager, self.user_cat))

    def test_each_company_has_its_hours(self):
        self.other.write({"lead_offer_remind_hours": 2, "lead_offer_expire_hours": 3})
        free, there = self._make_pair()
        self._offer_in(self.first, free + there)
        free.company_id = False

        self._travel(hours=2)
        self._run_cron("lead_scoring.ir_cron_offer_leads")
        self.assertFalse(free.handover_ids.reminded_at)
        self.assertEqual(there.handover_ids.reminded_at, NOW + timedelta(hours=2))

        self._travel(hours=24)
        self._run_cron("lead_scoring.ir_cron_offer_leads")
        self.assertTrue(free.handover_ids.reminded_at)

    def test_archived_companys_offers_are_left_alone(self):
        _free, there = self._make_pair()
        self._offer_in(self.first, there)
        self.other.active = False

        self._travel(hours=30)
        self._run_cron("lead_scoring.ir_cron_offer_leads")

        self.assertFalse(there.handover_ids.reminded_at)

    def test_reason_for_waiting_is_in_the_companys_language(self):
        for code in ("de_DE", "fr_FR"):
            self.env["res.lang"]._activate_lang(code)
        self.rule.with_context(lang="de_DE").name = "Regel"
        self.rule.with_context(lang="fr_FR").name = "Règle"
        self.first.partner_id.lang, self.other.partner_id.lang = "de_DE", False
        self.member_ann.assignment_optout = True
        free, there = self._make_pair()

        (free + there).with_context(lang="fr_FR")._offer_qualified()

        self.assertIn("Regel", free.waiting_reason)
        self.assertEqual(there.waiting_reason, "Rule “Rule”: Ann has paused assignment.")

    def _break(self, rule):
        self.env.cr.execute(
            f"UPDATE {rule._table} SET domain = '[(''x_removed'', ''='', 1)]' WHERE id = %s",
            [rule.id],
        )
        rule.invalidate_recordset()
        self.env.registry.clear_cache()

    def _get_told(self, act):
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        act()
        told = self.env["mail.message"].search(
            [("id", ">", last), ("subject", "like", "was switched off")]
        )
        return told.partner_ids, set(told.mapped("subject"))

    @mute_logger("odoo.addons.lead_scoring.models.lead_assignment_rule")
    def test_maker_of_a_broken_assignment_rule_is_told(self):
        Rules = self.env["lead.assignment.rule"].with_user(self.manager)
        rule = Rules.create({"name": "Broken", "member_ids": self.user_ann.ids, "sequence": 1})
        self._break(rule)
        lead = self._make_qualified()

        told, subject = self._get_told(lead.with_user(self.user_ben)._offer_qualified)

        self.assertEqual(told, self.manager.partner_id)
        self.assertEqual(subject, {"Lead Assignment Rule “Broken” was switched off"})
        self.assertFalse(rule.active)
        self.assertEqual(lead.user_id, self.user_ann)
        rule.sudo().write({"domain": "[]", "active": True})
        self.assertFalse(rule.error)

    @mute_logger("odoo.addons.lead_scoring.models.lead_score_rule")
    def test_maker_of_a_broken_score_rule_is_told_not_who_is_scoring(self):
        rule = self.env["lead.score.rule"].with_user(self.manager).create({"name": "Broken"})
        lead = self._make_lead()
        self._break(rule)

        told, subject = self._get_told(lead.with_user(self.user_ben).sudo()._update_scores)

        self.assertEqual(told, self.manager.partner_id)
        self.assertEqual(subject, {"Score Rule “Broken” was switched off"})

    @mute_logger("odoo.addons.lead_scoring.models.lead_assignment_rule")
    def test_who_left_is_not_told_but_the_managers_are(self):
        Rules = self.env["lead.assignment.rule"].with_user(self.manager)
        rule = Rules.create({"name": "Broken", "member_ids": self.user_ann.ids, "sequence": 1})
        self._break(rule)
        successor = self.manager.copy({"login": "sc_successor", "name": "Successor"})
        self.manager.active = False
        lead = self._make_qualified()

        told, _subject = self._get_told(lead._offer_qualified)

        self.assertIn(successor.partner_id, told)
        self.assertNotIn(self.user_ann.partner_id, told)
