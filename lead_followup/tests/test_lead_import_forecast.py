from collections import Counter
from unittest.mock import patch

import pytz
from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LeadFollowupCase, read_export

HEADINGS = ["Name", "Company", "E-mail", "Phone", "City", "Street", "Country"]
PEOPLE = [
    [f"Person {n}", "Ample Inc", f"person{n}@ample.example", "", "", "", "United States"]
    for n in range(1, 8)
]


@tagged("post_install", "-at_install")
class TestLeadImportForecast(LeadFollowupCase):
    def _read_planned(self, job):
        """What the import has really planned, in the figures of the forecast."""
        enrollments = self.env["lead.cadence.enrollment"].search([("import_id", "=", job.id)])
        zone = pytz.timezone(job.company_id._get_lead_tz())
        planned = enrollments.touch_ids.filtered(lambda touch: touch.planned_at)
        days = Counter(
            (
                str(pytz.utc.localize(touch.planned_at).astimezone(zone).date()),
                touch.channel,
                touch.user_id.id,
            )
            for touch in planned
        )
        return {
            "plan": [[*key, days[key]] for key in sorted(days)],
            "enrolled": len(enrollments),
            "late": len(planned.filtered("is_late_by_plan")),
            "capped": len(planned._filter_capped()),
            "waiting": len(enrollments.touch_ids.filtered(lambda t: t.state == "waiting")),
        }

    def _read_forecast(self, job):
        forecast = job.forecast
        return {
            "plan": [line[:4] for line in forecast["plan"]],
            "enrolled": forecast["enrolled_count"],
            "late": forecast["late_count"],
            "capped": forecast["capped_count"],
            "waiting": sum(line[3] for line in forecast["open"] if line[0] == "waiting"),
        }

    def assertComesTrue(self, job):
        """The import plans exactly what its forecast said, row by row."""
        self.assertEqual(job.forecast_state, "ready")
        foreseen = self._read_forecast(job)
        rows = {row: (row.planned_channel, row.planned_at) for row in job.row_ids}

        job.action_import()
        self._run_imports()

        self.assertEqual(job.state, "done")
        self.assertEqual(self._read_planned(job), foreseen)
        for row, (channel, moment) in rows.items():
            touches = row.lead_id.enrollment_ids.filtered(
                lambda enrollment: enrollment.import_id == job
            ).touch_ids.filtered("planned_at")
            first = touches.sorted("planned_at")[:1]
            if row.verdict in ("new", "enriched"):
                self.assertEqual((first.channel, first.planned_at), (channel, moment), row.number)

    def test_forecast_of_a_badge_scanner_export_comes_true(self):
        job = self._preview(
            read_export("leadcapture_us.csv"), "leadcapture_us.csv", tz="America/Los_Angeles"
        )

        mailed = job.mailed_count
        # 47 leads less a student, an exhibitor, one from the press, and 15 who said no to e-mail
        self.assertEqual(mailed, 29)
        self.assertComesTrue(job)
        mails = job.lead_ids.touch_ids.mail_id.filtered(lambda mail: mail.state == "outgoing")
        self.assertEqual(len(mails), mailed)

    def test_forecast_under_a_cap_with_reps_and_calls_comes_true(self):
        self.env.company.lead_email_cap = 5
        team = self.env["crm.team"].create({"name": "Pumps", "company_id": self.env.company.id})
        self.env["crm.team.member"].create(
            {"crm_team_id": team.id, "user_id": self.user_rep.id, "assignment_max": 300}
        )
        self.env["lead.assignment.rule"].create(
            {
                "name": "All to Rosa",
                "team_id": team.id,
                "method": "fixed",
                "member_ids": [(6, 0, self.user_rep.ids)],
            }
        )
        self.env.company.lead_offer_start_at = False

        job = self._preview(
            read_export("leadcapture_us.csv"), "leadcapture_us.csv", tz="America/Los_Angeles"
        )

        self.assertGreater(job.forecast["capped_count"], 10)
        self.assertGreater(job.forecast["late_count"], 0)
        senders = {line[2] for line in job.forecast["plan"]}
        self.assertEqual(senders, {self.user_marketing.id, self.user_rep.id})
        self.assertComesTrue(job)

    def test_offers_of_a_forecast_are_told_to_nobody(self):
        team = self.env["crm.team"].create({"name": "Pumps", "company_id": self.env.company.id})
        self.env["crm.team.member"].create(
            {"crm_team_id": team.id, "user_id": self.user_rep.id, "assignment_max": 300}
        )
        self.env["lead.assignment.rule"].create(
            {
                "name": "All to Rosa",
                "team_id": team.id,
                "method": "fixed",
                "member_ids": [(6, 0, self.user_rep.ids)],
            }
        )
        self.env.company.lead_offer_start_at = False
        pushed, thread = [], self.env.registry["mail.thread"]

        def take_down(records, message, recipients, msg_vals=False, **kwargs):
            pushed.extend(recipient["id"] for recipient in recipients)

        with patch.object(thread, "_notify_thread_by_web_push", take_down):
            job = self._preview(read_export("leadcapture_us.csv"), "leadcapture_us.csv")
            self.assertEqual(pushed, [])
            self.assertIn(self.user_rep.id, {line[2] for line in job.forecast["plan"]})

            lead = self._make_lead(email_from="near@miss.example")
            told = {"partner_ids": self.user_rep.partner_id.ids, "body": "x"}
            lead.with_context(lead_forecast=True).message_notify(**told)
            self.assertEqual(pushed, [])
            lead.message_notify(**told)
            self.assertEqual(pushed, self.user_rep.partner_id.ids)
            pushed.clear()

            job.action_import()
            self._run_imports()

        self.assertIn(self.user_rep.partner_id.id, pushed)

    def test_forecast_counts_by_day_and_channel(self):
        rows = [
            HEADINGS,
            *PEOPLE,
            # no e-mail: a letter, as he has an address; the call waits for a rep
            ["Lee Letter", "Ample Inc", "", "(202) 555-0155", "Reno", "1 Main St", "United States"],
            # a student comes in and is left alone
            ["Stu Dent", "State University", "stu@uni.example", "", "", "", "United States"],
        ]
        rows = [[*row, "Visitor Type" if row is HEADINGS else "Visitor"] for row in rows]
        rows[-1][-1] = "Student"

        job = self._preview(rows)

        # Friday 20 March 2026, 12:00 UTC; the deadline is Sunday 01:00 UTC: no window (Tue-Thu)
        # before it, so it is this Friday between 9 and 17 for e-mails; letters go any working day
        marketing = self.user_marketing.id
        self.assertEqual(
            job.forecast["plan"],
            [
                ["2026-03-20", "email", marketing, 7, 0, 0],
                ["2026-03-20", "letter", marketing, 1, 0, 0],
            ],
        )
        figures = ("lead_count", "enrolled_count", "mailed_count", "late_count", "unreached_count")
        self.assertEqual([job.forecast[name] for name in figures], [9, 8, 7, 0, 0])
        self.assertEqual(job.forecast["open"], [["waiting", "call", "no_rep", 1]])
        self.assertEqual(job.forecast["left_out"], {"not_a_buyer": 1})
        self.assertEqual(job.mailed_text, "7 people will be e-mailed.")
        self.assertComesTrue(job)

    def test_what_the_cap_pushes_over_the_deadline_is_said_beforehand(self):
        self.env.company.lead_email_cap = 4

        job = self._preview([HEADINGS, *PEOPLE])

        # four on Friday, before Sunday's deadline; three not before Monday's daytime, late
        marketing = self.user_marketing.id
        self.assertEqual(
            job.forecast["plan"],
            [
                ["2026-03-20", "email", marketing, 4, 0, 0],
                ["2026-03-23", "email", marketing, 3, 3, 3],
            ],
        )
        late = job.row_ids.filtered("is_late_by_plan")
        self.assertEqual(len(late), 3)
        self.assertIn("moved by the cap of 4", " ".join(job.forecast_html.split()))

    def test_a_forecast_writes_nothing(self):
        counted = ("crm.lead", "lead.show.visit", "lead.event", "lead.touch", "mail.mail")
        counted += ("mail.message", "mail.activity", "lead.interest", "ir.cron.trigger")
        counted += ("lead.cadence.enrollment", "lead.handover", "bus.bus")
        job = self._preview([HEADINGS, *PEOPLE])
        known = self._make_lead(email_from="person1@ample.example", phone=False)
        self.env.flush_all()
        before = [
            self.env[model].with_context(active_test=False).search_count([]) for model in counted
        ]
        hooks = list(self.env.cr.postcommit._funcs)

        job.action_forecast()

        after = [
            self.env[model].with_context(active_test=False).search_count([]) for model in counted
        ]
        self.assertEqual(after, before)
        self.assertEqual(list(self.env.cr.postcommit._funcs), hooks)
        self.assertFalse(known.visit_ids or known.partner_name)
        self.assertFalse(any(job.row_ids.mapped("is_done")))
        self.assertEqual((job.state, job.phase), ("previewed", "rows"))

    def test_an_open_deal_is_left_out_and_told_so(self):
        self._make_lead(
            email_from="person1@ample.example",
            type="opportunity",
            user_id=self.user_rep.id,
            lifecycle="sql",
        )

        job = self._preview([HEADINGS, *PEOPLE])

        self.assertEqual(job.forecast["left_out"], {"customer": 1})
        self.assertEqual(job.mailed_count, 6)
        self.assertComesTrue(job)

    def test_a_show_without_cadence_forecasts_nobody(self):
        self.show.cadence_id = False

        job = self._preview([HEADINGS, *PEOPLE])

        self.assertEqual((job.forecast["plan"], job.mailed_count), ([], 0))
        self.assertIn("nobody is contacted", job.forecast_html)

    def test_a_long_file_is_foreseen_in_the_background(self):
        with patch.object(type(self.env["lead.import"]), "_FORECAST_AT_ONCE", 3):
            job = self._preview([HEADINGS, *PEOPLE])
            self.assertEqual((job.forecast_state, job.forecast), ("asked", False))
            # until then nobody is told less than what may happen
            self.assertEqual(job.mailed_text, "At most 7 people will be e-mailed.")

            with self.enter_registry_test_mode():
                cron = self.env.ref("lead_followup.ir_cron_work_out_forecasts")
                cron.method_direct_trigger()

            self.assertEqual(job.mailed_text, "7 people will be e-mailed.")
            self.assertComesTrue(job)

    def test_a_forecast_that_was_broken_off_says_so_and_is_not_tried_for_ever(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.forecast_state = "running"  # as a killed server leaves it

        with self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_work_out_forecasts").method_direct_trigger()

        self.assertEqual(job.forecast_state, "failed")
        self.assertEqual(job.mailed_text, "At most 7 people will be e-mailed.")

    @mute_logger("odoo.addons.lead_followup.models.lead_import_forecast")
    def test_a_forecast_that_fails_leaves_the_preview_usable(self):
        with patch.object(
            type(self.env["lead.import.row"]), "_write_leads", side_effect=ValueError("broken")
        ):
            job = self._preview([HEADINGS, *PEOPLE])

        self.assertEqual((job.state, job.forecast_state), ("previewed", "failed"))
        self.assertCounts(job, 7, 7, 0, 0, 0)

    def test_the_question_states_the_count_of_now(self):
        job = self._preview([HEADINGS, *PEOPLE])
        self.show.cadence_id = False  # changed after the preview

        action = job.action_ask_import()

        self.assertEqual(action["target"], "new")
        self.assertEqual(job.mailed_text, "Nobody will be e-mailed.")

    def test_days_are_those_of_the_company_s_calendar(self):
        self.env.company.resource_calendar_id.tz = "Asia/Tokyo"

        with freeze_time("2026-03-20 17:00:00"):
            job = self._preview([HEADINGS, PEOPLE[0]])
            # Friday noon in Chicago-less America (New York's 13:00) is Saturday in Tokyo
            self.assertEqual(job.forecast["plan"][0][0], "2026-03-21")
            self.assertComesTrue(job)

    def test_a_rep_s_forecast_is_the_same(self):
        job = (
            self.env["lead.import"]
            .with_user(self.user_rep)
            .create(
                {
                    "trade_show_id": self.show.id,
                    "file": self._preview([HEADINGS, *PEOPLE]).file,
                    "file_name": "mine.csv",
                }
            )
        )

        job.with_context(default_name="x", default_user_id=self.user_rep.id).action_preview()

        self.assertEqual(job.mailed_count, 7)
        self.assertComesTrue(job.sudo())
        self.assertEqual(fields.Datetime.to_string(job.forecast_at), "2026-03-20 12:00:00")
