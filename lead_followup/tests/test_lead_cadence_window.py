from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LeadFollowupCase

# NOW is Friday 20 March 2026, 12:00 UTC. A lead in the US without a phone lives by New York time:
# it is 8 in the morning there (UTC-4).


@tagged("post_install", "-at_install")
class TestLeadCadenceWindow(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.lead_marketing_user_id = cls.user_marketing
        cls.template = cls.env.ref("lead_followup.mail_template_general_next")

    def _make_cadence(self, **vals):
        step = {"name": "Mail", "channel": "email", "template_id": self.template.id, **vals}
        return self.env["lead.cadence"].create(
            {"name": "Own hours", "step_ids": [Command.create(step)]}
        )

    def _make_own(self, days, hours, **vals):
        """Return a cadence of one step with a window of its own: days "24" are 2nd and 4th."""
        chosen = {f"is_window_day_{day}": str(day) in days for day in range(1, 7)}
        return self._make_cadence(window_mode="own", window_hours=hours, **chosen, **vals)

    def _make_without_deadline(self, **vals):
        lead = self._make_lead(**vals)
        lead.first_touch_deadline = False
        return lead

    def test_own_days_and_hours_beat_the_channel_s(self):
        lead = self._make_without_deadline()

        self._make_own("24", "14:00-16:30")._enroll(lead)

        # Tuesday 14:00 in New York; the e-mail window would open at 09:00
        self.assertPlanned(lead, "email", "2026-03-24 18:00:00")
        self.assertEqual(lead.touch_ids.slot_rule, "window")

    def test_hours_without_own_mode_change_nothing(self):
        lead = self._make_without_deadline()

        self._make_cadence(window_hours="14:00-16:30")._enroll(lead)

        self.assertPlanned(lead, "email", "2026-03-24 13:00:00")

    def test_days_count_in_the_lead_s_own_week(self):
        lead = self._make_without_deadline(country_id=self.env.ref("base.il").id, state_id=False)

        self._make_own("2", "14:00-16:30")._enroll(lead)

        # the 2nd day of a week from Sunday: Monday 14:00 in Jerusalem (UTC+2 until the 27th)
        self.assertPlanned(lead, "email", "2026-03-23 12:00:00")

    def test_a_deadline_before_the_window_takes_the_working_day(self):
        lead = self._make_lead()  # its 24 hours end on Saturday

        self._make_own("24", "14:00-16:30")._enroll(lead)

        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")
        self.assertEqual(lead.touch_ids.slot_rule, "working_day")

    def test_a_deadline_after_the_window_takes_the_window(self):
        lead = self._make_lead()

        self._make_own("5", "15:00-16:30")._enroll(lead)

        # Friday 15:00 in New York, of today
        self.assertPlanned(lead, "email", "2026-03-20 19:00:00")
        self.assertEqual(lead.touch_ids.slot_rule, "window")

    def test_a_night_belongs_to_the_day_it_begins_on(self):
        lead = self._make_without_deadline()

        self._make_own("2", "22:00-02:00")._enroll(lead)

        # Tuesday 22:00 in New York; not its first two hours
        self.assertPlanned(lead, "email", "2026-03-25 02:00:00")

    def test_a_call_in_its_own_window_keeps_to_the_rep_s_hours(self):
        vals = {"phone": "+12125550155", "user_id": self.user_rep.id}
        day, night = self._make_without_deadline(**vals), self._make_without_deadline(**vals)
        call = {"channel": "call", "template_id": False}

        self._make_own("2", "14:00-16:30", **call)._enroll(day)
        self._make_own("2", "22:00-23:00", **call)._enroll(night)

        # Tuesday 14:00 in New York; the channel's hours are on Wednesday and Thursday
        self.assertPlanned(day, "call", "2026-03-24 18:00:00")
        self.assertEqual(
            (night.touch_ids.state, night.touch_ids.reason), ("blocked", "no_common_hour")
        )

    def test_the_window_is_said_in_the_weekdays_of_one_s_own_country(self):
        step = self._make_own("246", "14-16.30").step_ids

        for country, text in (
            ("base.us", "Tue, Thu, 6th 14:00–16:30"),
            ("base.il", "Mon, Wed, 6th 14:00–16:30"),
            ("base.ir", "Sun, Tue, Thu 14:00–16:30"),
        ):
            with self.subTest(country):
                self.env.company.country_id = self.env.ref(country)
                step.invalidate_recordset(["window_text"])

                self.assertEqual(step.window_text, text)
        self.assertFalse(self._make_cadence().step_ids.window_text)

    def test_a_window_that_is_never_open_is_refused(self):
        for days, hours, message in (
            ("", "9-12", "“Mail” has no day"),
            ("2", False, "“Mail” has days of its own and no hours"),
            ("2", "9-12, soon", "“soon” are no hours of a day"),
            ("2", "09:00-09:00", "“09:00-09:00” are no hours of a day"),
        ):
            with self.subTest(hours), self.assertRaisesRegex(ValidationError, message):
                self._make_own(days, hours)

        step = self._make_own("2", "9-12").step_ids
        with self.assertRaisesRegex(ValidationError, "no day"):
            step.is_window_day_2 = False
        step.window_mode = "channel"
        step.is_window_day_2 = False  # near miss: its channel's days count

    def test_other_bad_steps_are_refused(self):
        partner_template = self.env["mail.template"].create(
            {"name": "To a contact", "model_id": self.env.ref("base.model_res_partner").id}
        )

        with self.assertRaisesRegex(ValidationError, "“Mail” needs a template"):
            self._make_cadence(template_id=False)
        with self.assertRaisesRegex(ValidationError, "is for Contact"):
            self._make_cadence(template_id=partner_template.id)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._make_cadence(wait_days=-1)
        self.assertTrue(self._make_cadence(wait_days=0))
