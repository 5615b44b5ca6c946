from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LeadFollowupCase

# NOW is Friday 20 March 2026, 12:00 UTC, 8 in the morning in New York (UTC-4); the first contact
# of a visitor is due on Sunday 22 March, 01:00 UTC. Rosa, the rep, works by New York time.
ADDRESS = {"street": "1 Sample St", "city": "Reno", "zip": "89501"}
REACHABLE = {"phone": "+12025550155", **ADDRESS}
WRITTEN = (
    "lead.touch lead.cadence.enrollment lead.event mail.mail mail.message mail.activity "
    "ir.cron.trigger bus.bus lead.letter.batch mail.notification mail.tracking.value"
).split()


@tagged("post_install", "-at_install")
class TestLeadCadencePreview(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_trade_show")
        cls.general = cls.env.ref("lead_followup.lead_cadence_general")
        cls.company = cls.env.company
        cls.company.lead_letter_days_domestic = 2

    def _make_visitor(self, **vals):
        lead = self._make_lead(**vals)
        self.env["lead.show.visit"].create(
            {
                "lead_id": lead.id,
                "trade_show_id": self.show.id,
                "captured_at": "2026-03-18 20:00:00",
                "first_touch_deadline": self.show._first_contact_deadline(False),
            }
        )
        return lead

    def _foresee(self, lead, cadence=None, user=None):
        """Return ``(lines, notes)`` of the preview, as ``user`` sees it."""
        wizard = self.env["lead.cadence.preview"].with_user(user or self.user_marketing)
        lines, notes = wizard._foresee(lead.with_env(wizard.env), cadence or self.cadence)
        return lines, [text for _colour, text in notes]

    def _get_html(self, lead, cadence=None, user=None):
        wizard = self.env["lead.cadence.preview"].with_user(user or self.user_marketing)
        values = {"lead_id": lead.id, "cadence_id": (cadence or self.cadence).id}
        return str(wizard.get_foreseen_html(values))

    def _plan_of(self, lines):
        return [(line["channel"], fields.Datetime.to_string(line["planned_at"])) for line in lines]

    def _make_next_touch_on_time(self, lead):
        """Make the next touch at its very moment as people and servers do; return it."""
        touch = lead.touch_ids._filter_coming().sorted("planned_at")[:1]
        with freeze_time(touch.planned_at):
            self._run_cadences()  # puts on its way what was out of the horizon
            if touch.channel == "email":
                touch._mark_done(fields.Datetime.now(), is_human=False)
            elif touch.channel == "letter":
                touch.action_make_letters()
                touch.letter_batch_id.write({"state": "printed"})
                touch._mark_posted(fields.Datetime.now())
            else:
                lead.activity_ids.action_feedback()
            self._run_cadences()
        return touch

    def assertComesTrue(self, lead, cadence):
        """Enrolled and made on time, step after step, the lead gets just what was foreseen."""
        foreseen, _notes = self._foresee(lead, cadence)
        cadence._enroll(lead)
        made = []
        while lead.next_touch_at:
            touch = self._make_next_touch_on_time(lead)
            made.append((touch.channel, fields.Datetime.to_string(touch.planned_at)))
        self.assertEqual(made, [line for line in self._plan_of(foreseen) if line[1]])
        self.assertEqual(set(lead.touch_ids.mapped("state")) - {"blocked"}, {"done"})
        return made

    def test_the_show_s_cadence_comes_step_by_step_as_foreseen(self):
        lead = self._make_visitor(user_id=self.user_rep.id, **REACHABLE)

        made = self.assertComesTrue(lead, self.cadence)

        # Worked by hand, UTC-4. E-mail: Friday 09:00, the working day before Sunday's deadline.
        # Call: a working day later is Monday; calls go on the 3rd day, Wednesday 10:00. Letter:
        # three working days later, Monday 30 March 10:00. It arrives two working days later, on
        # Thursday 2 April, as Tuesday is Cesar Chavez Day in California. E-mail: five on, past
        # Good Friday (no holiday there), Thursday 9 April 10:00. Call: five on, Thursday 16 April.
        self.assertEqual(
            made,
            [
                ("email", "2026-03-20 13:00:00"),
                ("call", "2026-03-25 14:00:00"),
                ("letter", "2026-03-30 14:00:00"),
                ("email", "2026-04-09 14:00:00"),
                ("call", "2026-04-16 14:00:00"),
            ],
        )

    def test_six_general_steps_come_true_beside_another_lead_s_mails(self):
        other = self._make_lead(email_from="bob@best.example", user_id=self.user_rep.id)
        self.general._enroll(other)
        lead = self._make_lead(user_id=self.user_rep.id, **REACHABLE)

        made = self.assertComesTrue(lead, self.general)

        self.assertEqual(
            [channel for channel, _moment in made],
            ["email", "call", "email", "call", "letter", "email"],
        )

    def test_steps_left_out_and_their_successors_come_true(self):
        lead = self._make_visitor(email_from=False, user_id=self.user_rep.id, phone="+12025550155")

        made = self.assertComesTrue(lead, self.cadence)

        # calls only: today's Friday is the working day before the deadline; then five days later
        # is Friday 27 March, calls go on Wednesday 1 April 10:00
        self.assertEqual(made, [("call", "2026-03-20 13:00:00"), ("call", "2026-04-01 14:00:00")])

    def test_a_lead_without_postal_address_hears_why_its_letter_is_left_out(self):
        bare = self._make_visitor(user_id=self.user_rep.id, phone="+12025550155")
        near = self._make_visitor(
            email_from="bob@best.example", user_id=self.user_rep.id, **REACHABLE
        )

        lines, _notes = self._foresee(bare)
        near_lines, _notes = self._foresee(near)

        letter = next(line for line in lines if line["channel"] == "letter")
        self.assertEqual((letter["at"], letter["why"]), (False, "No postal address"))
        self.assertEqual(
            [line["channel"] for line in lines], ["email", "call", "letter", "email", "call"]
        )
        self.assertTrue(all(line["at"] for line in near_lines))

    def test_calls_wait_for_a_rep_and_letters_go_on(self):
        lead = self._make_visitor(**REACHABLE)

        lines, notes = self._foresee(lead)

        self.assertEqual(
            [(line["channel"], line["state"] == "waiting") for line in lines],
            [
                ("email", False),
                ("call", True),
                ("letter", False),
                ("email", False),
                ("call", True),
            ],
        )
        self.assertIn("Calls that wait join in as soon as the lead has a salesperson.", notes)
        self.assertEqual({line["who"] for line in lines if line["at"]}, {self.user_marketing.name})

    def test_a_preview_leaves_nothing_behind_and_tells_nobody(self):
        lead = self._make_visitor(user_id=self.user_rep.id, **REACHABLE)
        live = self._make_visitor(
            email_from="bob@best.example", user_id=self.user_rep.id, **REACHABLE
        )
        self.general._enroll(live)
        self.env.cr.flush()
        counts = [self.env[model].search_count([]) for model in WRITTEN]
        hooks = list(self.env.cr.postcommit._funcs)
        before = (live | lead).read(["first_touch_at", "write_date", "enrollment_id"])

        self._get_html(lead)
        self._get_html(live)
        self._get_html(live, self.general)
        self.env.cr.flush()

        self.assertEqual([self.env[model].search_count([]) for model in WRITTEN], counts)
        self.assertEqual(list(self.env.cr.postcommit._funcs), hooks)
        self.assertEqual(
            (live | lead).read(["first_touch_at", "write_date", "enrollment_id"]), before
        )
        self.assertEqual(live.touch_ids.mapped("state"), ["queued"])

    def test_a_live_enrollment_is_shown_from_where_it_stands(self):
        lead = self._make_visitor(user_id=self.user_rep.id, **REACHABLE)
        foreseen, _notes = self._foresee(lead)
        self.cadence._enroll(lead)
        self.assertEqual(self._plan_of(self._foresee(lead)[0]), self._plan_of(foreseen))

        self._make_next_touch_on_time(lead)
        with freeze_time("2026-03-21 12:00:00"):
            left, _notes = self._foresee(lead)

        self.assertEqual(self._plan_of(left), self._plan_of(foreseen)[1:])
        self.assertEqual(lead.next_channel, "call")

    def test_a_made_touch_whose_follower_is_not_planned_yet_shows_what_follows(self):
        lead = self._make_visitor(user_id=self.user_rep.id, **REACHABLE)
        foreseen, _notes = self._foresee(lead)
        self.cadence._enroll(lead)
        touch = lead.touch_ids
        with freeze_time(touch.planned_at):
            touch._mark_done(fields.Datetime.now(), is_human=False)

            left, _notes = self._foresee(lead)

        self.assertEqual(self._plan_of(left), self._plan_of(foreseen)[1:])
        self.assertTrue(lead.enrollment_id.needs_plan)

    def test_a_held_enrollment_says_so_and_stays_held(self):
        lead = self._make_visitor(user_id=self.user_rep.id, **REACHABLE)
        enrollment = self.cadence._enroll(lead)
        enrollment.action_pause()

        lines, notes = self._foresee(lead)

        self.assertEqual(len(lines), 5)
        self.assertIn("It is held: Paused by hand. This would come if it went on now.", notes)
        self.assertEqual((enrollment.state, len(enrollment.touch_ids)), ("paused", 0))

    def test_an_agreed_call_comes_first_then_the_cadence_goes_on(self):
        lead = self._make_visitor(user_id=self.user_rep.id, **REACHABLE)
        enrollment = self.cadence._enroll(lead)
        lead._note_call("later", False, False)
        lead._follow_later(
            lead.touch_ids[:1].browse(), fields.Datetime.to_datetime("2026-03-24 15:00:00")
        )

        lines, notes = self._foresee(lead)

        self.assertEqual(self._plan_of(lines)[0], ("call", "2026-03-24 15:00:00"))
        self.assertEqual(lines[0]["why"], "As agreed with the lead")
        self.assertGreater(len(lines), 1)
        self.assertIn("It is held until the call that was agreed is made.", notes)
        self.assertEqual(enrollment.state, "paused")

    def test_what_is_looked_at_again_when_due_may_be_left_out(self):
        lead = self._make_visitor(user_id=self.user_rep.id, **REACHABLE)

        def skip_calls(touch):
            if touch.channel == "call":
                touch._block("no_phone")

        with patch.object(type(lead.touch_ids), "_look_before_making", skip_calls):
            lines, _notes = self._foresee(lead)

        # the letter: three working days after the e-mail of Friday, as no call was made
        self.assertEqual(
            self._plan_of(lines),
            [
                ("email", "2026-03-20 13:00:00"),
                ("call", False),
                ("letter", "2026-03-25 13:00:00"),
                ("email", "2026-04-07 13:00:00"),
                ("call", False),
            ],
        )
        self.assertEqual(lines[1]["why"], "No phone number")

    def test_another_cadence_is_shown_as_if_it_took_over_and_does_not(self):
        lead = self._make_visitor(user_id=self.user_rep.id, **REACHABLE)
        self.cadence._enroll(lead)

        lines, notes = self._foresee(lead, self.general)

        self.assertEqual(len(lines), 6)
        self.assertIn("It is in “Trade show” now.", notes[0])
        self.assertEqual(lead.cadence_id, self.cadence)

    def test_who_must_not_be_contacted_gets_no_plan_but_the_reason(self):
        lead = self._make_visitor(do_not_contact=True, **REACHABLE)

        lines, notes = self._foresee(lead)

        self.assertEqual(lines, [])
        self.assertEqual(notes, ["It cannot enter: Must not be contacted."])

    def test_a_cadence_without_steps_says_so(self):
        empty = self.env["lead.cadence"].create({"name": "Nothing yet"})

        lines, notes = self._foresee(self._make_visitor(), empty)

        self.assertEqual((lines, notes), ([], ["“Nothing yet” has no steps yet."]))

    def test_a_lead_nobody_reaches_says_so(self):
        lines, notes = self._foresee(self._make_visitor(email_from=False))

        self.assertEqual([line["at"] for line in lines], [False] * 5)
        self.assertIn("No step of the cadence reaches this lead.", notes)

    def test_times_stand_on_the_lead_s_clock_and_on_the_rep_s_where_it_differs(self):
        berlin = self._make_user("bert", "sales_team.group_sale_salesman", tz="Europe/Berlin")
        far = self._make_visitor(user_id=berlin.id)
        near = self._make_visitor(email_from="bob@best.example", user_id=self.user_rep.id)

        far_lines, _notes = self._foresee(far)
        near_lines, _notes = self._foresee(near)

        # 09:00 in New York is 14:00 in Berlin until summer time begins there on 29 March
        self.assertEqual(far_lines[0]["at"], "Fri 20 Mar 09:00")
        self.assertEqual(far_lines[0]["rep_at"], "(Fri 20 Mar 14:00 for Bert)")
        self.assertEqual(
            (near_lines[0]["at"], near_lines[0]["rep_at"]), ("Fri 20 Mar 09:00", False)
        )

    def test_the_reason_names_the_rule_the_deadline_and_the_cap(self):
        self.company.lead_email_cap = 1
        first = self._make_visitor()
        alone, _notes = self._foresee(first)
        self.cadence._enroll(first)
        second = self._make_visitor(email_from="bob@best.example")

        capped, _notes = self._foresee(second)

        self.assertEqual(alone[0]["why"], "In the working day, before the deadline")
        # Friday is used up; Monday's daytime is after Sunday's deadline
        self.assertEqual(capped[0]["at"], "Mon 23 Mar 09:00")
        self.assertEqual(
            capped[0]["why"],
            "First daytime, late by plan · Moved on: the sender's daily cap was used up before",
        )
        self.assertTrue(capped[0]["is_late"])
        self.assertFalse(alone[0]["is_late"])

    def test_the_page_shows_zone_deadline_and_names_escaped(self):
        self.user_rep.name = "Rosa <b>Bold</b>"
        html = self._get_html(self._make_visitor(user_id=self.user_rep.id, **REACHABLE))

        self.assertIn("America/New_York", html)
        self.assertIn("Sat 21 Mar 21:00", html)
        self.assertIn("Rosa &lt;b&gt;Bold", html)
        self.assertEqual(html.count("o_lead_preview_line"), 5)

    def test_nothing_is_shown_before_both_are_chosen(self):
        wizard = self.env["lead.cadence.preview"].with_user(self.user_marketing)

        self.assertFalse(wizard.get_foreseen_html({"lead_id": False, "cadence_id": False}))
        self.assertFalse(wizard.get_foreseen_html({"lead_id": self._make_lead().id}))

    def test_a_rep_previews_his_own_leads_and_not_another_s(self):
        other = self._make_user("ted", "sales_team.group_sale_salesman")
        mine = self._make_visitor(user_id=self.user_rep.id)
        his = self._make_visitor(user_id=other.id, email_from="his@ample.example")

        self.assertIn("o_lead_preview_line", self._get_html(mine, user=self.user_rep))
        with self.assertRaises(AccessError):
            self._get_html(his, user=self.user_rep)
        clerk = self._make_user("carl", "base.group_user")
        with self.assertRaises(AccessError):
            self._get_html(mine, user=clerk)

    def test_lead_and_cadence_open_the_preview_with_what_they_know(self):
        lead = self._make_visitor()
        free = self._make_lead(email_from="bob@best.example")
        self.general._enroll(free)

        self.assertEqual(
            lead.action_preview_cadence()["context"],
            {"default_lead_id": lead.id, "default_cadence_id": self.show.cadence_id.id},
        )
        self.assertEqual(
            free.action_preview_cadence()["context"]["default_cadence_id"], self.general.id
        )
        self.assertEqual(
            self.general.action_preview()["context"], {"default_cadence_id": self.general.id}
        )
