from collections import Counter
from unittest.mock import patch

import pytz

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common import LeadFollowupCase

CRON = "lead_followup.ir_cron_enroll_leads"


@tagged("post_install", "-at_install")
class TestLeadCadenceEnroll(LeadFollowupCase, CronMixinCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_general")
        cls.wizards = cls.env["lead.cadence.enroll"]
        cls.company = cls.env.company
        cls.company.lead_marketing_user_id = cls.user_marketing

    def _make_leads(self, count, prefix="n", **vals):
        return self.env["crm.lead"].union(
            *(
                self._make_lead(email_from=f"{prefix}{number}@ample.example", **vals)
                for number in range(count)
            )
        )

    def _ask(self, leads, user=None, cadence=None):
        """Return the question, as pressing “Enroll in a Cadence…” gives it."""
        leads = leads.with_user(user or self.user_marketing)
        cadence = cadence or self.cadence
        action = leads.with_context(lead_cadence_id=cadence.id).action_ask_enroll()
        return self.wizards.with_user(user or self.user_marketing).browse(action["res_id"])

    def _read_html(self, wizard):
        html = wizard.get_foreseen_html({"cadence_id": wizard.cadence_id.id})
        return " ".join(str(html).split())

    def _run_enrollments(self):
        with self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()

    def test_the_question_says_how_many_can_enter_and_why_others_can_t(self):
        can = self._make_leads(3)
        inside = self._make_leads(2, "inside")
        self.cadence._enroll(inside)
        closed = self._make_leads(1, "shut", do_not_contact=True)
        lost = self._make_leads(1, "lost")
        lost.action_set_lost()

        wizard = self._ask(can | inside | closed | lost)

        self.assertEqual(wizard.can_count, 3)
        self.assertEqual(wizard.summary, f"3 of 7 leads can enter “{self.cadence.name}”.")
        self.assertEqual(wizard.enroll_text, "Enroll 3 Leads")
        html = self._read_html(wizard)
        self.assertIn("In a cadence already – 2", html)
        self.assertIn("Must not be contacted – 1", html)
        self.assertIn("Won or lost – 1", html)

    def test_one_lead_is_asked_for_in_the_singular(self):
        self.assertEqual(self._ask(self._make_leads(1)).enroll_text, "Enroll 1 Lead")

    def test_pressing_enrolls_those_who_were_shown_and_says_so(self):
        leads = self._make_leads(3)
        left = self._make_leads(1, "shut", do_not_contact=True)
        wizard = self._ask(leads | left)

        answer = wizard.action_enroll()

        self.assertEqual(leads.cadence_id, self.cadence)
        self.assertFalse(left.enrollment_ids)
        self.assertEqual(
            answer["params"]["message"], f"3 of 3 leads have entered “{self.cadence.name}”."
        )

    def test_pressing_twice_enrolls_once(self):
        leads = self._make_leads(2)
        wizard = self._ask(leads)
        wizard.action_enroll()

        with self.assertRaisesRegex(UserError, "already"):
            wizard.action_enroll()
        self.assertEqual(len(leads.enrollment_ids), 2)

    def test_whoever_changed_between_showing_and_pressing_is_shown_again(self):
        leads = self._make_leads(3)
        wizard = self._ask(leads)
        leads[0].do_not_contact = True

        again = wizard.action_enroll()

        self.assertEqual((again["res_id"], again["res_model"]), (wizard.id, wizard._name))
        self.assertTrue(wizard.has_changed)
        self.assertFalse(leads.enrollment_ids)
        wizard.invalidate_recordset()
        self.assertEqual(wizard.can_count, 2)

        wizard.action_enroll()
        self.assertEqual(leads.enrollment_ids.lead_id, leads[1:])

    def test_the_same_count_of_other_people_is_a_change_too(self):
        leads = self._make_leads(2)
        leads[0].do_not_contact = True
        wizard = self._ask(leads)
        leads[0].do_not_contact = False
        leads[1].do_not_contact = True

        wizard.action_enroll()

        self.assertTrue(wizard.has_changed)
        self.assertFalse(leads.enrollment_ids)

    def test_a_change_that_concerns_nobody_s_entry_is_none(self):
        leads = self._make_leads(2)
        wizard = self._ask(leads)
        leads[0].contact_name = "Somebody Else"

        wizard.action_enroll()

        self.assertEqual(leads.cadence_id, self.cadence)

    def test_another_cadence_is_counted_anew_on_the_screen(self):
        other = self.env["lead.cadence"].create(
            {"name": "Other", "step_ids": [(0, 0, {"name": "Call", "channel": "call"})]}
        )
        company = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        leads = self._make_leads(2)
        wizard = self._ask(leads)
        key = wizard.shown_key

        wizard.cadence_id = other
        self.assertEqual((wizard.can_count, wizard.shown_key), (2, key))
        other.sudo().company_id = company
        leads.company_id = self.company
        wizard.invalidate_recordset()

        wizard.action_enroll()
        self.assertTrue(wizard.has_changed)
        with self.assertRaisesRegex(UserError, "None of these leads can enter “Other”"):
            wizard.action_enroll()

    def test_without_a_cadence_it_asks_for_one(self):
        wizard = self._ask(self._make_leads(1))
        wizard.cadence_id = False

        self.assertFalse(wizard.get_foreseen_html({"cadence_id": False}))
        with self.assertRaisesRegex(UserError, "Choose the cadence"):
            wizard.action_enroll()

    def test_without_a_lead_it_asks_for_some(self):
        with self.assertRaisesRegex(UserError, "No lead is chosen"):
            self.env["crm.lead"].action_ask_enroll()

    def test_the_show_s_cadence_is_proposed_where_all_come_from_one_show(self):
        visitors = self._make_leads(2)
        for lead in visitors:
            self.env["lead.show.visit"].create({"lead_id": lead.id, "trade_show_id": self.show.id})
        others = self._make_leads(1, "other")

        self.assertEqual(visitors._get_likely_cadence(), self.show.cadence_id)
        self.assertEqual(others._get_likely_cadence(), self.cadence)
        asked = others.with_context(lead_cadence_id=self.show.cadence_id.id)
        self.assertEqual(asked._get_likely_cadence(), self.show.cadence_id)

    def _read_planned(self, leads):
        """What is really planned, in the figures of a forecast."""
        zone = pytz.timezone(self.company._get_lead_tz())
        planned = leads.enrollment_ids.touch_ids.filtered("planned_at")
        days = Counter(
            (
                str(pytz.utc.localize(touch.planned_at).astimezone(zone).date()),
                touch.channel,
                touch.user_id.id,
            )
            for touch in planned
        )
        late = len(planned.filtered("is_late_by_plan"))
        capped = len(planned._filter_capped())
        return [[*key, days[key]] for key in sorted(days)], late, capped

    def test_the_forecast_of_many_comes_true_under_a_cap_with_calls_and_letters(self):
        self.company.lead_email_cap = 2
        leads = self._make_leads(5, user_id=self.user_rep.id)
        leads |= self._make_leads(3, "m")
        leads |= self._make_leads(
            2, "call", email_consent="no", phone="+12025550155", user_id=self.user_rep.id
        )
        leads |= self._make_leads(
            2, "letter", email_consent="no", phone="+12025550156", street="1 Sample St", city="Reno"
        )
        wizard = self._ask(leads)

        forecast = wizard._foresee(self.cadence, wizard._split()[0])
        wizard.action_enroll()

        plan, late, capped = self._read_planned(leads)
        self.assertEqual([line[:4] for line in forecast["plan"]], plan)
        self.assertEqual((forecast["late_count"], forecast["capped_count"]), (late, capped))
        # two a day and sender: of five three are moved, of three one
        self.assertEqual(capped, 4)
        self.assertIn(["waiting", "call", "no_rep", 2], forecast["open"])
        self.assertIn(["blocked", "email", "no_consent", 4], forecast["open"])

    def test_the_forecast_is_told_in_the_words_of_the_import_s(self):
        self.company.lead_email_cap = 2
        wizard = self._ask(self._make_leads(3))

        html = self._read_html(wizard)

        # Friday two, before their deadline a day from now; the third on Monday, late
        self.assertIn("Friday 20 March 2026", html)
        self.assertIn("Monday 23 March 2026", html)
        self.assertIn("moved by the cap of 2", html)
        self.assertIn("E-mails go out in the name of:", html)
        self.assertIn("Mara (3)", html)

    def test_whom_no_step_reaches_is_said_before(self):
        bare = self._make_lead(email_from=False)
        reached = self._make_leads(2)

        html = self._read_html(self._ask(bare | reached))

        self.assertIn("No step of the cadence reaches them – 1", html)
        self.assertIn("Email: No e-mail address – 1", html)
        self.assertNotIn("reaches them", self._read_html(self._ask(reached)))

    def test_a_forecast_leaves_nothing_behind(self):
        leads = self._make_leads(3, user_id=self.user_rep.id)
        wizard = self._ask(leads)
        self.env.cr.flush()
        models = (
            "lead.touch",
            "lead.cadence.enrollment",
            "mail.mail",
            "mail.message",
            "mail.activity",
            "ir.cron.trigger",
            "lead.event",
            "bus.bus",
        )
        counts = [self.env[model].search_count([]) for model in models]
        hooks = list(self.env.cr.postcommit._funcs)

        self._read_html(wizard)
        self.env.cr.flush()

        self.assertEqual([self.env[model].search_count([]) for model in models], counts)
        self.assertEqual(list(self.env.cr.postcommit._funcs), hooks)
        self.assertEqual(wizard.can_count, 3)

    def test_a_forecast_costs_no_query_more_for_more_leads(self):
        wizards = [self._ask(self._make_leads(size, f"s{size}x")) for size in (5, 50)]
        counts = []
        for wizard in [wizards[0], *wizards]:  # the first fills what is known for good
            self.env.flush_all()
            self.env.invalidate_all()
            can = wizard._split()[0]
            start = self.env.cr.sql_log_count
            wizard._foresee(self.cadence, can)
            counts.append(self.env.cr.sql_log_count - start)

        self.assertLessEqual(counts[2], counts[1] + 3)

    def test_too_many_for_a_forecast_are_still_counted(self):
        wizard = self._ask(self._make_leads(3))
        with patch.object(type(wizard), "_FORECAST_AT_MOST", 2):
            html = self._read_html(wizard)
        self.assertIn("up to 2 leads", html)
        self.assertNotIn("o_lead_forecast_mailed", html)
        with patch.object(type(wizard), "_FORECAST_AT_MOST", 3):
            self.assertIn("o_lead_forecast_mailed", self._read_html(wizard))

    def test_sending_that_is_stopped_is_said(self):
        wizard = self._ask(self._make_leads(1))
        self.assertNotIn("Sending is stopped", self._read_html(wizard))
        self.company.lead_sending_stopped = True
        self.assertIn("Sending is stopped", self._read_html(wizard))

    # -- in the background

    def _ask_many(self, leads, user=None):
        wizard = self._ask(leads, user)
        with patch.object(type(wizard), "_AT_ONCE", 2), self.capture_triggers(CRON) as woken:
            answer = wizard.action_enroll()
        self.assertEqual(len(woken.records), 1)
        self.assertIn("in the background", answer["params"]["message"])
        return wizard

    def test_many_enter_in_the_background_and_whoever_asked_is_told(self):
        leads = self._make_leads(5)
        wizard = self._ask_many(leads)
        self.assertFalse(leads.enrollment_ids)

        with patch.object(type(wizard), "_CHUNK", 2):
            self._run_enrollments()

        self.assertEqual(leads.cadence_id, self.cadence)
        self.assertEqual((wizard.state, wizard.enrolled_count), ("done", 5))
        told = self.env["mail.message"].search(
            [("partner_ids", "in", self.user_marketing.partner_id.ids)], limit=1, order="id desc"
        )
        self.assertIn("5 of 5 leads have entered", told.body)

    def test_just_as_many_as_a_person_waits_for_enter_at_once(self):
        leads = self._make_leads(2)
        wizard = self._ask(leads)
        with patch.object(type(wizard), "_AT_ONCE", 2):
            wizard.action_enroll()
        self.assertEqual(leads.cadence_id, self.cadence)

    def test_broken_off_after_a_chunk_it_goes_on_and_enrolls_nobody_twice(self):
        leads = self._make_leads(5)
        wizard = self._ask_many(leads)
        job = self.wizards.browse(wizard.id)

        class OutOfTime:
            """A scheduler whose time is up after the first chunk."""

            def _commit_progress(self, processed=0, remaining=None):
                return 0

        with patch.object(type(wizard), "_CHUNK", 2):
            self.assertFalse(job._run(OutOfTime()))
            self.assertEqual((len(leads.enrollment_ids), job.state), (2, "queued"))
            self._run_enrollments()
            self._run_enrollments()

        self.assertEqual(len(leads.enrollment_ids), 5)
        self.assertEqual(job.enrolled_count, 5)

    def test_who_entered_elsewhere_meanwhile_is_left_out_and_not_counted(self):
        leads = self._make_leads(3)
        wizard = self._ask_many(leads)
        self.cadence._enroll(leads[0])

        self._run_enrollments()

        self.assertEqual((wizard.enrolled_count, wizard.asked_count), (2, 3))
        self.assertIn("choose them again", wizard._get_result_text())
        self.assertEqual(len(leads.enrollment_ids), 3)

    def test_one_lead_that_fails_stops_nothing_but_itself_and_is_named(self):
        leads = self._make_leads(4)
        wizard = self._ask_many(leads)
        cadences = type(self.cadence)
        enroll = cadences._enroll

        def fail_for_the_first(cadence, some):
            if leads[0] in some:
                raise ValueError("the first one is broken")
            return enroll(cadence, some)

        with (
            patch.object(cadences, "_enroll", fail_for_the_first),
            patch.object(type(wizard), "_CHUNK", 2),
            mute_logger("odoo.addons.lead_followup.wizards.lead_cadence_enroll"),
        ):
            self._run_enrollments()

        self.assertEqual((wizard.state, wizard.enrolled_count), ("done", 3))
        self.assertEqual(leads[1:].cadence_id, self.cadence)
        self.assertFalse(leads[0].enrollment_ids)
        text = wizard._get_result_text()
        self.assertIn("3 of 4 leads have entered", text)
        self.assertIn(f"A fault kept out 1: {leads[0].name} (#{leads[0].id}).", text)
        self.assertNotIn("changed meanwhile", text)

    def test_whoever_asked_and_has_lost_his_rights_holds_up_nobody_else(self):
        gone = self._ask_many(self._make_leads(3, "g", user_id=self.user_rep.id), self.user_rep)
        mine = self._make_leads(3)
        wizard = self._ask_many(mine)
        self.user_rep.group_ids = self.env.ref("base.group_user")

        with mute_logger("odoo.addons.lead_followup.wizards.lead_cadence_enroll"):
            self._run_enrollments()

        self.assertEqual(mine.cadence_id, self.cadence)
        self.assertEqual((gone.sudo().state, gone.sudo().enrolled_count), ("done", 0))
        told = self.env["mail.message"].search(
            [("partner_ids", "in", self.user_rep.partner_id.ids)], limit=1, order="id desc"
        )
        self.assertEqual(told.subject, "Leads could not be enrolled")
        self.assertEqual(wizard.enrolled_count, 3)

    def test_the_best_get_the_first_places_under_the_cap(self):
        self.company.lead_email_cap = 1
        leads = self._make_leads(2)
        best = leads[1]
        budget = self.env.ref("lead_scoring.lead_qualifier_budget")
        self.env["lead.qualification"].create(
            {
                "lead_id": best.id,
                "qualifier_id": budget.id,
                "answer_id": budget.answer_ids.sorted("points")[-1].id,
            }
        )
        leads._update_scores()
        self.assertGreater(best.score_total, leads[0].score_total)

        self._ask(leads).action_enroll()

        self.assertLess(best.next_touch_at, leads[0].next_touch_at)

    # -- rights

    def test_a_rep_enrolls_his_own_leads_only(self):
        other = self._make_user("ted", "sales_team.group_sale_salesman")
        mine = self._make_leads(2, "mine", user_id=self.user_rep.id)
        his = self._make_leads(1, "his", user_id=other.id)

        with self.assertRaises(AccessError):
            self._ask(mine | his, self.user_rep)
        self._ask(mine, self.user_rep).action_enroll()
        self.assertEqual(mine.cadence_id, self.cadence)

        with self.assertRaises(AccessError):
            self.wizards.with_user(self.user_rep).create(
                {"cadence_id": self.cadence.id, "lead_ids": [(6, 0, his.ids)]}
            )
        self.assertFalse(his.enrollment_ids)

    def test_in_the_background_it_is_still_his_own_leads_only(self):
        leads = self._make_leads(3, user_id=self.user_rep.id)
        wizard = self._ask_many(leads, self.user_rep)
        other = self._make_user("ted", "sales_team.group_sale_salesman")
        leads[0].user_id = other

        with mute_logger("odoo.addons.lead_followup.wizards.lead_cadence_enroll"):
            self._run_enrollments()

        self.assertFalse(leads[0].enrollment_ids)
        self.assertEqual(leads[1:].cadence_id, self.cadence)
        self.assertEqual(wizard.sudo().enrolled_count, 2)

    def test_nobody_presses_another_s_question(self):
        other = self._make_user("ted", "sales_team.group_sale_salesman")
        wizard = self._ask(self._make_leads(1), self.user_rep)

        with self.assertRaises(AccessError):
            wizard.with_user(other).action_enroll()
        with self.assertRaises(AccessError):
            wizard.with_user(other).get_foreseen_html({"cadence_id": self.cadence.id})

    def test_who_is_no_salesperson_can_t_ask(self):
        clerk = self._make_user("carl", "base.group_user")
        with self.assertRaises(AccessError):
            self._ask(self._make_leads(1), clerk)

    def test_nobody_sets_by_hand_that_it_waits_for_the_background(self):
        leads = self._make_leads(1, user_id=self.user_rep.id)
        wizard = self._ask(leads, self.user_rep)
        wizard.state = "queued"
        leads.user_id = self._make_user("ted", "sales_team.group_sale_salesman")

        with mute_logger("odoo.addons.lead_followup.wizards.lead_cadence_enroll"):
            self._run_enrollments()

        self.assertFalse(leads.enrollment_ids)

    def test_choosing_leads_from_a_cadence_keeps_to_it(self):
        inside = self._make_leads(1, "inside")
        self.cadence._enroll(inside)
        free = self._make_leads(1)

        action = self.cadence.action_choose_leads()

        self.assertEqual(action["context"]["lead_cadence_id"], self.cadence.id)
        found = self.env["crm.lead"].search(safe_eval(action["domain"]))
        self.assertIn(free, found)
        self.assertNotIn(inside, found)
