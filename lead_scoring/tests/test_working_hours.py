from datetime import datetime, timedelta

from odoo.tests.common import tagged

from .common import NOW, LeadScoringCase

WEEK = range(5)  # Monday to Friday


class WorkingHoursCase(LeadScoringCase):
    """A company that works Monday to Friday, 8 to 12 and 13 to 17; now is a Tuesday's noon.

    So 4 hours are left of today, and 8 follow each day from Wednesday to Friday.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.week = cls._make_calendar(WEEK)
        cls.company.write(
            {
                "resource_calendar_id": cls.week.id,
                "lead_offer_remind_hours": 8,
                "lead_offer_expire_hours": 16,
            }
        )
        cls.rule = cls.env["lead.assignment.rule"].create(
            {"name": "Rule", "method": "fixed", "member_ids": cls.user_ann.ids}
        )

    @classmethod
    def _make_calendar(cls, days, **vals):
        return cls.env["resource.calendar"].create(
            {
                "name": "Hours",
                "tz": "UTC",
                "attendance_ids": [(5, 0, 0)]
                + [
                    (0, 0, {"name": "x", "dayofweek": str(day), "hour_from": h, "hour_to": h + 4})
                    for day in days
                    for h in (8, 13)
                ],
                **vals,
            }
        )

    @classmethod
    def _make_resource(cls, user, calendar=None, **vals):
        return cls.env["resource.resource"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "calendar_id": calendar.id if calendar else False,
                "tz": "UTC",
                **vals,
            }
        )

    def _make_leave(self, resource, until, since=NOW - timedelta(hours=12)):
        calendar = resource.calendar_id or self.env["resource.calendar"]
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": resource.id,
                "calendar_id": calendar.id,
                "date_from": since,
                "date_to": until,
            }
        )

    def _offer(self, **vals):
        lead = self._make_qualified(**vals)
        lead._offer_qualified()
        return lead

    def assertOffered(self):
        lead = self._offer()
        self.assertEqual((lead.user_id, lead.waiting_reason), (self.user_ann, False))

    def assertAway(self, until):
        lead = self._offer()
        self.assertFalse(lead.user_id)
        self.assertEqual(lead.waiting_reason, f"Rule “Rule”: Ann away until {until}.")


@tagged("post_install", "-at_install")
class TestAbsence(WorkingHoursCase):
    """Who is back within one working day of the company is offered leads; who is not, is not."""

    def test_leave_all_week_is_passed_over(self):
        resource = self._make_resource(self.user_ann, self.week)
        self._make_leave(resource, datetime(2026, 3, 20, 23))
        self.assertAway("March 23")  # 4 + 8 + 8 + 8 hours on

    def test_leave_ending_tonight_is_offered(self):
        resource = self._make_resource(self.user_ann, self.week)
        self._make_leave(resource, datetime(2026, 3, 17, 23, 59))
        self.assertOffered()  # 4 hours on

    def test_back_after_exactly_one_working_day_is_offered_later_is_not(self):
        resource = self._make_resource(self.user_ann, self.week)
        leave = self._make_leave(resource, datetime(2026, 3, 18, 12))
        self.assertOffered()  # Wednesday 13:00, 4 + 4 hours on

        leave.date_to = datetime(2026, 3, 18, 13, 30)
        self.assertAway("March 18")  # half an hour more

    def test_part_timer_back_tomorrow_is_offered(self):
        self._make_resource(self.user_ann, self._make_calendar([2]))
        self.assertOffered()

    def test_part_timer_back_in_three_working_days_is_passed_over(self):
        self._make_resource(self.user_ann, self._make_calendar([4]))
        self.assertAway("March 20")  # 4 + 8 + 8 hours on

    def test_nobody_is_away_at_night_or_on_a_weekend(self):
        self._make_resource(self.user_ann, self.week)
        for moment in (datetime(2026, 3, 18, 2), datetime(2026, 3, 21, 11)):
            with self.subTest(moment=moment):
                self._travel(seconds=(moment - NOW).total_seconds())
                self.assertOffered()

    def test_leave_over_a_weekend_is_passed_over_on_saturday(self):
        resource = self._make_resource(self.user_ann, self.week)
        self._travel(days=4)
        leave = self._make_leave(resource, datetime(2026, 3, 23, 23))
        self.assertOffered()  # Tuesday 8:00, 8 hours on

        leave.date_to = datetime(2026, 3, 24, 9)
        self.assertAway("March 24")

    def test_public_holidays_make_nobody_away(self):
        resource = self._make_resource(self.user_ann, self.week)
        self._make_leave(resource.browse(), datetime(2026, 3, 27, 23)).calendar_id = self.week
        self.assertOffered()

    def test_flexible_person_is_away_on_own_leave_only(self):
        resource = self._make_resource(self.user_ann)
        self._make_leave(resource.browse(), datetime(2026, 3, 20, 23)).calendar_id = self.week
        self.assertOffered()

        leave = self._make_leave(resource, datetime(2026, 3, 25, 23, 59))
        self.assertAway("March 26")  # the 23rd, 24th and 25th
        leave.date_to = datetime(2026, 3, 23, 23, 59)
        self.assertOffered()  # the 23rd alone, 8 hours

    def test_archived_resource_counts_no_more(self):
        resource = self._make_resource(self.user_ann, self.week)
        self._make_leave(resource, datetime(2026, 3, 20, 23))
        resource.active = False
        self.assertOffered()

    def test_material_and_training_are_no_absence(self):
        machine = self._make_resource(self.user_ann, self.week, resource_type="material")
        self._make_leave(machine, datetime(2026, 3, 20, 23))
        person = self._make_resource(self.user_ann, self.week)
        self._make_leave(person, datetime(2026, 3, 20, 23)).time_type = "other"
        self.assertOffered()

    def test_long_leave_says_the_year_and_endless_one_none(self):
        resource = self._make_resource(self.user_ann, self.week)
        leave = self._make_leave(resource, datetime(2027, 1, 10, 23))
        self.assertAway("January 11, 2027")

        leave.date_to = datetime(2030, 1, 1)
        self.assertAway("further notice")

    def test_company_without_hours_goes_by_those_the_person_misses(self):
        self.company.resource_calendar_id = False
        resource = self._make_resource(self.user_ann, self.week)
        leave = self._make_leave(resource, datetime(2026, 3, 17, 23))
        self.assertOffered()  # 4 hours missed

        leave.date_to = datetime(2026, 3, 18, 23)
        self.assertAway("March 19")  # 12 hours missed

    def test_each_company_has_its_own_resource_of_a_person(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.user_ann.company_ids += other
        elsewhere = self._make_calendar(WEEK, company_id=other.id)
        other.resource_calendar_id = elsewhere
        self._make_resource(self.user_ann, self.week)
        away = self._make_resource(self.user_ann, elsewhere, company_id=other.id)
        self._make_leave(away, datetime(2026, 3, 20, 23))
        here = self._make_qualified(company_id=self.company.id)
        there = self._make_qualified(company_id=other.id)

        (here + there)._offer_qualified()

        self.assertEqual(here.user_id, self.user_ann)
        self.assertIn("away until March 23", there.waiting_reason)

    def test_next_member_takes_it(self):
        self.rule.member_ids += self.user_ben
        resource = self._make_resource(self.user_ann, self.week)
        self._make_leave(resource, datetime(2026, 3, 20, 23))
        self.assertEqual(self._offer().user_id, self.user_ben)

    def test_test_button_says_it_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.manager.lang = "de_DE"
        resource = self._make_resource(self.user_ann, self.week)
        self._make_leave(resource, datetime(2026, 3, 20, 23))
        lead = self._make_qualified()

        test = self.env["lead.assignment.test"].with_user(self.manager)
        test = test.with_context(lang="de_DE").create({"lead_id": lead.id})

        self.assertIn("23. März", test.reasons)

    def test_costs_do_not_grow_with_people(self):
        def cost(users):
            self.rule.member_ids = users
            lead = self._make_qualified()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lead._offer_qualified()
            self.env.flush_all()
            self.assertFalse(lead.user_id)
            return self.env.cr.sql_log_count - before

        for user in self.reps + self.manager:
            resource = self._make_resource(user, self.week)
            self._make_leave(resource, datetime(2026, 3, 20, 23))
        cost(self.reps + self.manager)
        one, many = cost(self.user_ann), cost(self.reps + self.manager)
        self.assertLess(many - one, 4, "a query a person somewhere")


@tagged("post_install", "-at_install")
class TestOverdueHours(WorkingHoursCase):
    """The clock of an offer runs while the one it was made to works: 8 hours, then 16."""

    def _is_reminded(self, offer, moment):
        self._travel(seconds=(moment - NOW).total_seconds())
        self._run_cron("lead_scoring.ir_cron_offer_leads")
        return bool(offer.reminded_at)

    def test_company_hours_count_for_who_has_none_of_his_own(self):
        offer = self._offer().handover_ids
        self.assertFalse(self._is_reminded(offer, datetime(2026, 3, 18, 11, 59)))
        self.assertTrue(self._is_reminded(offer, datetime(2026, 3, 18, 12)))  # 4 + 4

    def test_own_leave_stops_the_clock(self):
        resource = self._make_resource(self.user_ann, self.week)
        self._make_leave(resource, datetime(2026, 3, 18, 23), since=datetime(2026, 3, 18))
        offer = self._offer().handover_ids

        self.assertFalse(self._is_reminded(offer, datetime(2026, 3, 19, 11, 59)))
        self.assertTrue(self._is_reminded(offer, datetime(2026, 3, 19, 12)))  # 4 + 0 + 4

    def test_part_timers_clock_runs_on_his_days(self):
        self._make_resource(self.user_ann, self._make_calendar([1, 4]))
        offer = self._offer().handover_ids

        self.assertFalse(self._is_reminded(offer, datetime(2026, 3, 20, 11, 59)))
        self.assertTrue(self._is_reminded(offer, datetime(2026, 3, 20, 12)))  # Tuesday, Friday

    def test_flexible_persons_clock_is_the_companys_less_his_leave(self):
        resource = self._make_resource(self.user_ann)
        self._make_leave(resource, datetime(2026, 3, 18, 23), since=datetime(2026, 3, 18))
        offer = self._offer().handover_ids

        self.assertFalse(self._is_reminded(offer, datetime(2026, 3, 19, 11, 59)))
        self.assertTrue(self._is_reminded(offer, datetime(2026, 3, 19, 12)))

    def test_own_hours_count_where_the_company_has_none(self):
        self.company.resource_calendar_id = False
        self._make_resource(self.user_ann, self.week)
        self.rule.member_ids += self.user_ben
        (own, clock) = self._make_qualified(2)
        own._offer_qualified()
        self.rule.member_ids = self.user_ben
        clock._offer_qualified()

        self._is_reminded(own.handover_ids, NOW + timedelta(hours=8))
        self.assertTrue(clock.handover_ids.reminded_at)
        self.assertFalse(own.handover_ids.reminded_at)
        self.assertTrue(self._is_reminded(own.handover_ids, datetime(2026, 3, 18, 12)))

    def test_offer_expires_after_own_hours(self):
        resource = self._make_resource(self.user_ann, self.week)
        self._make_leave(resource, datetime(2026, 3, 18, 23), since=datetime(2026, 3, 18))
        offer = self._offer().handover_ids

        self._is_reminded(offer, datetime(2026, 3, 19, 12))
        self._is_reminded(offer, datetime(2026, 3, 20, 11, 59))
        self.assertEqual(offer.state, "offered")
        self._is_reminded(offer, datetime(2026, 3, 20, 12))  # 4 + 0 + 8 + 4
        self.assertEqual(offer.state, "expired")
