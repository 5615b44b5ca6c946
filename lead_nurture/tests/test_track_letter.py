from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from odoo.addons.lead_followup.tests.letter_common import LetterMixin

from .recycle_common import LeadRecycleCase


@tagged("post_install", "-at_install")
class TestTrackLetter(LetterMixin, LeadRecycleCase):
    """A letter step in a nurture track, and its answer by the code."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"lead_react_to_reply": True, "lead_offer_start_at": False})
        cls.letter_track = cls.env["lead.cadence"].create(
            {
                "name": "By post, again",
                "is_track": True,
                "is_endless": True,
                "step_ids": [
                    Command.create(
                        {"name": "Letter", "channel": "letter", "template_id": cls.template.id}
                    ),
                    Command.create(
                        {
                            "name": "Mail",
                            "sequence": 20,
                            "channel": "email",
                            "wait_days": 30,
                            "wait_unit": "calendar",
                            "template_id": cls.env.ref(
                                "lead_nurture.mail_template_stay_in_touch"
                            ).id,
                        }
                    ),
                ],
            }
        )

    def _make_nurtured(self):
        lead = self._make_addressed(enroll=False, user_id=False)
        self.letter_track._enroll(lead)
        lead.lifecycle = "nurture"
        return lead

    def test_the_next_step_waits_from_the_day_the_letter_arrives(self):
        lead = self._make_nurtured()
        letter = self._get_letter(lead)
        self.assertEqual(letter.letter_state, "to_print")

        self._make_posted(lead)
        self._run_cadences()

        self.assertEqual(letter.letter_state, "posted")
        # Posted on Friday 20 March, two working days on is Tuesday the 24th; 30 days later is
        # Thursday 23 April, when the e-mail window opens at 09:00: 13:00 UTC.
        self.assertEqual(str(letter.letter_arrives_at.date()), "2026-03-24")
        self.assertPlanned(lead, "email", "2026-04-23 13:00:00")

    def test_an_answer_by_code_qualifies_a_nurtured_lead_as_a_reply_does(self):
        lead = self._make_nurtured()
        self._make_posted(lead)
        letter = self._get_letter(lead)

        with freeze_time("2026-03-25 12:00:00"):
            lead._note_letter_answer(letter.letter_code, "write", "Send the list")

        self.assertEqual(lead.enrollment_ids.stop_reason, "replied")
        self.assertEqual(letter.outcome, "replied")
        kinds = set(lead.event_ids.mapped("kind"))
        self.assertLessEqual({"letter_answer", "interest_shown"}, kinds)
        shown = lead.event_ids.filtered(lambda event: event.kind == "interest_shown")
        self.assertEqual(shown.note, "It answered a letter: Send the list")
        self.assertEqual(lead.lifecycle, "mql")

    def test_no_more_letters_qualifies_nobody(self):
        lead = self._make_nurtured()
        self._make_posted(lead)

        with freeze_time("2026-03-25 12:00:00"):
            lead._note_letter_answer(self._get_letter(lead).letter_code, "stop", "")

        self.assertEqual(lead.lifecycle, "nurture")

    def test_where_answers_do_not_qualify_the_score_alone_decides(self):
        self.company.lead_react_to_reply = False
        lead = self._make_nurtured()
        self._make_posted(lead)

        with freeze_time("2026-03-25 12:00:00"):
            lead._note_letter_answer(self._get_letter(lead).letter_code, "other", "")

        self.assertEqual(lead.lifecycle, "nurture")

    def test_a_lost_lead_gets_its_letter_and_comes_back_by_its_code(self):
        self.rule.write({"track_id": self.letter_track.id, "rest_months": 0})
        lead = self._make_addressed(enroll=False)
        row = self._lose(lead)
        self._run_recycling("2026-03-20 12:00:00")
        self.assertRecycling(lead, "track")
        self._run_cadences()
        self._make_posted(lead)
        letter = self._get_letter(lead)
        self.assertEqual(letter.letter_state, "posted")

        lead._note_letter_answer(letter.letter_code, "write", "")

        self.assertEqual((lead.won_status, lead.rotation), ("pending", 1))
        self.assertEqual((row.state, row.came_back_kind), ("back", "letter_answer"))
        self.assertEqual(letter.outcome, "replied")
        self.assertEqual(len(lead.activity_ids), 1)
