from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests.common import TransactionCase, new_test_user

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

NOW = datetime(2026, 3, 17, 12, 0, 0)


class LeadScoringCase(CronMixinCase, TransactionCase):
    """A small world: three salespeople in one team, no rule but those that ship."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={**cls.env.context, "tracking_disable": True, "mail_create_nosubscribe": True}
        )
        cls.company = cls.env.company
        cls.company.lead_offer_start_at = False  # what the tests make is new, whatever the clock
        salesman = "sales_team.group_sale_salesman"
        cls.user_ann = new_test_user(cls.env, "sc_ann", groups=salesman, name="Ann")
        cls.user_ben = new_test_user(cls.env, "sc_ben", groups=salesman, name="Ben")
        cls.user_cat = new_test_user(cls.env, "sc_cat", groups=salesman, name="Cat")
        cls.manager = new_test_user(cls.env, "sc_manager", groups="sales_team.group_sale_manager")
        cls.reps = cls.user_ann | cls.user_ben | cls.user_cat
        cls.team = cls.env["crm.team"].create({"name": "Pumps", "use_leads": True})
        cls.members = cls.env["crm.team.member"].create(
            [{"crm_team_id": cls.team.id, "user_id": user.id} for user in cls.reps]
        )
        cls.member_ann, cls.member_ben, cls.member_cat = cls.members

    def setUp(self):
        super().setUp()
        self.clock = None
        self._travel()
        self.addCleanup(lambda: self.clock.stop())

    def _travel(self, **delta):
        """Set the clock to ``NOW`` and so much more."""
        if self.clock:
            self.clock.stop()
        self.clock = freeze_time(NOW + timedelta(**delta))
        self.clock.start()

    def _run_cron(self, xmlid):
        with self.enter_registry_test_mode():
            self.env.ref(xmlid).method_direct_trigger()

    @classmethod
    def _make_lead(cls, **vals):
        return cls._make_leads(1, **vals)

    @classmethod
    def _make_leads(cls, count, **vals):
        return cls.env["crm.lead"].create(
            [
                {
                    "name": f"Lead {number}",
                    "type": "lead",
                    "user_id": False,
                    "team_id": False,
                    **vals,
                }
                for number in range(count)
            ]
        )

    def _answer(self, leads, **answer_by_code):
        self.env["crm.lead"]._record_answers({lead: answer_by_code for lead in leads}, "Test")
        leads._update_scores()

    def _log(self, leads, *kinds, days_ago=0, **vals):
        at = fields.Datetime.now() - timedelta(days=days_ago)
        self.env["lead.event"]._log(
            [
                {"lead_id": lead.id, "kind": kind, "occurred_at": at, **vals}
                for lead in leads
                for kind in kinds
            ]
        )
        leads._update_scores()

    def _make_qualified(self, count=1, **vals):
        leads = self._make_leads(count, **vals)
        self._log(leads, "reply", "meeting")
        self._answer(leads, budget="10k_50k")
        return leads

    def assertFewQueriesToScoreFirst(self, most):
        """What a new lead costs more than without its score and its lifecycle."""

        def cost():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._make_lead()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost()
        ours = cost()
        Lead = self.env.registry["crm.lead"]
        for name in ("_score_first", "_log_first_lifecycle"):
            self.patch(Lead, name, lambda self: None)
        self.assertLessEqual(ours - cost(), most)

    def assertScore(self, lead, score):
        """The score, and lines that add up to it exactly."""
        lead.invalidate_recordset()
        self.assertEqual(lead.score_total, score)
        self.assertEqual(lead.score_total, lead.score_fit + lead.score_engagement)
        self.assertEqual(sum(line["points"] for line in lead.score_breakdown), score)

    def assertLines(self, lead, lines):
        found = {line["label"]: line["points"] for line in lead.score_breakdown}
        self.assertEqual(found, lines)
