from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LeadFollowupCase

AMERICAN = "[('country_id.code', '=', 'US')]"


@tagged("post_install", "-at_install")
class TestLeadCadenceRule(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # other cadences of the database stay out of the way
        cls.env["lead.cadence"].search([("is_self_enrolling", "=", True)]).is_self_enrolling = False
        cls.cadence = cls._make_cadence("First", 1)
        cls.second = cls._make_cadence("Second", 2)
        cls.cron = cls.env.ref("lead_followup.ir_cron_enroll_by_rule")

    @classmethod
    def _make_cadence(cls, name, sequence, **vals):
        step = {"name": "Look", "channel": "task"}
        return cls.env["lead.cadence"].create(
            {"name": name, "sequence": sequence, "step_ids": [(0, 0, step)], **vals}
        )

    def _make_lead(self, **vals):
        return super()._make_lead(**{"user_id": self.user_rep.id, **vals})

    def _switch_on(self, cadence=None, domain=AMERICAN, **vals):
        (cadence or self.cadence).write({"is_self_enrolling": True, "domain": domain, **vals})

    def _run_rules(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def _ask_let_in(self):
        action = self.cadence.with_user(self.user_marketing).action_ask_let_in()
        wizards = self.env["lead.cadence.let.in"].with_user(self.user_marketing)
        return wizards.browse(action["res_id"])

    def _count_triggers(self, act, *args):
        """Return how many triggers ``act(*args)`` leaves behind."""
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        triggers.unlink()
        act(*args)
        return triggers.search_count([("cron_id", "=", self.cron.id)])

    # who enters

    def test_a_new_lead_that_matches_enters_soon(self):
        self._switch_on()
        france = self.env.ref("base.fr")
        self.assertEqual(self._count_triggers(lambda: self._make_lead(country_id=france.id)), 1)
        lead = self._make_lead()

        self._run_rules()

        self.assertEqual((lead.cadence_id, lead.next_channel), (self.cadence, "task"))
        self.assertTrue(lead.enrollment_id.is_by_rule)
        self.assertIn("Entered the cadence “First” by its rule", lead.message_ids[0].body)
        self.assertEqual(self.cadence.enrollment_ids.lead_id, lead)

    def test_without_a_rule_nothing_is_triggered(self):
        france = self.env.ref("base.fr")

        count = self._count_triggers(lambda: self._make_lead().write({"country_id": france.id}))

        self.assertEqual(count, 0)

    def test_a_change_that_no_rule_reads_triggers_nothing(self):
        lead = self._make_lead()
        self._switch_on()
        france = self.env.ref("base.fr")

        self.assertEqual(self._count_triggers(lambda: lead.write({"name": "Another"})), 0)
        self.assertEqual(self._count_triggers(lambda: lead.write({"country_id": france.id})), 1)

    def test_leads_enter_when_they_come_to_match(self):
        show = self._make_show(name="Autumn Expo")
        cases = {
            "owner": (
                f"[('user_id', '=', {self.user_marketing.id})]",
                lambda lead: lead.write({"user_id": self.user_marketing.id}),
            ),
            "lifecycle": (
                "[('lifecycle', '=', 'nurture')]",
                lambda lead: lead.write({"lifecycle": "nurture"}),
            ),
            "show": (
                f"[('trade_show_id', '=', {show.id})]",
                lambda lead: lead.visit_ids.create({"lead_id": lead.id, "trade_show_id": show.id}),
            ),
            # reply 15, meeting 20, web form 12: 47 points, of which 40 count; warm from 40
            "temperature": ("[('temperature', '=', 'warm')]", self._warm_up),
            "score": ("[('score_total', '>=', 30)]", self._warm_up),
        }
        for name, (domain, change) in cases.items():
            with self.subTest(name):
                cadence = self._make_cadence(name, 3)
                lead = self._make_lead(email_from=f"{name}@ample.example")
                other = self._make_lead(email_from=f"{name}2@ample.example")
                self._switch_on(cadence, domain)
                self._run_rules()
                self.assertFalse(lead.enrollment_ids)

                self.assertEqual(self._count_triggers(change, lead), 1)
                self._run_rules()

                self.assertEqual(lead.cadence_id, cadence)
                self.assertFalse(other.enrollment_ids)
                cadence.is_self_enrolling = False

    def _warm_up(self, lead):
        kinds = ("reply", "meeting", "web_form")
        self.env["lead.event"]._log([{"lead_id": lead.id, "kind": kind} for kind in kinds])
        lead._update_scores()

    def test_a_segment_may_be_asked_for(self):
        segment = self.env["lead.segment"].create(
            {"name": "Pumps", "domain": "[('name', 'ilike', 'pump')]"}
        )
        lead = self._make_lead(name="Valves")
        self._switch_on(domain=f"[('segment_ids', 'in', [{segment.id}])]")

        lead.name = "Pumps"
        self._run_rules()

        self.assertEqual(lead.cadence_id, self.cadence)
        with self.assertRaisesRegex(UserError, "is asked for by “First”"):
            segment.unlink()

    def test_the_first_by_sequence_wins_and_the_others_never_come_after(self):
        self._switch_on(self.second)
        self._switch_on(self.cadence)
        lead = self._make_lead()

        self._run_rules()
        self.assertEqual(lead.enrollment_ids.cadence_id, self.cadence)
        lead.activity_ids.action_feedback()
        self._run_cadences()
        self._run_rules()

        self.assertEqual(lead.enrollment_ids.mapped("state"), ["done"])

    def test_who_was_in_this_cadence_before_does_not_enter_again(self):
        lead = self._make_lead()
        self.cadence._enroll(lead)
        lead.enrollment_id._stop("replaced")
        never = self._make_lead(country_id=False)
        self._switch_on(domain=f"[('user_id', '=', {self.user_marketing.id})]")

        (lead | never).user_id = self.user_marketing
        self._run_rules()

        self.assertFalse(lead.enrollment_id)
        self.assertEqual(never.cadence_id, self.cadence)

    def test_who_answered_in_another_cadence_stays_out_and_who_was_silent_enters(self):
        answered, stopped, silent, back = (
            self._make_lead(name=name, country_id=False) for name in "abcd"
        )
        leads = answered | stopped | silent | back
        self.second._enroll(leads)
        (answered | back).enrollment_id._stop("replied")
        stopped.enrollment_id.action_stop()
        silent.enrollment_id._finish()
        back.engagement_since = "2999-01-01"  # taken up again since
        self._switch_on()

        leads.country_id = self.country_us
        self._run_rules()

        self.assertEqual(self.cadence.enrollment_ids.lead_id, silent | back)

    def test_customers_and_open_deals_stay_out_unless_the_rule_takes_them(self):
        partner = self.env["res.partner"].create({"name": "Buyer"})
        won = self._make_lead(type="opportunity", partner_id=partner.id, country_id=False)
        won.action_set_won()
        for takes_deals in (False, True):
            with self.subTest(takes_deals=takes_deals):
                cadence = self._make_cadence("Deals", 4, takes_deals=takes_deals)
                self._switch_on(cadence)
                customer = self._make_lead(partner_id=partner.id, country_id=self.country_us.id)
                deal = self._make_lead(type="opportunity")
                offered = self._make_lead(lifecycle="mql")

                self._run_rules()

                expected = customer | deal | offered if takes_deals else offered
                self.assertEqual(cadence.enrollment_ids.lead_id, expected)
                cadence.is_self_enrolling = False

    def test_who_must_not_be_contacted_stays_out(self):
        self._switch_on()
        self._make_lead(do_not_contact=True)
        self._make_lead(not_a_buyer="press")
        self._make_lead(active=False)
        self._make_lead().action_set_lost()

        self._run_rules()

        self.assertFalse(self.cadence.enrollment_ids)

    def test_the_entry_condition_holds_for_the_rule_too(self):
        self._switch_on(entry_domain="[('phone', '!=', False)]")
        without = self._make_lead()
        reachable = self._make_lead(phone="+12025550155")
        self._run_rules()
        self.assertEqual(self.cadence.enrollment_ids.lead_id, reachable)

        without.phone = "+12025550156"
        self._run_rules()

        self.assertEqual(without.cadence_id, self.cadence)

    def test_a_rule_of_a_company_takes_its_own_leads(self):
        company = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.cadence.company_id = company
        self._switch_on()
        mine = self._make_lead(company_id=company.id, user_id=False)
        self._make_lead(company_id=self.env.company.id)
        self._make_lead(company_id=False)  # lives by the first company's settings

        self._run_rules()

        self.assertEqual(self.cadence.enrollment_ids.lead_id, mine)

    def test_an_import_that_runs_comes_first(self):
        self._switch_on()
        job = self._preview([["Name", "E-mail"], ["Bob Best", "bob@best.example"]])
        lead = self._make_lead(import_id=job.id)
        job.state = "running"

        self._run_rules()
        self.assertFalse(lead.enrollment_id)

        self.assertEqual(self._count_triggers(lambda: job.write({"state": "done"})), 1)
        self._run_rules()
        self.assertEqual(lead.cadence_id, self.cadence)

    def test_a_show_s_cadence_keeps_its_leads(self):
        self._switch_on(domain="[('trade_show_id', '!=', False)]")
        job = self._import([["Name", "E-mail"], ["Bob Best", "bob@best.example"]])

        self._run_rules()

        self.assertEqual(job.lead_ids.cadence_id, self.show.cadence_id)
        self.assertEqual(job.lead_ids.enrollment_ids.mapped("is_by_rule"), [False])

    # who is there already

    def test_switching_on_enrolls_nobody_that_is_there(self):
        lead = self._make_lead()

        self._switch_on()
        self._run_rules()

        self.assertFalse(lead.enrollment_ids)
        self.assertEqual(self.cadence.passed_count, 1)

    def test_made_switched_on_it_enrolls_nobody_that_is_there(self):
        lead = self._make_lead()

        cadence = self._make_cadence("On", 5, is_self_enrolling=True, domain=AMERICAN)
        self._run_rules()

        self.assertFalse(lead.enrollment_ids)
        self.assertEqual(cadence.passed_lead_ids & lead, lead)

    def test_a_lost_lead_from_before_that_comes_back_is_not_new(self):
        lead = self._make_lead()
        lead.action_set_lost()
        self._switch_on()

        lead.toggle_active()
        self._run_rules()

        self.assertFalse(lead.enrollment_ids)

    def test_another_filter_enrolls_nobody_that_matches_it_already(self):
        old = self._make_lead(country_id=self.env.ref("base.fr").id)
        self._switch_on()
        coming = self._make_lead()  # not taken yet: the run comes in a minute

        self.cadence.domain = "[('country_id', '!=', False)]"
        self._run_rules()

        self.assertEqual(self.cadence.enrollment_ids.lead_id, coming)
        self.assertFalse(old.enrollment_ids)

    def test_who_stops_matching_and_comes_back_enters(self):
        lead = self._make_lead()
        self._switch_on()

        lead.country_id = self.env.ref("base.fr")
        self._run_rules()
        lead.country_id = self.country_us
        self._run_rules()

        self.assertEqual(lead.cadence_id, self.cadence)

    def test_a_person_who_is_told_the_count_lets_them_in(self):
        lead, busy = self._make_lead(), self._make_lead(email_from="busy@ample.example")
        self._make_lead(email_from="dnc@ample.example", do_not_contact=True)
        self.second._enroll(busy)
        self._switch_on()
        wizard = self._ask_let_in()
        self.assertEqual(wizard.lead_count, 1)

        wizard.action_let_in()
        self._run_rules()

        self.assertEqual(lead.cadence_id, self.cadence)
        self.assertEqual(busy.cadence_id, self.second)
        self.assertEqual(self.cadence.passed_count, 0)

    def test_a_count_that_grew_is_stated_anew(self):
        self._make_lead()
        self._switch_on()
        wizard = self._ask_let_in()
        self.cadence._pass_over(self._make_lead(email_from="new@ample.example"))

        with self.assertRaisesRegex(UserError, "By now 2 leads match “First”, not 1"):
            wizard.action_let_in()

    # faults

    def test_a_filter_that_does_not_work_is_refused(self):
        for text in ("[('no_such_field', '=', 1)]", "[('user_id', '=', uid)]"):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, "filter of “First”"):
                self._switch_on(domain=text)

    @mute_logger("odoo.addons.lead_followup.models.lead_cadence_rule_run")
    def test_a_filter_that_works_no_longer_is_switched_off_and_its_keeper_told(self):
        self.cadence.with_user(self.user_marketing).write(
            {"is_self_enrolling": True, "domain": AMERICAN}
        )
        self._switch_on(self.second)
        self.env.cr.execute(
            "UPDATE lead_cadence SET domain = %s, create_uid = %s WHERE id = %s",
            ("[('x_gone', '=', 1)]", self.user_marketing.id, self.cadence.id),
        )
        self.cadence.invalidate_recordset()
        self.env.registry.clear_cache()
        lead = self._make_lead()

        self._run_rules()

        self.assertFalse(self.cadence.is_self_enrolling)
        self.assertTrue(self.cadence.active)
        self.assertIn("x_gone", self.cadence.error)
        self.assertEqual(lead.cadence_id, self.second)
        told = self.env["mail.message"].search(
            [("subject", "=", "“First” no longer enrolls by itself")]
        )
        self.assertEqual(told.partner_ids, self.user_marketing.partner_id)
        self._switch_on()
        self.assertFalse(self.cadence.error)

    def test_a_filter_broken_meanwhile_can_be_opened_and_mended(self):
        self._switch_on()
        self.env.cr.execute(
            "UPDATE lead_cadence SET domain = %s WHERE id = %s",
            ("[('x_gone', '=', 1)]", self.cadence.id),
        )
        self.cadence.invalidate_recordset()

        self.assertEqual(self.cadence.passed_count, 0)
        self.cadence.domain = AMERICAN

        self._make_lead()
        self._run_rules()
        self.assertEqual(len(self.cadence.enrollment_ids), 1)

    @mute_logger("odoo.addons.lead_followup.models.lead_cadence_rule_run")
    def test_one_lead_that_fails_stops_nobody_else_and_says_so(self):
        self._switch_on()
        bad, good = self._make_lead(), self._make_lead(email_from="good@ample.example")
        cadences = type(self.env["lead.cadence"])
        enroll = cadences._enroll

        def fail_for_bad(cadence, leads):
            if bad in leads:
                raise ValueError("bad")
            return enroll(cadence, leads)

        with patch.object(cadences, "_enroll", fail_for_bad):
            self._run_rules()
        self._run_rules()

        self.assertEqual(good.cadence_id, self.cadence)
        self.assertFalse(bad.enrollment_ids)
        self.assertIn("could not enter a cadence by itself", bad.message_ids[0].body)

    def test_a_batch_a_transaction_takes_all(self):
        self._switch_on()
        leads = self.env["crm.lead"].union(
            *(self._make_lead(email_from=f"n{number}@ample.example") for number in range(3))
        )

        with patch.object(type(self.cadence), "_RULE_BATCH", 1):
            self._run_rules()

        self.assertEqual(leads.cadence_id, self.cadence)
        self.assertEqual(len(self.cadence.enrollment_ids), 3)

    def test_a_cadence_without_steps_takes_nobody_yet(self):
        self._switch_on()
        self.cadence.step_ids.unlink()
        lead = self._make_lead()

        self._run_rules()

        self.assertFalse(lead.enrollment_ids)

    def test_a_copy_is_switched_off(self):
        self._switch_on()

        self.assertFalse(self.cadence.copy().is_self_enrolling)

    def test_queries_do_not_grow_with_the_leads(self):
        self._switch_on()

        def count_queries(size):
            leads = self.env["crm.lead"].union(
                *(self._make_lead(email_from=f"n{size}{n}@ample.example") for n in range(size))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.cadence._run_rules(leads)
            self.env.flush_all()
            self.assertEqual(leads.cadence_id, self.cadence)
            return self.env.cr.sql_log_count - before

        count_queries(2)
        few = count_queries(5)
        self.assertLessEqual(count_queries(25), few + 30)
