from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import NOW, LeadScoringCase


@tagged("post_install", "-at_install")
class TestLeadAssignmentRule(LeadScoringCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pumps, cls.valves = cls.env["lead.interest"].create(
            [{"name": "Pump P-200"}, {"name": "Valve V-40", "expert_id": cls.user_cat.id}]
        )

    def _make_rule(self, **vals):
        return self.env["lead.assignment.rule"].create(
            {"name": "Rule", "team_id": self.team.id, "method": "fixed", **vals}
        )

    def test_first_rule_that_matches_decides(self):
        self._make_rule(
            name="Valves", sequence=1, interest_ids=self.valves.ids, member_ids=self.user_ben.ids
        )
        self._make_rule(name="Rest", sequence=2, member_ids=self.user_ann.ids)
        hit = self._make_qualified(interest_ids=self.valves.ids)
        near_miss = self._make_qualified(interest_ids=self.pumps.ids)

        offered = (hit + near_miss)._offer_qualified()

        self.assertEqual(offered, hit + near_miss)
        self.assertEqual((hit.user_id, near_miss.user_id), (self.user_ben, self.user_ann))
        self.assertEqual(hit.team_id, self.team)
        self.assertEqual(hit.handover_ids.rule_id.name, "Valves")

    def test_domain_and_temperature_match(self):
        self._make_rule(
            domain="[('country_id.code', '=', 'DE')]", temperature="warm", method="fixed"
        )
        germany, france = self.env.ref("base.de"), self.env.ref("base.fr")
        hit = self._make_qualified(country_id=germany.id)
        elsewhere = self._make_qualified(country_id=france.id)
        cold = self._make_lead(country_id=germany.id)
        self._log(cold, "request_trial")

        (hit + elsewhere + cold)._offer_qualified()

        self.assertEqual(hit.user_id, self.user_ann)
        self.assertFalse((elsewhere + cold).user_id)
        self.assertEqual(elsewhere.waiting_reason, "No assignment rule matches this lead.")

    def test_expert_gets_the_leads_of_the_interest(self):
        self._make_rule(method="expert", team_id=False)
        hit = self._make_qualified(interest_ids=(self.pumps + self.valves).ids)
        without_expert = self._make_qualified(interest_ids=self.pumps.ids)

        (hit + without_expert)._offer_qualified()

        self.assertEqual(hit.user_id, self.user_cat)
        self.assertEqual(without_expert.waiting_reason, "Rule “Rule” has nobody to offer it to.")

    def test_round_robin_gives_all_the_same_and_goes_on_where_it_stopped(self):
        self._make_rule(method="round_robin")
        first, second = self._make_qualified(4), self._make_qualified(2)

        first._offer_qualified()
        second._offer_qualified()

        names = (first + second).mapped(lambda lead: lead.user_id.name)
        self.assertEqual(names, ["Ann", "Ben", "Cat", "Ann", "Ben", "Cat"])

    def test_best_score_is_offered_first(self):
        self._make_rule(member_ids=self.user_ann.ids)
        self.member_ann.assignment_max = 1
        weak = self._make_qualified()
        strong = self._make_qualified()
        self._answer(strong, authority="decision_maker")

        (weak + strong)._offer_qualified()

        self.assertEqual(strong.user_id, self.user_ann)
        self.assertEqual(weak.waiting_reason, "Rule “Rule”: Ann has got the full share just now.")
        self._make_leads(1)  # another day
        weak._offer_qualified()
        self.assertEqual(
            weak.waiting_reason, "Rule “Rule”: Ann has the full share of 1 leads in 30 days."
        )

    def test_least_loaded_counts_open_leads(self):
        self._make_rule(method="least_loaded")
        self._make_leads(2, user_id=self.user_ann.id)
        self._make_leads(1, user_id=self.user_ben.id)
        self._make_leads(3, user_id=self.user_cat.id)

        leads = self._make_qualified(3)
        leads._offer_qualified()

        # Ben has 1: he gets one (2), then Ann and Ben tie at 2
        self.assertEqual(leads.mapped(lambda lead: lead.user_id.name), ["Ben", "Ann", "Ben"])

    def test_best_record_counts_like_leads_and_mistrusts_small_numbers(self):
        self._make_rule(method="best_record")
        pump = {"interest_ids": self.pumps.ids, "type": "opportunity"}
        self._make_leads(1, user_id=self.user_ann.id, **pump).action_set_won()  # 1 of 1
        self._make_leads(8, user_id=self.user_ben.id, **pump).action_set_won()  # 8 of 12
        self._make_leads(4, user_id=self.user_ben.id, **pump).action_set_lost()
        valve = {"interest_ids": self.valves.ids, "type": "opportunity"}
        self._make_leads(9, user_id=self.user_cat.id, **valve).action_set_won()
        self._make_leads(12, user_id=self.user_cat.id, **pump).action_set_lost()
        like_pump = self._make_qualified(interest_ids=self.pumps.ids)
        like_valve = self._make_qualified(interest_ids=self.valves.ids)

        (like_pump + like_valve)._offer_qualified()

        # usual rate 18/34; Ann (1 + 5.3) / 11 = 57 %, Ben (8 + 5.3) / 22 = 60 %, Cat 24 %
        self.assertEqual(like_pump.user_id, self.user_ben)
        # valves: Cat (9 + 5.3) / 19 = 75 %, the others 53 %
        self.assertEqual(like_valve.user_id, self.user_cat)

    def test_absent_paused_and_archived_members_are_passed_over(self):
        self._make_rule()
        today = NOW.date()
        self.member_ann.write({"lead_absent_from": today - timedelta(2), "lead_absent_to": today})
        self.member_ben.assignment_optout = True
        lead = self._make_qualified()
        lead._offer_qualified()
        self.assertEqual(lead.user_id, self.user_cat)

        self.user_cat.active = False
        nobody = self._make_qualified()
        nobody._offer_qualified()
        self.assertFalse(nobody.user_id)
        self.assertEqual(nobody.waiting_reason, "Rule “Rule”: Ann away, Ben has paused assignment.")

        self.member_ann.lead_absent_to = today - timedelta(1)
        nobody._offer_qualified()
        self.assertEqual((nobody.user_id, nobody.waiting_reason), (self.user_ann, False))

    def test_full_rule_lets_the_next_one_take_it(self):
        self._make_rule(sequence=1, member_ids=self.user_ann.ids)
        self._make_rule(sequence=2, member_ids=self.user_ben.ids)
        self.member_ann.assignment_optout = True
        lead = self._make_qualified()

        lead._offer_qualified()

        self.assertEqual(lead.user_id, self.user_ben)

    def test_each_salesperson_is_told_once(self):
        self._make_rule(method="round_robin")
        leads = self._make_qualified(9)
        last = self.env["mail.message"].search([], order="id desc", limit=1).id

        leads._offer_qualified()

        told = self.env["mail.message"].search([("id", ">", last)]).filtered("partner_ids")
        self.assertEqual(told.partner_ids, self.reps.partner_id)
        self.assertEqual(len(told), 3)
        self.assertIn("Had a meeting +20", told[0].body)

    def test_only_qualified_open_unowned_leads_are_offered(self):
        self._make_rule()
        inquiry = self._make_lead()
        owned = self._make_qualified(user_id=self.user_ben.id)
        lost = self._make_qualified()
        lost.action_set_lost()

        offered = (inquiry + owned + lost)._offer_qualified()

        self.assertFalse(offered)
        self.company.lead_offer_enabled = False
        self.assertFalse(self._make_qualified()._offer_qualified())

    def test_old_lead_is_offered_too(self):
        self._make_rule()
        lead = self._make_qualified()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = create_date - INTERVAL '90 days' WHERE id = %s",
            [lead.id],
        )
        self._run_cron("lead_scoring.ir_cron_offer_leads")
        self.assertEqual(lead.user_id, self.user_ann)

    def test_core_assignment_leaves_offered_leads_alone(self):
        self._make_rule(member_ids=self.user_ann.ids)
        self.env["ir.config_parameter"].set_param("crm.lead.auto.assignment", True)
        offered, inquiry = self._make_qualified(), self._make_lead()
        offered._offer_qualified()
        self.team.assignment_domain = [("id", "in", (offered + inquiry).ids)]
        (self.env["crm.team"].search([]) - self.team).assignment_optout = True

        self.team.with_user(self.manager)._action_assign_leads(force_quota=True)

        self.assertEqual(offered.user_id, self.user_ann)
        self.assertEqual((inquiry.team_id, bool(inquiry.user_id)), (self.team, True))

    def test_test_button_says_who_and_why_not_the_others(self):
        self._make_rule(name="Valves", sequence=1, interest_ids=self.valves.ids)
        self._make_rule(name="Ann", sequence=2, member_ids=self.user_ann.ids)
        self._make_rule(name="Team", sequence=3, method="least_loaded")
        self._make_rule(name="Rest", sequence=4)
        self.member_ann.assignment_optout = True
        self._make_leads(1, user_id=self.user_ben.id)
        lead = self._make_qualified(interest_ids=self.pumps.ids)

        test = self.env["lead.assignment.test"].with_user(self.manager).create({"lead_id": lead.id})

        self.assertEqual((test.rule_id.name, test.user_id), ("Team", self.user_cat))
        self.assertEqual(
            test.reasons.split("\n"),
            [
                "Valves: does not match",
                "Ann: Ann: has paused assignment",
                "Team: Ann: has paused assignment; Ben: another is chosen",
                "Rest: comes later",
            ],
        )
        self.assertFalse(lead.user_id)
        self.assertFalse(lead.handover_ids)

    def test_rule_for_nobody_or_with_bad_filter_is_refused(self):
        with self.assertRaises(ValidationError):
            self._make_rule(team_id=False)
        with self.assertRaises(ValidationError):
            self._make_rule(domain="[('nope', '=', 1)]")

    @mute_logger("odoo.addons.lead_scoring.models.lead_assignment_rule")
    def test_broken_rule_is_switched_off_and_the_others_work(self):
        broken = self._make_rule(sequence=1)
        self._make_rule(sequence=2, member_ids=self.user_ben.ids)
        self.env.cr.execute(
            "UPDATE lead_assignment_rule SET domain = '[(''x_removed'', ''='', 1)]' WHERE id = %s",
            [broken.id],
        )
        broken.invalidate_recordset()
        lead = self._make_qualified()

        lead._offer_qualified()

        self.assertEqual(lead.user_id, self.user_ben)
        self.assertFalse(broken.active)
        self.assertIn("x_removed", broken.error)

    def test_offering_costs_do_not_grow_with_leads(self):
        self._make_rule(member_ids=self.user_ann.ids)
        self.member_ann.assignment_max = 10000

        def cost(count):
            leads = self._make_qualified(count)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads._offer_qualified()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(10)
        few, many = cost(10), cost(90)
        self.assertLess(many - few, 20, "a query a lead somewhere")
