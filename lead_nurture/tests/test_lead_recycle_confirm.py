import datetime as dt

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .recycle_common import LeadRecycleCase


@tagged("post_install", "-at_install")
class TestLeadRecycleConfirm(LeadRecycleCase):
    """Leads lost before enter only after a person has seen how many they are."""

    def _make_earlier(self, closed, **vals):
        """A lead that was lost before recycling was there."""
        lead = self._make_lost(**vals)
        lead.recycle_ids.unlink()
        lead.date_closed = closed
        return lead

    def _ask(self, leads, **vals):
        action = leads.action_ask_recycle()
        wizard = self.env["lead.recycle.confirm"].browse(action["res_id"])
        wizard.write(vals)
        return wizard

    def test_nothing_lost_before_enters_unasked(self):
        lead = self._make_earlier("2025-01-01 12:00:00")

        self._run_recycling()

        self.assertFalse(lead.recycle_ids or lead.enrollment_ids)

    def test_the_rule_states_the_count_and_the_rest_counts_from_the_true_day(self):
        old = self._make_earlier("2025-01-01 12:00:00", email_from="a@best.example")
        recent = self._make_earlier("2026-02-10 12:00:00", email_from="b@best.example")
        no = self._make_earlier(
            "2025-01-01 12:00:00", email_from="c@best.example", do_not_contact=True
        )
        resting = self._make_lost(email_from="d@best.example")
        open_lead = self._make_lead(email_from="e@best.example")
        self.env["crm.lead"].with_context(active_test=False).search(
            [("won_status", "=", "lost"), ("id", "not in", (old | recent | no | resting).ids)]
        ).action_unarchive()

        action = self.rule.with_user(self.user_marketing).action_ask_earlier()
        wizard = self.env["lead.recycle.confirm"].browse(action["res_id"])
        wizard = wizard.with_user(self.user_marketing)

        self.assertEqual((wizard.lead_count, wizard.can_count), (2, 2))
        self.assertIn("Leads that are recycled: 2 of 3. 1 of them enter", wizard.summary)
        self.assertEqual(wizard.left_out_text, "Must not be contacted – 1")
        wizard.action_confirm()
        self._run_recycling()
        self.assertRecycling(old, "track")
        self.assertEqual(str(old.recycle_id.ended_at), "2025-01-01 12:00:00")
        self.assertRecycling(recent, "resting")
        self.assertEqual(recent.recycle_id.rest_until, dt.date(2026, 5, 10))
        # who never enters is not asked about again
        self.assertRecycling(no, "never", "do_not_contact")
        self.assertFalse(open_lead.recycle_ids)
        again = self.env["lead.recycle.confirm"].browse(self.rule.action_ask_earlier()["res_id"])
        self.assertFalse(again.lead_ids)

    def test_a_reason_that_a_rule_before_takes_is_not_asked_about(self):
        mine = self._make_earlier("2025-01-01 12:00:00")
        first = self.rule.copy({"sequence": 1, "lost_reason_ids": [(6, 0, self.reason_skill.ids)]})
        mine.lost_reason_id = self.reason_skill

        asked = self.env["lead.recycle.confirm"]
        self.assertNotIn(mine, asked.browse(self.rule.action_ask_earlier()["res_id"]).lead_ids)
        self.assertIn(mine, asked.browse(first.action_ask_earlier()["res_id"]).lead_ids)

    def test_an_unknown_day_is_taken_from_the_chatter_or_stays_unknown(self):
        told, unknown = (
            self._make_earlier(False, email_from=f"{name}@best.example") for name in "ab"
        )
        message = told.message_post(body="Lost", subtype_xmlid="crm.mt_lead_lost")
        message.date = "2025-12-01 10:00:00"

        wizard = self._ask(told | unknown)
        wizard.action_confirm()

        self.assertEqual(str(told.recycle_id.ended_at), "2025-12-01 10:00:00")
        self.assertFalse(unknown.recycle_id.ended_at)
        # three months from the confirmation, 20 March
        self.assertEqual(unknown.recycle_id.rest_until, dt.date(2026, 6, 20))

    def test_more_than_stated_are_stated_anew(self):
        leads = self._make_earlier("2025-01-01 12:00:00") | self._make_earlier(
            "2025-01-01 12:00:00", email_from="b@best.example", do_not_contact=True
        )
        wizard = self._ask(leads)
        self.assertEqual(wizard.lead_count, 1)
        leads.do_not_contact = False

        action = wizard.action_confirm()

        self.assertEqual(action["res_id"], wizard.id)
        self.assertEqual((wizard.lead_count, wizard.has_changed), (2, True))
        self.assertFalse(leads.recycle_ids)
        wizard.action_confirm()
        self.assertEqual(leads.recycle_ids.mapped("state"), ["resting"] * 2)

    def test_marked_in_the_list_the_reasons_of_the_others_are_said(self):
        leads = (
            self._make_earlier("2025-01-01 12:00:00", email_from="a@best.example")
            | self._make_lead(email_from="b@best.example")
            | self._make_lost(email_from="c@best.example")
            | self._make_lost(email_from="d@best.example", rotation=3)
        )

        wizard = self._ask(leads)

        self.assertIn("1 of 4. 1 of them", wizard.summary)
        self.assertEqual(
            set(wizard.left_out_text.split("\n")),
            {
                "Not lost – 1",
                "Recycled already – 1",
                "Was taken up again as often as its rule allows – 1",
            },
        )

    def test_who_rests_may_be_taken_without_waiting(self):
        lead = self._make_lost()

        wizard = self._ask(lead)
        with self.assertRaisesRegex(UserError, "None of these leads can be recycled"):
            wizard.action_confirm()
        wizard.is_now = True
        wizard.lead_count = wizard.can_count
        wizard.action_confirm()
        self._run_recycling()

        self.assertRecycling(lead, "track")

    def test_a_way_switched_off_takes_them_by_confirmation(self):
        self.env.company.lead_recycle_lost = False
        lead = self._make_lost()
        self.assertRecycling(lead, "never", "switched_off")

        self._ask(lead).action_confirm()

        self.assertRecycling(lead, "resting")
        self.assertEqual(len(lead.recycle_ids), 2)

    def test_a_plain_salesperson_does_not_recycle_in_bulk(self):
        lead = self._make_earlier("2025-01-01 12:00:00")

        with self.assertRaises(AccessError):
            lead.with_user(self.user_rep).action_ask_recycle()

    def test_many_are_stated_with_the_queries_of_few(self):
        def count(number):
            leads = self.env["crm.lead"].union(
                *(
                    self._make_earlier("2025-01-01", email_from=f"y{number}_{i}@best.example")
                    for i in range(number)
                )
            )
            wizard = self.env["lead.recycle.confirm"].create({"lead_ids": [(6, 0, leads.ids)]})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(wizard.can_count, number)
            return self.env.cr.sql_log_count - before

        count(1)

        self.assertEqual(count(3), count(20))

    def test_the_report_says_which_rest_fits_from_ten_on(self):
        leads = self.env["crm.lead"].union(
            *(
                self._make_lost(email_from=f"z{i}@best.example", expected_revenue=100)
                for i in range(10)
            )
        )
        rows = leads.recycle_ids
        self.env.flush_all()
        for row, days in zip(rows[:9], (100, 110, 120, 140, 152, 160, 170, 180, 190), strict=True):
            row.write({"state": "back", "days_away": days})
        rows[:2].write({"won_at": "2026-08-01", "won_revenue": 100})

        def read_line():
            self.env.flush_all()
            self.env.invalidate_all()
            domain = [
                ("lost_reason_id", "=", self.reason_price.id),
                ("company_id", "=", leads.company_id.id),
            ]
            return self.env["lead.recycle.report"].search(domain)

        self.env.execute_query(
            SQL("DELETE FROM lead_recycle WHERE id <> ALL(%s) RETURNING 1", rows.ids)
        )
        line = read_line()
        self.assertEqual((line.total_count, line.back_count, line.resting_count), (10, 9, 1))
        self.assertEqual((line.won_count, line.won_revenue), (2, 200))
        self.assertIn("Too few", line.median_text)
        rows[9].write({"state": "back", "days_away": 152})

        # 152 and 152 in the middle of ten; 152 days are five months of 30.4
        self.assertIn("within 152 days; a rest of about 5 months", read_line().median_text)
        action = line.with_context(recycle_state="won").action_open()
        self.assertEqual(
            self.env["lead.recycle"].search(action["domain"]), rows[:2].sorted("id", reverse=True)
        )


