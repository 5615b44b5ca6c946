from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .health_common import LeadHealthCase


@tagged("post_install", "-at_install")
class TestLeadHealth(LeadHealthCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_a = cls.env.company
        cls.company_b = cls.env["res.company"].create({"name": "Branch"})
        cls.user_leader = cls._make_user("lea", "sales_team.group_sale_salesman_all_leads")

    def _keep(self, check, week, count, company=None):
        self.env["lead.health.count"].create(
            {
                "check_id": check.id,
                "week": week,
                "count": count,
                "company_id": (company or self.company_a).id,
            }
        )

    def _rows(self, check):
        rows = self.env["lead.health.count"].search([("check_id", "=", check.id)])
        return {(str(row.week), row.company_id.name): row.count for row in rows}

    def test_the_admin_adds_a_check(self):
        check = self._make_check().with_user(self.user_marketing)
        leaking = self._make_lead()
        self._make_lead(phone="+1 212 555 0100")

        action = check.action_open()

        self.assertEqual(self._count(check, self.user_marketing), 1)
        self.assertEqual(self.env["crm.lead"].search(action["domain"]), leaking)

    def test_a_filter_that_does_not_work_is_refused_in_words(self):
        with self.assertRaisesRegex(ValidationError, "The filter of “No phone number” does not"):
            self._make_check(domain="[('no_such_field', '=', 1)]")
        with self.assertRaisesRegex(ValidationError, "The filter of “No phone number” does not"):
            self._make_check(domain="phone is missing")

    def test_a_filter_on_leads_is_refused_for_rules(self):
        with self.assertRaisesRegex(ValidationError, "The filter of “No phone number” does not"):
            self._make_check(model="lead.score.rule")

    def test_a_check_without_a_word_what_to_do_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "does not say what to do"):
            self._make_check(hint=" ")

    def test_one_that_works_no_longer_says_so_and_the_others_count(self):
        check, other = self._make_check(), self._make_check(name="Other")
        self._make_lead()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE lead_health_check SET domain = %s WHERE id = %s",
            ("[('gone', '=', 1)]", check.id),
        )
        self.env.invalidate_all()

        self.assertEqual((check + other).mapped("count"), [0, 1])
        self.assertIn("The filter does not work", check.trend_text)
        self.assertFalse(other.fault)

    def test_counts_are_those_of_the_companies_one_works_in(self):
        check = self._make_check()
        self.user_marketing.company_ids |= self.company_b
        for company in (self.company_a, self.company_a, self.company_b):
            self._make_lead(company_id=company.id)
        nobodys = self._make_lead()
        nobodys.company_id = False

        both = self.company_a + self.company_b
        counts = [
            self._count(check, self.user_marketing, companies)
            for companies in (self.company_a, self.company_b, both)
        ]

        self.assertEqual(counts, [3, 2, 4])

    def test_a_check_of_one_company_counts_its_leads_alone(self):
        check = self._make_check(company_id=self.company_b.id)
        self._make_lead(company_id=self.company_a.id)
        self._make_lead(company_id=self.company_b.id)

        self.assertEqual(self._count(check), 1)

    def test_only_managers_see_the_checks_and_the_counts(self):
        check = self._make_check()
        self._keep(check, "2026-03-09", 7)
        for user in (self.user_rep, self.user_leader):
            for model in ("lead.health.check", "lead.health.count"):
                with self.subTest(user=user.login, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                check.with_user(user).action_open()

    def test_managers_see_counts_of_their_companies_and_write_none(self):
        check = self._make_check()
        self._keep(check, "2026-03-09", 7)
        self._keep(check, "2026-03-09", 5, self.company_b)
        counts = self.env["lead.health.count"].with_user(self.user_marketing)

        self.assertEqual(counts.search([("check_id", "=", check.id)]).mapped("count"), [7])
        with self.assertRaises(AccessError):
            counts.search([("check_id", "=", check.id)]).write({"count": 0})

    def test_a_check_of_another_company_is_not_seen(self):
        check = self._make_check(company_id=self.company_b.id)

        found = self.env["lead.health.check"].with_user(self.user_marketing).search([])

        self.assertNotIn(check, found)

    def test_the_trend_is_against_the_end_of_last_week(self):
        """This week is that of 03-16: last week's row is of 03-09, four weeks ago's of 02-16."""
        check = self._make_check()
        self._make_lead()
        self._make_lead()
        for week, count in (
            ("2026-02-09", 90),
            ("2026-02-16", 9),
            ("2026-03-02", 80),
            ("2026-03-09", 5),
            ("2026-03-16", 70),
        ):
            self._keep(check, week, count)

        check.invalidate_recordset()

        self.assertEqual((check.last_week, check.four_weeks_ago), ("5", "9"))
        self.assertEqual((check.trend, check.trend_text), ("fewer", "▼ 3 fewer than last week"))

    def test_more_the_same_and_unknown(self):
        more, same, unknown = (self._make_check(name=name) for name in "abc")
        self._make_lead()
        self._keep(more, "2026-03-09", 0)
        self._keep(same, "2026-03-09", 1)
        checks = more + same + unknown
        checks.invalidate_recordset()

        self.assertEqual(checks.mapped("trend"), ["more", "same", "unknown"])
        self.assertEqual(checks.mapped("last_week"), ["0", "1", "–"])
        self.assertEqual(
            checks.mapped("trend_text"),
            ["▲ 1 more than last week", "= as last week", "Not counted last week"],
        )

    def test_the_trend_adds_up_the_companies_one_works_in(self):
        check = self._make_check()
        self.user_marketing.company_ids |= self.company_b
        self._keep(check, "2026-03-09", 7)
        self._keep(check, "2026-03-09", 5, self.company_b)
        seen = check.with_user(self.user_marketing)

        shown = [
            seen.with_context(allowed_company_ids=companies.ids).last_week
            for companies in (self.company_a, self.company_b, self.company_a + self.company_b)
        ]

        self.assertEqual(shown, ["7", "5", "12"])

    def test_the_page_costs_one_count_a_check(self):
        """The trend is one query more, however many checks there are."""
        self._make_lead()
        checks = self._make_check(name="1")
        for number in range(2, 7):
            checks |= self._make_check(name=str(number))
        self.env.flush_all()

        def count(some):
            self.env.invalidate_all()
            some.mapped("name")
            before = self.env.cr.sql_log_count
            some.mapped("trend_text")
            return self.env.cr.sql_log_count - before

        count(checks)
        one, two, six = count(checks[0]), count(checks[:2]), count(checks)

        # a count, and a savepoint with its release
        self.assertEqual((two - one, six - one), (3, 15))

    def test_the_night_keeps_a_row_a_company_and_week(self):
        check = self._make_check()
        self._make_lead(company_id=self.company_a.id)
        self._make_lead(company_id=self.company_b.id)
        self._make_lead(company_id=self.company_b.id)
        self._make_lead().company_id = False

        self._run_count()

        rows = self._rows(check)
        self.assertEqual(
            [rows["2026-03-16", name] for name in (self.company_a.name, "Branch", False)], [1, 2, 1]
        )
        self.assertTrue(all(self.checks.mapped("counted_on")))

    def test_the_last_night_of_a_week_counts(self):
        check = self._make_check()
        key, next_key = (("2026-03-16", "Branch"), ("2026-03-23", "Branch"))
        self._run_count()
        lead = self._make_lead(company_id=self.company_b.id)

        self._run_count()  # twice a day does the same as once
        first = self._rows(check)[key]
        with freeze_time("2026-03-22 23:00:00"):
            self._run_count()
        last = self._rows(check)[key]
        lead.unlink()
        with freeze_time("2026-03-23 01:00:00"):
            self._run_count()

        rows = self._rows(check)
        self.assertEqual((first, last), (0, 1))
        self.assertEqual((rows[key], rows[next_key]), (1, 0))

    def test_the_night_switches_off_what_is_broken_and_goes_on(self):
        check, other = self._make_check(), self._make_check(name="Other")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE lead_health_check SET domain = %s WHERE id = %s",
            ("[('gone', '=', 1)]", check.id),
        )
        self.env.invalidate_all()

        with mute_logger("odoo.addons.lead_nurture.models.lead_health_count"):
            self._run_count()

        self.assertFalse(check.active)
        self.assertIn("gone", check.error)
        self.assertFalse(self._rows(check))
        self.assertTrue(self._rows(other))

    def test_a_night_that_was_cut_short_goes_on_where_it_stopped(self):
        check, other = self._make_check(), self._make_check(name="Other")
        check.counted_on = "2026-03-20"
        counted = []

        def note(self):
            counted.append(self)

        with patch.object(type(check), "_keep_count", note):
            self._run_count()

        self.assertNotIn(check, counted)
        self.assertIn(other, counted)

    def test_a_changed_filter_forgets_the_earlier_weeks(self):
        check = self._make_check()
        self._keep(check, "2026-03-09", 7)

        check.write({"name": "Renamed", "domain": check.domain})
        kept = self._rows(check)
        check.domain = "[('mobile', '=', False)]"

        self.assertEqual(len(kept), 1)
        self.assertFalse(self._rows(check))