@tagged("post_install", "-at_install")
class TestLeadRecycleSecurity(LeadRecycleCase):
    def test_a_salesperson_loses_his_lead_and_sees_only_his_rows(self):
        mine = self._make_lead(user_id=self.user_rep.id)
        other = self._make_user("ted", "sales_team.group_sale_salesman")
        his = self._make_lost(user_id=other.id, email_from="b@best.example")

        mine.with_user(self.user_rep).action_set_lost(lost_reason_id=self.reason_price.id)
        rows = self.env["lead.recycle"].with_user(self.user_rep)

        self.assertEqual(rows.search([]).lead_id & (mine | his), mine.with_user(self.user_rep))
        self.assertIn("rests until", mine.with_user(self.user_rep).recycle_story)
        with self.assertRaises(AccessError):
            rows.search([], limit=1).write({"state": "back"})
        with self.assertRaises(AccessError):
            rows.create({"lead_id": mine.id, "way": "lost"})
        with self.assertRaises(AccessError):
            self.rule.with_user(self.user_rep).write({"rest_months": 1})
        mine.with_user(self.user_rep).action_unarchive()
        self.assertRecycling(mine, "over", "restored")

    def test_a_salesperson_wins_what_rested(self):
        lead = self._make_lost(type="opportunity", expected_revenue=10)

        lead.with_user(self.user_rep).action_set_won()

        self.assertEqual(lead.recycle_id.won_revenue, 10)

    def test_another_company_s_rows_are_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        lead = self._make_lost(company_id=company.id, user_id=False)

        self.assertFalse(
            self.env["lead.recycle"]
            .with_user(self.user_marketing)
            .search([("lead_id", "=", lead.id)])
        )
        report = self.env["lead.recycle.report"].with_user(self.user_marketing)
        self.assertFalse(report.search([("company_id", "=", company.id)]))

    def test_who_is_no_salesperson_sees_none_of_it(self):
        clerk = self._make_user("carl", "base.group_user")

        for model in ("lead.recycle", "lead.recycle.rule", "lead.recycle.report"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(clerk).search([])
